#include "base/value.h"

#include <string.h>

/* Places of a number that has no exact decimal. */
#define INEXACT_DECIMALS 6

const char *symbol_letter(Symbol symbol) {
    switch (symbol) {
    case SYMBOL_NONE:
        return "";
    case SYMBOL_CONFIDENTIAL:
        return "c";
    case SYMBOL_LOW_RELIABILITY:
        return "u";
    case SYMBOL_UNAVAILABLE:
        return "x";
    case SYMBOL_NOT_APPLICABLE:
        return "z";
    case SYMBOL_LOW:
        return "low";
    }
    return "";
}

Symbol symbol_stronger(Symbol a, Symbol b) {
    if (a == SYMBOL_NONE)
        return b;
    if (b == SYMBOL_NONE)
        return a;
    return a < b ? a : b;
}

Value value_missing(Symbol symbol) {
    return (Value){.kind = VALUE_MISSING, .symbol = symbol};
}

Value value_bool(bool yes) {
    return (Value){.kind = VALUE_BOOL, .as.yes = yes};
}

Value value_number(Num number) {
    return (Value){.kind = VALUE_NUMBER, .as.number = number};
}

Value value_int(int64_t number) {
    return value_number(num_of_int(number));
}

Value value_text(const char *text) {
    return (Value){.kind = VALUE_TEXT, .as.text = text};
}

Value value_date(Date date) {
    return (Value){.kind = VALUE_DATE, .as.date = date};
}

static int order_of_int(int a, int b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

int value_compare(Value a, Value b) {
    if (a.kind != b.kind)
        return order_of_int((int)a.kind, (int)b.kind);
    switch (a.kind) {
    case VALUE_MISSING:
        return 0;
    case VALUE_BOOL:
        return order_of_int(a.as.yes, b.as.yes);
    case VALUE_NUMBER:
        return num_compare(a.as.number, b.as.number);
    case VALUE_TEXT:
        return order_of_int(strcmp(a.as.text, b.as.text), 0);
    case VALUE_DATE:
        return order_of_int(a.as.date, b.as.date);
    }
    return 0;
}

void value_print(StrBuf *out, Value value) {
    switch (value.kind) {
    case VALUE_MISSING:
        return;
    case VALUE_BOOL:
        strbuf_add(out, value.as.yes ? "yes" : "no");
        return;
    case VALUE_NUMBER:
        if (!num_print_exact(out, value.as.number))
            num_print(out, value.as.number, INEXACT_DECIMALS, false);
        return;
    case VALUE_TEXT:
        strbuf_add(out, value.as.text);
        return;
    case VALUE_DATE:
        date_print_iso(out, value.as.date);
        return;
    }
}
