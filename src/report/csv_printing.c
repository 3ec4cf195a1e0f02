/* CSV straight from the cells, block by block: no row outlives its line. Blocks are printed on
 * several threads, each into a text of its own, and written in their order.
 *
 * Blocks wait in a ring of slots: those from `head` on are to be written, from `next` on to be
 * printed, and `tail` is the next to be filled. Who gives cells prints a block himself when the
 * ring is full, so that memory is bounded whatever there is to print.
 */
#include <pthread.h>

#include "report/csv_rows.h"
#include "report/render.h"

/* Cells of a block, and more until its window ends. */
#define BLOCK_CELLS 256
#define MOST_THREADS 8
#define MOST_SLOTS (2 * MOST_THREADS)

/* Cells that were given together. */
typedef struct Batch {
    Result result;
    Arena *room;
    size_t blocks; /* not yet printed */
} Batch;

typedef struct Slot {
    Batch *batch;
    size_t first, end; /* cells */
    StrBuf text;
    bool printed;
} Slot;

/* What a thread prints with. */
typedef struct Printer {
    Arena *run, *texts;
    CsvRows rows;
    Audience audience;
    bool any_missed;
    CsvTimes times; /* `now` is NULL where nobody asks */
    int64_t last;
} Printer;

struct CsvPrinting {
    const ReportOptions *options;
    CsvTimes *times; /* or NULL */
    void (*write)(void *context, const char *text, size_t len);
    void *context;
    size_t threads;
    Printer own; /* of who gives the cells */
    pthread_t running[MOST_THREADS];
    size_t started;
    /* From here on under the lock. */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    Slot slots[MOST_SLOTS];
    size_t slots_len, head, next, tail;
    bool writing, ended, any_missed;
    Arena *rooms[MOST_SLOTS + 2]; /* empty ones */
    size_t rooms_len;
};

/* ---- rows ---- */

static Printer printer_new(const ReportOptions *options, const CsvTimes *times) {
    return (Printer){.run = arena_new(),
                     .texts = arena_new(),
                     .audience = options->audience,
                     .times = {times ? times->now : NULL, 0, 0}};
}

/* The time since the last call goes to *part. */
static void part_ends(Printer *printer, int64_t *part) {
    if (!printer->times.now)
        return;
    int64_t at = printer->times.now();
    *part += at - printer->last;
    printer->last = at;
}

static void printer_end(const CsvPrinting *printing, Printer *printer) {
    if (printing->times) {
        printing->times->judgement += printer->times.judgement;
        printing->times->print += printer->times.print;
    }
    arena_free(printer->texts);
    arena_free(printer->run);
}

static void print_row(void *context, const ReportRow *row) {
    Printer *printer = context;
    part_ends(printer, &printer->times.judgement);
    csv_add_row(&printer->rows, row, printer->audience);
    printer->any_missed = printer->any_missed || row->status == STATUS_MISSED;
    arena_reset(printer->texts);
    part_ends(printer, &printer->times.print);
}

static void print_slot(const CsvPrinting *printing, Printer *printer, Slot *slot) {
    int64_t before = 0;
    part_ends(printer, &before);
    strbuf_clear(&slot->text);
    csv_rows_start(&printer->rows, &slot->text);
    report_rows(printer->run, printer->texts, &slot->batch->result, printing->options, slot->first,
                slot->end, print_row, printer);
    csv_rows_end(&printer->rows);
    arena_reset(printer->run);
    part_ends(printer, &printer->times.print);
}

/* ---- the ring, under the lock ---- */

static Slot *slot_at(CsvPrinting *printing, size_t number) {
    return &printing->slots[number % printing->slots_len];
}

/* A block of the batch is printed; with the last its room is free again. */
static void leave_batch(CsvPrinting *printing, Batch *batch) {
    if (--batch->blocks > 0)
        return;
    if (batch->room && printing->rooms_len < sizeof printing->rooms / sizeof *printing->rooms) {
        arena_reset(batch->room);
        printing->rooms[printing->rooms_len++] = batch->room;
    } else {
        arena_free(batch->room);
    }
    memory_free(batch);
}

static void write_printed(CsvPrinting *printing) {
    while (!printing->writing && printing->head < printing->next &&
           slot_at(printing, printing->head)->printed) {
        const Slot *slot = slot_at(printing, printing->head);
        printing->writing = true;
        pthread_mutex_unlock(&printing->lock);
        printing->write(printing->context, strbuf_text(&slot->text), slot->text.len);
        pthread_mutex_lock(&printing->lock);
        printing->writing = false;
        printing->head++;
    }
}

/* The next one that is waiting: there is one. */
static void print_next(CsvPrinting *printing, Printer *printer) {
    Slot *slot = slot_at(printing, printing->next++);
    pthread_mutex_unlock(&printing->lock);
    print_slot(printing, printer, slot);
    pthread_mutex_lock(&printing->lock);
    slot->printed = true;
    leave_batch(printing, slot->batch);
    write_printed(printing);
    pthread_cond_broadcast(&printing->changed);
}

static void *print_all(void *argument) {
    CsvPrinting *printing = argument;
    Printer printer = printer_new(printing->options, printing->times);
    pthread_mutex_lock(&printing->lock);
    for (;;) {
        if (printing->next < printing->tail)
            print_next(printing, &printer);
        else if (printing->ended)
            break;
        else
            pthread_cond_wait(&printing->changed, &printing->lock);
    }
    printing->any_missed = printing->any_missed || printer.any_missed;
    printer_end(printing, &printer);
    pthread_mutex_unlock(&printing->lock);
    return NULL;
}

/* A thread that cannot be started is done without. */
static void start_threads(CsvPrinting *printing) {
    while (printing->started + 1 < printing->threads &&
           pthread_create(&printing->running[printing->started], NULL, print_all, printing) == 0)
        printing->started++;
    printing->threads = printing->started + 1;
}

static void put(CsvPrinting *printing, Batch *batch, size_t first, size_t end) {
    pthread_mutex_lock(&printing->lock);
    while (printing->tail - printing->head == printing->slots_len) {
        if (printing->next < printing->tail)
            print_next(printing, &printing->own);
        else
            pthread_cond_wait(&printing->changed, &printing->lock);
    }
    Slot *slot = slot_at(printing, printing->tail++);
    slot->batch = batch;
    slot->first = first;
    slot->end = end;
    slot->printed = false;
    if (printing->threads == 1)
        print_next(printing, &printing->own);
    pthread_cond_broadcast(&printing->changed);
    pthread_mutex_unlock(&printing->lock);
}

/* ---- from outside ---- */

static void write_titles(const CsvPrinting *printing) {
    StrBuf titles = {0};
    csv_add_titles(&titles);
    printing->write(printing->context, strbuf_text(&titles), titles.len);
    strbuf_fini(&titles);
}

CsvPrinting *csv_printing_start(const ReportOptions *options, size_t threads,
                                void (*write)(void *context, const char *text, size_t len),
                                void *context) {
    CsvPrinting *printing = memory_alloc(sizeof *printing);
    *printing = (CsvPrinting){.options = options, .write = write, .context = context};
    printing->threads = threads < MOST_THREADS ? threads : MOST_THREADS;
    printing->slots_len = 2 * printing->threads;
    printing->own = printer_new(options, NULL);
    pthread_mutex_init(&printing->lock, NULL);
    pthread_cond_init(&printing->changed, NULL);
    write_titles(printing);
    return printing;
}

void csv_printing_time(CsvPrinting *printing, CsvTimes *times) {
    printing->times = times;
    printing->own.times.now = times->now;
}

Arena *csv_printing_room(CsvPrinting *printing) {
    pthread_mutex_lock(&printing->lock);
    Arena *room = printing->rooms_len > 0 ? printing->rooms[--printing->rooms_len] : NULL;
    pthread_mutex_unlock(&printing->lock);
    return room ? room : arena_new();
}

static bool window_ends(const Cell *last, const Cell *next) {
    return last->indicator != next->indicator || last->period.end != next->period.end;
}

static size_t block_end(const Result *result, size_t first) {
    size_t end = first;
    while (end < result->cells_len &&
           (end - first < BLOCK_CELLS || !window_ends(result->cells[end - 1], result->cells[end])))
        end++;
    return end;
}

void csv_printing_give(CsvPrinting *printing, Cell **cells, size_t len, Arena *room) {
    if (len == 0) {
        arena_free(room);
        return;
    }
    Batch *batch = memory_alloc(sizeof *batch);
    *batch = (Batch){.result = {.cells = cells, .cells_len = len}, .room = room};
    for (size_t first = 0; first < len; first = block_end(&batch->result, first))
        batch->blocks++;
    if (printing->started == 0 && batch->blocks > 1)
        start_threads(printing);
    /* After its last block is put, the batch may be gone. */
    size_t first = 0;
    for (size_t left = batch->blocks; left > 0; left--) {
        size_t end = block_end(&batch->result, first);
        put(printing, batch, first, end);
        first = end;
    }
}

bool csv_printing_end(CsvPrinting *printing) {
    pthread_mutex_lock(&printing->lock);
    printing->ended = true;
    pthread_cond_broadcast(&printing->changed);
    while (printing->next < printing->tail)
        print_next(printing, &printing->own);
    while (printing->head < printing->tail)
        pthread_cond_wait(&printing->changed, &printing->lock);
    pthread_mutex_unlock(&printing->lock);
    for (size_t t = 0; t < printing->started; t++)
        pthread_join(printing->running[t], NULL);
    bool missed = printing->any_missed || printing->own.any_missed;
    for (size_t i = 0; i < printing->slots_len; i++)
        strbuf_fini(&printing->slots[i].text);
    for (size_t i = 0; i < printing->rooms_len; i++)
        arena_free(printing->rooms[i]);
    printer_end(printing, &printing->own);
    pthread_cond_destroy(&printing->changed);
    pthread_mutex_destroy(&printing->lock);
    memory_free(printing);
    return missed;
}
