/*
 * tb.h: what every file of the toolkit includes first.
 */
#ifndef TB_CORE_TB_H
#define TB_CORE_TB_H

#include <stdbool.h>
#include <stddef.h>

#define TB_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define TB_MUSTCHECK         __attribute__((warn_unused_result))
#define TB_NORETURN          __attribute__((noreturn))
#define TB_UNUSED            __attribute__((unused))

#define TB_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif /* TB_CORE_TB_H */
