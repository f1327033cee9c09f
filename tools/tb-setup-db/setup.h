/*
 * setup.h: the one command there is.
 */
#ifndef SET_SETUP_H
#define SET_SETUP_H

#include "cli/cli.h"
#include "core/tb.h"

extern const struct tb_cmd set_cmd_setup;

#endif /* SET_SETUP_H */
