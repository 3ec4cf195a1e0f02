/* One value in the binary form of PostgreSQL, as COPY gives it. */
#ifndef STORE_SERVER_VALUE_H
#define STORE_SERVER_VALUE_H

#include "store/state.h"

/* How a column of this type is read. */
typedef enum ServerForm {
    FORM_NONE, /* not at all */
    FORM_TEXT, /* its bytes are the text */
    FORM_PADDED_TEXT,
    FORM_CAST, /* the server is asked for its text */
    FORM_BOOL,
    FORM_INTEGER,
    FORM_NUMERIC,
    FORM_DATE,
    FORM_TIMESTAMP
} ServerForm;

ServerForm server_form(const ServerColumn *column);
/* Whether the bytes can be a value of this form. */
bool server_value_whole(ServerForm form, const char *bytes, size_t len);
/* Whether values of this form are values of the kind as they are: no text is made of them. A source
 * whose `symbols` may mean one of them wants the text. */
bool server_value_fits(ServerForm form, const TableSpec *spec, size_t column);
/* Such a value. False if it is none of the kind's after all: its text then says why. */
bool server_value_read(ServerForm form, ColumnKind kind, const char *bytes, size_t len,
                       TypedValue *out);
/* The text of any value, as the server writes it. */
void server_value_print(StrBuf *out, ServerForm form, const char *bytes, size_t len);

#endif
