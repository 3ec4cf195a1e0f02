#include "base/session.h"

Session *session_new(void) {
    Arena *arena = arena_new();
    Session *session = arena_alloc(arena, sizeof *session);
    session->arena = arena;
    session->atoms = atoms_new(arena);
    session->sources = sources_new(arena);
    session->diags = diags_new(arena, session->sources);
    return session;
}

void session_free(Session *session) {
    if (!session)
        return;
    atoms_free(session->atoms);
    sources_free(session->sources);
    /* Ends the session itself too, and all that its messages hold. */
    arena_free(session->arena);
}
