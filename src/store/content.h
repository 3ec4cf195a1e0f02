/* The hash by which the same content is known again: XXH3-128 over the decoded fields.
 *
 * The names of the header, each ended by a NUL, then a NUL, then the fields of each row, each ended
 * by a NUL (which no field can hold). How the file writes them (quotes, line ends, byte order
 * mark, encoding) makes no difference.
 */
#ifndef STORE_CONTENT_H
#define STORE_CONTENT_H

#include "store/records.h"

#define CONTENT_TEXT_SIZE 33 /* 32 hexadecimal digits and a NUL */

typedef struct Content Content;

Content *content_new(const char *const *header, size_t len);
void content_row(Content *content, const CsvField *fields, size_t len);
/* Ends and frees it; `out` may be NULL. */
void content_end(Content *content, char out[CONTENT_TEXT_SIZE]);

#endif
