/* Distribution functions and their inverses, as far as intervals and tests need them.
 *
 * In: plain doubles. Out: a probability, or a quantile; NAN outside the domain that each function
 * names (a probability outside 0 to 1, a shape that is not above 0), never a trap, never state.
 * Binary floating point is allowed here because nothing exact is decided by it: what comes out is a
 * limit of an interval or a p-value.
 *
 * How: both incomplete functions multiply a term of the mass function, in the form of Loader (2000,
 * "Fast and accurate computation of binomial probabilities": Stirling's error and the deviance, so
 * that nothing large is subtracted), by a series or a continued fraction (Abramowitz and Stegun
 * 6.5.29, 6.5.31, 26.5.8, by Lentz's method). Each inverse is Newton's method on the logarithm of
 * the smaller tail, against the logarithm (gamma) or the logit (beta) of the quantile: that
 * function is concave, so it converges from anywhere; a bracket guards it all the same. Shapes too
 * large for the series (above 1e8, of beta both above 1e9) use the cube-root normal form of Wilson
 * and Hilferty, there good to 1e-10.
 *
 * To add a distribution: express it by gamma_tails or beta_tails, and add its rows to the tables
 * that the tests compare.
 */
#ifndef STATS_DISTRIBUTIONS_H
#define STATS_DISTRIBUTIONS_H

/* P(Z <= z). */
double normal_cdf(double z);
/* z with P(Z <= z) = p, 0 < p < 1 (Wichura 1988, AS 241, PPND16); -INFINITY at 0, INFINITY at 1. */
double normal_quantile(double p);

/* log(Gamma(a)), a > 0: Stirling's series above 15, shifted up to it below. */
double log_gamma(double a);

/* The regularised incomplete gamma function P(a, x), and Q = 1 - P without cancellation; a > 0,
 * below x = 0 as at 0. */
double gamma_lower(double a, double x);
double gamma_upper(double a, double x);
/* x with P(a, x) = p; 0 at p = 0, INFINITY at 1. */
double gamma_quantile(double p, double a);

/* The regularised incomplete beta function I_x(a, b); a > 0, b > 0, x held to 0 to 1. */
double beta_lower(double x, double a, double b);
/* x with I_x(a, b) = p; 0 at p = 0, 1 at 1. */
double beta_quantile(double p, double a, double b);

/* Student's t: t with P(T <= t) = p, df > 0 (INFINITY is the normal); by beta, I_x(df/2, 1/2) with
 * x = df/(df + t^2). */
double t_quantile(double p, double df);

/* Chi-square, df > 0: gamma of half of both. */
double chi_square_quantile(double p, double df);
/* P(X > x). */
double chi_square_upper(double x, double df);

/* P(X <= k), mean above or at 0; k is taken down to a whole number. Q(k + 1, mean). */
double poisson_cdf(double k, double mean);

/* P(X <= k), P(X >= k), P(X = k) of n trials of chance p; k is taken down to a whole number. By
 * beta. */
double binomial_cdf(double k, double n, double p);
double binomial_at_least(double k, double n, double p);
double binomial_term(double k, double n, double p);

#endif
