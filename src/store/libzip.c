#include "store/libzip.h"

#include <pthread.h>

#include "base/late.h"

// clang-format off
#define LIBZIP(RESULT, NOTHING) \
    NOTHING(zip_discard, (zip_t *a), (a)) \
    RESULT(int, zip_error_code_system, (const zip_error_t *a), (a)) \
    RESULT(int, zip_error_code_zip, (const zip_error_t *a), (a)) \
    NOTHING(zip_error_fini, (zip_error_t *a), (a)) \
    NOTHING(zip_error_init, (zip_error_t *a), (a)) \
    NOTHING(zip_error_init_with_code, (zip_error_t *a, int b), (a, b)) \
    RESULT(int, zip_fclose, (zip_file_t *a), (a)) \
    RESULT(zip_error_t *, zip_file_get_error, (zip_file_t *a), (a)) \
    RESULT(zip_file_t *, zip_fopen_index, (zip_t *a, zip_uint64_t b, zip_flags_t c), (a, b, c)) \
    RESULT(zip_int64_t, zip_fread, (zip_file_t *a, void *b, zip_uint64_t c), (a, b, c)) \
    RESULT(zip_error_t *, zip_get_error, (zip_t *a), (a)) \
    RESULT(const char *, zip_get_name, (zip_t *a, zip_uint64_t b, zip_flags_t c), (a, b, c)) \
    RESULT(zip_int64_t, zip_get_num_entries, (zip_t *a, zip_flags_t b), (a, b)) \
    RESULT(const char *, zip_libzip_version, (void), ()) \
    RESULT(zip_int64_t, zip_name_locate, (zip_t *a, const char *b, zip_flags_t c), (a, b, c)) \
    RESULT(zip_t *, zip_open, (const char *a, int b, int *c), (a, b, c)) \
    RESULT(zip_t *, zip_open_from_source, (zip_source_t *a, int b, zip_error_t *c), (a, b, c)) \
    RESULT(zip_source_t *, zip_source_buffer_create, (const void *a, zip_uint64_t b, int c, zip_error_t *d), (a, b, c, d)) \
    NOTHING(zip_source_free, (zip_source_t *a), (a)) \
    RESULT(int, zip_stat_index, (zip_t *a, zip_uint64_t b, zip_flags_t c, zip_stat_t *d), (a, b, c, d)) \
    NOTHING(zip_stat_init, (zip_stat_t *a), (a))
// clang-format on

LATE_LIBRARY("libzip.so.4", libzip_open, LIBZIP)
