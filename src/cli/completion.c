#include "cli/completion.h"

#include <string.h>

#include "cli/help.h"

#define ANY COMMANDS
#define MOST_TOPICS 64

static const struct {
    const char *name;
    void (*print)(StrBuf *out, Arena *arena);
} shells[] = {
    {"bash", completion_bash},
    {"zsh", completion_zsh},
    {"fish", completion_fish},
};
const char *const completion_shells[] = {"bash", "zsh", "fish"};
const size_t completion_shells_len = sizeof completion_shells / sizeof completion_shells[0];

#define COMMAND_ANY ANY
static const struct {
    CommandId command; /* ANY: every one */
    OptionId option;
    const char *words;
} choices[] = {
#define CHOICES(command, option, words) {COMMAND_##command, OPTION_##option, words},
#include "cli/choices.def"
#undef CHOICES
};
#undef COMMAND_ANY

/* By what the help calls it. */
static const struct {
    const char *argument;
    CompletionKind kind;
} arguments[] = {
    {"FILE", COMPLETE_FILES},   {"FILE...", COMPLETE_FILES},     {"[DIR]", COMPLETE_FILES},
    {"FOLDER", COMPLETE_FILES}, {"STORE", COMPLETE_FILES},       {"DB", COMPLETE_FILES},
    {"OLD", COMPLETE_FILES},    {"[PATH...]", COMPLETE_FILES},   {"ID", COMPLETE_INDICATORS},
    {"NAME", COMPLETE_REPORTS}, {"ID,...", COMPLETE_INDICATORS},
};

/* By the first word of `text`. */
static CompletionKind kind_of_argument(const char *text) {
    size_t len = strcspn(text, " ");
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++)
        if (strlen(arguments[i].argument) == len && strncmp(arguments[i].argument, text, len) == 0)
            return arguments[i].kind;
    return COMPLETE_NOTHING;
}

Completion completion_of_option(CommandId command, OptionId option) {
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++)
        if (choices[i].option == option &&
            (choices[i].command == ANY || choices[i].command == command))
            return (Completion){COMPLETE_WORDS, choices[i].words};
    /* Of an option a NAME is a text; only a report is an operand of that word. */
    CompletionKind kind = kind_of_argument(option_info(option)->argument);
    return (Completion){kind == COMPLETE_REPORTS ? COMPLETE_NOTHING : kind, NULL};
}

static const char *join(Arena *arena, const char *const *names, size_t len) {
    StrBuf text = {0};
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&text, "%s%s", i == 0 ? "" : " ", names[i]);
    const char *joined = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return joined;
}

Completion completion_of_operands(Arena *arena, CommandId command) {
    const char *topics[MOST_TOPICS];
    if (command == COMMAND_HELP) {
        size_t len = help_topic_names(topics, MOST_TOPICS);
        return (Completion){COMPLETE_WORDS, join(arena, topics, len)};
    }
    if (command == COMMAND_COMPLETION)
        return (Completion){COMPLETE_WORDS, join(arena, completion_shells, completion_shells_len)};
    return (Completion){kind_of_argument(command_info(command)->takes), NULL};
}

bool completion_has(CommandId command, OptionId option) {
    const OptionInfo *info = option_info(option);
    return info->kind != OPTION_KIND_HIDDEN && (info->commands & (1u << command));
}

void completion_add_help(StrBuf *out, const char *help, const char *special) {
    for (; *help; help++) {
        if (strchr(special, *help))
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *help);
        if (*help == '\n')
            out->text[out->len - 1] = ' ';
    }
}

bool completion_print(StrBuf *out, Arena *arena, const char *shell) {
    for (size_t i = 0; i < completion_shells_len; i++)
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print(out, arena);
            return true;
        }
    return false;
}
