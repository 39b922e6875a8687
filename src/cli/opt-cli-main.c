/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli: one word says what to do. Here are only the table of those words and what holds for
 * all of them. */
#include "opt-cli-layout.h"
#include "opt-cli-usage.h"

#include "opt-keyring-libsecret.h"
#include "opt-locale.h"
#include "opt-practice-world.h"

#include <glib/gi18n.h>
#include <glib-unix.h>
#include <errno.h>
#include <signal.h>

static const OptCliVerb *const verbs[] = {
  &opt_cli_detect,  &opt_cli_check,  &opt_cli_scan,  &opt_cli_explain,
  &opt_cli_save,    &opt_cli_passwd, &opt_cli_list,  &opt_cli_forget,
  &opt_cli_clients, &opt_cli_export, &opt_cli_setup,
};

/* What stands before the verb. */
typedef struct
{
  gboolean practice;
  gboolean help;
  gboolean version;
} Global;

static void
clear_cli (OptCli *cli)
{
  g_clear_pointer (&cli->store, opt_account_store_free);
  g_clear_object (&cli->keyring);
  g_clear_pointer (&cli->providers, opt_providers_unref);
  g_clear_object (&cli->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptCli, clear_cli)

static const OptCliVerb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i]->name, name))
      return verbs[i];

  return NULL;
}

static char *
describe_verbs (void)
{
  g_autofree char *more =
    /* Translators: %s is the name of the program; COMMAND is one of the list above it */
    g_strdup_printf (_ ("“%s COMMAND --help” tells more of a command."), OPT_CLI_PROGRAM);
  g_autoptr (GString) text = g_string_new (_ ("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text,
                            "\n  %-8s %-9s  %s",
                            verbs[i]->name,
                            verbs[i]->operands != NULL ? verbs[i]->operands : "",
                            _ (verbs[i]->summary));
  g_string_append_printf (text, "\n\n%s", more);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GOptionContext *
create_context (Global *global)
{
  const GOptionEntry entries[] = {
    { "practice",
      0,
      0,
      G_OPTION_ARG_NONE,
      &global->practice,
      N_ ("Use the built-in practice servers, and keep nothing"),
      NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &global->help, N_ ("Show this help"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &global->version, N_ ("Show the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (_ ("COMMAND …"));
  g_autofree char *description = describe_verbs ();

  g_option_context_set_help_enabled (context, FALSE);
  /* What comes after the verb is the verb's. */
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_summary (
    context, _ ("Checks Optonline and Optimum mail, and hands its settings to mail programs."));
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  return context;
}

static void
print_practice_accounts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (&error);
  const OptPracticeAccount *accounts;
  guint widths[2] = { 0 };
  guint n;

  if (world == NULL)
    {
      opt_cli_complain_about (error);
      return;
    }

  accounts = opt_practice_world_get_accounts (world, &n);
  for (guint i = 0; i < n; i++)
    {
      widths[0] = MAX (widths[0], opt_cli_measure (accounts[i].address));
      widths[1] = MAX (widths[1], opt_cli_measure (accounts[i].password));
    }
  opt_cli_print (stdout, "\n%s\n", _ ("Accounts to practice with, and their passwords:"));
  for (guint i = 0; i < n; i++)
    opt_cli_print (stdout,
                   "  %-*s  %-*s  %s\n",
                   (int) widths[0],
                   accounts[i].address,
                   (int) widths[1],
                   accounts[i].password,
                   _ (accounts[i].title));
}

static OptCliStatus
print_help (OptCli *cli, GOptionContext *context, char **argv)
{
  const OptCliVerb *verb = argv[0] != NULL ? find_verb (argv[0]) : NULL;
  char help[] = "--help";
  char *of_verb[] = { argv[0], help, NULL };

  if (verb != NULL)
    return verb->run (cli, of_verb);

  if (argv[0] != NULL)
    {
      /* Translators: %s was typed as a command of the program */
      opt_cli_complain (_ ("there is no command “%s”"), argv[0]);
      return OPT_CLI_BAD_USE;
    }

  opt_cli_print_help (context);
  if (cli->practice)
    print_practice_accounts ();

  return OPT_CLI_DONE;
}

static OptCliStatus
run_verb (OptCli *cli, GOptionContext *context, char **argv)
{
  const OptCliVerb *verb = argv[0] != NULL ? find_verb (argv[0]) : NULL;

  if (verb != NULL)
    return verb->run (cli, argv);

  if (g_strcmp0 (argv[0], "help") == 0)
    return print_help (cli, context, argv + 1);

  if (argv[0] != NULL)
    /* Translators: the first %s was typed as a command, the second is the name of the program */
    opt_cli_complain (_ ("there is no command “%s”; see “%s --help”"), argv[0], OPT_CLI_PROGRAM);
  else
    /* Translators: %s is the name of the program */
    opt_cli_complain (_ ("a command is missing; see “%s --help”"), OPT_CLI_PROGRAM);

  return OPT_CLI_BAD_USE;
}

static OptCliStatus
parse_and_run (OptCli *cli, char **argv)
{
  Global global = { FALSE };
  g_autoptr (GOptionContext) context = create_context (&global);
  g_auto (GStrv) rest = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      opt_cli_complain ("%s", error->message);
      return OPT_CLI_BAD_USE;
    }

  cli->practice = global.practice;
  if (global.version)
    {
      opt_cli_print (stdout, "%s %s\n", OPT_CLI_PROGRAM, OPT_VERSION);
      return OPT_CLI_DONE;
    }

  return global.help ? print_help (cli, context, rest + 1) : run_verb (cli, context, rest + 1);
}

static gboolean
on_interrupted (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE;
}

static void
prepare (OptCli *cli)
{
  static const int stopping[] = { SIGINT, SIGTERM, SIGHUP };
  g_autofree char *path = opt_account_store_dup_default_path ();

  opt_locale_init ();
  g_set_prgname (OPT_CLI_PROGRAM);

  cli->providers = opt_providers_load ();
  cli->store = opt_account_store_new (path, cli->providers);
  cli->keyring = opt_keyring_libsecret_new ();
  cli->cancellable = g_cancellable_new ();

  for (guint i = 0; i < G_N_ELEMENTS (stopping); i++)
    g_unix_signal_add (stopping[i], on_interrupted, cli->cancellable);
  /* A file-size limit or a reader that went away is an error to speak of, not to die of. */
  signal (SIGXFSZ, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
}

int
main (int argc, char **argv)
{
  g_auto (OptCli) cli = { 0 };
  OptCliStatus status;

  prepare (&cli);
  status = parse_and_run (&cli, argv);

  if ((fflush (stdout) != 0 || ferror (stdout)) && status == OPT_CLI_DONE)
    {
      /* Translators: %s is the system's reason */
      opt_cli_complain (_ ("the output could not be written (%s)"), g_strerror (errno));
      status = OPT_CLI_FAILED;
    }

  return status;
}
