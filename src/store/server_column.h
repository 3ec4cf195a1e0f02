/* Builds one packed column from the values that a server sends, piece by piece.
 *
 * Comes in: one value a row, in its binary form. Goes out: a PackedColumn as columns.h has it, the
 * same that the texts of an SQLite store would have given. Only decimals wait for the last row:
 * their scale is that of the value with the most places.
 */
#ifndef STORE_SERVER_COLUMN_H
#define STORE_SERVER_COLUMN_H

#include "store/columns.h"
#include "store/server_value.h"

typedef struct ServerColumnReader ServerColumnReader;

ServerColumnReader *server_column_new(const TableSpec *spec, size_t column, ServerForm form,
                                      Arena *run, Atoms *texts);
void server_column_free(ServerColumnReader *reader);
/* `bytes` NULL: the value is NULL. Gives NULL, or why the value is bad; it is then taken as
 * missing, and `shown` has its text. */
const char *server_column_take(ServerColumnReader *reader, const char *bytes, size_t len,
                               int64_t row_number, StrBuf *shown);
/* After each PIECE_ROWS rows, and after the last if the piece is not empty. */
void server_column_piece(ServerColumnReader *reader);
/* False if a decimal does not fit in 64 bits with the column's places: *row is the first such row.
 */
bool server_column_end(ServerColumnReader *reader, PackedColumn *out, size_t *row);

#endif
