/* digest: temporary */
#ifndef QBG__DIGEST_H
#define QBG__DIGEST_H
#include <stddef.h>
void qbg__digest(const void *bytes, size_t size, char hex[65]);
#endif
