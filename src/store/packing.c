#include "store/packing.h"

PackSummary pack_summary_start(void) {
    return (PackSummary){.low = INT64_MAX, .high = INT64_MIN, .ascending = true};
}

unsigned pack_width(uint64_t range) {
    if (range == 0)
        return 0;
    if (range <= UINT8_MAX)
        return 1;
    if (range <= UINT16_MAX)
        return 2;
    return range <= UINT32_MAX ? 4 : 8;
}

static bool is_missing(const PackedPiece *piece, size_t row) {
    return piece->missing && (piece->missing[row / 64] >> (row % 64) & 1);
}

/* Of this piece alone, and into the summary of all. */
static void summarise(const int64_t *values, size_t rows, const PackedPiece *piece,
                      PackSummary *summary, int64_t *low, int64_t *high) {
    for (size_t i = 0; i < rows; i++) {
        if (is_missing(piece, i)) {
            summary->any_missing = true;
            continue;
        }
        int64_t value = values[i];
        /* While all ascend, the highest is the one before. */
        if (summary->low <= summary->high && value <= summary->high)
            summary->ascending = false;
        *low = value < *low ? value : *low;
        *high = value > *high ? value : *high;
        summary->low = value < summary->low ? value : summary->low;
        summary->high = value > summary->high ? value : summary->high;
    }
}

#define OFFSETS_OF(T)                                                                              \
    do {                                                                                           \
        T *data = arena_array(run, rows, sizeof *data);                                            \
        for (size_t i = 0; i < rows; i++)                                                          \
            data[i] = is_missing(piece, i) ? 0 : (T)((uint64_t)values[i] - (uint64_t)low);         \
        piece->data = data;                                                                        \
    } while (0)

void pack_values(const int64_t *values, size_t rows, Arena *run, PackSummary *summary,
                 PackedPiece *piece) {
    int64_t low = INT64_MAX, high = INT64_MIN;
    summarise(values, rows, piece, summary, &low, &high);
    if (low > high)
        low = high = 0;
    piece->base = low;
    piece->width = pack_width((uint64_t)high - (uint64_t)low);
    piece->data = NULL;
    switch (piece->width) {
    case 1:
        OFFSETS_OF(uint8_t);
        break;
    case 2:
        OFFSETS_OF(uint16_t);
        break;
    case 4:
        OFFSETS_OF(uint32_t);
        break;
    case 8:
        OFFSETS_OF(uint64_t);
        break;
    }
}

int64_t packed_number(const PackedPiece *piece, size_t row) {
    uint64_t offset = 0;
    switch (piece->width) {
    case 1:
        offset = ((const uint8_t *)piece->data)[row];
        break;
    case 2:
        offset = ((const uint16_t *)piece->data)[row];
        break;
    case 4:
        offset = ((const uint32_t *)piece->data)[row];
        break;
    case 8:
        offset = ((const uint64_t *)piece->data)[row];
        break;
    }
    return (int64_t)((uint64_t)piece->base + offset);
}
