# Every measure of a printed report as it is, and then again for each of its figures with one digit of
# that figure one higher, and for each number of the figure's fraction.
#
# Input: what `kpic reconcile PAGE --format json` says of the page. $page: its text. $head: the lines
# under which the rows are to stand. Output: {page, rows: [{measure, altered, from, to}]}: the text of one
# page with all those rows, and for each the lines that it has there (altered: null, as it is).

def higher: ((tonumber + 1) % 10 | tostring);
def raised($at): .[:$at] + (.[$at:$at + 1] | higher) + .[$at + 1:];
def last_digits: [match("[0-9](?![0-9,])"; "g").offset];

# Where the text stands in the line, as near to the place as may be; null: nowhere.
def nearest($text; $place):
    . as $line
    | [range(0; ($line | length) - ($text | length) + 1)
        | select($line[.:. + ($text | length)] == $text)]
    | min_by(. - $place | if . < 0 then -. else . end);

# The places of the last digits of the fraction's numbers; those of words ("224 children and 136
# children", which is 224/(224+136)) are looked for one by one.
def fraction_digits($fraction; $place):
    nearest($fraction; $place) as $whole
    | if $whole then $fraction | last_digits[] + $whole
      else . as $line
          | [$fraction | match("[0-9]+"; "g").string] | unique[]
          | . as $number | ($line | nearest($number; $place)) + ($number | length) - 1
      end;

# A change: the line of the page, the letter of it, and what it is called.
def changes($lines):
    . as $figure
    | $lines[.line - 1] as $line
    | (.column - 1) as $place
    | {line, at: ($place + (.printed | last_digits | last)), altered: "\(.part) \(.printed)"},
      (select(.fraction)
        | {line, at: ($line | fraction_digits($figure.fraction; $place)),
           altered: "\(.fraction) of \(.part) \(.printed)"});

($page | split("\n")) as $lines
| [.figures[] | select(.part)]
| group_by(.measure)
# A row that goes on under a second heading has two lines.
| map({measure: .[0].measure, lines: (map(.line) | unique),
       changes: [{altered: null}, (.[] | changes($lines))]})
| [sort_by(.lines[0])[] as $row | $row.changes[] as $change
    | {measure: $row.measure, altered: $change.altered,
       text: [$row.lines[] | . as $number | $lines[. - 1]
              | if $change.line == $number then raised($change.at) else . end]}]
| reduce .[] as $row ({page: $head, rows: []};
    (.page | length) as $before
    | .page += $row.text
    | .rows += [$row | {measure: $row.measure, altered: $row.altered, from: ($before + 1), to: ($before + ($row.text | length))}])
