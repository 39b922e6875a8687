/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli explain: what does an id mean, and what helps? */
#include "opt-cli-usage.h"

#include "opt-difference-explanation.h"

#include <glib/gi18n.h>
#include <string.h>

/* Nobody types a longer one, and comparing takes time. */
#define ID_MAX_BYTES 64

#define ID_COLUMNS 27

/* What the program does about it, apart from telling. */
static const struct
{
  OptAction action;
  const char *offer;
} offers[] = {
  { OPT_ACTION_ENTER_PASSWORD, N_ ("The program offers to enter the password again.") },
  { OPT_ACTION_OPEN_WEB_MAIL, N_ ("The program offers to open the web mail.") },
  { OPT_ACTION_OPEN_BROWSER, N_ ("The program offers to open the web browser.") },
  { OPT_ACTION_OPEN_CONTACT, N_ ("The program offers to open the provider’s page for help.") },
  { OPT_ACTION_OPEN_NETWORK, N_ ("The program offers to open the network settings.") },
  { OPT_ACTION_OPEN_CLOCK, N_ ("The program offers to open the settings of date and time.") },
  { OPT_ACTION_TRY_AGAIN, N_ ("The program offers to try again.") },
  { OPT_ACTION_TRY_LATER, N_ ("The program offers to try again after a pause.") },
  { OPT_ACTION_USE_SERVER,
    N_ ("The program offers to use another port or server, if it knows one.") },
  { OPT_ACTION_CHANGE_SERVERS, N_ ("The program offers to change the servers.") },
  { OPT_ACTION_COPY_REPORT, N_ ("The program offers a report to give to somebody who helps.") },
  { OPT_ACTION_GO_ON,
    N_ ("The program offers to go on without this server, if another one works.") },
};

/* What was typed. */
typedef struct
{
  char *id;
  gboolean list;
  gboolean json;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

/* Part of the product's interface, like the ids. */
static const char *const kind_ids[] = {
  [OPT_EXPLAINED_DIAGNOSIS] = "diagnosis",
  [OPT_EXPLAINED_KEYRING] = "keyring",
  [OPT_EXPLAINED_DIFFERENCE] = "difference",
};

static const char *
find_offer (OptAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    if (offers[i].action == action)
      return _ (offers[i].offer);

  return NULL;
}

static void
print_paragraph (const char *text)
{
  fputc ('\n', stdout);
  opt_cli_print_wrapped (text);
}

/* The titles of differences are sentences, by way of an example: they follow the others, and it is
 * said that they are that. */
static void
print_list (GPtrArray *all)
{
  OptExplained last = OPT_EXPLAINED_DIAGNOSIS;

  for (guint i = 0; i < all->len; i++)
    {
      const OptExplanation *explanation = g_ptr_array_index (all, i);

      if (explanation->kind == OPT_EXPLAINED_DIFFERENCE && last != OPT_EXPLAINED_DIFFERENCE)
        {
          print_paragraph (_ ("Names and numbers in this are examples."));
          fputc ('\n', stdout);
        }
      last = explanation->kind;
      opt_cli_print_hanging (explanation->id, ID_COLUMNS, explanation->title);
    }
}

static void
print_list_json (GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const OptExplanation *explanation = g_ptr_array_index (all, i);

      json_builder_begin_object (builder);
      opt_cli_add_text (builder, "kind", kind_ids[explanation->kind]);
      opt_cli_add_text (builder, "id", explanation->id);
      opt_cli_add_text (builder, "title", explanation->title);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static void
print_diagnosis (const OptExplanation *explanation)
{
  const char *offer = find_offer (explanation->action);
  /* Translators: %s is a technical sentence: what a diagnosis is made of */
  g_autofree char *cause = g_strdup_printf (_ ("Cause: %s"), explanation->cause);

  opt_cli_say ("%s", explanation->title);
  print_paragraph (explanation->text);
  print_paragraph (cause);
  if (offer != NULL)
    print_paragraph (offer);
}

static void
print_difference (const OptExplanation *explanation)
{
  OptSeverity severity;

  if (opt_difference_find_severity (explanation->id, &severity))
    opt_cli_say ("%s", opt_severity_get_title (severity));
  print_paragraph (explanation->title);
  print_paragraph (explanation->text);
  print_paragraph (_ ("Names and numbers in this are examples."));
}

static void
print_one_json (const OptExplanation *explanation)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  OptSeverity severity;
  gboolean severe = explanation->kind == OPT_EXPLAINED_DIFFERENCE &&
                    opt_difference_find_severity (explanation->id, &severity);

  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "kind", kind_ids[explanation->kind]);
  opt_cli_add_text (builder, "id", explanation->id);
  opt_cli_add_text (builder, "title", explanation->title);
  opt_cli_add_text (builder, "cause", explanation->cause);
  opt_cli_add_text (builder, "advice", explanation->text);
  opt_cli_add_text (builder, "offer", find_offer (explanation->action));
  json_builder_set_member_name (builder, "wait_s");
  json_builder_add_int_value (builder, explanation->wait_s);
  opt_cli_add_text (builder, "severity", severe ? opt_severity_to_string (severity) : NULL);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static OptCliStatus
explain (GPtrArray *all, const Arguments *arguments)
{
  const char *id = arguments->id;
  const OptExplanation *found;

  if (strlen (id) > ID_MAX_BYTES)
    {
      /* Translators: %s is the name of the program */
      opt_cli_complain (_ ("no diagnosis has a name as long as that; see “%s explain --list”"),
                        OPT_CLI_PROGRAM);
      return OPT_CLI_BAD_USE;
    }

  found = opt_explanations_find_nearest (all, id);
  if (found == NULL)
    {
      /* Translators: the first %s was typed, the second is the name of the program */
      opt_cli_complain (_ ("there is no diagnosis “%s”; see “%s explain --list”"),
                        id,
                        OPT_CLI_PROGRAM);
      return OPT_CLI_BAD_USE;
    }

  if (!g_str_equal (found->id, id))
    {
      /* Translators: the first %s was typed, the second is what may have been meant */
      opt_cli_complain (_ ("there is no diagnosis “%s”. Did you mean %s?"), id, found->id);
      return OPT_CLI_BAD_USE;
    }

  if (arguments->json)
    print_one_json (found);
  else if (found->kind == OPT_EXPLAINED_DIFFERENCE)
    print_difference (found);
  else
    print_diagnosis (found);

  return OPT_CLI_DONE;
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &given.list, N_ ("List all ids"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &given.json, N_ ("Print JSON in place of text"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  g_autoptr (GPtrArray) all = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_explain, entries, argv, &given.id, &status))
    return status;

  if (given.list == (given.id != NULL))
    {
      opt_cli_complain (_ ("“explain” needs either an ID or --list"));
      return OPT_CLI_BAD_USE;
    }

  all = opt_explanations_create ();
  opt_differences_explain (all);
  if (given.id != NULL)
    return explain (all, &given);

  if (given.json)
    print_list_json (all);
  else
    print_list (all);

  return OPT_CLI_DONE;
}

const OptCliVerb opt_cli_explain = {
  .name = "explain",
  .operands = "[ID]",
  .summary = N_ ("Tell what a diagnosis means, and what helps"),
  .run = run,
};
