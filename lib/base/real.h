/* real: doubles to text and back without a locale, and in order; and whether the calling thread
 * computes with them as IEEE-754 says. */
#ifndef QBG__REAL_H
#define QBG__REAL_H

#include "qbg/status.h"

/* The shortest decimal that reads back as the same bits, and of those the closest one, followed by
 * a NUL: "25.00000298023224", "100", "-0", "1e-7", "1e+21". An exponent is written from 1e21 up and
 * below 1e-6, as JavaScript does, and every text is a JSON number. What is not finite has none and
 * is written "null". Returns the length without the NUL. */
size_t qbg__real_write(double value, char out[32]);

/* The same by wide arithmetic alone, as very small and very large numbers are written: slow, and
 * what the short way is tested against. */
size_t qbg__real_write_wide(double value, char out[32]);

/* Reads an optional sign, digits with a point, and an exponent; ".5" and "007" are fine; "5.",
 * blanks, hex, "inf" and "nan" are not. The nearest double, ties to even, however long the text;
 * what is too small for any double is 0.
 * QBG_E_FORMAT: no such number; QBG_E_RANGE: beyond the largest double. */
qbg_status qbg__real_read(const char *text, size_t size, double *out);

/* 1 when the calling thread rounds to nearest, ties to even, and keeps subnormal numbers; 0 when it
 * rounds otherwise, or makes 0 of them. A host may set a thread so at any time, so every
 * question that computes with doubles asks at its beginning: 0 is QBG_E_FLOAT. Some nanoseconds. */
int qbg__real_is_exact(void);

/* Ascending, in place. Finite values only; the order of 0 and -0 is not promised. */
void qbg__real_sort(double *values, size_t count);

#endif
