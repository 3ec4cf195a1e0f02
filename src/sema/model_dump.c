/* --dump=model: what was understood, a line each. */
#include "sema/analyse.h"

static void dump_source(StrBuf *out, const SourceModel *source) {
    strbuf_addf(out, "source %s", source->name);
    if (source->table)
        strbuf_addf(out, " from \"%s\"", source->table);
    strbuf_add(out, "\n");
    for (size_t i = 0; i < source->columns_len; i++) {
        const ColumnModel *column = &source->columns[i];
        strbuf_addf(out, "    %s: %s", column->name, type_words(column->type));
        if (column->type.row)
            strbuf_addf(out, " of %s", column->type.row->name);
        if (column->type.codes)
            strbuf_addf(out, " in %s", column->type.codes->name);
        strbuf_add(out, column->type.open ? " open" : column->optional ? " optional" : "");
        if (column->computed)
            strbuf_add(out, " computed");
        for (size_t k = 0; k < source->key_len; k++)
            if (source->key[k] == column)
                strbuf_add(out, " key");
        strbuf_add(out, "\n");
    }
}

static void dump_indicator(StrBuf *out, const Indicator *indicator) {
    static const char *const shapes[] = {"proportion", "ratio", "value", "distribution", "derived"};
    strbuf_addf(out, "indicator %s: %s, basis %s, window %s every %s, good %s, decimals %d\n",
                indicator->id, shapes[indicator->shape], basis_word(indicator->basis),
                window_word(indicator->window), every_word(indicator->every),
                good_word(indicator->good), indicator->decimals);
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        const Rowset *rows = indicator->rowsets[i];
        strbuf_addf(out, "    rows %s %s %s\n", rows->source->name, rows->row->name,
                    timing_word(rows->timing));
    }
    for (size_t i = 0; i < indicator->excludes_len; i++)
        strbuf_addf(out, "    exclude %s from %s\n", indicator->excludes[i].id,
                    indicator->excludes[i].rows->row->name);
    for (size_t i = 0; i < indicator->parts_len; i++)
        strbuf_addf(out, "    of which %s of %s\n", indicator->parts[i].id,
                    indicator->parts[i].rows->row->name);
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        strbuf_addf(out, "    by \"%s\"\n", indicator->breakdowns[i].label);
}

void model_dump(StrBuf *out, const Model *model) {
    for (size_t i = 0; i < model->codes_len; i++)
        strbuf_addf(out, "codes %s: %zu\n", model->codes[i]->name, model->codes[i]->entries_len);
    for (size_t i = 0; i < model->calendars_len; i++)
        strbuf_addf(out, "calendar %s: %zu holidays\n", model->calendars[i]->name,
                    model->calendars[i]->dates_len);
    for (size_t i = 0; i < model->sources_len; i++)
        dump_source(out, model->sources[i]);
    for (size_t i = 0; i < model->indicators_len; i++)
        dump_indicator(out, model->indicators[i]);
}
