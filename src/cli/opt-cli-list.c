/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli list: the accounts that are kept, and whether the keyring has their passwords. The
 * two can differ, when somebody changed one of them by other means. */
#include "opt-cli-usage.h"

#include "opt-advice.h"
#include "opt-error.h"
#include "opt-report.h"

#include <glib/gi18n.h>

/* All that is kept. */
typedef struct
{
  GPtrArray *accounts;   /* OptSavedAccount */
  GPtrArray *items;      /* OptKeyringItem; NULL when the keyring did not say */
  GError *keyring_error; /* why not */
} Kept;

static void
clear_kept (Kept *self)
{
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->keyring_error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, clear_kept)

static OptCliStatus
collect (OptCli *cli, Kept *kept)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  kept->accounts = opt_account_store_list (cli->store, &error);
  if (kept->accounts == NULL)
    return opt_cli_complain_about (error);

  opt_keyring_list_async (cli->keyring, cli->cancellable, opt_cli_keep_result, &result);
  kept->items =
    opt_keyring_list_finish (cli->keyring, opt_cli_wait (&result), &kept->keyring_error);
  if (g_error_matches (kept->keyring_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (kept->keyring_error);

  return OPT_CLI_DONE;
}

static gboolean
has_password (const Kept *kept, const char *address)
{
  for (guint i = 0; kept->items != NULL && i < kept->items->len; i++)
    {
      const OptKeyringItem *item = g_ptr_array_index (kept->items, i);

      if (g_str_equal (item->address, address))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_listed (const Kept *kept, const char *address)
{
  for (guint i = 0; i < kept->accounts->len; i++)
    {
      const OptSavedAccount *saved = g_ptr_array_index (kept->accounts, i);

      if (g_str_equal (opt_address_get_text (opt_account_get_address (saved->account)), address))
        return TRUE;
    }

  return FALSE;
}

/* Addresses that only the keyring knows; its items come sorted by address. */
static GPtrArray *
collect_strays (const Kept *kept)
{
  GPtrArray *strays = g_ptr_array_new ();

  for (guint i = 0; kept->items != NULL && i < kept->items->len; i++)
    {
      const OptKeyringItem *item = g_ptr_array_index (kept->items, i);
      const char *last = strays->len > 0 ? strays->pdata[strays->len - 1] : NULL;

      if (!is_listed (kept, item->address) && g_strcmp0 (last, item->address) != 0)
        g_ptr_array_add (strays, item->address);
    }

  return strays;
}

static const char *
keyring_id (const GError *error)
{
  static const struct
  {
    OptError code;
    const char *id;
  } ids[] = {
    { OPT_ERROR_KEYRING_MISSING, "keyring-missing" },
    { OPT_ERROR_KEYRING_LOCKED, "keyring-locked" },
    { OPT_ERROR_KEYRING_DISMISSED, "keyring-dismissed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_error_matches (error, OPT_ERROR, ids[i].code))
      return ids[i].id;

  return error != NULL ? "keyring-failed" : NULL;
}

static void
add_time (JsonBuilder *builder, const char *name, GDateTime *when)
{
  g_autofree char *text = when != NULL ? g_date_time_format_iso8601 (when) : NULL;

  opt_cli_add_text (builder, name, text);
}

static void
add_password_kept (JsonBuilder *builder, const Kept *kept, const char *address)
{
  json_builder_set_member_name (builder, "password_kept");
  if (kept->items != NULL)
    json_builder_add_boolean_value (builder, has_password (kept, address));
  else
    json_builder_add_null_value (builder);
}

static void
add_account (JsonBuilder *builder, const Kept *kept, const OptSavedAccount *saved)
{
  const char *address = opt_address_get_text (opt_account_get_address (saved->account));

  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "address", address);
  opt_cli_add_text (builder, "name", opt_account_get_name (saved->account));
  opt_cli_add_provider (builder, opt_account_get_provider (saved->account));
  add_time (builder, "saved", saved->saved);
  add_time (builder, "checked", saved->checked);
  opt_cli_add_text (builder, "verdict", saved->verdict);
  add_password_kept (builder, kept, address);
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  opt_report_add_servers (builder, saved->account);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_stray (JsonBuilder *builder, const Kept *kept, const char *address)
{
  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "address", address);
  opt_cli_add_text (builder, "name", NULL);
  opt_cli_add_provider (builder, NULL);
  opt_cli_add_text (builder, "saved", NULL);
  opt_cli_add_text (builder, "checked", NULL);
  opt_cli_add_text (builder, "verdict", NULL);
  add_password_kept (builder, kept, address);
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (const Kept *kept, GPtrArray *strays)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  opt_cli_add_text (builder, "keyring", keyring_id (kept->keyring_error));
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kept->accounts->len; i++)
    add_account (builder, kept, g_ptr_array_index (kept->accounts, i));
  for (guint i = 0; i < strays->len; i++)
    add_stray (builder, kept, g_ptr_array_index (strays, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static const char *
describe_password (const Kept *kept, const char *address)
{
  if (kept->items == NULL)
    return _ ("whether the keyring has the password is not known");

  return has_password (kept, address) ? _ ("password in the keyring")
                                      : _ ("no password in the keyring");
}

static void
print_text (const Kept *kept, GPtrArray *strays)
{
  if (kept->accounts->len + strays->len == 0)
    opt_cli_say ("%s", _ ("No accounts are kept."));

  for (guint i = 0; i < kept->accounts->len; i++)
    {
      const OptSavedAccount *saved = g_ptr_array_index (kept->accounts, i);
      const char *address = opt_address_get_text (opt_account_get_address (saved->account));
      g_autofree char *last = opt_verdict_describe_last (saved->verdict, saved->checked);

      opt_cli_print (stdout, "%s  %s\n  %s\n", address, describe_password (kept, address), last);
    }

  for (guint i = 0; i < strays->len; i++)
    opt_cli_say ("%s  %s", (const char *) strays->pdata[i], _ ("only a password in the keyring"));

  if (kept->keyring_error != NULL)
    opt_cli_complain_about (kept->keyring_error);
}

static OptCliStatus
list (OptCli *cli, gboolean json)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (GPtrArray) strays = NULL;
  OptCliStatus status = collect (cli, &kept);

  if (status != OPT_CLI_DONE)
    return status;

  strays = collect_strays (&kept);
  if (json)
    print_json (&kept, strays);
  else
    print_text (&kept, strays);

  return OPT_CLI_DONE;
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON in place of text"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *operand = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_list, entries, argv, &operand, &status))
    return status;

  return opt_cli_refuse_practice (cli, &opt_cli_list) ? OPT_CLI_BAD_USE : list (cli, json);
}

const OptCliVerb opt_cli_list = {
  .name = "list",
  .summary = N_ ("List the accounts that are kept"),
  .run = run,
};
