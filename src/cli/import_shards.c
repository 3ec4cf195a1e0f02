#include "cli/import_shards.h"

#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"

static bool refuse(Cli *cli, const char *words, const char *help) {
    Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0}, "%s", words);
    if (help)
        diag_help(diag, "%s", help);
    return false;
}

bool import_shards_understood(Cli *cli, const char *store) {
    const Options *options = cli->options;
    bool shards = options_text(options, OPTION_SHARDS) != NULL;
    bool ddl = options_flag(options, OPTION_DDL);
    if (options_text(options, OPTION_FOR) && !ddl)
        return refuse(cli, "'--for' says what '--ddl' prints, and goes with it", NULL);
    if (ddl && !shards)
        return refuse(cli, "'--ddl' prints how a store is divided, and needs '--shards FILE'",
                      NULL);
    if (shards && !store_is_server(store))
        return refuse(cli, "'--shards' divides a PostgreSQL database, and the store is none",
                      "--store postgresql://HOST/DATABASE names the coordinator");
    return true;
}

bool import_shards_start(Cli *cli, const Model *model, ImportShards *shards, ImportOptions *out) {
    const char *file = options_text(cli->options, OPTION_SHARDS);
    if (!file)
        return true;
    size_t len;
    const char *text = file_read_all(cli->session, file, &len);
    if (!text || !shards_parse(cli->session, file, text, len, &shards->list) ||
        !placements_start(cli->session, model, &shards->list, &shards->placements))
        return false;
    out->shards = &shards->list;
    return true;
}

bool import_shards_place(ImportShards *shards, const char *table, const char *const *header,
                         size_t len, Placement *out) {
    bool tell = !shards->last || strcmp(shards->last, table) != 0;
    shards->last = table;
    return placement_of(&shards->placements, table, header, len, tell, out);
}

ExitCode import_shards_print(Cli *cli, const ImportOptions *options, const PathList *files) {
    static const char *const databases[] = {"postgresql", "citus"};
    int database = options_choice(cli->session, cli->options, OPTION_FOR, databases, 2);
    if (database < 0)
        return EXIT_USAGE;
    Arena *arena = cli->session->arena;
    const FileTable **tables = arena_array(arena, files->len, sizeof *tables);
    StoreResult worst = STORE_OK;
    for (size_t i = 0; i < files->len; i++) {
        StoreResult result =
            store_import_tables(cli->session, options, files->items[i], &tables[i]);
        worst = result > worst ? result : worst;
    }
    StrBuf text = {0};
    if (worst == STORE_OK)
        worst = database == 1
                    ? store_citus_script(cli->session, options, tables, files->len, &text)
                    : store_shards_script(cli->session, options, tables, files->len, &text);
    ExitCode code = exit_of_store(worst);
    if (code == DONE && !output_result(cli, &text))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    return code;
}
