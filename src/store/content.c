#include "store/content.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#define PENDING_SIZE ((size_t)32 * 1024)

struct Content {
    XXH3_state_t *state;
    size_t len;
    char pending[PENDING_SIZE]; /* many short fields make one call */
};

static void flush(Content *content) {
    XXH3_128bits_update(content->state, content->pending, content->len);
    content->len = 0;
}

static void add(Content *content, const char *text, size_t len) {
    if (len + 1 > PENDING_SIZE - content->len)
        flush(content);
    if (len + 1 > PENDING_SIZE) {
        XXH3_128bits_update(content->state, text, len);
        len = 0;
    }
    if (len > 0)
        memcpy(content->pending + content->len, text, len);
    content->len += len;
    content->pending[content->len++] = '\0';
}

Content *content_new(const char *const *header, size_t len) {
    Content *content = memory_alloc(sizeof *content);
    content->len = 0;
    content->state = XXH3_createState();
    if (!content->state)
        memory_alloc(SIZE_MAX); /* tells the hook of memory_on_failure, and does not return */
    XXH3_128bits_reset(content->state);
    for (size_t i = 0; i < len; i++)
        add(content, header[i], strlen(header[i]));
    add(content, "", 0);
    return content;
}

void content_row(Content *content, const CsvField *fields, size_t len) {
    for (size_t i = 0; i < len; i++)
        add(content, fields[i].text, fields[i].len);
}

void content_end(Content *content, char out[CONTENT_TEXT_SIZE]) {
    if (!content)
        return;
    if (out) {
        flush(content);
        XXH128_canonical_t digest;
        XXH128_canonicalFromHash(&digest, XXH3_128bits_digest(content->state));
        for (size_t i = 0; i < sizeof digest.digest; i++)
            snprintf(out + 2 * i, 3, "%02x", digest.digest[i]);
    }
    XXH3_freeState(content->state);
    memory_free(content);
}
