/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An account as some program has it, and what differs from what its provider wants: in words, and
 * as JSON. All of it comes from other programs' files, so nothing is printed as it stands. */
#include "opt-cli-found.h"

#include "opt-advice.h"
#include "opt-cli-layout.h"
#include "opt-error.h"
#include "opt-transcript.h"

#include <glib/gi18n.h>

#define MAX_CHARS 300
#define PLACE_COLUMNS 28
#define SECURITY_COLUMNS 19
#define INDENT 2
#define TEXT_INDENT 4

static char *
clean (const char *text)
{
  return opt_transcript_clean_text (text, MAX_CHARS);
}

static char *
dup_path (const char *path)
{
  return path != NULL ? g_filename_display_name (path) : NULL;
}

char *
opt_cli_dup_address (OptReview *review)
{
  const char *address;

  g_return_val_if_fail (OPT_IS_REVIEW (review), NULL);

  address = opt_review_get_address (review);

  return address != NULL ? clean (address) : g_strdup (_ ("(no address)"));
}

static const char *
describe_security (OptFoundSecurity security)
{
  switch (security)
    {
    case OPT_FOUND_SECURITY_NONE:
      return _ ("not protected");
    case OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED:
      return _ ("STARTTLS if offered");
    case OPT_FOUND_SECURITY_STARTTLS:
      return "STARTTLS";
    case OPT_FOUND_SECURITY_TLS:
      return "TLS";
    }

  g_assert_not_reached ();
}

/* What is no port is left out. */
static char *
create_place (const OptFoundServer *server)
{
  g_autofree char *host = clean (server->host);

  return server->port != 0 ? g_strdup_printf ("%s:%u", host, (guint) server->port)
                           : g_steal_pointer (&host);
}

static void
print_server (OptService service, const OptFoundServer *server)
{
  g_autofree char *name = g_ascii_strup (opt_service_to_string (service), -1);
  g_autofree char *place = create_place (server);
  g_autofree char *padded = opt_cli_pad (place, PLACE_COLUMNS);
  g_autofree char *security = opt_cli_pad (describe_security (server->security), SECURITY_COLUMNS);
  const char *name_or_pattern = server->user != NULL ? server->user : server->user_pattern;
  g_autofree char *user = clean (name_or_pattern != NULL ? name_or_pattern : "");
  g_autofree char *line = g_strdup_printf ("  %-4s  %s  %s  %s", name, padded, security, user);

  opt_cli_say ("%s", g_strchomp (line));
}

void
opt_cli_print_found (OptReview *review)
{
  const OptFound *found = opt_review_get_found (review);
  g_autofree char *address = opt_cli_dup_address (review);
  g_autofree char *path = dup_path (found->path);

  /* Translators: the first %s is the name of a mail program, the second an email address */
  opt_cli_say (_ ("%s: %s"), opt_found_get_client_name (found), address);
  if (path != NULL)
    {
      g_autofree char *shown = clean (path);

      opt_cli_say ("  %s", shown);
    }
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL)
      print_server (i, found->servers[i]);
}

/* What is typed into a mail program says more at a glance than the sentence; what is a word of ours
 * for a choice in it says less. */
static gboolean
has_typed_values (const OptDifference *difference)
{
  switch (difference->kind)
    {
    case OPT_DIFFERENCE_HOST_RETIRED:
    case OPT_DIFFERENCE_HOST_SIBLING:
    case OPT_DIFFERENCE_HOST_NAMESAKE:
    case OPT_DIFFERENCE_HOST_OTHER:
    case OPT_DIFFERENCE_HOST_INVALID:
    case OPT_DIFFERENCE_PORT_OTHER:
    case OPT_DIFFERENCE_USER_NOT_ADDRESS:
    case OPT_DIFFERENCE_USER_CASE:
    case OPT_DIFFERENCE_USER_OTHER:
    case OPT_DIFFERENCE_SENDER_CASE:
    case OPT_DIFFERENCE_ADDRESS_TYPO:
      return difference->now != NULL && difference->wanted != NULL;
    case OPT_DIFFERENCE_NO_TLS:
    case OPT_DIFFERENCE_TLS_OPTIONAL:
    case OPT_DIFFERENCE_SECURITY_PORT:
    case OPT_DIFFERENCE_SECURITY_OTHER:
    case OPT_DIFFERENCE_HOST_SPACE:
    case OPT_DIFFERENCE_USER_SPACE:
    case OPT_DIFFERENCE_PORT_INVALID:
    case OPT_DIFFERENCE_CERTIFICATE_UNCHECKED:
    case OPT_DIFFERENCE_USER_MISSING:
    case OPT_DIFFERENCE_AUTH_CHALLENGE:
    case OPT_DIFFERENCE_AUTH_OTHER:
    case OPT_DIFFERENCE_AUTH_NONE:
    case OPT_DIFFERENCE_PASSWORD_IN_FILE:
    case OPT_DIFFERENCE_LEAVE_NEVER:
    case OPT_DIFFERENCE_OUTGOING_MISSING:
    case OPT_DIFFERENCE_INCOMING_MISSING:
      return FALSE;
    }

  g_return_val_if_reached (FALSE);
}

/* “Will not work: POP3 pop.example.net → mail.example.net” */
static char *
create_heading (const OptDifference *difference)
{
  g_autoptr (GString) heading = g_string_new (opt_severity_get_title (difference->severity));
  g_autofree char *service = g_ascii_strup (opt_service_to_string (difference->service), -1);
  g_autofree char *values = NULL;

  if (has_typed_values (difference))
    values = g_strdup_printf ("%s → %s", difference->now, difference->wanted);
  if (difference->has_service || values != NULL)
    g_string_append_printf (heading,
                            ": %s%s%s",
                            difference->has_service ? service : "",
                            difference->has_service && values != NULL ? " " : "",
                            values != NULL ? values : "");

  return g_string_free (g_steal_pointer (&heading), FALSE);
}

static void
print_difference (const OptDifference *difference)
{
  g_autofree char *heading = create_heading (difference);
  g_autofree char *shown = clean (heading);
  g_autofree char *text = opt_difference_create_text (difference);
  g_autofree char *shown_text = clean (text);
  g_autofree char *advice = opt_difference_create_advice (difference);
  g_autofree char *shown_advice = clean (advice);

  opt_cli_print (stdout, "\n  %s\n", shown);
  opt_cli_print_hanging ("", TEXT_INDENT, shown_text);
  opt_cli_print_hanging ("", TEXT_INDENT, shown_advice);
}

static char *
describe_comparison (OptAccount *compared)
{
  if (compared == NULL)
    return g_strdup (
      _ ("It is of no provider that is known here, so there is nothing to compare."));

  /* Translators: %s is the name of a provider */
  return g_strdup_printf (_ ("All of it is as %s wants it."),
                          opt_provider_get_name (opt_account_get_provider (compared)));
}

void
opt_cli_print_differences (OptReview *review)
{
  GPtrArray *differences = opt_review_get_differences (review);

  if (differences->len == 0)
    {
      g_autofree char *text = describe_comparison (opt_review_get_compared (review));

      fputc ('\n', stdout);
      opt_cli_print_hanging ("", INDENT, text);
    }

  for (guint i = 0; i < differences->len; i++)
    print_difference (g_ptr_array_index (differences, i));

  if (differences->len > 0 && opt_review_get_compared (review) == NULL)
    {
      fputc ('\n', stdout);
      opt_cli_print_hanging ("",
                             INDENT,
                             _ ("It is of no provider that is known here, so nothing else can be "
                                "compared."));
    }
}

/* Part of the product's interface, like the ids of differences. */
static const char *const security_ids[] = {
  [OPT_FOUND_SECURITY_NONE] = "none",
  [OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED] = "starttls-if-offered",
  [OPT_FOUND_SECURITY_STARTTLS] = "starttls",
  [OPT_FOUND_SECURITY_TLS] = "tls",
};

static const char *const auth_ids[] = {
  [OPT_FOUND_AUTH_ANY] = "any",
  [OPT_FOUND_AUTH_PASSWORD] = "password",
  [OPT_FOUND_AUTH_CHALLENGE] = "challenge",
  [OPT_FOUND_AUTH_OTHER] = "other",
  [OPT_FOUND_AUTH_NONE] = "none",
};

static void
add_server (JsonBuilder *builder, OptService service, const OptFoundServer *server)
{
  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "service", opt_service_to_string (service));
  opt_cli_add_text (builder, "host", server->host);
  json_builder_set_member_name (builder, "port");
  if (server->port != 0)
    json_builder_add_int_value (builder, server->port);
  else
    json_builder_add_null_value (builder);
  opt_cli_add_text (builder, "security", security_ids[server->security]);
  opt_cli_add_text (builder, "auth", auth_ids[server->auth]);
  opt_cli_add_text (builder, "user", server->user);
  json_builder_end_object (builder);
}

static void
add_difference (JsonBuilder *builder, const OptDifference *difference)
{
  g_autofree char *text = opt_difference_create_text (difference);
  g_autofree char *advice = opt_difference_create_advice (difference);

  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "id", opt_difference_kind_to_string (difference->kind));
  opt_cli_add_text (builder, "severity", opt_severity_to_string (difference->severity));
  opt_cli_add_text (builder,
                    "service",
                    difference->has_service ? opt_service_to_string (difference->service) : NULL);
  opt_cli_add_text (builder, "now", difference->now);
  opt_cli_add_text (builder, "wanted", difference->wanted);
  opt_cli_add_text (builder, "text", text);
  opt_cli_add_text (builder, "advice", advice);
  json_builder_end_object (builder);
}

void
opt_cli_add_place (JsonBuilder *builder, const OptFound *found)
{
  g_autofree char *path = dup_path (found->path);

  opt_cli_add_text (builder, "client", found->client != NULL ? found->client->id : NULL);
  opt_cli_add_text (builder, "program", opt_found_get_client_name (found));
  opt_cli_add_text (builder, "path", path);
}

void
opt_cli_add_review (JsonBuilder *builder, OptReview *review)
{
  const OptFound *found = opt_review_get_found (review);
  OptAccount *compared = opt_review_get_compared (review);
  GPtrArray *differences = opt_review_get_differences (review);
  OptSeverity severity;
  gboolean any = opt_differences_get_severity (differences, &severity);

  opt_cli_add_place (builder, found);
  opt_cli_add_text (builder, "address", found->address);
  opt_cli_add_text (builder, "name", found->name);
  opt_cli_add_provider (builder, compared != NULL ? opt_account_get_provider (compared) : NULL);
  opt_cli_add_text (builder, "severity", any ? opt_severity_to_string (severity) : NULL);
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL)
      add_server (builder, i, found->servers[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < differences->len; i++)
    add_difference (builder, g_ptr_array_index (differences, i));
  json_builder_end_array (builder);
}

static const char *
trouble_id (const GError *error)
{
  static const struct
  {
    OptError code;
    const char *id;
  } ids[] = {
    { OPT_ERROR_READ_NOT_FILE, "not-a-file" }, { OPT_ERROR_READ_LARGE, "too-large" },
    { OPT_ERROR_READ_UNKNOWN, "unknown" },     { OPT_ERROR_READ_BROKEN, "damaged" },
    { OPT_ERROR_READ_EMPTY, "empty" },         { OPT_ERROR_READ_PARTIAL, "partial" },
    { OPT_ERROR_ACCOUNTS_INVALID, "damaged" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (g_error_matches (error, OPT_ERROR, ids[i].code))
      return ids[i].id;

  return "unreadable";
}

void
opt_cli_add_trouble (JsonBuilder *builder, const OptScanTrouble *trouble)
{
  g_autofree char *path = dup_path (trouble->path);

  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "client", trouble->client != NULL ? trouble->client->id : NULL);
  opt_cli_add_text (builder, "path", path);
  opt_cli_add_text (builder, "id", trouble_id (trouble->error));
  opt_cli_add_text (builder, "text", opt_advice_get_error_text (trouble->error));
  json_builder_end_object (builder);
}

void
opt_cli_complain_about_trouble (const OptScanTrouble *trouble)
{
  g_autofree char *path = dup_path (trouble->path);

  /* Translators: the first %s is a file, the second a sentence on why it could not be read */
  opt_cli_complain (_ ("“%s”: %s"), path, opt_advice_get_error_text (trouble->error));
}

OptScan *
opt_cli_scan_machine (OptCli *cli, const OptClient *client, GError **error)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();
  g_autoptr (GAsyncResult) result = NULL;

  if (client != NULL)
    opt_scan_client_async (machine, client, cli->cancellable, opt_cli_keep_result, &result);
  else
    opt_scan_machine_async (machine, cli->store, cli->cancellable, opt_cli_keep_result, &result);

  return opt_scan_machine_finish (opt_cli_wait (&result), error);
}
