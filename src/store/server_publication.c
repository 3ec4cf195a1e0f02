#include "store/server_publication.h"

#include <inttypes.h>

#include "store/quote.h"
#include "store/server_store.h"
#include "store/server_target.h"

/* The new table takes the place of the old one, with the whole names of its columns. */
static void put_replacement(const Publication *of, StrBuf *out) {
    strbuf_add(out, "DROP TABLE IF EXISTS ");
    server_put_name(out, of->schema, of->table);
    strbuf_add(out, ";ALTER TABLE ");
    server_put_name(out, of->schema, of->load);
    strbuf_add(out, " RENAME TO ");
    quote_name(out, of->table);
    const char *const verbs[] = {"DELETE FROM ", "UPDATE "};
    const char *const changes[] = {" WHERE table_name = ", " SET table_name = "};
    for (size_t i = 0; i < 2; i++) {
        strbuf_addf(out, ";%s", verbs[i]);
        server_put_name(out, of->schema, "kpic_column");
        strbuf_addf(out, "%s(SELECT table_name FROM ", changes[i]);
        server_put_name(out, of->schema, "kpic_import");
        strbuf_addf(out, " WHERE id = %" PRId64 ")", of->id);
    }
    strbuf_addf(out, " WHERE table_name = '%s';", of->load);
}

/* What is replaced is taken away afterwards, from one server after the other. */
void publication_put_divided(const Publication *of, StrBuf *out) {
    for (size_t i = of->forgets ? 0 : 1; i < 2; i++) {
        strbuf_add(out, "UPDATE ");
        server_put_name(out, of->schema, "kpic_import");
        strbuf_addf(out, " SET published = %s WHERE id = %" PRId64 ";", i ? "true" : "false",
                    i ? of->id : of->forget);
    }
    if (!of->analyse)
        return;
    strbuf_add(out, "ANALYZE ");
    server_put_name(out, of->schema, of->table);
    strbuf_add_char(out, ';');
}

void publication_put(const Publication *of, StrBuf *out) {
    if (of->load)
        put_replacement(of, out);
    if (of->forgets && !of->load) {
        strbuf_add(out, "DELETE FROM ");
        server_put_name(out, of->schema, of->table);
        strbuf_addf(out, " WHERE " BATCH_COLUMN " = %" PRId64 ";", of->forget);
    }
    if (of->forgets) {
        strbuf_add(out, "DELETE FROM ");
        server_put_name(out, of->schema, "kpic_import");
        strbuf_addf(out, " WHERE id = %" PRId64 ";", of->forget);
    }
    strbuf_add(out, "UPDATE ");
    server_put_name(out, of->schema, "kpic_import");
    strbuf_addf(out, " SET published = true WHERE id = %" PRId64 ";ANALYZE ", of->id);
    server_put_name(out, of->schema, of->table);
    strbuf_add_char(out, ';');
}
