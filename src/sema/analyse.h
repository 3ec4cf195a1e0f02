/* Parsed files to Model: the one door to sema. */
#ifndef SEMA_ANALYSE_H
#define SEMA_ANALYSE_H

#include "sema/catalog.h"
#include "sema/model.h"
#include "syntax/parse.h"

typedef struct LibraryText {
    const char *text;
    size_t len;
} LibraryText;

typedef struct AnalyseOptions {
    /* The text of `use NAME` (the shipped library) or `use "path"` (relative to the using file):
     * false if there is none. The caller owns the text for the session's life. *shown_name is what
     * messages call it. */
    bool (*find_library)(void *context, const char *name, const char *path, uint32_t using_src,
                         LibraryText *out, const char **shown_name);
    void *context;
    const Catalog *catalog; /* NULL: the store's names are not checked */
} AnalyseOptions;

/* Never NULL; errors are in session->diags. Files are analysed as one project, in the order given.
 */
const Model *analyse(Session *session, ParsedFile *const *files, size_t files_len,
                     const AnalyseOptions *options);
/* The typed columns of a source for store_load, all of its stored columns in order (computed ones
 * left out). In the session's arena. */
const TableSpec *source_table_spec(Session *session, const SourceModel *source);
/* --dump=model */
void model_dump(StrBuf *out, const Model *model);

#endif
