/* Batches of rows on several threads. */
#include <stdatomic.h>

#include "engine/native/native.h"

/* So many batches are taken at a time. */
#define CHUNK (size_t)16
#define MOST_THREADS 64

typedef struct Work {
    size_t rows, batch;
    void (*work)(void *context, size_t thread, size_t first, size_t len);
    void *context;
    atomic_size_t next; /* row */
} Work;

typedef struct Worker {
    Work *work;
    size_t thread;
} Worker;

static void *take_batches(void *argument) {
    const Worker *worker = argument;
    Work *work = worker->work;
    for (;;) {
        size_t from = atomic_fetch_add(&work->next, CHUNK * work->batch);
        size_t end = from + CHUNK * work->batch;
        if (from >= work->rows)
            return NULL;
        for (; from < end && from < work->rows; from += work->batch) {
            size_t left = work->rows - from;
            work->work(work->context, worker->thread, from,
                       left < work->batch ? left : work->batch);
        }
    }
}

void for_batches(size_t rows, size_t batch, size_t threads,
                 void (*work)(void *context, size_t thread, size_t first, size_t len),
                 void *context) {
    Work all = {.rows = rows, .batch = batch, .work = work, .context = context};
    Worker workers[MOST_THREADS];
    pthread_t running[MOST_THREADS];
    size_t started = 1;
    atomic_init(&all.next, 0);
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    for (size_t t = 0; t < threads; t++)
        workers[t] = (Worker){&all, t};
    /* A thread that cannot be started is done without. */
    while (started < threads && rows > CHUNK * batch &&
           pthread_create(&running[started], NULL, take_batches, &workers[started]) == 0)
        started++;
    take_batches(&workers[0]);
    for (size_t t = 1; t < started; t++)
        pthread_join(running[t], NULL);
}
