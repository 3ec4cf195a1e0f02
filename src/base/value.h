/* Values of data and of expressions, and why a value is missing. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>

#include "base/date.h"
#include "base/num.h"

/* Why a value is missing, strongest first (a lower number is stronger, but NONE is weakest).
 * The letters are those of the GSS and the Department for Education. */
typedef enum Symbol {
    SYMBOL_NONE,            /* nothing was said: simply not there */
    SYMBOL_CONFIDENTIAL,    /* c */
    SYMBOL_LOW_RELIABILITY, /* u */
    SYMBOL_UNAVAILABLE,     /* x */
    SYMBOL_NOT_APPLICABLE,  /* z */
    SYMBOL_LOW              /* low: not zero, but rounds to 0 */
} Symbol;

/* "c", "u", "x", "z", "low"; "" for SYMBOL_NONE. */
const char *symbol_letter(Symbol symbol);
/* The stronger of two; SYMBOL_NONE gives way to any. */
Symbol symbol_stronger(Symbol a, Symbol b);

typedef enum ValueKind {
    VALUE_MISSING,
    VALUE_BOOL,
    VALUE_NUMBER, /* integer, decimal, money */
    VALUE_TEXT,   /* also a code, and the key of a linked row */
    VALUE_DATE
} ValueKind;

typedef struct Value {
    ValueKind kind;
    Symbol symbol; /* of a missing value */
    union {
        bool yes;
        Num number;
        const char *text;
        Date date;
    } as;
} Value;

Value value_missing(Symbol symbol);
Value value_bool(bool yes);
Value value_number(Num number);
Value value_int(int64_t number);
Value value_text(const char *text);
Value value_date(Date date);
/* -1, 0, 1 for two values of one kind, neither missing; texts by bytes (code points). */
int value_compare(Value a, Value b);
/* "yes", "12.5", "A", "2017-01-31"; nothing for a missing one. */
void value_print(StrBuf *out, Value value);

#endif
