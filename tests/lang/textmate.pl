# Colours a text as an editor with TextMate grammars does, and writes the class of each character.
#
# usage: perl textmate.pl GRAMMAR <TEXT     lines "LINE COLUMN CLASS"
#
# As much of the engine as the grammar of kpi uses: match and begin/end rules, captures, includes.
# Of the rules that match, the one that begins first wins, then the one that stands first; the end of
# the rule that is open comes before all others at its place.
use strict;
use warnings;
use JSON::PP;

my $grammar = decode_json(do { local $/; open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!"; <$in> });
my %classes = (
    'keyword.declaration.kpi' => 'declaration', 'keyword.control.clause.kpi' => 'clause',
    'keyword.operator.word.kpi' => 'word', 'support.function.kpi' => 'function',
    'string.quoted.double.kpi' => 'text', 'string.quoted.triple.kpi' => 'text',
    'constant.numeric.kpi' => 'number', 'comment.line.number-sign.kpi' => 'comment',
);
my %compiled;
sub regex { my ($text) = @_; return $compiled{$text} //= qr/$text/ }

# The rules that a list of patterns stands for.
sub rules {
    return map {
        my $rule = $_;
        if ($rule->{include}) {
            my $named = $grammar->{repository}{substr $rule->{include}, 1} or die "no $rule->{include}";
            ($named->{match} || $named->{begin}) ? $named : rules($named->{patterns});
        } else { $rule }
    } @{$_[0]};
}

my %rules_of;
sub rules_in { my ($rule) = @_; return @{$rules_of{$rule} //= [rules($rule->{patterns} || [])]} }

my @open = ($grammar);
my @class;

sub colour {
    my ($from, $to, $name) = @_;
    my $class = defined $name ? $classes{$name} // '' : return;
    @class[$from .. $to - 1] = ($class) x ($to - $from) if $to > $from;
}

# The places of what matched and of its parts.
sub capture { my ($captures, $starts, $ends) = @_;
    for my $i (sort keys %{$captures || {}}) {
        colour($starts->[$i], $ends->[$i], $captures->{$i}{name}) if defined $starts->[$i];
    }
}

my $number = 0;
binmode STDIN, ':encoding(UTF-8)';
while (my $line = <STDIN>) {
    $number++;
    chomp $line;
    @class = ('') x length $line;
    my $at = 0;
    for (my $steps = 0; $steps < 10000; $steps++) {
        my ($best, $is_end, @starts, @ends) = (undef, 0);
        my $try = sub {
            my ($text, $rule, $end) = @_;
            pos($line) = $at;
            my $regex = regex($text);
            return unless $line =~ /$regex/g;
            return if defined $best && $-[0] >= $starts[0];
            ($best, $is_end, @starts) = ($rule, $end, @-);
            @ends = @+;
        };
        my $top = $open[-1];
        $try->($top->{end}, $top, 1) if $top->{end};
        $try->($_->{match} // $_->{begin}, $_, 0) for rules_in($top);
        my $stop = defined $best ? $starts[0] : length $line;
        colour($at, $stop, $top->{name}) if $top->{name};
        last unless defined $best;
        colour($starts[0], $ends[0], $best->{name});
        if ($is_end) { pop @open; }
        elsif ($best->{begin}) { capture($best->{beginCaptures}, \@starts, \@ends); push @open, $best; }
        else { capture($best->{captures}, \@starts, \@ends); }
        # A rule that matches nothing and opens nothing moves on by a byte.
        $at = $ends[0] > $at || $is_end || $best->{begin} ? $ends[0] : $at + 1;
        last if $at > length $line;
    }
    for my $column (0 .. $#class) {
        print "$number ", $column + 1, " $class[$column]\n" if $class[$column];
    }
}
