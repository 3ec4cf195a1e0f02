#include "store/segment_outline.h"

#include <string.h>

#include "store/segment.h"

#define MAGIC UINT32_C(0x314F534B) /* "KSO1"; another where bytes go the other way */

typedef struct Header {
    uint64_t checksum;
    uint32_t magic, unused;
    uint64_t rows, fields, runs_len;
} Header;

static uint64_t identity_of(const char *table) {
    return segment_identity(table, "", SIZE_MAX);
}

void outline_write(const Outline *outline, const char *table, StrBuf *out) {
    Header header = {.magic = MAGIC,
                     .rows = outline->rows,
                     .fields = outline->fields,
                     .runs_len = outline->runs_len};
    size_t start = out->len, hashed = start + sizeof header.checksum;
    strbuf_add_len(out, (const char *)&header, sizeof header);
    if (outline->runs_len > 0)
        strbuf_add_len(out, (const char *)outline->runs, outline->runs_len * sizeof(OutlineRun));
    header.checksum = segment_checksum(identity_of(table), out->text + hashed, out->len - hashed);
    memcpy(out->text + start, &header.checksum, sizeof header.checksum);
}

bool outline_read(const void *bytes, size_t size, const char *table, Outline *out) {
    const Header *header = bytes;
    const char *start = bytes;
    size_t hashed = sizeof header->checksum;
    if (size < sizeof *header || header->magic != MAGIC ||
        header->runs_len > (size - sizeof *header) / sizeof(OutlineRun) ||
        header->runs_len * sizeof(OutlineRun) != size - sizeof *header ||
        segment_checksum(identity_of(table), start + hashed, size - hashed) != header->checksum)
        return false;
    *out = (Outline){.rows = header->rows, .fields = header->fields, .runs_len = header->runs_len};
    out->runs = (const OutlineRun *)(const void *)(start + sizeof *header);
    if (out->rows > 0 && (out->runs_len == 0 || out->runs[0].row != 0))
        return false;
    for (size_t i = 1; i < out->runs_len; i++)
        if (out->runs[i].row <= out->runs[i - 1].row)
            return false;
    return out->runs_len == 0 || (uint64_t)out->runs[out->runs_len - 1].row < out->rows;
}
