/* bash: one function; `--format=csv` reaches it as three words, since = separates words there. */
#include "cli/completion.h"

#define ALL_COMMANDS (~0u)

static const char head[] =
    "# Completions of kpic for bash, made by `kpic completion bash`. Read it with `source`, or "
    "put\n"
    "# it where bash-completion looks, as a file named kpic.\n"
    "\n"
    "# WORDS [BEFORE]: those that begin as the word does; BEFORE goes on each\n"
    "_kpic_words() {\n"
    "    COMPREPLY+=($(compgen -P \"${2-}\" -W \"$1\" -- \"${word##*,}\"))\n"
    "}\n"
    "_kpic_files() {\n"
    "    local IFS=$'\\n'\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    COMPREPLY+=($(compgen -f -- \"$word\"))\n"
    "}\n"
    "# indicators or reports; of a list, the item after the last comma\n"
    "_kpic_names() {\n"
    "    local before_it=\n"
    "    [[ $word == *,* ]] && before_it=${word%,*},\n"
    "    _kpic_words \"$(kpic completion \"$1\" 2>/dev/null)\" \"$before_it\"\n"
    "}\n"
    "_kpic() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i\n"
    "    COMPREPLY=()\n"
    "    if [[ $word == = ]]; then\n"
    "        word=\n"
    "    elif [[ $before == = ]]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n";

static void add_commands(StrBuf *out, const char *between) {
    for (size_t i = 0; i < COMMANDS; i++)
        strbuf_addf(out, "%s%s", i == 0 ? "" : between, command_info((CommandId)i)->name);
}

static void add_completion(StrBuf *out, Completion completion) {
    switch (completion.kind) {
    case COMPLETE_NOTHING:
        strbuf_add(out, ":");
        return;
    case COMPLETE_WORDS:
        strbuf_addf(out, "_kpic_words '%s'", completion.words);
        return;
    case COMPLETE_FILES:
        strbuf_add(out, "_kpic_files");
        return;
    case COMPLETE_INDICATORS:
        strbuf_add(out, "_kpic_names indicators");
        return;
    case COMPLETE_REPORTS:
        strbuf_add(out, "_kpic_names reports");
        return;
    }
}

/* "eval,-p | eval,--period) :; return ;;"; `name` is * for what every command has. */
static void add_value(StrBuf *out, const char *name, CommandId command, OptionId option) {
    const OptionInfo *info = option_info(option);
    strbuf_add(out, "    ");
    if (info->letter)
        strbuf_addf(out, "%s,-%c | ", name, info->letter);
    strbuf_addf(out, "%s,--%s)\n        ", name, info->name);
    if (info->kind == OPTION_KIND_OPTIONAL)
        strbuf_add(out, "[[ $word == -* ]] || { ");
    add_completion(out, completion_of_option(command, option));
    strbuf_add(out, info->kind == OPTION_KIND_OPTIONAL ? "; return; }\n        ;;\n"
                                                       : "\n        return\n        ;;\n");
}

static void add_values(StrBuf *out, OptionId option) {
    const OptionInfo *info = option_info(option);
    if (info->kind == OPTION_KIND_FLAG)
        return;
    if (info->commands == ALL_COMMANDS) {
        add_value(out, "*", COMMANDS, option);
        return;
    }
    for (size_t i = 0; i < COMMANDS; i++)
        if (completion_has((CommandId)i, option))
            add_value(out, command_info((CommandId)i)->name, (CommandId)i, option);
}

static void add_options(StrBuf *out, CommandId command) {
    strbuf_addf(out, "        %s) _kpic_words '", command_info(command)->name);
    const char *between = "";
    for (size_t i = 0; i < OPTIONS; i++)
        if (completion_has(command, (OptionId)i)) {
            strbuf_addf(out, "%s--%s", between, option_info((OptionId)i)->name);
            between = " ";
        }
    strbuf_add(out, "' ;;\n");
}

static void add_operands(StrBuf *out, Arena *arena, CommandId command) {
    Completion operands = completion_of_operands(arena, command);
    bool named = operands.kind == COMPLETE_INDICATORS || operands.kind == COMPLETE_REPORTS;
    strbuf_addf(out, "    %s) ", command_info(command)->name);
    add_completion(out, operands);
    strbuf_add(out, named ? "; _kpic_files ;;\n" : " ;;\n");
}

void completion_bash(StrBuf *out, Arena *arena) {
    strbuf_add(out, head);
    strbuf_add(out, "        ");
    add_commands(out, " | ");
    strbuf_add(out, ")\n            command=${COMP_WORDS[i]}\n            break\n            ;;\n"
                    "        esac\n    done\n    case $command,$before in\n");
    for (size_t i = 0; i < OPTIONS; i++)
        add_values(out, (OptionId)i);
    strbuf_add(out, "    esac\n    if [[ $word == -* ]]; then\n        case $command in\n"
                    "        '') _kpic_words '--help --version' ;;\n");
    for (size_t i = 0; i < COMMANDS; i++)
        add_options(out, (CommandId)i);
    strbuf_add(out, "        esac\n        return\n    fi\n    case $command in\n"
                    "    '') _kpic_words '");
    add_commands(out, " ");
    strbuf_add(out, "' ;;\n");
    for (size_t i = 0; i < COMMANDS; i++)
        add_operands(out, arena, (CommandId)i);
    strbuf_add(out, "    esac\n}\ncomplete -F _kpic kpic\n");
}
