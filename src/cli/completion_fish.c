/* fish: one line for each command, option and kind of operand. */
#include "cli/completion.h"

#define QUOTED "'\\" /* after a backslash between quotes */

static const char head[] =
    "# Completions of kpic for fish, made by `kpic completion fish`. Put it into\n"
    "# ~/.config/fish/completions, as kpic.fish.\n"
    "complete -c kpic -f\n"
    "complete -c kpic -n __fish_use_subcommand -s h -l help -d 'the commands'\n"
    "complete -c kpic -n __fish_use_subcommand -l version -d 'the version'\n";

static void add_start(StrBuf *out, CommandId command) {
    strbuf_addf(out, "complete -c kpic -n '__fish_seen_subcommand_from %s'",
                command_info(command)->name);
}

/* " -x -a '...'"; `wanted`: the value cannot be left out */
static void add_what(StrBuf *out, Completion completion, bool wanted) {
    switch (completion.kind) {
    case COMPLETE_NOTHING:
        strbuf_add(out, wanted ? " -x" : "");
        return;
    case COMPLETE_WORDS:
        strbuf_addf(out, "%s -a '%s'", wanted ? " -x" : "", completion.words);
        return;
    case COMPLETE_FILES:
        strbuf_add(out, wanted ? " -r -F" : " -F");
        return;
    case COMPLETE_INDICATORS:
    case COMPLETE_REPORTS:
        strbuf_addf(out, "%s -a '(kpic completion %s 2>/dev/null)'", wanted ? " -x" : "",
                    completion.kind == COMPLETE_INDICATORS ? "indicators" : "reports");
        return;
    }
}

static void add_option(StrBuf *out, CommandId command, OptionId option) {
    const OptionInfo *info = option_info(option);
    add_start(out, command);
    if (info->letter)
        strbuf_addf(out, " -s %c", info->letter);
    strbuf_addf(out, " -l %s", info->name);
    if (info->kind != OPTION_KIND_FLAG) {
        Completion completion = completion_of_option(command, option);
        bool left_out = info->kind == OPTION_KIND_OPTIONAL && completion.kind == COMPLETE_NOTHING;
        add_what(out, completion, !left_out);
    }
    strbuf_add(out, " -d '");
    completion_add_help(out, info->help, QUOTED);
    strbuf_add(out, "'\n");
}

static void add_operands(StrBuf *out, Arena *arena, CommandId command) {
    Completion operands = completion_of_operands(arena, command);
    if (operands.kind == COMPLETE_NOTHING)
        return;
    add_start(out, command);
    add_what(out, operands, false);
    strbuf_add_char(out, '\n');
    if (operands.kind == COMPLETE_INDICATORS || operands.kind == COMPLETE_REPORTS) {
        add_start(out, command);
        strbuf_add(out, " -F\n");
    }
}

void completion_fish(StrBuf *out, Arena *arena) {
    strbuf_add(out, head);
    for (size_t i = 0; i < COMMANDS; i++) {
        const CommandInfo *info = command_info((CommandId)i);
        strbuf_addf(out, "complete -c kpic -n __fish_use_subcommand -a %s -d '", info->name);
        completion_add_help(out, info->does, QUOTED);
        strbuf_add(out, "'\n");
    }
    for (size_t i = 0; i < COMMANDS; i++) {
        for (size_t j = 0; j < OPTIONS; j++)
            if (completion_has((CommandId)i, (OptionId)j))
                add_option(out, (CommandId)i, (OptionId)j);
        add_operands(out, arena, (CommandId)i);
    }
}
