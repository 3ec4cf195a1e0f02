#include "store/server_cancel.h"

#include "store/store.h"

#define MOST_LINKS 64

/* The only state of the process below cli/: a signal handler is given nothing else to work with. */
static PGcancel *volatile running[MOST_LINKS];

size_t cancel_add(PGconn *link) {
    for (size_t i = 0; i < MOST_LINKS; i++)
        if (!running[i]) {
            running[i] = PQgetCancel(link);
            return i;
        }
    return SIZE_MAX;
}

void cancel_remove(size_t place) {
    if (place == SIZE_MAX)
        return;
    PGcancel *cancel = running[place];
    running[place] = NULL;
    PQfreeCancel(cancel);
}

void store_cancel_running(void) {
    char why[256];
    for (size_t i = 0; i < MOST_LINKS; i++) {
        PGcancel *cancel = running[i];
        if (cancel)
            PQcancel(cancel, why, sizeof why);
    }
}
