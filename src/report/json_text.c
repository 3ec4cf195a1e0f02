#include "report/json_text.h"

#include "report/display.h"

json_t *json_of_text(const char *words) {
    if (!words)
        return json_null();
    json_t *value = json_string(words);
    if (value)
        return value;
    StrBuf clean = {0};
    display_add_text(&clean, words, INK_PLAIN, false);
    value = json_string(strbuf_text(&clean));
    strbuf_fini(&clean);
    return value;
}

static int add_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void json_add_to(StrBuf *out, json_t *value, size_t flags) {
    json_dump_callback(value, add_bytes, out, JSON_PRESERVE_ORDER | JSON_ENCODE_ANY | flags);
    json_decref(value);
}
