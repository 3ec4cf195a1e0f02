/* Whether JSON keeps to a JSON Schema, as far as the schemas that kpic ships go. */
#ifndef TESTS_UNIT_CONFORMS_H
#define TESTS_UNIT_CONFORMS_H

#include <jansson.h>

/* Fails the test, with where, unless `json` is what the schema (a text) allows. A field that the
 * schema does not name fails too. */
void assert_conforms_to(const char *schema, const char *json);
/* The same of values already read; `root` holds the $defs. */
void assert_conforms(const json_t *root, const json_t *schema, const json_t *value,
                     const char *where);

#endif
