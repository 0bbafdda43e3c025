/* tail: how likely a count is that comes at a rate nobody knows exactly: gamma-Poisson, by sums of
 * + - * / alone. */
#ifndef QBG__TAIL_H
#define QBG__TAIL_H

#include "qbg/status.h"

/* The chances of a count that is Poisson with a rate which itself is gamma-distributed (a negative
 * binomial): P(X = 0), P(X = 1) ... P(X = last - 1), and last P(X >= last). shape: of the gamma,
 * above 0. ratio: of the time in which it is counted to that time and the gamma's own, between 0
 * and 1, both excluded. chances: room for last + 1. They are right to some 1e-13 of each; what is
 * less likely than the most likely count by 1e-290 is 0. Time: about shape * ratio / (1 - ratio) +
 * last. */
void qbg__tail_fill(double shape, double ratio, uint32_t last, double *chances);

/* base^exponent, base 0..1, by squaring; what is below the smallest double is 0. Right to some
 * exponent x 1e-16. */
double qbg__tail_power(double base, uint64_t exponent);

#endif
