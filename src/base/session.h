/* What every phase needs: where memory, names, texts and messages of one session are kept. */
#ifndef BASE_SESSION_H
#define BASE_SESSION_H

#include "base/arena.h"
#include "base/atom.h"
#include "base/diag.h"
#include "base/source.h"

typedef struct Session {
    Arena *arena; /* session lifetime; also the unit lifetime of AST and Model */
    Atoms *atoms;
    Sources *sources;
    Diags *diags;
} Session;

Session *session_new(void);
void session_free(Session *session);

#endif
