/* The command line: one table of options (options.def) and one of commands (commands.def).
 *
 * In: the arguments of main. Out: Options, or messages about what could not be understood. Options
 * may stand anywhere after the command, long ones as `--name value` or `--name=value`, short ones
 * joined (`-qv`, `-p2017-01`); `--` ends them. The same tables print the help of each command.
 *
 * To add an option: a line in options.def; read it with options_text() or options_flag(). To add a
 * command: a line in commands.def and a cmd_NAME.c.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/session.h"
#include "base/vec.h"

typedef enum CommandId {
#define COMMAND(IDENT, name, takes, does) COMMAND_##IDENT,
#include "cli/commands.def"
#undef COMMAND
    COMMANDS /* none was named */
} CommandId;

typedef enum OptionId {
#define OPTION(IDENT, letter, name, kind, argument, commands, help) OPTION_##IDENT,
#include "cli/options.def"
#undef OPTION
    OPTIONS
} OptionId;

typedef enum OptionKind {
    OPTION_KIND_FLAG,
    OPTION_KIND_TEXT,
    OPTION_KIND_LIST,
    OPTION_KIND_OPTIONAL,
    OPTION_KIND_HIDDEN
} OptionKind;

typedef struct CommandInfo {
    const char *name, *takes, *does;
} CommandInfo;

typedef struct OptionInfo {
    char letter; /* 0: none */
    const char *name;
    OptionKind kind;
    const char *argument;
    unsigned commands; /* bit CommandId */
    const char *help;
} OptionInfo;

const CommandInfo *command_info(CommandId command);
const OptionInfo *option_info(OptionId option);
/* COMMANDS if there is none of this name. */
CommandId command_of_name(const char *name);

typedef VEC(const char *) TextItems;

typedef struct Options {
    CommandId command; /* COMMANDS: only options were given */
    bool given[OPTIONS];
    const char *texts[OPTIONS]; /* NULL: not given, or an OPTIONAL without a value */
    TextItems lists[OPTIONS];
    TextItems operands;
} Options;

/* False, with messages in the session, if anything could not be understood. Texts point into argv
 * or the session's arena. */
bool options_parse(Session *session, int argc, char *const *argv, Options *out);
bool options_flag(const Options *options, OptionId option);
/* NULL if it was not given. */
const char *options_text(const Options *options, OptionId option);
/* One of `choices`: its place; -1 with a message if it is another. Not given: 0. */
int options_choice(Session *session, const Options *options, OptionId option,
                   const char *const *choices, size_t len);

/* The page of `kpic COMMAND --help` about usage and options. */
void options_print_help(StrBuf *out, CommandId command);

#endif
