/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-uuid.h"

/* A namespace of our own, drawn once at random. */
static const guint8 name_space[] = {
  0xf2, 0x14, 0x8d, 0x3c, 0xce, 0xc6, 0x48, 0x94, 0xa9, 0xef, 0x8d, 0xb4, 0x2f, 0xc0, 0xd0, 0xcc,
};

#define SHA1_BYTES 20
#define VERSION_SHA1 0x50
#define VARIANT_RFC 0x80

char *
opt_uuid_create (const OptSettings *settings, const char *purpose)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *name = NULL;
  guint8 b[SHA1_BYTES];
  gsize n_bytes = sizeof b;

  g_return_val_if_fail (settings != NULL && purpose != NULL, NULL);

  name = g_strdup_printf ("%s %s %s",
                          purpose,
                          opt_service_to_string (opt_settings_get_incoming_service (settings)),
                          opt_settings_get_address (settings));
  g_checksum_update (checksum, name_space, sizeof name_space);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, b, &n_bytes);
  b[6] = (b[6] & 0x0f) | VERSION_SHA1;
  b[8] = (b[8] & 0x3f) | VARIANT_RFC;

  /* clang-format off */
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                          b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
  /* clang-format on */
}
