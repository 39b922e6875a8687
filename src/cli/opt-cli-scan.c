/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli scan: the accounts that mail programs have here, and what is not right with them. It
 * reads files only: no server is asked, and nothing is changed. */
#include "opt-cli-found.h"
#include "opt-cli-usage.h"

#include <glib/gi18n.h>

/* What was found; what could not be read stays with the scan. */
typedef struct
{
  GPtrArray *reviews;  /* OptReview */
  GPtrArray *troubles; /* (nullable): OptScanTrouble */
} Findings;

static GPtrArray *
create_reviews (OptCli *cli, GPtrArray *founds)
{
  GPtrArray *reviews = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < founds->len; i++)
    g_ptr_array_add (reviews, opt_review_new (g_ptr_array_index (founds, i), cli->providers));

  return reviews;
}

static guint
count_troubles (const Findings *findings)
{
  return findings->troubles != NULL ? findings->troubles->len : 0;
}

static void
print_json (const Findings *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->reviews->len; i++)
    {
      json_builder_begin_object (builder);
      opt_cli_add_review (builder, g_ptr_array_index (findings->reviews, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "troubles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < count_troubles (findings); i++)
    opt_cli_add_trouble (builder, g_ptr_array_index (findings->troubles, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static void
print_text (const Findings *findings)
{
  if (findings->reviews->len == 0)
    opt_cli_say ("%s", _ ("No mail accounts were found."));

  for (guint i = 0; i < findings->reviews->len; i++)
    {
      OptReview *review = g_ptr_array_index (findings->reviews, i);

      if (i > 0)
        fputc ('\n', stdout);
      opt_cli_print_found (review);
      opt_cli_print_differences (review);
    }

  for (guint i = 0; i < count_troubles (findings); i++)
    opt_cli_complain_about_trouble (g_ptr_array_index (findings->troubles, i));
}

/* What works and is only old mends itself no sooner for a script that fails. What could not be read
 * may be anything. */
static OptCliStatus
judge (const Findings *findings)
{
  OptSeverity severity;

  for (guint i = 0; i < findings->reviews->len; i++)
    if (opt_differences_get_severity (opt_review_get_differences (
                                        g_ptr_array_index (findings->reviews, i)),
                                      &severity) &&
        severity != OPT_SEVERITY_OLD)
      return OPT_CLI_FAILED;

  return count_troubles (findings) > 0 ? OPT_CLI_FAILED : OPT_CLI_DONE;
}

static OptCliStatus
show (OptCli *cli, GPtrArray *founds, GPtrArray *troubles, gboolean json)
{
  g_autoptr (GPtrArray) reviews = create_reviews (cli, founds);
  const Findings findings = { reviews, troubles };

  if (json)
    print_json (&findings);
  else
    print_text (&findings);

  return judge (&findings);
}

static OptCliStatus
scan_file (OptCli *cli, const char *path, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = opt_scan_file (path, &error);

  return founds != NULL ? show (cli, founds, NULL, json) : opt_cli_complain_about (error);
}

static OptCliStatus
scan_machine (OptCli *cli, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptScan) scan = NULL;

  if (cli->practice)
    {
      opt_cli_complain (_ ("practicing does not look at what is really here; give a FILE"));
      return OPT_CLI_BAD_USE;
    }

  scan = opt_cli_scan_machine (cli, NULL, &error);

  return scan != NULL ? show (cli, scan->founds, scan->troubles, json)
                      : opt_cli_complain_about (error);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON in place of text"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *path = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_scan, entries, argv, &path, &status))
    return status;

  return path != NULL ? scan_file (cli, path, json) : scan_machine (cli, json);
}

const OptCliVerb opt_cli_scan = {
  .name = "scan",
  .operands = "[FILE]",
  .summary = N_ ("Find the accounts of mail programs, and what is wrong with them"),
  .run = run,
};
