/* measure: see measure.h. */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 31 };

double now_s(void) {
    struct timespec at;
    timespec_get(&at, TIME_UTC);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

double quantile(double *times, uint32_t count, double share) {
    qsort(times, count, sizeof *times, by_size);
    return times[(uint32_t)(share * (count - 1) + 0.5)];
}

double resident(const char *field) {
    char line[256];
    double kilobytes = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, field, strlen(field)) == 0) kilobytes = atof(line + strlen(field));
    if (file) fclose(file);
    return kilobytes * 1024;
}

static uint32_t repeats(double seconds) {
    double times = 3 / (seconds + 1e-9);
    return times < 3 ? 3 : times > MOST ? MOST : (uint32_t)times;
}

double median_of(job run, void *of, int once) {
    double times[MOST];
    uint32_t count = 1;
    for (uint32_t i = 0; i < count; i++) {
        double begun = now_s();
        run(of);
        times[i] = now_s() - begun;
        if (i == 0 && !once) count = repeats(times[0]);
    }
    return quantile(times, count, 0.5);
}

void tell_time(const tale *to, const char *what, double seconds) {
    if (to->json) {
        tell_figure(to, what, seconds, "s");
        return;
    }
    printf("%-40s %12.6f s %9.2f ns/signal", what, seconds, 1e9 * seconds / to->signals);
    if (to->pass_s > 0) printf(" %8.2f x the pass", seconds / to->pass_s);
    printf("\n");
    fflush(stdout);
}

void tell_figure(const tale *to, const char *what, double value, const char *unit) {
    if (to->json)
        printf("{\"what\": \"%s\", \"value\": %.9g, \"unit\": \"%s\"}\n", what, value, unit);
    else
        printf("%-40s %12.6g %s\n", what, value, unit);
    fflush(stdout);
}
