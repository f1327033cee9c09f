/*
 * scram.h: is this the password that a verifier was made of?
 *
 * The server keeps "SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>"
 * (RFC 5803).  Whoever reads that can tell without logging in.
 */
#ifndef SET_SCRAM_H
#define SET_SCRAM_H

#include "core/tb.h"

enum set_match {
	SET_MATCH_NO,
	SET_MATCH_YES,
	/* Not ASCII: what SASLprep makes of it is libpq's to know. */
	SET_MATCH_UNKNOWN,
};

bool set_scram_is_verifier(const char *);

enum set_match set_scram_match(const char *verifier, const char *password);

#endif /* SET_SCRAM_H */
