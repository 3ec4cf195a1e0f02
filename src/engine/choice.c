#include "engine/choice.h"

#define VALUE_BYTES 8 /* that a value takes at most in packed columns, and what is made of it */

void engine_choose(const Plan *plan, const Store *store, EngineChoice *choice) {
    const Catalog *catalog = store_catalog(store);
    choice->needed = 0;
    for (size_t i = 0; i < plan->tables_len; i++) {
        const PlanTable *planned = &plan->tables[i];
        const char *name = planned->source->table;
        const CatalogTable *table = name ? catalog_table(catalog, name) : NULL;
        uint64_t columns = 0;
        for (size_t c = 0; table && c < planned->source->columns_len; c++)
            columns += planned->needed[c] && planned->source->columns[c].field;
        if (table)
            choice->needed +=
                columns * VALUE_BYTES * store_table_rows(store, (size_t)(table - catalog->tables));
    }
    choice->stay = choice->needed > choice->most && !choice->against;
}
