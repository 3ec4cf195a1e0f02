/* One run of the program: what every command is given, and the exit codes.
 *
 * In: parsed options and a session. A command reads files, calls the layers below, writes its
 * result through output.h, and gives its exit code; main.c shows the messages and exits. Nothing
 * but cli/ prints, exits, reads the environment or asks what a terminal can do.
 *
 * To add a command: a line in commands.def, a cmd_NAME.c with `ExitCode cmd_NAME(Cli *)`, its
 * examples in help_topics.c, and golden tests.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "base/session.h"
#include "cli/options.h"
#include "store/store.h"

typedef enum ExitCode {
    DONE = 0,
    DONE_NO = 1,          /* done, and the answer is no */
    EXIT_USAGE = 2,       /* the command line */
    EXIT_DEFINITIONS = 3, /* definitions invalid */
    EXIT_DATA = 4,        /* data refused */
    EXIT_UNAVAILABLE = 5, /* store or engine unavailable or busy; a file that cannot be written */
    EXIT_DAMAGED = 6,     /* store damaged */
    EXIT_FAULT = 70       /* a fault of kpic itself */
} ExitCode;

typedef enum ColourChoice { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourChoice;

typedef struct Cli {
    Session *session;
    const Options *options;
    ColourChoice colour;
    bool messages_shown; /* the command has shown the session's messages itself */
} Cli;

#define COMMAND(IDENT, name, takes, does) ExitCode cmd_##name(Cli *cli);
#include "cli/commands.def"
#undef COMMAND

ExitCode exit_of_store(StoreResult result);
/* What `kpic --version` prints. */
void version_print(StrBuf *out);
extern const char *const program_version;
/* The day of this version, which the pages of the manual carry. */
extern const char *const program_date;

#endif
