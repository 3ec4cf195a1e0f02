#include "cli/options.h"

#include <stdint.h>
#include <string.h>

#define OF(IDENT) (1u << COMMAND_##IDENT)
#define ALL (~0u)

static const CommandInfo commands[] = {
#define COMMAND(IDENT, name, takes, does) {#name, takes, does},
#include "cli/commands.def"
#undef COMMAND
};

static const OptionInfo infos[] = {
#define OPTION(IDENT, letter, name, kind, argument, commands, help)                                \
    {letter, name, OPTION_KIND_##kind, argument, commands, help},
#include "cli/options.def"
#undef OPTION
};

const CommandInfo *command_info(CommandId command) {
    return &commands[command];
}

const OptionInfo *option_info(OptionId option) {
    return &infos[option];
}

CommandId command_of_name(const char *name) {
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return (CommandId)i;
    return COMMANDS;
}

/* ---- parsing ---- */

typedef struct Parser {
    Session *session;
    Options *options;
    char *const *argv;
    int argc, next; /* the argument to read next */
    bool ok;
} Parser;

static void refuse_command(Parser *parser, const char *name) {
    parser->ok = false;
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i].name;
    Diag *diag = diag_add(parser->session->diags, DIAG_unknown_command, (Span){0},
                          "there is no command '%s'", name);
    if (text_nearest(name, names, COMMANDS))
        diag_suggest(diag, name, names, COMMANDS);
    else
        diag_help(diag, "`kpic help` lists the commands");
}

/* Whether the command takes the option; without a command any option is taken. */
static bool option_fits(const Options *options, OptionId option) {
    return options->command == COMMANDS || (infos[option].commands & (1u << options->command));
}

static void refuse_option(Parser *parser, const char *shown) {
    parser->ok = false;
    const char *names[OPTIONS];
    size_t len = 0;
    for (size_t i = 0; i < OPTIONS; i++)
        if (infos[i].kind != OPTION_KIND_HIDDEN && option_fits(parser->options, (OptionId)i))
            names[len++] = arena_printf(parser->session->arena, "--%s", infos[i].name);
    CommandId command = parser->options->command;
    const char *of = command == COMMANDS ? "kpic" : commands[command].name;
    Diag *diag = diag_add(parser->session->diags, DIAG_unknown_option, (Span){0},
                          "'%s' has no option '%s'", of, shown);
    diag_suggest(diag, shown, names, len);
    if (command == COMMANDS)
        diag_help(diag, "`kpic help` lists the commands");
    else
        diag_help(diag, "`kpic %s --help` lists its options", of);
}

/* Splits at commas; "a,,b" has no empty item. */
static void add_items(Parser *parser, TextItems *items, const char *text) {
    Arena *arena = parser->session->arena;
    while (*text) {
        size_t len = strcspn(text, ",");
        if (len > 0)
            vec_push(arena, items, arena_copy_text(arena, text, len));
        text += len + (text[len] == ',');
    }
}

/* The value that follows, or NULL. */
static const char *take_next(Parser *parser, bool optional) {
    if (parser->next >= parser->argc)
        return NULL;
    const char *value = parser->argv[parser->next];
    if (optional && value[0] == '-' && value[1] != '\0')
        return NULL;
    parser->next++;
    return value;
}

/* `value` is what was joined to the option, or NULL. */
static void set_option(Parser *parser, OptionId option, const char *shown, const char *value) {
    Options *options = parser->options;
    const OptionInfo *info = &infos[option];
    if (!option_fits(options, option)) {
        refuse_option(parser, shown);
        return;
    }
    options->given[option] = true;
    if (info->kind == OPTION_KIND_FLAG) {
        if (value) {
            parser->ok = false;
            diag_add(parser->session->diags, DIAG_bad_option_value, (Span){0},
                     "the option '%s' takes no value, and was given '%s'", shown, value);
        }
        return;
    }
    bool optional = info->kind == OPTION_KIND_OPTIONAL;
    if (!value)
        value = take_next(parser, optional);
    if (!value && !optional) {
        parser->ok = false;
        Diag *diag = diag_add(parser->session->diags, DIAG_usage, (Span){0},
                              "the option '%s' needs a value", shown);
        diag_help(diag, "%s %s", shown, info->argument);
        return;
    }
    options->texts[option] = value;
    if (info->kind == OPTION_KIND_LIST)
        add_items(parser, &options->lists[option], value);
}

/* Two commands may have options of one name: the command's own goes first. */
static OptionId option_of_name(const Options *options, const char *name, size_t len) {
    OptionId found = OPTIONS;
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strlen(infos[i].name) != len || strncmp(infos[i].name, name, len) != 0)
            continue;
        if (found == OPTIONS || option_fits(options, (OptionId)i))
            found = (OptionId)i;
    }
    return found;
}

static void read_long(Parser *parser, const char *text) {
    size_t len = strcspn(text + 2, "=");
    const char *value = text[2 + len] == '=' ? text + 2 + len + 1 : NULL;
    const char *shown = arena_copy_text(parser->session->arena, text, 2 + len);
    OptionId option = option_of_name(parser->options, text + 2, len);
    if (option == OPTIONS)
        refuse_option(parser, shown);
    else
        set_option(parser, option, shown, value);
}

static OptionId option_of_letter(char letter) {
    for (size_t i = 0; i < OPTIONS; i++)
        if (infos[i].letter == letter && letter)
            return (OptionId)i;
    return OPTIONS;
}

/* "-qv", "-p2017-01" */
static void read_letters(Parser *parser, const char *text) {
    for (size_t i = 1; text[i]; i++) {
        const char *shown = arena_printf(parser->session->arena, "-%c", text[i]);
        OptionId option = option_of_letter(text[i]);
        if (option == OPTIONS) {
            refuse_option(parser, shown);
            return;
        }
        bool flag = infos[option].kind == OPTION_KIND_FLAG;
        set_option(parser, option, shown, flag || !text[i + 1] ? NULL : text + i + 1);
        if (!flag)
            return;
    }
}

static void read_argument(Parser *parser, bool *only_operands) {
    const char *text = parser->argv[parser->next++];
    Options *options = parser->options;
    if (*only_operands || text[0] != '-' || text[1] == '\0')
        vec_push(parser->session->arena, &options->operands, text);
    else if (strcmp(text, "--") == 0)
        *only_operands = true;
    else if (text[1] == '-')
        read_long(parser, text);
    else
        read_letters(parser, text);
}

/* Whether the argument is an option whose value is the next argument. */
static bool takes_the_next(const char *text) {
    for (size_t i = 0; i < OPTIONS; i++) {
        bool flag = infos[i].kind == OPTION_KIND_FLAG;
        if (text[1] == '-' ? strcmp(text + 2, infos[i].name) == 0
                           : text[1] && text[1] == infos[i].letter && !text[2])
            return !flag;
    }
    return false;
}

/* The command is the first word that is no option and no option's value. */
static int find_command(Parser *parser) {
    for (int i = 1; i < parser->argc; i++) {
        const char *text = parser->argv[i];
        if (text[0] == '-') {
            i += takes_the_next(text);
            continue;
        }
        parser->options->command = command_of_name(text);
        if (parser->options->command == COMMANDS)
            refuse_command(parser, text);
        return i;
    }
    return parser->argc;
}

/* `kpic --dump=ast FILE` has no command, and an option that only `check` takes. */
static bool starts_with_dump(int argc, char *const *argv) {
    return argc > 1 && strncmp(argv[1], "--dump", strlen("--dump")) == 0;
}

bool options_parse(Session *session, int argc, char *const *argv, Options *out) {
    *out = (Options){.command = COMMANDS};
    Parser parser = {session, out, argv, argc, 1, true};
    int command = argc;
    if (starts_with_dump(argc, argv))
        out->command = COMMAND_CHECK;
    else
        command = find_command(&parser);
    bool only_operands = false;
    while (parser.ok && parser.next < argc) {
        if (parser.next == command)
            parser.next++;
        else
            read_argument(&parser, &only_operands);
    }
    return parser.ok;
}

bool options_flag(const Options *options, OptionId option) {
    return options->given[option];
}

const char *options_text(const Options *options, OptionId option) {
    return options->texts[option];
}

int options_choice(Session *session, const Options *options, OptionId option,
                   const char *const *choices, size_t len) {
    const char *text = options->texts[option];
    if (!text)
        return 0;
    for (size_t i = 0; i < len; i++)
        if (strcmp(text, choices[i]) == 0)
            return (int)i;
    StrBuf list = {0};
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&list, "%s%s", i == 0 ? "" : i + 1 == len ? " or " : ", ", choices[i]);
    Diag *diag = diag_add(session->diags, DIAG_bad_option_value, (Span){0},
                          "the option '--%s' takes %s, not '%s'", infos[option].name,
                          strbuf_text(&list), text);
    diag_suggest(diag, text, choices, len);
    strbuf_fini(&list);
    return -1;
}

/* ---- help ---- */

#define HELP_COLUMN 30

static void print_option(StrBuf *out, const OptionInfo *info) {
    size_t start = out->len;
    if (info->letter)
        strbuf_addf(out, "  -%c, --%s", info->letter, info->name);
    else
        strbuf_addf(out, "      --%s", info->name);
    if (*info->argument)
        strbuf_addf(out, " %s", info->argument);
    if (out->len - start >= HELP_COLUMN) {
        strbuf_add_char(out, '\n');
        start = out->len;
    }
    for (const char *line = info->help; line;) {
        size_t len = strcspn(line, "\n");
        strbuf_add_times(out, ' ', HELP_COLUMN - (out->len - start));
        strbuf_add_len(out, line, len);
        strbuf_add_char(out, '\n');
        start = out->len;
        line = line[len] ? line + len + 1 : NULL;
    }
}

void options_print_help(StrBuf *out, CommandId command) {
    const CommandInfo *info = &commands[command];
    strbuf_addf(out, "kpic %s: %s\n\nusage: kpic %s %s [OPTIONS]\n\n", info->name, info->does,
                info->name, info->takes);
    for (size_t i = 0; i < OPTIONS; i++)
        if (infos[i].kind != OPTION_KIND_HIDDEN && (infos[i].commands & (1u << command)))
            print_option(out, &infos[i]);
}
