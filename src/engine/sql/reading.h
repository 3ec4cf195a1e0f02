/* What the dialects share: dates by their pattern, yes and no, texts as literals. */
#ifndef ENGINE_SQL_READING_H
#define ENGINE_SQL_READING_H

#include "engine/sql/generate.h"

/* A part of a date's pattern: y, m or d, written with `len` letters. */
typedef struct DatePart {
    char kind;
    int len;
} DatePart;

typedef struct DateReading {
    /* The number that the text starts with. */
    const char *(*part)(Sql *sql, const char *rest, const DatePart *part);
    /* The text after a number of one or two digits. */
    const char *(*rest)(Sql *sql, const char *rest);
    const char *(*date)(Sql *sql, const char *year, const char *month, const char *day);
} DateReading;

/* The date in a text of this pattern, which it is known to have; what follows is passed over. */
const char *reading_date(Sql *sql, const char *format, const char *text, DateReading reading);
/* A regular expression of PostgreSQL for the texts that have the pattern; which of them are no days
 * it does not say. */
void reading_put_pattern(StrBuf *out, const char *format);
/* Whether the text is one of the spellings of yes. */
const char *reading_yes_no(Sql *sql, const ColumnSpec *column, const char *text);
/* 'It''s', and every character that could mislead a reader by its number: 'a' || char(8238). */
void reading_put_text(StrBuf *out, const char *text, const char *function);
/* The bytes of a control character, or one that turns the direction of writing; 0: it is none. */
size_t reading_misleading(const char *text, unsigned *number);

#endif
