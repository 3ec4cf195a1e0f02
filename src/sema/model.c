#include "sema/model.h"

#include <string.h>

#include "sema/analyse.h"

const Indicator *model_indicator(const Model *model, const char *id) {
    for (size_t i = 0; i < model->indicators_len; i++)
        if (strcmp(model->indicators[i]->id, id) == 0)
            return model->indicators[i];
    return NULL;
}

const SourceModel *indicator_taken_source(const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i]->source->taken_len > 0)
            return indicator->rowsets[i]->source;
    for (size_t i = 0; i < indicator->inputs_len; i++) {
        const SourceModel *source = indicator_taken_source(indicator->inputs[i]);
        if (source)
            return source;
    }
    return NULL;
}

const char *type_words(Type type) {
    static const char *const words[] = {
#define TYPE(ident, text) text,
#include "sema/types.def"
#undef TYPE
    };
    return words[type.kind];
}

static ColumnKind stored_kind(Type type) {
    switch (type.kind) {
    case TYPE_INTEGER:
        return COLUMN_INTEGER;
    case TYPE_DECIMAL:
        return COLUMN_DECIMAL;
    case TYPE_MONEY:
        return COLUMN_MONEY;
    case TYPE_DATE:
        return COLUMN_DATE;
    case TYPE_BOOLEAN:
        return COLUMN_YES_NO;
    case TYPE_ROW: /* a link is stored as the key that it links to */
        return type.row && type.row->key_len == 1 && type.row->key[0]->type.kind != TYPE_ROW
                   ? stored_kind(type.row->key[0]->type)
                   : COLUMN_TEXT;
    case TYPE_ERROR:
    case TYPE_TEXT:
    case TYPE_DURATION:
        break;
    }
    return COLUMN_TEXT;
}

const TableSpec *source_table_spec(Session *session, const SourceModel *source) {
    TableSpec *spec = arena_alloc(session->arena, sizeof *spec);
    ColumnSpec *columns = arena_array(session->arena, source->columns_len + 1, sizeof(ColumnSpec));
    *spec = (TableSpec){.source = source->name,
                        .table = source->table,
                        .columns = columns,
                        .symbols = source->symbols,
                        .symbols_len = source->symbols_len,
                        .span = source->span};
    for (size_t i = 0; i < source->columns_len; i++) {
        const ColumnModel *column = &source->columns[i];
        if (!column->field)
            continue;
        columns[spec->columns_len++] =
            (ColumnSpec){.name = column->name,
                         .field = column->field,
                         .kind = stored_kind(column->type),
                         .date_format = column->date_format,
                         .yes = column->yes,
                         .no = column->no,
                         .missing_allowed = column->optional || column->type.open};
    }
    return spec;
}
