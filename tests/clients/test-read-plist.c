/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Apple's property lists in their binary form, and wrapped in a signature. */
#include "found-check.h"
#include "found-text.h"
#include "nasty.h"
#include "only-file.h"
#include "opt-error.h"

#include <plist/plist.h>
#include <stdlib.h>

#define ADDRESS "jane.doe@optimum.net"

/* Devices keep profiles in Apple's binary form, too; wherever it ends too early, that is noticed.
 */
static void
test_binary (void)
{
  const OptClient *apple = opt_client_find ("apple");
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Zoë", ADDRESS, OPT_SERVICE_POP3);
  g_autoptr (GBytes) xml = render_only_file (apple, settings, NULL);
  plist_t root = NULL;
  char *binary = NULL;
  uint32_t size_bytes = 0;

  plist_from_xml (g_bytes_get_data (xml, NULL), (uint32_t) g_bytes_get_size (xml), &root);
  plist_to_bin (root, &binary, &size_bytes);
  check_read_as ("apple",
                 binary,
                 size_bytes,
                 "Zoë <" ADDRESS ">\n"
                 "pop3 pop.optimum.net:110 starttls password " ADDRESS "\n"
                 "smtp smtp.optimum.net:587 starttls password " ADDRESS "\n");
  for (uint32_t i = 0; i < size_bytes; i++)
    check_read_as ("apple", binary, i, NULL);

  plist_free (root);
  free (binary);
}

/* The beginning of what `openssl smime -sign -outform der -nodetach` makes. */
static void
test_signed_profile (void)
{
  static const guint8 file[] = { 0x30, 0x82, 0x0c, 0x00, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86,
                                 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x82, 0x0b, 0xf0, 0x30 };
  g_autoptr (GError) error = NULL;
  OptClientFile profile = { .name = (char *) "a", .bytes = g_bytes_new (file, sizeof file) };

  g_assert_true (opt_client_recognises (opt_client_find ("apple"), &profile));
  g_assert_null (read_bytes ("apple", file, sizeof file, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_SIGNED);
  g_bytes_unref (profile.bytes);
}

/* Each of 40 arrays holds the next one twice, which would come to 2^40; the last holds itself. */
static void
test_plist_bomb (gconstpointer data)
{
  guint8 last = GPOINTER_TO_UINT (data);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  guint8 trailer[32] = { [6] = 1, [7] = 1, [15] = 41 };

  g_byte_array_append (file, (const guint8 *) "bplist00", 8);
  for (guint8 i = 1; i <= 40; i++)
    g_byte_array_append (file, (const guint8[]){ 0xa2, i, i }, 3);
  g_byte_array_append (file, (const guint8[]){ 0xa1, last }, 2);
  trailer[31] = (guint8) file->len;
  for (guint8 i = 0; i <= 40; i++)
    g_byte_array_append (file, (const guint8[]){ (guint8) (8 + 3 * i) }, 1);
  g_byte_array_append (file, trailer, sizeof trailer);

  check_read_as ("apple", file->data, file->len, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/read-plist/binary", test_binary);
  g_test_add_func ("/read-plist/signed", test_signed_profile);
  g_test_add_data_func ("/read-plist/bomb", GUINT_TO_POINTER (40), test_plist_bomb);
  g_test_add_data_func ("/read-plist/in-itself", GUINT_TO_POINTER (0), test_plist_bomb);

  return g_test_run ();
}
