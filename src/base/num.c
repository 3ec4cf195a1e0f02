#include "base/num.h"

#include <string.h>

__extension__ typedef unsigned __int128 UInt128;

#define UINT128_MAX (~(UInt128)0)
#define INT128_MAX ((Int128)(UINT128_MAX >> 1))
#define INT128_MIN (-INT128_MAX - 1)
#define MOST_DECIMALS 18
/* Digits of the largest 128-bit number. */
#define MOST_DIGITS 39

static bool int_add(Int128 a, Int128 b, Int128 *out) {
    return !__builtin_add_overflow(a, b, out);
}

static bool int_multiply(Int128 a, Int128 b, Int128 *out) {
    return !__builtin_mul_overflow(a, b, out);
}

static UInt128 magnitude(Int128 a) {
    return a < 0 ? (UInt128)0 - (UInt128)a : (UInt128)a;
}

static uint64_t small_divisor(uint64_t a, uint64_t b) {
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static UInt128 common_divisor(UInt128 a, UInt128 b) {
    while (b != 0) {
        /* 64-bit division is many times faster, and most numbers are small. */
        if (a <= UINT64_MAX && b <= UINT64_MAX)
            return small_divisor((uint64_t)a, (uint64_t)b);
        UInt128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static UInt128 power_of_ten(int exponent) {
    UInt128 power = 1;
    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

/* A magnitude with a sign as Int128. The least Int128 itself is refused, so that every Num can be
 * negated. */
static bool int_of_magnitude(UInt128 value, bool negative, Int128 *out) {
    if (value > (UInt128)INT128_MAX)
        return false;
    *out = negative ? -(Int128)value : (Int128)value;
    return true;
}

/* The fraction negative ? -(n/d) : n/d in lowest terms. */
static bool num_of_magnitudes(UInt128 n, UInt128 d, bool negative, Num *out) {
    if (n <= INT64_MAX && d <= INT64_MAX) {
        uint64_t shared = small_divisor((uint64_t)n, (uint64_t)d);
        int64_t above = (int64_t)((uint64_t)n / shared), below = (int64_t)((uint64_t)d / shared);
        *out = (Num){negative ? -above : above, below};
        return true;
    }
    UInt128 divisor = common_divisor(n, d);
    Num result;
    if (!int_of_magnitude(n / divisor, negative, &result.n) ||
        !int_of_magnitude(d / divisor, false, &result.d))
        return false;
    *out = result;
    return true;
}

/* 64 bits above and below, and still when negated: for the short ways, which most numbers go. */
static bool is_small(Num a) {
    return a.n >= -INT64_MAX && a.n <= INT64_MAX && a.d <= INT64_MAX;
}

Num num_of_int(int64_t value) {
    return (Num){value, 1};
}

Num num_of_scaled(int64_t units, int scale) {
    Num result = {units, 1};
    /* 10^38 is the largest power of ten that fits. */
    int places = scale < 0 ? 0 : scale > 38 ? 38 : scale;
    num_of_magnitudes(magnitude(units), power_of_ten(places), units < 0, &result);
    return result;
}

bool num_of_ratio(Int128 n, Int128 d, Num *out) {
    if (d == 0)
        return false;
    return num_of_magnitudes(magnitude(n), magnitude(d), (n < 0) != (d < 0) && n != 0, out);
}

/* num_add() of fractions in 64 bits: the products and their sum always fit. */
static Num add_small(Num a, Num b) {
    int64_t a_d = (int64_t)a.d, b_d = (int64_t)b.d;
    int64_t divisor = (int64_t)small_divisor((uint64_t)a_d, (uint64_t)b_d);
    Int128 sum = a.n * (b_d / divisor) + b.n * (a_d / divisor);
    if (sum < -INT64_MAX || sum > INT64_MAX) {
        Int128 shared = (Int128)common_divisor(magnitude(sum), (UInt128)divisor);
        return (Num){sum / shared, (a.d / divisor) * (b.d / shared)};
    }
    int64_t whole = (int64_t)sum;
    int64_t shared =
        (int64_t)small_divisor((uint64_t)(whole < 0 ? -whole : whole), (uint64_t)divisor);
    return (Num){whole / shared, (Int128)(a_d / divisor) * (b_d / shared)};
}

bool num_add(Num a, Num b, Num *out) {
    if (a.d == 1 && b.d == 1) {
        Int128 whole;
        if (!int_add(a.n, b.n, &whole) || whole == INT128_MIN)
            return false;
        *out = (Num){whole, 1};
        return true;
    }
    if (is_small(a) && is_small(b)) {
        *out = add_small(a, b);
        return true;
    }
    /* Over the least common denominator, so that sums that fit are not lost on the way. */
    Int128 divisor = (Int128)common_divisor((UInt128)a.d, (UInt128)b.d);
    Int128 left, right, sum, denominator;
    if (!int_multiply(a.n, b.d / divisor, &left) || !int_multiply(b.n, a.d / divisor, &right) ||
        !int_add(left, right, &sum))
        return false;
    /* What the sum and the denominator share divides `divisor`. */
    Int128 shared = (Int128)common_divisor(magnitude(sum), (UInt128)divisor);
    if (!int_multiply(a.d / divisor, b.d / shared, &denominator) || sum == INT128_MIN)
        return false;
    *out = (Num){sum / shared, denominator};
    return true;
}

bool num_subtract(Num a, Num b, Num *out) {
    return num_add(a, num_negate(b), out);
}

/* num_multiply() of fractions in 64 bits: the product of two such numbers always fits. */
static Num multiply_small(Num a, Num b) {
    int64_t a_n = (int64_t)a.n, a_d = (int64_t)a.d, b_n = (int64_t)b.n, b_d = (int64_t)b.d;
    if (b_d != 1) {
        int64_t across = (int64_t)small_divisor((uint64_t)(a_n < 0 ? -a_n : a_n), (uint64_t)b_d);
        a_n /= across;
        b_d /= across;
    }
    if (a_d != 1) {
        int64_t other = (int64_t)small_divisor((uint64_t)(b_n < 0 ? -b_n : b_n), (uint64_t)a_d);
        b_n /= other;
        a_d /= other;
    }
    return (Num){(Int128)a_n * b_n, (Int128)a_d * b_d};
}

bool num_multiply(Num a, Num b, Num *out) {
    if (is_small(a) && is_small(b)) {
        *out = multiply_small(a, b);
        return true;
    }
    Int128 across = (Int128)common_divisor(magnitude(a.n), (UInt128)b.d);
    Int128 other = (Int128)common_divisor(magnitude(b.n), (UInt128)a.d);
    Num result;
    if (!int_multiply(a.n / across, b.n / other, &result.n) ||
        !int_multiply(a.d / other, b.d / across, &result.d))
        return false;
    if (result.n == INT128_MIN)
        return false;
    *out = result;
    return true;
}

bool num_divide(Num a, Num b, Num *out) {
    if (b.n == 0)
        return false;
    Num inverse = b.n < 0 ? (Num){-b.d, -b.n} : (Num){b.d, b.n};
    return num_multiply(a, inverse, out);
}

Num num_negate(Num a) {
    return (Num){-a.n, a.d};
}

/* The quotient rounded down; *rest is then 0 or above. */
static Int128 divide_down(Int128 n, Int128 d, Int128 *rest) {
    Int128 quotient = n / d;
    *rest = n % d;
    if (*rest < 0) {
        *rest += d;
        quotient--;
    }
    return quotient;
}

int num_compare(Num a, Num b) {
    if (num_fits(a) && num_fits(b)) {
        Int128 left = a.n * b.d, right = b.n * a.d;
        return left < right ? -1 : left > right ? 1 : 0;
    }
    int sign = 1;
    for (;;) {
        Int128 a_rest, b_rest;
        Int128 a_whole = divide_down(a.n, a.d, &a_rest);
        Int128 b_whole = divide_down(b.n, b.d, &b_rest);
        if (a_whole != b_whole)
            return a_whole < b_whole ? -sign : sign;
        if (a_rest == 0 || b_rest == 0)
            return a_rest == b_rest ? 0 : a_rest == 0 ? -sign : sign;
        /* The same whole parts: the fractions compare as their inverses the other way about. */
        a = (Num){a.d, a_rest};
        b = (Num){b.d, b_rest};
        sign = -sign;
    }
}

bool num_is_integer(Num a) {
    return a.d == 1;
}

bool num_to_int64(Num a, int64_t *out) {
    if (a.d != 1 || a.n < INT64_MIN || a.n > INT64_MAX)
        return false;
    *out = (int64_t)a.n;
    return true;
}

bool num_fits(Num a) {
    return a.n >= INT64_MIN && a.n <= INT64_MAX && a.d <= INT64_MAX;
}

/* Whether the remainder of a division by d is half of d or more. */
static bool half_or_more(UInt128 rest, UInt128 d) {
    return rest >= d - rest;
}

/* The next digit of rest/d (rest < d) by long division; *rest becomes what is left. Ten times rest
 * may not fit, so it is added up ten times and d taken off whenever it is reached. */
static unsigned next_digit(UInt128 *rest, UInt128 d) {
    if (*rest <= UINT128_MAX / 10) {
        UInt128 tenfold = *rest * 10;
        *rest = tenfold % d;
        return (unsigned)(tenfold / d);
    }
    unsigned digit = 0;
    UInt128 sum = 0;
    for (int times = 0; times < 10; times++) {
        if (sum >= d - *rest) {
            sum -= d - *rest;
            digit++;
        } else {
            sum += *rest;
        }
    }
    *rest = sum;
    return digit;
}

/* By exponent. */
static const int64_t powers_of_ten[MOST_DECIMALS + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

/* num_round() in 64 bits, where the numbers fit in them: nearly always. */
static bool num_round_small(Num a, int decimals, Num *out) {
    int64_t units;
    if (!is_small(a))
        return false;
    if (a.d == 1) {
        *out = a;
        return true;
    }
    int64_t n = (int64_t)(a.n < 0 ? -a.n : a.n), d = (int64_t)a.d;
    if (__builtin_mul_overflow(n, powers_of_ten[decimals], &units))
        return false;
    int64_t rest = units % d;
    units = units / d + (rest >= d - rest ? 1 : 0);
    return num_of_magnitudes((UInt128)units, (UInt128)powers_of_ten[decimals], a.n < 0, out);
}

bool num_round(Num a, int decimals, Num *out) {
    if (decimals < 0 || decimals > MOST_DECIMALS)
        return false;
    if (num_round_small(a, decimals, out))
        return true;
    UInt128 d = (UInt128)a.d, units = magnitude(a.n) / d, rest = magnitude(a.n) % d;
    for (int i = 0; i < decimals; i++) {
        if (units > (UINT128_MAX - 9) / 10)
            return false;
        units = units * 10 + next_digit(&rest, d);
    }
    if (half_or_more(rest, d))
        units++;
    return num_of_magnitudes(units, power_of_ten(decimals), a.n < 0, out);
}

bool num_round_to_base(Num a, int64_t base, Num *out) {
    Num steps;
    return base > 0 && num_divide(a, num_of_int(base), &steps) && num_round(steps, 0, &steps) &&
           num_multiply(steps, num_of_int(base), out);
}

/* Adds one to the last place of a row of digits. */
static void digits_round_up(StrBuf *digits) {
    for (size_t i = digits->len; i-- > 0;) {
        if (digits->text[i] != '9') {
            digits->text[i]++;
            return;
        }
        digits->text[i] = '0';
    }
    /* All nines: a 1 goes before them. */
    strbuf_add_char(digits, '0');
    digits->text[0] = '1';
}

static void digits_of_whole(StrBuf *digits, UInt128 whole) {
    char text[MOST_DIGITS];
    size_t start = sizeof text;
    do {
        text[--start] = (char)('0' + (int)(whole % 10));
        whole /= 10;
    } while (whole != 0);
    strbuf_add_len(digits, text + start, sizeof text - start);
}

static bool digits_all_zero(const StrBuf *digits) {
    return strspn(digits->text, "0") == digits->len;
}

static void whole_print(StrBuf *out, int64_t whole, bool grouped) {
    if (!grouped || whole < 1000) {
        strbuf_add_whole(out, whole, 0);
        return;
    }
    whole_print(out, whole / 1000, true);
    strbuf_add_char(out, ',');
    strbuf_add_whole(out, whole % 1000, 3);
}

/* num_print() in 64 bits, where the numbers fit in them: nearly always. */
static bool num_print_small(StrBuf *out, Num a, size_t places, bool grouped) {
    UInt128 size = magnitude(a.n);
    if (size > INT64_MAX || a.d > INT64_MAX / 10 || places > MOST_DECIMALS)
        return false;
    int64_t d = (int64_t)a.d, whole = (int64_t)size / d, rest = (int64_t)size % d;
    int64_t part = 0, one = powers_of_ten[places];
    if (rest == 0) {
        /* nothing follows the point */
    } else if (rest <= INT64_MAX / one) {
        part = rest * one / d;
        rest = rest * one % d;
    } else {
        for (size_t i = 0; i < places; i++) {
            rest *= 10;
            part = part * 10 + rest / d;
            rest %= d;
        }
    }
    if (rest >= d - rest && ++part == one) {
        part = 0;
        whole++;
    }
    if (a.n < 0 && (whole > 0 || part > 0))
        strbuf_add_char(out, '-');
    whole_print(out, whole, grouped);
    if (places > 0) {
        strbuf_add_char(out, '.');
        strbuf_add_whole(out, part, (int)places);
    }
    return true;
}

void num_print(StrBuf *out, Num a, int decimals, bool grouped) {
    size_t places = decimals > 0 ? (size_t)decimals : 0;
    if (num_print_small(out, a, places, grouped))
        return;
    UInt128 d = (UInt128)a.d, rest = magnitude(a.n) % d;
    StrBuf digits = {0};
    digits_of_whole(&digits, magnitude(a.n) / d);
    for (size_t i = 0; i < places; i++)
        strbuf_add_char(&digits, (char)('0' + (int)next_digit(&rest, d)));
    if (half_or_more(rest, d))
        digits_round_up(&digits);
    if (a.n < 0 && !digits_all_zero(&digits))
        strbuf_add_char(out, '-');
    size_t whole_len = digits.len - places;
    for (size_t i = 0; i < whole_len; i++) {
        if (grouped && i > 0 && (whole_len - i) % 3 == 0)
            strbuf_add_char(out, ',');
        strbuf_add_char(out, digits.text[i]);
    }
    if (places > 0) {
        strbuf_add_char(out, '.');
        strbuf_add_len(out, digits.text + whole_len, places);
    }
    strbuf_fini(&digits);
}

bool num_print_exact(StrBuf *out, Num a) {
    Int128 d = a.d;
    int twos = 0, fives = 0;
    if (d == 1 && a.n >= -INT64_MAX && a.n <= INT64_MAX) {
        strbuf_add_whole(out, (int64_t)a.n, 0);
        return true;
    }
    if (d == 1) {
        num_print(out, a, 0, false);
        return true;
    }
    for (; d % 2 == 0; d /= 2)
        twos++;
    for (; d % 5 == 0; d /= 5)
        fives++;
    int places = twos > fives ? twos : fives;
    if (d != 1 || places > MOST_DECIMALS)
        return false;
    num_print(out, a, places, false);
    return true;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The digits of text after those already in *units. */
static bool digits_add(UInt128 *units, const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (*units > (UINT128_MAX - 9) / 10)
            return false;
        UInt128 digit = (unsigned char)(text[i] - '0');
        *units = *units * 10 + digit;
    }
    return true;
}

bool num_parse(const char *text, size_t len, Num *out, int *decimals) {
    size_t at = 0, start, whole_len, places = 0;
    bool negative = len > 0 && text[0] == '-';
    if (len > 0 && (text[0] == '-' || text[0] == '+'))
        at++;
    for (start = at; at < len && is_digit(text[at]); at++)
        ;
    whole_len = at - start;
    const char *fraction = text + at;
    if (at < len && text[at] == '.') {
        fraction++;
        for (at++; at < len && is_digit(text[at]); at++)
            places++;
    }
    if (at != len || whole_len + places == 0 || places > INT16_MAX)
        return false;
    /* Zeros at the end are places written, but no part of the value. */
    size_t needed = places;
    while (needed > 0 && fraction[needed - 1] == '0')
        needed--;
    UInt128 units = 0;
    if (needed >= MOST_DIGITS || !digits_add(&units, text + start, whole_len) ||
        !digits_add(&units, fraction, needed) ||
        !num_of_magnitudes(units, power_of_ten((int)needed), negative && units != 0, out))
        return false;
    if (decimals)
        *decimals = (int)places;
    return true;
}
