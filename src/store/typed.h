/* One value of data read as the type that its column declares: the same for import, for both kinds
 * of store, and for rows written in a definition.
 *
 * Missing: empty, or nothing but blanks; or a mark of the source's `symbols`, compared as written
 * but without blanks around it. Blanks around a value are read over, except in a text, which is
 * kept byte for byte.
 *   integer  an optional sign and digits, within 64 bits
 *   decimal  the same with an optional fraction; up to 9 places
 *   money    a decimal of up to 2 places, with an optional £ and thousands grouped by commas
 *   date     ISO or the declared form; a time of midnight after it is read over
 *   yes_no   the declared spellings as written, or yes/no, y/n, true/false, 1/0 in any case
 * Anything else is refused; nothing is guessed.
 */
#ifndef STORE_TYPED_H
#define STORE_TYPED_H

#include "base/strbuf.h"
#include "sema/catalog.h"

#define DECIMAL_MOST_PLACES 9
#define MONEY_PLACES 2

typedef enum Reading { READING_VALUE, READING_MISSING, READING_BAD } Reading;

typedef struct TypedValue {
    Symbol symbol;  /* of a missing one */
    int64_t number; /* units: value * 10^places */
    int places;     /* of a decimal or an amount of money; no trailing zeros */
    Date date;
    const char *text; /* of COLUMN_TEXT: the bytes given */
    size_t len;
    const char *why; /* of a bad one: what was expected, "is no whole number" */
} TypedValue;

Reading typed_read(const TableSpec *spec, size_t column, const char *text, size_t len,
                   TypedValue *out);
/* "date (dd/mm/yyyy)", for messages. */
void typed_kind_show(StrBuf *out, const ColumnSpec *column);

#endif
