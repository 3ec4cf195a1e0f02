#include "store/records.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "store/builder.h"
#include "store/encoding.h"
#include "store/records_sheet.h"

/* More than any table can have; before their names are compared with one another. */
#define MOST_NAMES 16384

bool is_text_file(const char *name) {
    return path_ends(name, ".csv") || path_ends(name, ".tsv") || path_ends(name, ".tab");
}

static size_t read_counted(void *context, char *into, size_t room, bool *failed) {
    Records *records = context;
    size_t got = file_read(records->file, into, room, failed);
    records->done += got;
    return got;
}

/* ---- faults of form -------------------------------------------------------------------------- */

static void add_column(const Records *records, StrBuf *words, size_t field) {
    if (field < records->header_len)
        strbuf_addf(words, "column '%s'", records->header[field]);
    else
        strbuf_addf(words, "field %zu", field + 1);
}

/* "row 12 (line 13), column 'Start': " */
static void add_place(const Records *records, StrBuf *words) {
    const CsvReader *csv = &records->csv;
    if (!records->header)
        strbuf_addf(words, "in the header (line %" PRIu64 "), field %zu: ", csv->fault_line,
                    csv->fault_field + 1);
    else {
        strbuf_addf(words, "row %" PRIu64 " (line %" PRIu64 "), ", records->row, csv->fault_line);
        add_column(records, words, csv->fault_field);
        strbuf_add(words, ": ");
    }
}

static void add_value(const Records *records, StrBuf *words) {
    const CsvReader *csv = &records->csv;
    if (csv->fault_field >= csv->fields_len)
        return;
    const CsvField *field = &csv->fields[csv->fault_field];
    strbuf_add_char(words, '\'');
    value_show(words, field->text, field->len);
    strbuf_add(words, "' ");
}

typedef struct FaultWords {
    DiagCode code;
    const char *says, *help;
} FaultWords;

static FaultWords fault_words(CsvFault fault) {
    switch (fault) {
    case CSV_FAULT_NONE:
    case CSV_FAULT_STRAY_QUOTE:
        return (FaultWords){DIAG_csv_misplaced_quote, "has a quote, but does not start with one",
                            "put the field in quotes and double each quote within it"};
    case CSV_FAULT_TEXT_AFTER_QUOTE:
        return (FaultWords){DIAG_csv_misplaced_quote, "goes on after its closing quote",
                            "a quote within a field in quotes is written twice"};
    case CSV_FAULT_UNCLOSED_QUOTE:
        return (FaultWords){DIAG_csv_unclosed_quote, "starts with a quote that is never closed",
                            NULL};
    case CSV_FAULT_NUL:
        return (FaultWords){DIAG_csv_nul_byte, "has a NUL byte", NULL};
    case CSV_FAULT_UTF8:
        return (FaultWords){DIAG_csv_encoding, "is not UTF-8",
                            "save the file as UTF-8, or declare that it is Windows-1252"};
    case CSV_FAULT_WINDOWS_1252:
        return (FaultWords){DIAG_csv_encoding, "has a byte that Windows-1252 does not define",
                            NULL};
    case CSV_FAULT_UTF16:
        return (FaultWords){DIAG_csv_utf16, "the file is UTF-16", "save it as UTF-8"};
    case CSV_FAULT_TOO_LONG:
        return (FaultWords){DIAG_csv_record_too_long, "is in a row of over 16 MiB",
                            "is a quote left open?"};
    }
    return (FaultWords){DIAG_csv_misplaced_quote, "", NULL};
}

static void tell_csv_fault(Records *records) {
    FaultWords fault = fault_words(records->csv.fault);
    StrBuf words = {0};
    if (records->csv.fault != CSV_FAULT_UTF16) {
        add_place(records, &words);
        add_value(records, &words);
    }
    strbuf_add(&words, fault.says);
    Diag *diag = faults_add(records->faults, fault.code, "%s", strbuf_text(&words));
    if (diag && fault.help)
        diag_help(diag, "%s", fault.help);
    strbuf_fini(&words);
}

static RowStep tell_unreadable(Records *records) {
    fault_unreadable(records->faults->session, records->source.path, strerror(errno));
    return ROW_UNREADABLE;
}

/* ---- the header ------------------------------------------------------------------------------ */

static bool name_taken(const char *const *names, size_t len, const char *name) {
    if (same_name(name, ROW_COLUMN))
        return true;
    for (size_t i = 0; i < len; i++)
        if (same_name(names[i], name))
            return true;
    return false;
}

/* The name, or the name with the first number that nobody has. Names that were written the same
 * have the numbers below. */
static const char *name_numbered(Arena *arena, const char *const *written, const char *const *names,
                                 size_t len, const char *name) {
    const char *numbered = name;
    size_t number = 1;
    for (size_t i = 0; i < len; i++)
        number += same_name(written[i], name);
    number = number < 2 ? 2 : number;
    for (; name_taken(names, len, numbered); number++)
        numbered = arena_printf(arena, "%s (%zu)", name, number);
    return numbered;
}

void records_number_names(Records *records, const char *const *written, size_t len) {
    Arena *arena = records->faults->session->arena;
    const char **names = arena_array(arena, len, sizeof *names);
    for (size_t i = 0; i < len; i++)
        names[i] = name_numbered(arena, written, names, i, written[i]);
    records->written = written;
    records->header = names;
    records->header_len = len;
}

static bool field_is_blank(const CsvField *field) {
    const char *text = field->text;
    size_t len = field->len;
    trim_blanks(&text, &len);
    return len == 0;
}

static bool header_take(Records *records) {
    CsvReader *csv = &records->csv;
    size_t named = csv->fields_len;
    while (named > 0 && field_is_blank(&csv->fields[named - 1]))
        named--;
    if (named == 0) {
        faults_add(records->faults, DIAG_csv_header_missing,
                   "the first line is blank, where the names of the columns must be");
        return false;
    }
    if (named > MOST_NAMES) {
        faults_add(records->faults, DIAG_csv_too_many_columns,
                   "%zu columns are more than a table can have", named);
        return false;
    }
    Arena *arena = records->faults->session->arena;
    const char **written = arena_array(arena, named, sizeof *written);
    for (size_t i = 0; i < named; i++) {
        if (field_is_blank(&csv->fields[i])) {
            faults_add(records->faults, DIAG_csv_column_unnamed,
                       "column %zu of the header has no name", i + 1);
            return false;
        }
        const char *text = csv->fields[i].text;
        size_t len = csv->fields[i].len;
        trim_blanks(&text, &len);
        written[i] = arena_copy_text(arena, text, len);
    }
    records_number_names(records, written, named);
    records->width = csv->fields_len;
    return true;
}

static StoreResult header_read(Records *records) {
    errno = 0;
    switch (csv_next(&records->csv)) {
    case CSV_RECORD:
        return header_take(records) ? STORE_OK : STORE_REFUSED;
    case CSV_END:
        faults_add(records->faults, DIAG_csv_header_missing,
                   "the file is empty: it has not even the names of the columns");
        return STORE_REFUSED;
    case CSV_FAULT:
        tell_csv_fault(records);
        return STORE_REFUSED;
    case CSV_UNREADABLE:
        break;
    }
    tell_unreadable(records);
    return STORE_UNAVAILABLE;
}

static StoreResult text_file_open(Records *records) {
    const char *path = records->source.path;
    PathKind kind = path_kind(path, &records->size);
    if (kind != PATH_FILE)
        return fault_no_file(records->faults->session, path, kind);
    records->file = file_open(path);
    if (!records->file)
        return fault_unreadable(records->faults->session, path, strerror(errno));
    char separator = path_ends(path, ".tsv") || path_ends(path, ".tab") ? '\t' : ',';
    csv_open(&records->csv, read_counted, records, separator, records->source.encoding, 0);
    return header_read(records);
}

StoreResult records_open(Records *records, Faults *faults, const RecordSource *source) {
    *records = (Records){.faults = faults, .source = *source};
    StoreResult result = source->book ? sheet_records_open(records) : text_file_open(records);
    if (result != STORE_OK)
        records_close(records);
    return result;
}

void records_close(Records *records) {
    if (records->source.book)
        sheet_records_close(records);
    if (!records->file)
        return;
    file_close(records->file);
    records->file = NULL;
    csv_close(&records->csv);
}

void records_tell_names(Records *records) {
    if (records->source.book) {
        sheet_records_tell_names(records);
        return;
    }
    for (size_t i = 0; i < records->header_len; i++)
        if (strcmp(records->written[i], records->header[i]) != 0)
            diag_add(records->faults->session->diags, DIAG_csv_column_renamed,
                     faults_span(records->faults),
                     "column %zu of the header is called '%s', a name that is taken: it becomes "
                     "'%s'",
                     i + 1, records->written[i], records->header[i]);
}

void records_tell_rows(Records *records) {
    if (records->source.book)
        sheet_records_tell_rows(records);
}

void records_fault(Records *records, const TableSpec *spec, size_t column, size_t field,
                   const char *why) {
    StrBuf place = {0};
    if (records->source.book)
        sheet_records_place(records, field, &place);
    else
        strbuf_addf(&place, "row %" PRIu64 " (line %" PRIu64 ")", records->row, records->line);
    const CsvField *bad = &records->fields[field];
    fault_value(records->faults, spec, column, strbuf_text(&place), bad->text ? bad->text : "",
                bad->len, why);
    strbuf_fini(&place);
}

/* Text in quotes is one value by the writer's own word; nothing is guessed from it. */
void records_tell_one_column(const Records *records, Faults *told) {
    if (records->source.book)
        return;
    bool tabs = records->csv.separator == '\t';
    if (records->width != 1 || records->csv.fields[0].quoted ||
        !strpbrk(records->written[0], tabs ? ";," : ";\t"))
        return;
    StrBuf header = {0};
    value_show(&header, records->written[0], strlen(records->written[0]));
    Diag *diag = diag_add(told->session->diags, DIAG_csv_one_column, faults_span(told),
                          "the header is one column, '%s': values are separated by %s here",
                          strbuf_text(&header), tabs ? "tabs" : "commas");
    diag_help(diag, tabs ? "save the file with tabs, or as .csv with commas"
                         : "save the file with commas, or as .tsv with tabs");
    strbuf_fini(&header);
}

/* ---- the rows -------------------------------------------------------------------------------- */

static RowStep row_check(Records *records) {
    const CsvReader *csv = &records->csv;
    if (csv->fields_len != records->width) {
        Diag *diag = faults_add(records->faults, DIAG_csv_row_length,
                                "row %" PRIu64 " (line %" PRIu64
                                ") has %zu field%s where the header has %zu",
                                records->row, csv->line, csv->fields_len,
                                csv->fields_len == 1 ? "" : "s", records->width);
        if (diag && records->faults->found == 1 && csv->fields_len > records->width)
            diag_help(diag, "a value that holds the separator must be in quotes");
        return ROW_BAD;
    }
    for (size_t i = records->header_len; i < records->width; i++) {
        if (field_is_blank(&csv->fields[i]))
            continue;
        StrBuf value = {0};
        value_show(&value, csv->fields[i].text, csv->fields[i].len);
        Diag *diag = faults_add(records->faults, DIAG_csv_value_unnamed,
                                "row %" PRIu64 " (line %" PRIu64
                                "), field %zu: '%s' stands in a column that has no name",
                                records->row, csv->line, i + 1, strbuf_text(&value));
        if (diag && records->faults->found == 1)
            diag_help(diag, "is the first line of the file the header?");
        strbuf_fini(&value);
        return ROW_BAD;
    }
    records->fields = csv->fields;
    return ROW_HERE;
}

static RowStep step_take(Records *records, CsvStep step) {
    switch (step) {
    case CSV_RECORD:
        records->row++;
        records->line = records->csv.line;
        return row_check(records);
    case CSV_FAULT:
        records->row++;
        records->line = records->csv.line;
        tell_csv_fault(records);
        return records->csv.fatal ? ROW_STOP : ROW_BAD;
    case CSV_END:
        return ROW_END;
    case CSV_UNREADABLE:
        break;
    }
    return tell_unreadable(records);
}

/* Blank lines that something follows: rows of a file of one column, elsewhere a fault. */
static RowStep blanks_take(Records *records) {
    static const CsvField empty = {.text = NULL};
    records->row++;
    records->line = records->blank_at++;
    records->blanks--;
    if (records->width == 1) {
        records->fields = &empty;
        return ROW_HERE;
    }
    faults_add(records->faults, DIAG_csv_row_length,
               "row %" PRIu64 " (line %" PRIu64 ") is blank, and rows follow it", records->row,
               records->line);
    return ROW_BAD;
}

RowStep records_next(Records *records) {
    if (records->source.book)
        return sheet_records_next(records);
    errno = 0;
    if (!records->holding) {
        CsvStep step = csv_next(&records->csv);
        while (step == CSV_RECORD && records->csv.blank) {
            if (records->blanks++ == 0)
                records->blank_at = records->csv.line;
            step = csv_next(&records->csv);
        }
        if (records->blanks == 0 || step == CSV_END)
            return step_take(records, step);
        records->held = step;
        records->holding = true;
    }
    if (records->blanks > 0)
        return blanks_take(records);
    records->holding = false;
    return step_take(records, records->held);
}
