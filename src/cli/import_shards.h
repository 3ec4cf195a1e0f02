/* `kpic import --shards FILE`: the list is read, and tables get their places; `--ddl` prints the
 * script that makes them. */
#ifndef CLI_IMPORT_SHARDS_H
#define CLI_IMPORT_SHARDS_H

#include "cli/cli.h"
#include "cli/files.h"
#include "cli/placement.h"

typedef struct ImportShards {
    ShardList list;
    Placements placements;
    const char *last; /* the table whose place was told last */
} ImportShards;

/* Whether --shards, --ddl and --for are given as they can be meant. */
bool import_shards_understood(Cli *cli, const char *store);
/* Reads the list, if one is named; the model is NULL without a project. Fills the options. False:
 * told. */
bool import_shards_start(Cli *cli, const Model *model, ImportShards *shards, ImportOptions *out);
/* The place of a table, once all is known. */
bool import_shards_place(ImportShards *shards, const char *table, const char *const *header,
                         size_t len, Placement *out);
/* The script for these files on standard output. */
ExitCode import_shards_print(Cli *cli, const ImportOptions *options, const PathList *files);

#endif
