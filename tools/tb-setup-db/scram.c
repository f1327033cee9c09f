#include "core/tb.h"

#include <bsd/stdlib.h>
#include <bsd/string.h>
#include <sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/strs.h"
#include "scram.h"

#define KEY_LEN    SHA256_DIGEST_LENGTH
#define MAX_SALT   256
#define MAX_ROUNDS 100000000

static const char mark[] = "SCRAM-SHA-256$";

bool
set_scram_is_verifier(const char *s)
{
	return strncmp(s, mark, sizeof(mark) - 1) == 0;
}

static void
digest(const void *data, size_t len, uint8_t out[KEY_LEN])
{
	SHA2_CTX ctx;

	SHA256Init(&ctx);
	SHA256Update(&ctx, data, len);
	SHA256Final(out, &ctx);
	explicit_bzero(&ctx, sizeof(ctx));
}

struct bytes {
	const void *p;
	size_t n;
};

/* HMAC over two pieces, one after the other. */
static void
hmac(struct bytes key, struct bytes a, struct bytes b, uint8_t out[KEY_LEN])
{
	uint8_t pad[SHA256_BLOCK_LENGTH] = { 0 };
	SHA2_CTX ctx;

	if (key.n > sizeof(pad))
		digest(key.p, key.n, pad);
	else
		memcpy(pad, key.p, key.n);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36;
	SHA256Init(&ctx);
	SHA256Update(&ctx, pad, sizeof(pad));
	SHA256Update(&ctx, a.p, a.n);
	SHA256Update(&ctx, b.p, b.n);
	SHA256Final(out, &ctx);
	for (size_t i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36 ^ 0x5c;
	SHA256Init(&ctx);
	SHA256Update(&ctx, pad, sizeof(pad));
	SHA256Update(&ctx, out, KEY_LEN);
	SHA256Final(out, &ctx);
	explicit_bzero(pad, sizeof(pad));
	explicit_bzero(&ctx, sizeof(ctx));
}

/* Hi() of RFC 5802: PBKDF2 with one block. */
static void
salted(const char *password, struct bytes salt, long rounds,
    uint8_t out[KEY_LEN])
{
	const struct bytes key = { password, strlen(password) };
	const struct bytes block = { "\0\0\0\1", 4 }, none = { "", 0 };
	uint8_t u[KEY_LEN];

	hmac(key, salt, block, u);
	memcpy(out, u, KEY_LEN);
	for (long i = 1; i < rounds; i++) {
		hmac(key, (struct bytes){ u, sizeof(u) }, none, u);
		for (size_t k = 0; k < KEY_LEN; k++)
			out[k] ^= u[k];
	}
	explicit_bzero(u, sizeof(u));
}

/* The number of bytes, or -1. */
static int
decode_base64(const char *text, uint8_t *out, size_t size)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t n = 0;
	uint32_t bits = 0;
	int have = 0;

	for (; *text != '\0' && *text != '='; text++) {
		const char *digit = strchr(digits, *text);

		if (digit == NULL)
			return -1;
		bits = bits << 6 | (uint32_t)(digit - digits);
		if ((have += 6) < 8)
			continue;
		have -= 8;
		if (n == size)
			return -1;
		out[n++] = (uint8_t)(bits >> have);
	}
	return (int)n;
}

/* In the same time wherever they differ. */
static bool
same_bytes(const uint8_t *a, const uint8_t *b, size_t n)
{
	unsigned differ = 0;

	for (size_t i = 0; i < n; i++)
		differ |= (unsigned)(a[i] ^ b[i]);
	return differ == 0;
}

static bool
is_ascii(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x7f || (unsigned char)*s < 0x20)
			return false;
	return true;
}

/* parts: the mark, iterations, salt, StoredKey, ServerKey. */
static enum set_match
match(const struct tb_strs *parts, const char *password)
{
	uint8_t salt[MAX_SALT], stored[KEY_LEN], key[KEY_LEN], client[KEY_LEN];
	const char *problem;
	long rounds;
	int salt_len;
	bool same;

	if (parts->n != 5)
		return SET_MATCH_NO;
	rounds = (long)strtonum(parts->v[1], 1, MAX_ROUNDS, &problem);
	salt_len = decode_base64(parts->v[2], salt, sizeof(salt));
	if (problem != NULL || salt_len == -1 ||
	    decode_base64(parts->v[3], stored, sizeof(stored)) != KEY_LEN)
		return SET_MATCH_NO;
	salted(password, (struct bytes){ salt, (size_t)salt_len }, rounds, key);
	hmac((struct bytes){ key, KEY_LEN }, (struct bytes){ "Client Key", 10 },
	    (struct bytes){ "", 0 }, client);
	digest(client, KEY_LEN, client);
	same = same_bytes(client, stored, KEY_LEN);
	explicit_bzero(key, sizeof(key));
	explicit_bzero(client, sizeof(client));
	return same ? SET_MATCH_YES : SET_MATCH_NO;
}

enum set_match
set_scram_match(const char *verifier, const char *password)
{
	struct tb_strs parts = TB_STRS_INIT;
	enum set_match result;

	if (!set_scram_is_verifier(verifier))
		return SET_MATCH_NO;
	if (!is_ascii(password))
		return SET_MATCH_UNKNOWN;
	tb_strs_split(&parts, verifier, "$:");
	result = match(&parts, password);
	tb_strs_release(&parts);
	return result;
}
