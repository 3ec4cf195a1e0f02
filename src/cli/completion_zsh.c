/* zsh: `_arguments` once for the command and once for what it takes. */
#include "cli/completion.h"

static const char head[] = "#compdef kpic\n"
                           "# Completions of kpic for zsh, made by `kpic completion zsh`. Put it "
                           "in a folder of $fpath, as a\n"
                           "# file named _kpic, or read it with `source` after compinit.\n"
                           "\n"
                           "# indicators or reports\n"
                           "_kpic_names() {\n"
                           "    local -a names\n"
                           "    names=(${(f)\"$(kpic completion $1 2>/dev/null)\"})\n"
                           "    compadd -a names\n"
                           "}\n"
                           "_kpic_indicators() { _kpic_names indicators }\n"
                           "_kpic_indicator_list() { _sequence _kpic_indicators }\n"
                           "_kpic_reports() { _kpic_names reports }\n"
                           "_kpic() {\n"
                           "    local curcontext=$curcontext state line\n"
                           "    typeset -A opt_args\n"
                           "    local -a commands\n"
                           "    commands=(\n";

/* Inside quotes a quote is '\''. */
static void add_help(StrBuf *out, const char *help) {
    for (; *help; help++) {
        char one[2] = {*help, '\0'};
        if (*help == '\'')
            strbuf_add(out, "'\\''");
        else
            completion_add_help(out, one, "[]:\\");
    }
}

static void add_action(StrBuf *out, Completion completion, bool list) {
    switch (completion.kind) {
    case COMPLETE_NOTHING:
        strbuf_add_char(out, ' ');
        return;
    case COMPLETE_WORDS:
        strbuf_addf(out, "(%s)", completion.words);
        return;
    case COMPLETE_FILES:
        strbuf_add(out, "_files");
        return;
    case COMPLETE_INDICATORS:
        strbuf_add(out, list ? "_kpic_indicator_list" : "_kpic_indicators");
        return;
    case COMPLETE_REPORTS:
        strbuf_add(out, "_kpic_reports");
        return;
    }
}

/* '(-p --period)'{-p+,--period=}'[help]:PERIOD: ' */
static void add_option(StrBuf *out, CommandId command, OptionId option) {
    const OptionInfo *info = option_info(option);
    bool flag = info->kind == OPTION_KIND_FLAG, list = info->kind == OPTION_KIND_LIST;
    const char *many = list ? "*" : "";
    const char *joined = flag ? "" : "=", *near = flag ? "" : "+";
    strbuf_add(out, "            ");
    if (info->letter && list)
        strbuf_addf(out, "'*'{-%c%s,--%s%s}'[", info->letter, near, info->name, joined);
    else if (info->letter)
        strbuf_addf(out, "'(-%c --%s)'{-%c%s,--%s%s}'[", info->letter, info->name, info->letter,
                    near, info->name, joined);
    else
        strbuf_addf(out, "'%s--%s%s[", many, info->name, joined);
    add_help(out, info->help);
    strbuf_add_char(out, ']');
    if (!flag) {
        strbuf_add(out, info->kind == OPTION_KIND_OPTIONAL ? "::" : ":");
        add_help(out, info->argument);
        strbuf_add_char(out, ':');
        add_action(out, completion_of_option(command, option), list);
    }
    strbuf_add(out, "' \\\n");
}

static void add_command(StrBuf *out, Arena *arena, CommandId command) {
    Completion operands = completion_of_operands(arena, command);
    bool named = operands.kind == COMPLETE_INDICATORS || operands.kind == COMPLETE_REPORTS;
    strbuf_addf(out, "        %s)\n            _arguments -s \\\n", command_info(command)->name);
    for (size_t i = 0; i < OPTIONS; i++)
        if (completion_has(command, (OptionId)i))
            add_option(out, command, (OptionId)i);
    if (named) {
        strbuf_add(out, "            '1:name:");
        add_action(out, operands, false);
        operands.kind = COMPLETE_FILES;
        strbuf_add(out, "' \\\n");
    }
    strbuf_add(out, "            '*:");
    add_help(out, command_info(command)->takes);
    strbuf_add_char(out, ':');
    add_action(out, operands, false);
    strbuf_add(out, "'\n            ;;\n");
}

void completion_zsh(StrBuf *out, Arena *arena) {
    strbuf_add(out, head);
    for (size_t i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((CommandId)i);
        strbuf_addf(out, "        '%s:", info->name);
        add_help(out, info->does);
        strbuf_add(out, "'\n");
    }
    strbuf_add(out, "    )\n    _arguments -C '(-)'{-h,--help}'[help]' '(-)--version[version]' \\\n"
                    "        '1:command:->command' '*::argument:->argument' && return\n"
                    "    case $state in\n    command) _describe command commands ;;\n"
                    "    argument)\n        case $words[1] in\n");
    for (size_t i = 0; i < COMMANDS; i++)
        add_command(out, arena, (CommandId)i);
    strbuf_add(out, "        esac\n        ;;\n    esac\n}\n"
                    "if [[ ${funcstack[1]} == _kpic ]]; then\n    _kpic \"$@\"\nelse\n"
                    "    compdef _kpic kpic\nfi\n");
}
