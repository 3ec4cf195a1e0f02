/* A folder of its own for each test, a session, and what the session said.
 *
 * scratch_start and scratch_end are the fixture of a test case. Paths are good until the end.
 */
#ifndef TESTS_UNIT_SCRATCH_H
#define TESTS_UNIT_SCRATCH_H

#include "base/session.h"

void scratch_start(void);
void scratch_end(void);

/* The path of `name` in the folder. */
const char *scratch_path(const char *name);
/* Writes a file there and gives its path. */
const char *scratch_write(const char *name, const char *text);
const char *scratch_write_bytes(const char *name, const char *bytes, size_t len);
/* The bytes of a file, NUL after them. */
const char *scratch_read(const char *path, size_t *len);
/* How many names are in the folder. */
size_t scratch_count(void);

/* A session for the test, ended with it; scratch_forget starts a new one. */
Session *scratch_session(void);
void scratch_forget(void);
/* All messages of the session as text. */
const char *scratch_messages(void);
/* Whether they hold these words. */
bool scratch_said(const char *words);

/* Access as a user without rights to others' files, if the tests run as root. */
void scratch_lose_rights(void);
void scratch_regain_rights(void);

#endif
