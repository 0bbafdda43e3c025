/* measure: how long, how much memory, and telling it to people or, as JSON lines, to peers.py. */
#ifndef QBG_BENCH_MEASURE_H
#define QBG_BENCH_MEASURE_H

#include <stdint.h>

double now_s(void);

/* The value that a share of them does not exceed; sorts them. */
double quantile(double *times, uint32_t count, double share);

/* A field of /proc/self/status in bytes, such as "VmRSS:"; 0 where there is none. */
double resident(const char *field);

/* The median time of a job that is done again for some three seconds, 3 to 31 times; with `once`
 * it is done once, for whoever counts instructions. */
typedef void (*job)(void *of);
double median_of(job run, void *of, int once);

/* How to tell: as JSON lines; and what times are compared with, 0: nothing. */
typedef struct tale {
    int json;
    double signals, pass_s;
} tale;

void tell_time(const tale *to, const char *what, double seconds);
void tell_figure(const tale *to, const char *what, double value, const char *unit);

#endif
