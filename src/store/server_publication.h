/* The statements that make rows count which were loaded under the id of a line of kpic_import. They
 * are run in one transaction, with those of all other tables of an import. */
#ifndef STORE_SERVER_PUBLICATION_H
#define STORE_SERVER_PUBLICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"

typedef struct Publication {
    const char *schema, *table;
    const char *load; /* the table beside that takes its place; NULL: the rows are in it already */
    int64_t id;       /* of the line of kpic_import */
    bool forgets;     /* rows are replaced: */
    int64_t forget;   /* those of this line */
    bool analyse;     /* of a divided store: the rows are in the table itself, on every server */
} Publication;

void publication_put(const Publication *of, StrBuf *out);
/* Of a store that is divided over servers. */
void publication_put_divided(const Publication *of, StrBuf *out);

#endif
