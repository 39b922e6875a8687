/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli check: does the account's mail work, and if not, why? */
#include "opt-cli-check.h"
#include "opt-cli-delivery.h"
#include "opt-cli-file.h"
#include "opt-cli-password.h"
#include "opt-cli-problems.h"
#include "opt-cli-progress.h"
#include "opt-cli-usage.h"

#include "opt-advice-stand-in.h"
#include "opt-advice.h"
#include "opt-report.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_TIMEOUT_S 3600

static void
clear_arguments (OptCliCheckArguments *self)
{
  g_free (self->address);
  g_free (self->password_fd);
  g_free (self->services);
  g_strfreev (self->servers);
  g_free (self->timeout);
  g_free (self->report);
  g_free (self->from);
  g_free (self->resume_id);
  g_strfreev (self->confirmed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptCliCheckArguments, clear_arguments)

static gboolean
parse_services (const char *text, OptCheckOptions *options)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    options->skip[i] = TRUE;

  for (guint i = 0; names[i] != NULL || i == 0; i++)
    {
      g_autoptr (GError) error = NULL;
      OptService service;

      if (!opt_service_from_string (names[i] != NULL ? names[i] : "", &service, &error))
        {
          opt_cli_complain_about (error);
          return FALSE;
        }
      options->skip[service] = FALSE;
    }

  return TRUE;
}

/* No step may take longer than the whole. */
static gboolean
parse_timeout (const char *text, OptTimeouts *timeouts)
{
  guint seconds;

  if (!opt_cli_parse_number ("--timeout", text, 1, MAX_TIMEOUT_S, &seconds))
    return FALSE;

  timeouts->total_ms = seconds * 1000;
  timeouts->resolve_ms = MIN (timeouts->resolve_ms, timeouts->total_ms);
  timeouts->connect_ms = MIN (timeouts->connect_ms, timeouts->total_ms);
  timeouts->reply_ms = MIN (timeouts->reply_ms, timeouts->total_ms);

  return TRUE;
}

static gboolean
parse_options (const OptCliCheckArguments *arguments, OptCheckOptions *options)
{
  options->all_sign_ins = arguments->all_sign_ins;

  return (arguments->services == NULL || parse_services (arguments->services, options)) &&
         (arguments->timeout == NULL || parse_timeout (arguments->timeout, &options->timeouts));
}

/* Only one thing can be on standard output. */
static gboolean
check_outputs (const OptCliCheckArguments *arguments)
{
  if (!arguments->json || !opt_cli_is_stdout (arguments->report))
    return TRUE;

  opt_cli_complain (_ ("--json and --report=- cannot both have standard output"));

  return FALSE;
}

/* An account with servers typed by hand need not have one for every service. */
static gboolean
has_servers (OptAccount *account,
             const OptCliCheckArguments *arguments,
             const OptCheckOptions *options)
{
  for (guint i = 0; arguments->services != NULL && i < OPT_N_SERVICES; i++)
    if (!options->skip[i] && opt_account_get_server (account, i) == NULL)
      {
        const char *service = opt_service_to_string (i);

        /* Translators: both %s are imap, pop3 or smtp */
        opt_cli_complain (_ ("no %s server is known for this address; give one with "
                             "--server %s=tls://HOST:PORT"),
                          service,
                          service);
        return FALSE;
      }

  return TRUE;
}

static const char *
describe_verdict (OptVerdict verdict)
{
  switch (verdict)
    {
    case OPT_VERDICT_WORKS:
      return _ ("Everything works.");
    case OPT_VERDICT_PARTLY:
      return _ ("Some of it works, some does not.");
    case OPT_VERDICT_CANCELLED:
      return _ ("Stopped before the end.");
    case OPT_VERDICT_FAILS:
    case OPT_VERDICT_NONE:
      return _ ("It does not work yet.");
    }

  g_assert_not_reached ();
}

static gboolean
has_probe (OptCheck *check, OptProbeState state, OptDiagnosis diagnosis)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == state &&
          opt_probe_get_diagnosis (probe) == diagnosis)
        return TRUE;
    }

  return FALSE;
}

static void
print_result (const OptCli *cli, OptCheck *check)
{
  g_autofree char *stand_in = opt_advice_create_stand_in_text (check);

  opt_cli_print (stdout, "\n%s\n", describe_verdict (opt_check_get_verdict (check)));
  if (stand_in != NULL)
    opt_cli_print_wrapped (stand_in);
  opt_cli_print_problems (cli, check, TRUE);
  if (!has_probe (check, OPT_PROBE_SKIPPED, OPT_DIAGNOSIS_CANCELLED))
    return;

  fputc ('\n', stdout);
  /* A locked account could stay locked for it. */
  if (!has_probe (check, OPT_PROBE_FAILS, OPT_DIAGNOSIS_ACCOUNT_LOCKED) &&
      !has_probe (check, OPT_PROBE_FAILS, OPT_DIAGNOSIS_LOGIN_TOO_OFTEN))
    opt_cli_print_wrapped (_ ("Some servers were not tried, so that a wrong password does not lock "
                              "your account. With --all-sign-ins they are tried too."));
  else
    opt_cli_print_wrapped (_ ("Some servers were not tried, so that a wrong password does not lock "
                              "your account."));
}

/* The report says all that the result would: where it is on standard output, it stands alone. */
static gboolean
is_told (const OptCliCheckArguments *arguments)
{
  return !arguments->json && !opt_cli_is_stdout (arguments->report);
}

static void
print_json (OptCheck *check, OptDelivery *delivery)
{
  g_autoptr (JsonNode) root = opt_report_create_json (check);

  if (delivery != NULL)
    opt_report_add_delivery (root, delivery);
  opt_cli_print_json (root);
}

static OptCliStatus
write_report (const OptCliCheckArguments *arguments, OptCheck *check, OptDelivery *delivery)
{
  g_autofree char *about_check = opt_report_create_text (check);
  g_autofree char *about_delivery =
    delivery != NULL ? opt_report_create_delivery_text (delivery) : g_strdup ("");
  char *text = g_strconcat (about_check, about_delivery, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autofree char *shown = g_filename_display_name (arguments->report);
  OptCliStatus status = opt_cli_write_file (arguments->report, bytes, arguments->force);

  if (status == OPT_CLI_DONE && is_told (arguments))
    {
      fputc ('\n', stdout);
      /* Translators: %s is the name of a file */
      opt_cli_say (_ ("The report is in “%s”."), shown);
    }

  return status;
}

/* Only a whole check of what is saved counts. */
static void
note_result (OptCli *cli,
             const OptCliAccount *found,
             const OptCliCheckArguments *arguments,
             OptCheck *check)
{
  if (arguments->servers == NULL && arguments->services == NULL)
    opt_cli_note_check (cli, found, opt_check_get_verdict (check));
}

OptCliProgressParts
opt_cli_check_get_parts (const OptCliCheckArguments *arguments)
{
  gboolean stdout_taken;

  g_return_val_if_fail (arguments != NULL, 0);

  stdout_taken = arguments->json || opt_cli_is_stdout (arguments->report);

  return (stdout_taken ? 0 : OPT_CLI_PROGRESS_LINES) |
         (arguments->trace ? OPT_CLI_PROGRESS_TRACE : 0);
}

static OptCheck *
run_check (OptCli *cli,
           OptAccount *account,
           OptSecret *secret,
           OptCheckOptions *options,
           OptCliProgressParts parts)
{
  g_autoptr (OptCheck) check = opt_check_new (account, options);
  g_autoptr (OptCliProgress) progress = opt_cli_progress_new (check, parts);
  g_autoptr (GAsyncResult) result = NULL;

  opt_check_run_async (check, secret, cli->cancellable, opt_cli_keep_result, &result);
  opt_check_run_finish (check, opt_cli_wait (&result));
  opt_cli_progress_finish (progress);

  return g_steal_pointer (&check);
}

static OptCliStatus
status_of (OptVerdict verdict)
{
  switch (verdict)
    {
    case OPT_VERDICT_WORKS:
      return OPT_CLI_DONE;
    case OPT_VERDICT_CANCELLED:
      return OPT_CLI_CANCELLED;
    case OPT_VERDICT_NONE:
    case OPT_VERDICT_PARTLY:
    case OPT_VERDICT_FAILS:
      return OPT_CLI_FAILED;
    }

  g_assert_not_reached ();
}

static gboolean
wants_delivery (const OptCliCheckArguments *arguments)
{
  return arguments->delivery || arguments->resume_id != NULL;
}

static OptCliStatus
deliver (OptCli *cli,
         const OptCliCheckArguments *arguments,
         OptCheck *check,
         OptSecret *secret,
         const OptCheckOptions *options,
         OptMessage *sent_before,
         OptDelivery **delivery)
{
  const OptCliDelivery wish = {
    .check = check,
    .secret = secret,
    .network = options->network,
    .timeouts = &options->timeouts,
    .patience_s = arguments->timeout != NULL ? options->timeouts.total_ms / 1000 : 0,
    .sent_before = sent_before,
    .parts = opt_cli_check_get_parts (arguments),
  };
  OptCliStatus status = opt_cli_deliver (cli, &wish, delivery);

  if (*delivery != NULL && is_told (arguments))
    opt_cli_print_delivery (cli, *delivery);

  return status;
}

static OptCliStatus
check_account (OptCli *cli,
               const OptCliCheckArguments *arguments,
               const OptCliAccount *found,
               OptSecret *secret,
               OptMessage *sent_before,
               OptCheckOptions *options)
{
  g_autoptr (OptCheck) check =
    run_check (cli, found->account, secret, options, opt_cli_check_get_parts (arguments));
  OptCliStatus status = status_of (opt_check_get_verdict (check));
  g_autoptr (OptDelivery) delivery = NULL;

  if (is_told (arguments))
    print_result (cli, check);
  note_result (cli, found, arguments, check);
  if (wants_delivery (arguments) && status != OPT_CLI_CANCELLED)
    {
      OptCliStatus delivered =
        deliver (cli, arguments, check, secret, options, sent_before, &delivery);

      status = status == OPT_CLI_DONE ? delivered : status;
    }

  if (arguments->json)
    print_json (check, delivery);
  if (arguments->report != NULL && write_report (arguments, check, delivery) != OPT_CLI_DONE)
    return OPT_CLI_FAILED;

  return status;
}

static OptCliStatus
check (OptCli *cli, const OptCliCheckArguments *arguments, OptCheckOptions *options)
{
  g_auto (OptCliAccount) found = { 0 };
  g_autoptr (OptPracticeWorld) world = NULL;
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptSecret) secret = NULL;
  g_autoptr (OptMessage) sent_before = NULL;
  g_autoptr (GError) error = NULL;
  OptCliStatus status;

  status = opt_cli_find_account (cli, arguments->address, arguments->servers, &found);
  if (status != OPT_CLI_DONE)
    return status;
  if (!has_servers (found.account, arguments, options))
    return OPT_CLI_BAD_USE;

  if (arguments->resume_id != NULL)
    status = opt_cli_find_delivery (found.account, arguments->resume_id, &sent_before);
  if (status != OPT_CLI_DONE)
    return status;

  /* A check is a sign-in at every server: not for a report that there is no place for. */
  status = arguments->report != NULL ? opt_cli_check_file (arguments->report, arguments->force)
                                     : OPT_CLI_DONE;
  if (status != OPT_CLI_DONE)
    return status;

  status = opt_cli_get_password (cli, &found, arguments->password_fd, &secret);
  if (status != OPT_CLI_DONE)
    return status;

  if (cli->practice)
    {
      world = opt_practice_world_new (&error);
      if (world == NULL)
        return opt_cli_complain_about (error);
      network = opt_cli_create_network (world, found.account);
      options->network = network;
    }

  return check_account (cli, arguments, &found, secret, sent_before, options);
}

/* Settings that stand somewhere are tested as they stand there. */
static gboolean
check_wishes (const OptCli *cli, const OptCliCheckArguments *given)
{
  const char *source = given->from != NULL ? "--from" : given->all ? "--all" : NULL;
  const struct
  {
    gboolean refused;
    const char *option;
  } wishes[] = {
    { source != NULL && given->services != NULL, "--services" },
    { source != NULL && given->servers != NULL, "--server" },
    { source != NULL && given->all_sign_ins, "--all-sign-ins" },
    { source != NULL && given->report != NULL, "--report" },
    { given->all && given->from != NULL, "--from" },
    { given->all && given->password_fd != NULL, "--password-fd" },
    { given->all && given->trace, "--trace" },
    { given->all && given->address != NULL, "ADDRESS" },
    { source != NULL && given->delivery, "--delivery" },
    { source != NULL && given->resume_id != NULL, "--delivery-resume" },
    { given->delivery && given->resume_id != NULL, "--delivery" },
    { cli->practice && given->resume_id != NULL, "--practice" },
    { source == NULL && given->use_kept, "--use-kept-password" },
    { source == NULL && given->confirmed != NULL, "--confirm-host" },
    { given->use_kept && given->password_fd != NULL, "--password-fd" },
    { given->use_kept && cli->practice, "--practice" },
  };

  if (source == NULL && given->address == NULL)
    {
      opt_cli_complain (_ ("“check” needs an ADDRESS, --from or --all"));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    if (wishes[i].refused)
      {
        /* Translators: %s is an option of the program */
        opt_cli_complain (_ ("%s cannot be used with the other options that were given"),
                          wishes[i].option);
        return FALSE;
      }

  return check_outputs (given);
}

static OptCliStatus
choose (OptCli *cli, const OptCliCheckArguments *given)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;

  if (!check_wishes (cli, given) || !parse_options (given, &options))
    return OPT_CLI_BAD_USE;
  if (given->all)
    return opt_cli_check_all (cli, given, &options.timeouts);
  if (given->from != NULL)
    return opt_cli_check_from (cli, given, &options.timeouts);

  return check (cli, given, &options);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (OptCliCheckArguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_FILENAME, &given.password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("NUMBER") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.json, N_ ("Print JSON in place of text"), NULL },
    { "services", 0, 0, G_OPTION_ARG_FILENAME, &given.services,
      N_ ("Check only these, as in pop3,smtp"), N_ ("LIST") },
    { "server", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.servers,
      N_ ("Use this server, tls or starttls"), N_ ("SERVICE=tls://HOST:PORT") },
    { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &given.timeout,
      N_ ("Give up after this time"), N_ ("SECONDS") },
    { "all-sign-ins", 0, 0, G_OPTION_ARG_NONE, &given.all_sign_ins,
      N_ ("Sign in everywhere, even after a refusal"), NULL },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &given.trace,
      N_ ("Print the dialogue with the servers"), NULL },
    { "delivery", 0, 0, G_OPTION_ARG_NONE, &given.delivery,
      N_ ("Then send a test message to yourself, wait for it and delete it"), NULL },
    { "delivery-resume", 0, 0, G_OPTION_ARG_FILENAME, &given.resume_id,
      N_ ("Then look again for a test message that was sent before"), N_ ("ID") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &given.report,
      N_ ("Write a report for somebody who helps, or - for standard output"), N_ ("FILE") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &given.force, N_ ("Replace a file"), NULL },
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &given.from,
      N_ ("Test what stands in this file, or in this mail program"), N_ ("FILE|ID") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &given.all,
      N_ ("Test all accounts that are here and have their password in the keyring"), NULL },
    { "use-kept-password", 0, 0, G_OPTION_ARG_NONE, &given.use_kept,
      N_ ("Take the password that the mail program keeps"), NULL },
    { "confirm-host", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.confirmed,
      N_ ("Let the password go to this server, which is none of the provider’s"), N_ ("HOST") },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  OptCliStatus status;

  return opt_cli_parse (&opt_cli_check, entries, argv, &given.address, &status)
           ? choose (cli, &given)
           : status;
}

const OptCliVerb opt_cli_check = {
  .name = "check",
  .operands = "[ADDRESS]",
  .summary = N_ ("Test all servers of the address at once"),
  .run = run,
};
