/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-owner.h"

static const struct
{
  const char *name, *address, *host, *user;
  OptService service;
  const char *want;
} owners[] = {
  { "address",
    "Jane@optimum.net",
    "pop.optonline.net",
    "jane",
    OPT_SERVICE_POP3,
    "Jane@optimum.net" },
  { "not-an-address", "jane", "pop.optonline.net", "jane", OPT_SERVICE_POP3, NULL },
  { "retired", NULL, "pop.optonline.net", "jane", OPT_SERVICE_POP3, "jane@optonline.net" },
  { "retired-spelled", NULL, "POP.Optimum.Net.", "jane", OPT_SERVICE_POP3, "jane@optimum.net" },
  { "one-provider", NULL, "imap.suddenlink.net", "jane", OPT_SERVICE_IMAP, "jane@suddenlink.net" },
  { "other-service", NULL, "imap.suddenlink.net", "jane", OPT_SERVICE_POP3, NULL },
  { "preferred", NULL, "mail.optonline.net", "jane", OPT_SERVICE_POP3, "jane@optonline.net" },
  { "foreign", NULL, "pop.optonline.net.example.net", "jane", OPT_SERVICE_POP3, NULL },
  { "nobody", NULL, "pop.optonline.net", NULL, OPT_SERVICE_POP3, NULL },
  { "nonsense", NULL, "pop.optonline.net", "ja ne", OPT_SERVICE_POP3, NULL },
};

static void
test_owner (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = opt_found_new ();
  g_autoptr (OptAddress) address = NULL;

  found->address = g_strdup (owners[i].address);
  opt_found_add_server (found, owners[i].service, owners[i].host)->user = g_strdup (owners[i].user);

  address = opt_owner_find_address (found, providers);
  g_assert_cmpstr (address != NULL ? opt_address_get_text (address) : NULL, ==, owners[i].want);
}

static const struct
{
  const char *name, *address, *host, *want;
} meant[] = {
  { "typo", "jane@optonlin.net", "mail.optonline.net", "jane@optonline.net" },
  { "typo-and-retired", "jane@optonline.com", "POP.optonline.net", "jane@optonline.net" },
  { "typo-by-host", "jane@optimumonline.net", "mail.optimum.net", "jane@optimum.net" },
  { "typo-elsewhere", "jane@optonlin.net", "mail.example.net", NULL },
  { "right", "jane@optonline.net", "mail.optonline.net", NULL },
  { "stranger", "jane@example.net", "mail.optonline.net", NULL },
};

static void
test_meant (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) address = opt_address_parse (meant[i].address, NULL);
  g_autoptr (OptDetection) detection = opt_detect (providers, address);
  g_autoptr (OptFound) found = opt_found_new ();
  g_autoptr (OptAddress) got = NULL;

  opt_found_add_server (found, OPT_SERVICE_POP3, meant[i].host);
  got = opt_owner_find_meant (found, detection, providers);
  g_assert_cmpstr (got != NULL ? opt_address_get_text (got) : NULL, ==, meant[i].want);
}

static const struct
{
  const char *name, *address, *domain, *host, *want;
} anybody[] = {
  { "domain", NULL, "Optimum.net", "mail.optonline.net", "nobody@optimum.net" },
  { "domain-and-retired", NULL, "optonline.net", "pop.optonline.net", "nobody@optonline.net" },
  { "host", NULL, NULL, "mail.optimum.net", "nobody@optimum.net" },
  { "retired-host", NULL, NULL, "POP.optonline.net", "nobody@optonline.net" },
  { "foreign-domain", NULL, "example.net", "mail.optonline.net", NULL },
  { "foreign-host", NULL, NULL, "mail.example.net", NULL },
  { "has-address", "jane@optonline.net", "optonline.net", "mail.optonline.net", NULL },
};

static void
test_anybody (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = opt_found_new ();
  g_autoptr (OptAddress) got = NULL;

  found->address = g_strdup (anybody[i].address);
  found->domain = g_strdup (anybody[i].domain);
  opt_found_add_server (found, OPT_SERVICE_POP3, anybody[i].host);
  got = opt_owner_find_anybody (found, providers);
  g_assert_cmpstr (got != NULL ? opt_address_get_text (got) : NULL, ==, anybody[i].want);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autofree char *path = g_strconcat ("/owner/", owners[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_owner);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    {
      g_autofree char *path = g_strconcat ("/owner/", meant[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_meant);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (anybody); i++)
    {
      g_autofree char *path = g_strconcat ("/owner/anybody/", anybody[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_anybody);
    }

  return g_test_run ();
}
