/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-address.h"
#include "opt-error.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct
{
  const char *name, *input, *want, *display_name;
} good[] = {
  { "plain", "jane.doe@optonline.net", "jane.doe@optonline.net", NULL },
  { "spaces", " \tjane@optonline.net\n", "jane@optonline.net", NULL },
  { "no-break-space", "\u00a0jane@optonline.net\u2003", "jane@optonline.net", NULL },
  { "mailto", "mailto:jane@optonline.net", "jane@optonline.net", NULL },
  { "mailto-case", "MAILTO:jane@optonline.net?subject=x", "jane@optonline.net", NULL },
  { "mailto-escaped", "mailto:jane%2Bx@optonline.net", "jane+x@optonline.net", NULL },
  { "brackets", "<jane@optonline.net>", "jane@optonline.net", NULL },
  { "brackets-mailto", "<mailto:jane@optonline.net>", "jane@optonline.net", NULL },
  { "name", "Jane Doe <jane@optonline.net>", "jane@optonline.net", "Jane Doe" },
  { "quoted-name", "\"Doe, Jane\" <jane@optonline.net>", "jane@optonline.net", "Doe, Jane" },
  { "domain-case", "Jane.Doe@OptOnline.NET", "Jane.Doe@optonline.net", NULL },
  { "idn", "jane@bücher.example", "jane@xn--bcher-kva.example", NULL },
  { "idn-case", "jane@BÜCHER.example", "jane@xn--bcher-kva.example", NULL },
  { "specials",
    "o'neil!#$%&*+-/=?^_`{|}~@optimum.net",
    "o'neil!#$%&*+-/=?^_`{|}~@optimum.net",
    NULL },
  { "single-label", "jane@suddenlinknet", "jane@suddenlinknet", NULL },
  { "local-part-64", A64 "@optimum.net", A64 "@optimum.net", NULL },
  { "label-63", "a@" A63 ".net", "a@" A63 ".net", NULL },
  { "254",
    "a@" A63 "." A63 "." A63 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "a@" A63 "." A63 "." A63 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    NULL },
};

static const struct
{
  const char *name, *input;
  OptError want;
} bad[] = {
  { "empty", "", OPT_ERROR_ADDRESS_EMPTY },
  { "only-space", "  \n", OPT_ERROR_ADDRESS_EMPTY },
  { "only-brackets", "<>", OPT_ERROR_ADDRESS_EMPTY },
  { "no-at", "jane.optonline.net", OPT_ERROR_ADDRESS_NO_AT },
  { "two-ats", "jane@doe@optonline.net", OPT_ERROR_ADDRESS_NO_AT },
  { "two-addresses", "jane@optonline.net, joe@optonline.net", OPT_ERROR_ADDRESS_NO_AT },
  { "no-local-part", "@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART_EMPTY },
  { "local-part-65", "a" A64 "@optimum.net", OPT_ERROR_ADDRESS_LOCAL_PART_LONG },
  { "inner-space", "jane doe@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "dot-first", ".jane@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "dot-last", "jane.@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "dots", "jane..doe@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "quoted-local-part", "\"jane doe\"@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "beyond-ascii", "jäne@optonline.net", OPT_ERROR_ADDRESS_LOCAL_PART },
  { "no-domain", "jane@", OPT_ERROR_ADDRESS_DOMAIN_EMPTY },
  { "empty-label", "jane@optonline..net", OPT_ERROR_ADDRESS_DOMAIN },
  { "trailing-dot", "jane@optonline.net.", OPT_ERROR_ADDRESS_DOMAIN },
  { "hyphen", "jane@-optonline.net", OPT_ERROR_ADDRESS_DOMAIN },
  { "literal", "jane@[127.0.0.1]", OPT_ERROR_ADDRESS_DOMAIN },
  { "underscore", "jane@opt_online.net", OPT_ERROR_ADDRESS_DOMAIN },
  { "inner-space-domain", "jane@opt online.net", OPT_ERROR_ADDRESS_DOMAIN },
  { "label-64", "a@" A64 ".net", OPT_ERROR_ADDRESS_DOMAIN },
  { "newline", "jane@optonline.net\r\nRSET", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "escaped-newline", "mailto:jane%0d%0aRSET@optonline.net", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "delete", "ja\x7fne@optonline.net", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "right-to-left", "jane\u202e@optonline.net", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "zero-width", "jane\u200b@optonline.net", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "not-utf8", "jane\xff@optonline.net", OPT_ERROR_ADDRESS_NOT_TEXT },
  { "255",
    "aa@" A63 "." A63 "." A63 ".aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    OPT_ERROR_ADDRESS_LONG },
};

static void
test_good (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (good[i].input, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (opt_address_get_text (address), ==, good[i].want);
  g_assert_cmpstr (opt_address_get_display_name (address), ==, good[i].display_name);
}

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (bad[i].input, &error);

  g_assert_null (address);
  g_assert_error (error, OPT_ERROR, (int) bad[i].want);
}

static void
test_parts (void)
{
  g_autoptr (OptAddress) address = opt_address_parse ("Jane@Optimum.NET", NULL);
  g_autoptr (OptAddress) lower = opt_address_lower_local_part (address);
  g_autoptr (OptAddress) same = opt_address_lower_local_part (lower);
  g_autoptr (OptAddress) other = opt_address_with_domain (lower, "optonline.net");

  g_assert_cmpstr (opt_address_get_local_part (address), ==, "Jane");
  g_assert_cmpstr (opt_address_get_domain (address), ==, "optimum.net");
  g_assert_cmpstr (opt_address_get_text (lower), ==, "jane@optimum.net");
  g_assert_true (same == lower);
  g_assert_cmpstr (opt_address_get_text (other), ==, "jane@optonline.net");
  g_assert_false (opt_address_equal (address, lower));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/address/good/", good[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_good);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/address/bad/", bad[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/address/parts", test_parts);

  return g_test_run ();
}
