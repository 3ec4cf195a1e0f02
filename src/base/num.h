/* Exact numbers. The one module that owns division, rounding and the printing of numbers.
 *
 * A Num is a fraction in lowest terms, denominator above 0, of 128-bit integers; every operation
 * says whether it fitted. No binary floating point anywhere. Halves round away from zero; -0 is
 * never printed.
 */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

__extension__ typedef __int128 Int128;

typedef struct Num {
    Int128 n, d;
} Num;

Num num_of_int(int64_t value);
/* units / 10^scale */
Num num_of_scaled(int64_t units, int scale);
/* n/d in lowest terms; d != 0. */
bool num_of_ratio(Int128 n, Int128 d, Num *out);

/* False: the result does not fit (or, for num_divide, b is 0; for num_add and num_subtract also
 * when it does not fit before it is reduced, over the least common denominator). *out is then
 * untouched. */
bool num_add(Num a, Num b, Num *out);
bool num_subtract(Num a, Num b, Num *out);
bool num_multiply(Num a, Num b, Num *out);
bool num_divide(Num a, Num b, Num *out);
Num num_negate(Num a);

/* -1, 0, 1; exact for all values (never overflows). */
int num_compare(Num a, Num b);
bool num_is_integer(Num a);
/* False unless an integer within int64_t. */
bool num_to_int64(Num a, int64_t *out);
/* Whether the value, as a fraction, keeps to 64 bits above and below ("overflow is an error"). */
bool num_fits(Num a);

/* Rounded half away from zero to `decimals` places (0 to 18). */
bool num_round(Num a, int decimals, Num *out);
/* Rounded half away from zero to the nearest multiple of base (5, 10, 100). */
bool num_round_to_base(Num a, int64_t base, Num *out);

/* "-12.90": exactly `decimals` places, rounded; with commas between thousands if grouped.
 * Values too large to scale print all the same (long division). */
void num_print(StrBuf *out, Num a, int decimals, bool grouped);
/* The shortest exact decimal ("0.5", "20.7", "12"); false if it has more than 18 places. */
bool num_print_exact(StrBuf *out, Num a);

/* Optional sign, digits, optional . and digits (at least one digit); no spaces, commas, exponent.
 * False if it is none, or does not fit. *decimals (may be NULL) gets the places written. */
bool num_parse(const char *text, size_t len, Num *out, int *decimals);

#endif
