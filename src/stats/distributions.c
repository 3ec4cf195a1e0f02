#include "stats/distributions.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define PI 3.14159265358979323846
#define LOG_SQRT_2_PI 0.91893853320467274178
#define SQRT_HALF 0.70710678118654752440
/* Of a sum, and of a product that settles near 1: a few units in the last place. */
#define SUM_PRECISION 1e-19
#define FRACTION_PRECISION 3e-16
/* Series and fractions end by themselves after some times the root of a shape; this is for safety.
 */
#define MOST_TERMS 10000000
/* Shapes above these are treated as normal after a cube root. */
#define GAMMA_LARGE 1e8
#define BETA_LARGE 1e9

static bool probability(double p) {
    return p >= 0 && p <= 1;
}

/* ---- normal ---- */

double normal_cdf(double z) {
    return 0.5 * erfc(-z * SQRT_HALF);
}

/* The value at r of the fraction of two polynomials of degree 7. */
static double fraction(const double above[8], const double below[8], double r) {
    double n = above[7], d = below[7];
    for (int i = 6; i >= 0; i--) {
        n = n * r + above[i];
        d = d * r + below[i];
    }
    return n / d;
}

double normal_quantile(double p) {
    static const double middle[2][8] = {
        {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
         1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
         3.3430575583588128105e4, 2.5090809287301226727e3},
        {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
         2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
         5.2264952788528545610e3}};
    static const double near[2][8] = {
        {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
         3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
         2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
         1.05075007164441684324e-9}};
    static const double far[2][8] = {
        {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
         2.71155556874348757815e-5, 2.01033439929228813265e-7},
        {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
         7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
         2.04426310338993978564e-15}};
    if (!probability(p))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? -INFINITY : INFINITY;
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return q * fraction(middle[0], middle[1], 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double z = r <= 5 ? fraction(near[0], near[1], r - 1.6) : fraction(far[0], far[1], r - 5);
    return q < 0 ? -z : z;
}

/* ---- terms of mass functions ---- */

/* log(Gamma(a + 1)) less (a log a - a + log(2 pi a) / 2). */
static double stirling_error(double a) {
    double shifted = 0;
    for (; a < 15; a += 1)
        shifted += (a + 0.5) * log1p(1 / a) - 1;
    double r = 1 / (a * a);
    double series =
        1.0 / 12 -
        r * (1.0 / 360 -
             r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360)))));
    return shifted + series / a;
}

double log_gamma(double a) {
    if (!(a > 0))
        return NAN;
    return stirling_error(a) + (a - 0.5) * log(a) - a + LOG_SQRT_2_PI;
}

/* a log(a/x) + x - a, for a and x above 0. */
static double deviance(double a, double x) {
    double t = (x - a) / a;
    if (fabs(t) > 0.5)
        return a * (log(a) - log(x)) + x - a;
    /* t - log(1 + t), from log(1 + t) = 2 (v + v^3/3 + v^5/5 + ...) */
    double v = t / (2 + t), square = v * v, power = 2 * v * square, sum = 0;
    for (int i = 3; fabs(power) > SUM_PRECISION * fabs(sum) && i < 100; i += 2, power *= square)
        sum += power / i;
    return a * (v * t - sum);
}

/* x^a e^-x / Gamma(a + 1), for a and x above 0. */
static double gamma_term(double a, double x) {
    return exp(-stirling_error(a) - deviance(a, x)) / sqrt(2 * PI * a);
}

/* Gamma(a + b + 1) / (Gamma(a + 1) Gamma(b + 1)) x^a y^b, where y = 1 - x; all above 0. */
static double beta_term(double a, double b, double x, double y) {
    double n = a + b;
    double exponent = stirling_error(n) - stirling_error(a) - stirling_error(b) -
                      deviance(a, n * x) - deviance(b, n * y);
    return exp(exponent) * sqrt(n / a / (2 * PI * b));
}

/* ---- tails ---- */

typedef struct Tails {
    double lower, upper;
} Tails;

static Tails tails_of_lower(double lower) {
    lower = fmin(lower, 1);
    return (Tails){lower, 1 - lower};
}

static Tails tails_of_upper(double upper) {
    upper = fmin(upper, 1);
    return (Tails){1 - upper, upper};
}

/* The next factor of a continued fraction, kept away from 0 (Lentz). */
static double away_from_zero(double value) {
    return fabs(value) < 1e-300 ? 1e-300 : value;
}

/* The fraction whose product with x^a e^-x / Gamma(a) is Q(a, x). */
static double gamma_fraction(double a, double x) {
    double b = x + 1 - a, c = 1e300, d = 1 / away_from_zero(b), h = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        double numerator = -i * (i - a);
        b += 2;
        d = 1 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        h *= c * d;
        if (!(fabs(c * d - 1) > FRACTION_PRECISION))
            break;
    }
    return h;
}

static Tails gamma_tails(double a, double x) {
    if (x <= 0 || isinf(x))
        return x <= 0 ? (Tails){0, 1} : (Tails){1, 0};
    if (a > GAMMA_LARGE) {
        double z = 3 * sqrt(a) * (expm1(log(x / a) / 3) + 1 / (9 * a));
        return (Tails){normal_cdf(z), normal_cdf(-z)};
    }
    if (x >= a + 1)
        return tails_of_upper(gamma_term(a, x) * a * gamma_fraction(a, x));
    double sum = 1, term = 1;
    for (int i = 1; i < MOST_TERMS && term > SUM_PRECISION * sum; i++) {
        term *= x / (a + i);
        sum += term;
    }
    return tails_of_lower(gamma_term(a, x) * sum);
}

/* The fraction whose product with x^a y^b / B(a, b) is I_x(a, b): the even part of 26.5.8, in the
 * form of DiDonato and Morris (1992, TOMS 708), which does not take x near 1 from 1. */
static double beta_fraction(double a, double b, double x, double y) {
    double excess = a * y - b * x;
    double h = away_from_zero(a * (excess + 1) / (a + 1)), c = h, d = 0;
    for (int i = 1; i < MOST_TERMS; i++) {
        double m = i, s = a + 2 * m - 1;
        double numerator = (a + m - 1) / s * ((a + b + m - 1) * x / s) * (m * ((b - m) * x));
        double next = m + m * (b - m) * x / s + (a + m) * (excess + 1 + m * (1 + y)) / (s + 2);
        d = 1 / away_from_zero(next + numerator * d);
        c = away_from_zero(next + numerator / c);
        h *= c * d;
        if (!(fabs(c * d - 1) > FRACTION_PRECISION))
            break;
    }
    return 1 / h;
}

/* y = 1 - x is given apart, because it may be too small for the difference. */
static Tails beta_tails(double a, double b, double x, double y) {
    if (x <= 0 || y <= 0)
        return x <= 0 ? (Tails){0, 1} : (Tails){1, 0};
    if (a > BETA_LARGE && b > BETA_LARGE) {
        double w = exp(log(x / a / (y / b)) / 3), va = 1 / (9 * a), vb = 1 / (9 * b);
        double z = (w - 1 - w * vb + va) / sqrt(w * w * vb + va);
        return (Tails){normal_cdf(z), normal_cdf(-z)};
    }
    double term = beta_term(a, b, x, y) * (a / (a + b)) * b;
    if (x < (a + 1) / (a + b + 2))
        return tails_of_lower(term * beta_fraction(a, b, x, y));
    return tails_of_upper(term * beta_fraction(b, a, y, x));
}

double gamma_lower(double a, double x) {
    return a > 0 && !isnan(x) ? gamma_tails(a, x).lower : NAN;
}

double gamma_upper(double a, double x) {
    return a > 0 && !isnan(x) ? gamma_tails(a, x).upper : NAN;
}

double beta_lower(double x, double a, double b) {
    return a > 0 && b > 0 && !isnan(x) ? beta_tails(a, b, x, 1 - x).lower : NAN;
}

/* ---- inverses ---- */

/* A gamma (b = 0) or beta distribution, seen along u: x = e^u, or x = 1 / (1 + e^-u). */
typedef struct Shape {
    double a, b;
} Shape;

static double part(double u) {
    return 1 / (1 + exp(-u));
}

/* The tails at u, and the slope of the lower one there. */
static Tails tails_along(Shape shape, double u, double *slope) {
    double a = shape.a, b = shape.b;
    if (b == 0) {
        double x = exp(u);
        *slope = x > 0 && !isinf(x) ? gamma_term(a, x) * a : 0;
        return gamma_tails(a, x);
    }
    double x = part(u), y = part(-u);
    *slope = x > 0 && y > 0 ? beta_term(a, b, x, y) * (a / (a + b)) * b : 0;
    return beta_tails(a, b, x, y);
}

#define LEAST_U (-745.0)
#define MOST_U 709.0
#define MOST_STEPS 300

/* u where the lower tail is p; 0 < p < 1, q = 1 - p. */
static double solve(Shape shape, double p, double q) {
    double from = LEAST_U, to = MOST_U;
    double u = shape.b == 0 ? log(shape.a) : log(shape.a) - log(shape.b);
    for (int i = 0; i < MOST_STEPS; i++) {
        double slope;
        Tails tails = tails_along(shape, u, &slope);
        double tail = p < q ? tails.lower : tails.upper, aim = p < q ? p : q;
        bool too_far = p < q ? tail > aim : tail < aim;
        if (too_far)
            to = u;
        else
            from = u;
        double step = (log(aim) - log(tail)) * tail / slope;
        double next = p < q ? u + step : u - step;
        if (tail > 0 && slope > 0 && fabs(step) < 1e-11)
            return next;
        /* Also where the tail has vanished, and the step is not a number. */
        if (!(next > from && next < to))
            next = from + (to - from) / 2;
        if (next == u)
            break;
        u = next;
    }
    return u;
}

double gamma_quantile(double p, double a) {
    if (!probability(p) || !(a > 0))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? 0 : INFINITY;
    return exp(solve((Shape){a, 0}, p, 1 - p));
}

double beta_quantile(double p, double a, double b) {
    if (!probability(p) || !(a > 0) || !(b > 0))
        return NAN;
    if (p == 0 || p == 1)
        return p;
    return part(solve((Shape){a, b}, p, 1 - p));
}

double t_quantile(double p, double df) {
    if (!probability(p) || !(df > 0))
        return NAN;
    if (p == 0 || p == 1 || isinf(df))
        return normal_quantile(p);
    if (p == 0.5)
        return 0;
    /* Both tails together, and what lies between them. */
    double outside = 2 * (p < 0.5 ? p : 1 - p), between = 2 * fabs(p - 0.5);
    double t = sqrt(df) * exp(-solve((Shape){df / 2, 0.5}, outside, between) / 2);
    return p < 0.5 ? -t : t;
}

/* ---- by gamma and beta ---- */

double chi_square_quantile(double p, double df) {
    return 2 * gamma_quantile(p, df / 2);
}

double chi_square_upper(double x, double df) {
    return gamma_upper(df / 2, x / 2);
}

double poisson_cdf(double k, double mean) {
    if (!(mean >= 0) || isnan(k))
        return NAN;
    return k < 0 ? 0 : gamma_upper(floor(k) + 1, mean);
}

static bool trials(double k, double n, double p) {
    return !isnan(k) && n >= 0 && n == floor(n) && probability(p);
}

double binomial_cdf(double k, double n, double p) {
    if (!trials(k, n, p))
        return NAN;
    k = floor(k);
    if (k < 0 || k >= n)
        return k < 0 ? 0 : 1;
    return beta_tails(n - k, k + 1, 1 - p, p).lower;
}

double binomial_at_least(double k, double n, double p) {
    if (!trials(k, n, p))
        return NAN;
    k = floor(k);
    if (k <= 0 || k > n)
        return k <= 0 ? 1 : 0;
    return beta_tails(k, n - k + 1, p, 1 - p).lower;
}

double binomial_term(double k, double n, double p) {
    if (!trials(k, n, p))
        return NAN;
    k = floor(k);
    if (k < 0 || k > n)
        return 0;
    if (p == 0 || p == 1)
        return k == (p == 0 ? 0 : n) ? 1 : 0;
    if (k == 0 || k == n)
        return exp(k == 0 ? n * log1p(-p) : n * log(p));
    return beta_term(k, n - k, p, 1 - p);
}
