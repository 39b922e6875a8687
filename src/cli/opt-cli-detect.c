/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli detect: whose address is it, and which servers does it have? */
#include "opt-cli-account.h"
#include "opt-cli-usage.h"

#include "opt-report.h"

#include <glib/gi18n.h>

static const char *
get_suggestion (OptDetection *detection)
{
  GPtrArray *suggestions = opt_detection_get_suggestions (detection);

  return suggestions->len > 0 ? opt_address_get_text (suggestions->pdata[0]) : NULL;
}

static JsonNode *
create_json (OptDetection *detection, OptAccount *account)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *suggestion = get_suggestion (detection);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "address");
  json_builder_add_string_value (builder, opt_address_get_text (opt_account_get_address (account)));
  opt_cli_add_provider (builder, opt_account_get_provider (account));
  json_builder_set_member_name (builder, "how");
  json_builder_add_string_value (builder,
                                 opt_detected_by_to_string (opt_detection_get_how (detection)));
  opt_cli_add_text (builder, "suggestion", suggestion);
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  opt_report_add_servers (builder, account);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
print_known (OptAccount *account)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  const char *brand = opt_provider_get_name (opt_account_get_provider (account));

  /* Translators: the first %s is an email address, the second a brand like Optonline */
  opt_cli_say (_ ("%s has its mail at %s."), address, brand);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autofree char *text = opt_server_to_string (opt_account_get_server (account, i));

      opt_cli_print (stdout, "  %-4s  %s\n", opt_service_to_string (i), text);
    }
}

static void
print_unknown (OptDetection *detection)
{
  OptAddress *address = opt_detection_get_address (detection);
  const char *domain = opt_address_get_domain (address);
  const char *suggestion = get_suggestion (detection);

  /* Translators: %s is an email address */
  opt_cli_say (_ ("%s is not an Optonline or Optimum address."), opt_address_get_text (address));
  if (suggestion != NULL)
    /* Translators: %s is an email address */
    opt_cli_say (_ ("Did you mean %s?"), suggestion);
  if (opt_detection_is_company_domain (detection))
    /* Translators: %s is the part of an email address after the @ */
    opt_cli_say (_ ("%s is the company’s own; its customers’ addresses end differently."), domain);
}

static OptCliStatus
detect (OptCli *cli, OptAddress *address, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptDetection) detection = opt_cli_detect_address (cli, address, &error);
  g_autoptr (OptAccount) account = NULL;
  OptProvider *provider;

  if (detection == NULL)
    return opt_cli_complain_about (error);

  provider = opt_detection_get_provider (detection);
  account = opt_account_new (NULL, opt_detection_get_address (detection), provider);
  if (json)
    {
      g_autoptr (JsonNode) root = create_json (detection, account);

      opt_cli_print_json (root);
    }
  else if (provider != NULL)
    print_known (account);
  else
    print_unknown (detection);

  return provider != NULL ? OPT_CLI_DONE : OPT_CLI_FAILED;
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON in place of text"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *text = NULL;
  g_autoptr (OptAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_detect, entries, argv, &text, &status))
    return status;

  address = opt_address_parse (text, &error);

  return address != NULL ? detect (cli, address, json) : opt_cli_complain_about (error);
}

const OptCliVerb opt_cli_detect = {
  .name = "detect",
  .operands = "ADDRESS",
  .summary = N_ ("Say whose address it is and which servers it has"),
  .run = run,
};
