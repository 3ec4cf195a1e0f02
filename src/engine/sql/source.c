/* The rows of sources with typed columns, and the days of calendars: what comes before the first
 * step of a statement. */
#include <inttypes.h>
#include <string.h>

#include "engine/reference/evaluate.h"
#include "engine/sql/reading.h"
#include "sema/analyse.h"
#include "store/typed.h"

/* ---- what is known ---- */

static const PackedColumn *loaded_column(const Sql *sql, const ColumnModel *column) {
    const LoadedTable *loaded = &sql->data->tables[column->source->index];
    if (!loaded->source || loaded->place[column->index] == NO_ROW)
        return NULL;
    return &loaded->table.columns[loaded->place[column->index]];
}

static bool has_symbols(const LoadedTable *loaded, const PackedColumn *column) {
    for (size_t i = 0; i < loaded->table.pieces_len; i++)
        if (column->pieces[i].symbols)
            return true;
    return false;
}

static int64_t furthest(const PackedColumn *column) {
    if (column->low > column->high)
        return 0;
    if (column->low == INT64_MIN)
        return INT64_MAX;
    int64_t below = column->low < 0 ? -column->low : column->low;
    int64_t above = column->high < 0 ? -column->high : column->high;
    return below > above ? below : above;
}

static const ColumnSpec *spec_of(Sql *sql, const ColumnModel *column) {
    const TableSpec *spec = source_table_spec(sql->data->session, column->source);
    size_t stored = 0;
    for (size_t i = 0; i < column->index; i++)
        stored += column->source->columns[i].field != NULL;
    return &spec->columns[stored];
}

SqlFacts sql_facts(Sql *sql, const ColumnModel *column) {
    const PackedColumn *read = loaded_column(sql, column);
    const ColumnSpec *spec = spec_of(sql, column);
    SqlFacts facts = {.kind = spec->kind,
                      .missing = true,
                      .symbols = column->source->symbols_len > 0,
                      .scale = spec->kind == COLUMN_DECIMAL ? DECIMAL_MOST_PLACES
                               : spec->kind == COLUMN_MONEY ? MONEY_PLACES
                                                            : 0,
                      .most = spec->kind == COLUMN_YES_NO ? 1 : INT64_MAX};
    if (!read)
        return facts;
    const LoadedTable *loaded = &sql->data->tables[column->source->index];
    facts.missing = read->any_missing;
    facts.symbols = facts.symbols && facts.missing && has_symbols(loaded, read);
    facts.scale = read->scale;
    if (read->kind == COLUMN_INTEGER || read->kind == COLUMN_DECIMAL || read->kind == COLUMN_MONEY)
        facts.most = furthest(read);
    return facts;
}

const char *sql_source(Sql *sql, const SourceModel *source) {
    sql->names[source->index].used = true;
    return sql->names[source->index].source;
}

const char *sql_source_by_key(Sql *sql, const SourceModel *source) {
    sql->names[source->index].used = true;
    sql->names[source->index].key_used = true;
    return sql->names[source->index].by_key;
}

/* ---- rows in the store ---- */

static const char *copied(Sql *sql, StrBuf *out) {
    const char *text = arena_copy_text(sql->arena, strbuf_text(out), out->len);
    strbuf_fini(out);
    return text;
}

/* Where a column is read from. */
typedef struct StoredColumn {
    const ColumnModel *column;
    const char *raw;
    FieldType field;
} StoredColumn;

static void put_marks(Sql *sql, StrBuf *out, const SourceModel *source) {
    for (size_t i = 0; i < source->symbols_len; i++)
        strbuf_addf(out, ", %s", sql_bind_text(sql, source->symbols[i].mark));
}

static const char *symbol_of_text(Sql *sql, const SourceModel *source, const char *text) {
    StrBuf out = {0};
    strbuf_addf(&out, "CASE coalesce(%s, '')", text);
    for (size_t i = 0; i < source->symbols_len; i++)
        strbuf_addf(&out, " WHEN %s THEN %d", sql_bind_text(sql, source->symbols[i].mark),
                    (int)source->symbols[i].symbol);
    strbuf_add(&out, " ELSE 0 END");
    const char *symbol = arena_copy_text(sql->arena, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return symbol;
}

/* A typed column out of what the store holds. */
static void put_stored(Sql *sql, StrBuf *out, StoredColumn stored) {
    const ColumnModel *column = stored.column;
    const SqlNames *names = &sql->names[column->source->index];
    SqlFacts facts = sql_facts(sql, column);
    const char *text = sql->dialect->trimmed(sql, stored.raw, stored.field);
    const char *read =
        sql->dialect->read(sql, spec_of(sql, column), &facts, stored.raw, text, stored.field);
    StrBuf marks = {0};
    put_marks(sql, &marks, column->source);
    if (!facts.missing)
        strbuf_addf(out, ",\n        %s AS %s", read, names->columns[column->index]);
    else
        strbuf_addf(out, ",\n        CASE WHEN %s NOT IN (''%s) THEN %s END AS %s", text,
                    strbuf_text(&marks), read, names->columns[column->index]);
    if (facts.symbols)
        strbuf_addf(out, ",\n        %s AS %s", symbol_of_text(sql, column->source, text),
                    names->symbols[column->index]);
    strbuf_fini(&marks);
}

static void put_table_rows(Sql *sql, StrBuf *out, const SourceModel *source) {
    const Catalog *catalog = store_catalog(sql->store);
    const CatalogTable *table = catalog_table(catalog, source->table);
    if (!table)
        return;
    size_t place = (size_t)(table - catalog->tables);
    strbuf_add(out, "    SELECT ");
    store_put_row(out, sql->store, place);
    strbuf_add(out, " AS kpi_row");
    for (size_t c = 0; c < source->columns_len; c++) {
        const ColumnModel *column = &source->columns[c];
        int field = column->field ? catalog_column(table, column->field) : -1;
        StrBuf name = {0};
        if (field < 0 || !sql->names[source->index].columns_used[c])
            continue;
        strbuf_add(&name, "kpi_table.");
        store_put_column(&name, sql->store, place, (size_t)field);
        put_stored(sql, out,
                   (StoredColumn){column, copied(sql, &name),
                                  store_field_type(sql->store, place, (size_t)field)});
    }
    strbuf_add(out, "\n    FROM ");
    store_put_table(out, sql->store, place);
    strbuf_add(out, " AS kpi_table");
}

/* ---- plainly written values ---- */

static const char *fits_pattern(Sql *sql, const StoredColumn *stored, const char *pattern) {
    return sql_text(sql, "%s ~ '%s'", sql->dialect->trimmed(sql, stored->raw, stored->field),
                    pattern);
}

static const char *is_plain_number(Sql *sql, const StoredColumn *stored, int places,
                                   const char *most, const char *pattern) {
    if (stored->field == FIELD_INTEGER)
        return "TRUE";
    if (stored->field == FIELD_NUMERIC)
        return sql_text(sql, "coalesce(%s = round(%s, %d) AND abs(%s) < %s, FALSE)", stored->raw,
                        stored->raw, places, stored->raw, most);
    return fits_pattern(sql, stored, pattern);
}

static const char *is_plain_date(Sql *sql, const StoredColumn *stored, const ColumnSpec *spec) {
    if (stored->field == FIELD_DATE || stored->field == FIELD_TIMESTAMP)
        return sql_text(sql,
                        "(%s BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' AND %s = "
                        "CAST(%s AS date))",
                        stored->raw, stored->raw, stored->raw);
    if (spec->date_format) {
        StrBuf pattern = {0};
        reading_put_pattern(&pattern, spec->date_format);
        return sql_text(sql, "%s ~ %s", sql->dialect->trimmed(sql, stored->raw, stored->field),
                        sql_bind_text(sql, copied(sql, &pattern)));
    }
    return fits_pattern(sql, stored, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
}

static const char *is_plain_yes_no(Sql *sql, const StoredColumn *stored, const ColumnSpec *spec) {
    const char *text = sql->dialect->trimmed(sql, stored->raw, stored->field);
    if (stored->field == FIELD_BOOLEAN)
        return "TRUE";
    if (spec->yes && spec->no)
        return sql_text(sql, "%s IN (%s, %s)", text, sql_bind_text(sql, spec->yes),
                        sql_bind_text(sql, spec->no));
    return sql_text(sql, "lower(%s) IN ('yes', 'y', 'true', '1', 'no', 'n', 'false', '0')", text);
}

static const char *is_plain(Sql *sql, const StoredColumn *stored) {
    const ColumnSpec *spec = spec_of(sql, stored->column);
    switch (spec->kind) {
    case COLUMN_TEXT:
        return "TRUE";
    case COLUMN_INTEGER:
        return is_plain_number(sql, stored, 0, "1000000000000000000", "^-?[0-9]{1,18}$");
    case COLUMN_DECIMAL:
        return is_plain_number(sql, stored, DECIMAL_MOST_PLACES, "1000000000",
                               "^-?[0-9]{1,9}([.][0-9]{1,9})?$");
    case COLUMN_MONEY:
        return is_plain_number(sql, stored, MONEY_PLACES, "1000000000000000",
                               "^-?[0-9]{1,15}([.][0-9]{1,2})?$");
    case COLUMN_DATE:
        return is_plain_date(sql, stored, spec);
    case COLUMN_YES_NO:
        return is_plain_yes_no(sql, stored, spec);
    }
    return "FALSE";
}

const char *sql_is_plain(Sql *sql, const ColumnModel *column) {
    const Catalog *catalog = store_catalog(sql->store);
    const CatalogTable *table = catalog_table(catalog, column->source->table);
    int field = table ? catalog_column(table, column->field) : -1;
    StrBuf name = {0}, marks = {0};
    if (field < 0)
        return sql_refuse(sql, column->span, "a column that is not there");
    size_t place = (size_t)(table - catalog->tables);
    strbuf_add(&name, "kpi_table.");
    store_put_column(&name, sql->store, place, (size_t)field);
    StoredColumn stored = {column, copied(sql, &name),
                           store_field_type(sql->store, place, (size_t)field)};
    if (stored.field == FIELD_OTHER || stored.field == FIELD_ANY)
        return sql_refuse(sql, column->span, "a column of this type");
    put_marks(sql, &marks, column->source);
    const char *plain = sql_text(sql, "(%s NOT IN (''%s)) IS NOT TRUE OR %s",
                                 sql->dialect->trimmed(sql, stored.raw, stored.field),
                                 strbuf_text(&marks), is_plain(sql, &stored));
    strbuf_fini(&marks);
    return plain;
}

void sql_put_table(Sql *sql, StrBuf *out, const SourceModel *source) {
    const Catalog *catalog = store_catalog(sql->store);
    const CatalogTable *table = catalog_table(catalog, source->table);
    strbuf_add(out, "\nFROM ");
    if (table)
        store_put_table(out, sql->store, (size_t)(table - catalog->tables));
    strbuf_add(out, " AS kpi_table");
}

/* The same of a table that is not at hand, as `kpic import` makes them. */
static void put_imported_rows(Sql *sql, StrBuf *out, const SourceModel *source) {
    strbuf_add(out, "    SELECT kpi_table.kpic_row AS kpi_row");
    for (size_t c = 0; c < source->columns_len; c++) {
        const ColumnModel *column = &source->columns[c];
        if (column->field && sql->names[source->index].columns_used[c])
            put_stored(sql, out,
                       (StoredColumn){column,
                                      sql_text(sql, "kpi_table.%s", sql_name(sql, column->field)),
                                      FIELD_TEXT});
    }
    strbuf_addf(out, "\n    FROM %s AS kpi_table", sql_name(sql, source->table));
}

/* ---- rows in the definitions ---- */

static const char *literal_of(Sql *sql, Value value, int scale) {
    StrBuf words = {0};
    const char *text = "NULL";
    int64_t units;
    switch (value.kind) {
    case VALUE_MISSING:
        break;
    case VALUE_BOOL:
        text = value.as.yes ? "TRUE" : "FALSE";
        break;
    case VALUE_TEXT:
        text = sql_bind_text(sql, value.as.text);
        break;
    case VALUE_DATE:
        text = sql_bind_date(sql, value.as.date);
        break;
    case VALUE_NUMBER:
        for (int i = 0; i < scale && sql->dialect->scaled; i++)
            num_multiply(value.as.number, num_of_int(10), &value.as.number);
        if (num_to_int64(value.as.number, &units)) {
            text = sql_bind_integer(sql, units);
        } else {
            num_print_exact(&words, value.as.number);
            text =
                sql_bind_numeric(sql, arena_copy_text(sql->arena, strbuf_text(&words), words.len));
        }
        break;
    }
    strbuf_fini(&words);
    return text;
}

static const char *type_name(const Sql *sql, const SqlFacts *facts) {
    switch (facts->kind) {
    case COLUMN_TEXT:
        return sql->dialect->type_names[SQL_TEXT];
    case COLUMN_INTEGER:
    case COLUMN_DECIMAL:
    case COLUMN_MONEY:
        return sql->dialect->type_names[SQL_NUMBER];
    case COLUMN_DATE:
        return sql->dialect->type_names[SQL_DATE];
    case COLUMN_YES_NO:
        return sql->dialect->type_names[SQL_BOOLEAN];
    }
    return "text";
}

/* "text COLLATE "C"": a cast has the type before the collation, which goes outside. */
static const char *cast(Sql *sql, const char *text, const char *type) {
    size_t len = strcspn(type, " ");
    return sql_text(sql, "CAST(%s AS %.*s)%s", text, (int)len, type, type + len);
}

/* One row's columns, with their names and types in the first. */
static void put_written_row(Sql *sql, StrBuf *out, const LoadedTable *loaded, size_t row,
                            bool none) {
    const SourceModel *source = loaded->source;
    const SqlNames *names = &sql->names[source->index];
    const char *begin = none || row == 0 ? "    SELECT " : "    UNION ALL SELECT ";
    strbuf_addf(out, "%s%zu AS kpi_row", begin, row + 1);
    for (size_t c = 0; c < source->columns_len; c++) {
        if (!names->columns_used[c] || loaded->place[c] == NO_ROW)
            continue;
        SqlFacts facts = sql_facts(sql, &source->columns[c]);
        Value value =
            none ? value_missing(SYMBOL_NONE) : data_value(loaded, &source->columns[c], row);
        const char *text = literal_of(sql, value, facts.scale);
        strbuf_addf(out, ", %s AS %s", cast(sql, text, type_name(sql, &facts)), names->columns[c]);
        if (facts.symbols)
            strbuf_addf(out, ", %d AS %s", value.kind == VALUE_MISSING ? (int)value.symbol : 0,
                        names->symbols[c]);
    }
    strbuf_add(out, none ? "\n    WHERE FALSE" : "\n");
}

static void put_written_rows(Sql *sql, StrBuf *out, const SourceModel *source) {
    const LoadedTable *loaded = data_table(sql->data, source);
    if (loaded->table.rows == 0)
        put_written_row(sql, out, loaded, 0, true);
    for (size_t row = 0; row < loaded->table.rows; row++)
        put_written_row(sql, out, loaded, row, false);
}

/* ---- sources ---- */

void sql_put_key(Sql *sql, SqlRow row, const SourceModel *source, StrBuf *keys, StrBuf *whole) {
    for (size_t i = 0; i < source->key_len; i++) {
        SqlValue key = sql_column(sql, row, source->key[i]);
        strbuf_addf(keys, "%s%s", i > 0 ? ", " : "", key.text);
        strbuf_addf(whole, "%s%s IS NOT NULL", i > 0 ? " AND " : "", key.text);
    }
}

/* Rows whose key is the same are one: the first of them. */
static void put_same(Sql *sql, StrBuf *before, StrBuf *after, const SourceModel *source) {
    SqlScope scope = {0}, *around = sql->scope;
    StrBuf keys = {0}, whole = {0};
    sql->scope = &scope;
    SqlRow row = {"kpi_typed", &scope, false, NULL, NULL};
    sql_put_key(sql, row, source, &keys, &whole);
    strbuf_addf(before,
                "    SELECT kpi_typed.*, CASE WHEN %s THEN min(kpi_typed.kpi_row) OVER (PARTITION "
                "BY %s) ELSE kpi_typed.kpi_row END AS kpi_same FROM (\n",
                strbuf_text(&whole), strbuf_text(&keys));
    strbuf_add(after, "\n    ) AS kpi_typed");
    sql_put_joins(&scope, after);
    sql->scope = around;
    strbuf_fini(&keys);
    strbuf_fini(&whole);
}

static void put_source(Sql *sql, StrBuf *out, const SourceModel *source) {
    StrBuf before = {0}, after = {0}, rows = {0};
    if (sql->names[source->index].same_used)
        put_same(sql, &before, &after, source);
    if (source->table && !sql->data->given)
        (sql->store ? put_table_rows : put_imported_rows)(sql, &rows, source);
    else
        put_written_rows(sql, &rows, source);
    sql_note(sql, out, "The source's columns, read as it declares them: ", source->title,
             strlen(source->title));
    strbuf_addf(out, "%s AS MATERIALIZED (\n%s%s%s\n),\n", sql->names[source->index].source,
                strbuf_text(&before), strbuf_text(&rows), strbuf_text(&after));
    strbuf_fini(&before);
    strbuf_fini(&after);
    strbuf_fini(&rows);
}

/* A link to a key that occurs twice leads nowhere. */
static void put_by_key(Sql *sql, StrBuf *out, const SourceModel *source) {
    SqlScope scope = {0}, *around = sql->scope;
    const SqlNames *names = &sql->names[source->index];
    const LoadedTable *loaded = &sql->data->tables[source->index];
    sql->scope = &scope;
    SqlValue key =
        sql_column(sql, (SqlRow){"kpi_keyed", &scope, false, NULL, NULL}, source->key[0]);
    sql_note(sql, out, "The same by its key, for links; a key that occurs twice leads nowhere.", "",
             0);
    strbuf_addf(out, "%s AS MATERIALIZED (\n", names->by_key);
    bool unique = loaded->source && loaded->places;
    if (!unique)
        strbuf_add(out, "    SELECT * FROM (\n");
    strbuf_addf(out, "    SELECT kpi_keyed.*, %s AS kpi_key", key.text);
    if (!unique)
        strbuf_addf(out, ", count(*) OVER (PARTITION BY %s) AS kpi_alike", key.text);
    strbuf_addf(out, " FROM %s AS kpi_keyed", names->source);
    sql_put_joins(&scope, out);
    if (!unique)
        strbuf_add(out, "\n    ) AS kpi_counted WHERE kpi_alike = 1 AND kpi_key IS NOT NULL");
    strbuf_add(out, "\n),\n");
    sql->scope = around;
}

/* ---- calendars ---- */

static void put_holidays(Sql *sql, StrBuf *out, const Calendar *calendar) {
    if (calendar->holidays_len == 0)
        return;
    strbuf_add(out, " AND kpi_day NOT IN (");
    for (size_t i = 0; i < calendar->holidays_len; i++)
        strbuf_addf(out, "%s%s", i > 0 ? ", " : "", sql_bind_date(sql, calendar->holidays[i]));
    strbuf_add(out, ")");
}

/* Each day, with the number of days worked up to it and with it. */
static void put_calendar(Sql *sql, StrBuf *out, size_t place) {
    const CalendarModel *model = sql->plan->model->calendars[place];
    if (model->rows && !sql->data->tables[model->rows->source->index].source)
        sql_refuse(sql, model->span, "holidays that are rows of a table which is not read");
    const Calendar *calendar = data_calendar(sql->data, model);
    const char *days = sql_text(sql, "kpi_days_%zu", place + 1);
    const char *from = sql_bind_date(sql, calendar->from), *to = sql_bind_date(sql, calendar->to);
    sql_note(sql, out, "Days, and how many of them are worked up to each: calendar ", model->name,
             strlen(model->name));
    strbuf_addf(out, "%s AS MATERIALIZED (\n    ", days);
    sql->dialect->put_days(out, days, from, to);
    strbuf_addf(
        out, "\n),\nkpi_worked_%zu AS MATERIALIZED (\n    SELECT kpi_day, CASE WHEN %s NOT IN (0",
        place + 1, sql->dialect->weekday(sql, "kpi_day"));
    for (unsigned day = 1; day <= 7; day++)
        if (calendar->weekend >> day & 1)
            strbuf_addf(out, ", %u", day);
    strbuf_add(out, ")");
    put_holidays(sql, out, calendar);
    strbuf_addf(
        out,
        " THEN 1 ELSE 0 END AS kpi_is_worked FROM %s\n),\nkpi_counted_%zu AS MATERIALIZED "
        "(\n    SELECT kpi_day, kpi_is_worked, sum(kpi_is_worked) OVER (ORDER BY kpi_day) AS "
        "kpi_worked FROM kpi_worked_%zu\n),\nkpi_calendar_%zu AS MATERIALIZED (\n    SELECT "
        "kpi_day, kpi_worked, kpi_worked - kpi_is_worked AS kpi_before, CASE WHEN "
        "kpi_is_worked = 1 THEN kpi_worked END AS kpi_nth FROM kpi_counted_%zu\n),\n",
        days, place + 1, place + 1, place + 1, place + 1);
}

/* What one needs may need another. */
void sql_put_sources(Sql *sql, StrBuf *out, const char *steps) {
    const Model *model = sql->plan->model;
    StrBuf by_key = {0}, sources = {0}, calendars = {0};
    bool *keyed = arena_array(sql->arena, model->sources_len, sizeof *keyed), more = true;
    while (more) {
        more = false;
        for (size_t s = 0; s < model->sources_len; s++) {
            if (!sql->names[s].key_used || keyed[s])
                continue;
            more = keyed[s] = true;
            put_by_key(sql, &by_key, model->sources[s]);
        }
    }
    for (size_t s = 0; s < model->sources_len; s++)
        if (sql->names[s].used)
            put_source(sql, &sources, model->sources[s]);
    for (size_t c = 0; c < model->calendars_len; c++)
        if (sql->calendars[c])
            put_calendar(sql, &calendars, c);
    strbuf_addf(out, "%s%s%s", strbuf_text(&calendars), strbuf_text(&sources),
                strbuf_text(&by_key));
    for (size_t i = 0; i < sql->keyless.len; i += 2)
        strbuf_addf(out, "%s AS MATERIALIZED %s", sql->keyless.items[i], sql->keyless.items[i + 1]);
    sql_put_gathered(sql, out, steps);
    strbuf_fini(&calendars);
    strbuf_fini(&sources);
    strbuf_fini(&by_key);
}

void sql_put_with(Sql *sql, StrBuf *out) {
    strbuf_add(out, "WITH RECURSIVE\n");
    sql_put_sources(sql, out, "");
    out->len -= 2; /* a comma ends them, and a line */
    out->text[out->len] = '\0';
}
