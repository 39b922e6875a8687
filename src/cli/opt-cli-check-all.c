/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli check --all: every account that is here, ours and those of mail programs. Nobody is
 * asked anything: what is not known is skipped, and that is said. */
#include "opt-cli-check.h"
#include "opt-cli-found.h"
#include "opt-cli-outcome.h"
#include "opt-cli-password.h"
#include "opt-join.h"

#include <glib/gi18n.h>
#include <string.h>

/* The test of all accounts. Different addresses are tested at the same time; what takes the same
 * password one after the other, so that it is refused once at most. */
typedef struct
{
  OptCli *cli;
  const OptCliCheckArguments *arguments;
  const OptTimeouts *timeouts;
  GPtrArray *reviews; /* OptCliReview */
  guint n_open;       /* how many addresses are not through */
} Run;

/* One address of a run. */
typedef struct
{
  Run *run;
  guint current; /* of the run's reviews */
} Chain;

static gboolean
is_same_server (const OptFoundServer *a, const OptFoundServer *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_ascii_strcasecmp (a->host, b->host) == 0 && a->port == b->port &&
         a->security == b->security && a->auth == b->auth && g_strcmp0 (a->user, b->user) == 0 &&
         a->any_certificate == b->any_certificate;
}

static gboolean
takes_same_password (const OptCliReview *a, const OptCliReview *b)
{
  const char *texts[2];

  if (a->account.account == NULL || b->account.account == NULL)
    return FALSE;

  texts[0] = opt_address_get_text (opt_account_get_address (a->account.account));
  texts[1] = opt_address_get_text (opt_account_get_address (b->account.account));

  return g_ascii_strcasecmp (texts[0], texts[1]) == 0;
}

static gboolean
is_same (const OptCliReview *a, const OptCliReview *b)
{
  const OptFound *founds[] = { opt_review_get_found (a->review), opt_review_get_found (b->review) };

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (!is_same_server (founds[0]->servers[i], founds[1]->servers[i]))
      return FALSE;

  return takes_same_password (a, b);
}

/* Accounts of strangers are none of our business, except those that were saved with us. */
static void
add_found (Run *run, OptFound *found)
{
  g_autoptr (OptCliReview) review = opt_cli_review_new (run->cli, found);

  if (found->client != NULL && opt_review_get_wanted (review->review) == NULL)
    return;

  for (guint i = 0; i < run->reviews->len; i++)
    {
      OptCliReview *other = g_ptr_array_index (run->reviews, i);

      if (is_same (review, other))
        {
          g_ptr_array_add (other->also, opt_found_ref (found));
          return;
        }
    }

  g_ptr_array_add (run->reviews, g_steal_pointer (&review));
}

static OptCliStatus
find_password (Run *run, OptCliReview *review)
{
  OptCliStatus status = OPT_CLI_NO_PASSWORD;

  if (!review->account.new_host)
    status = opt_cli_find_password (run->cli, review->account.account, &review->secret);
  if (status == OPT_CLI_NO_PASSWORD && run->arguments->use_kept)
    status = opt_cli_review_ask_keeper (run->cli, review);

  return status;
}

/* Before anything is tested, so that a keyring that has to be unlocked asks at the start. */
static OptCliStatus
prepare (Run *run, OptCliReview *review, guint n_before)
{
  g_auto (GStrv) hosts = NULL;
  OptCliStatus status;

  if (review->skip != OPT_CLI_SKIP_NONE)
    return OPT_CLI_DONE;

  hosts = opt_cli_review_dup_hosts (review, run->arguments->confirmed);
  if (hosts[0] != NULL)
    {
      review->skip = OPT_CLI_SKIP_HOST;
      return OPT_CLI_DONE;
    }

  for (guint i = 0; i < n_before && review->secret == NULL; i++)
    {
      OptCliReview *other = g_ptr_array_index (run->reviews, i);

      if (other->secret != NULL && takes_same_password (other, review) && !review->account.new_host)
        review->secret = opt_secret_ref (other->secret);
    }
  if (review->secret != NULL)
    return OPT_CLI_DONE;

  status = find_password (run, review);
  if (status == OPT_CLI_NO_PASSWORD)
    review->skip = OPT_CLI_SKIP_PASSWORD;

  return status == OPT_CLI_CANCELLED ? status : OPT_CLI_DONE;
}

static void test_next (Chain *chain, guint first);

static void
test_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Chain *chain = user_data;
  const OptCliReview *review = g_ptr_array_index (chain->run->reviews, chain->current);

  opt_review_test_finish (OPT_REVIEW (source), result);
  opt_cli_review_note (chain->run->cli, review);
  test_next (chain, chain->current + 1);
}

/* Frees @chain when there is nothing left of its address. */
static void
test_next (Chain *chain, guint first)
{
  Run *run = chain->run;
  const OptCliReview *last = g_ptr_array_index (run->reviews, chain->current);
  gboolean refused = opt_cli_review_was_refused (last);

  for (guint i = first; i < run->reviews->len; i++)
    {
      OptCliReview *review = g_ptr_array_index (run->reviews, i);

      if (review->skip != OPT_CLI_SKIP_NONE || !takes_same_password (last, review))
        continue;

      if (refused)
        {
          review->skip = OPT_CLI_SKIP_REFUSED;
          continue;
        }

      chain->current = i;
      opt_review_test_async (review->review,
                             review->secret,
                             run->timeouts,
                             NULL,
                             run->cli->cancellable,
                             test_done,
                             chain);
      return;
    }

  run->n_open--;
  g_free (chain);
}

static gboolean
is_first_of_address (const Run *run, guint n)
{
  const OptCliReview *review = g_ptr_array_index (run->reviews, n);

  for (guint i = 0; i < n; i++)
    {
      const OptCliReview *other = g_ptr_array_index (run->reviews, i);

      if (other->skip == OPT_CLI_SKIP_NONE && takes_same_password (other, review))
        return FALSE;
    }

  return review->skip == OPT_CLI_SKIP_NONE;
}

static void
test_all (Run *run)
{
  g_autoptr (GArray) firsts = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < run->reviews->len; i++)
    if (is_first_of_address (run, i))
      g_array_append_val (firsts, i);

  run->n_open = firsts->len;
  for (guint i = 0; i < firsts->len; i++)
    {
      Chain *chain = g_new0 (Chain, 1);

      chain->run = run;
      chain->current = g_array_index (firsts, guint, i);
      test_next (chain, chain->current);
    }

  while (run->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
}

static char *
describe_programs (const OptCliReview *review)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) programs = NULL;

  g_strv_builder_add (names, opt_found_get_client_name (opt_review_get_found (review->review)));
  for (guint i = 0; i < review->also->len; i++)
    g_strv_builder_add (names, opt_found_get_client_name (g_ptr_array_index (review->also, i)));
  programs = g_strv_builder_end (names);

  return opt_join_list ((const char *const *) programs);
}

static void
print_line (const OptCliReview *review)
{
  g_autofree char *address = opt_cli_dup_address (review->review);
  g_autofree char *programs = describe_programs (review);
  g_autofree char *outcome = opt_cli_describe_outcome (review);

  opt_cli_say ("%s  (%s)  %s", address, programs, outcome);
}

static void
print_details (const OptCli *cli, const OptCliReview *review)
{
  OptCliSections *sections;

  fputc ('\n', stdout);
  opt_cli_print_found (review->review);
  sections = opt_cli_sections_new (cli, review->review, OPT_CLI_PROGRESS_LINES);
  opt_cli_sections_free (sections);
  opt_cli_print_outcome (cli, review);
}

/* What was seen to fail, and what is known to be wrong with no test at all. */
static gboolean
is_worth_telling (const OptCliReview *review)
{
  OptSeverity severity;

  if (review->skip == OPT_CLI_SKIP_NONE && opt_cli_review_get_status (review) == OPT_CLI_FAILED)
    return TRUE;

  return opt_differences_get_severity (opt_review_get_differences (review->review), &severity) &&
         severity >= OPT_SEVERITY_NOT_SAFE;
}

static void
print_text (const Run *run)
{
  if (run->reviews->len == 0)
    opt_cli_say ("%s", _ ("No mail accounts were found."));

  for (guint i = 0; i < run->reviews->len; i++)
    print_line (g_ptr_array_index (run->reviews, i));

  for (guint i = 0; i < run->reviews->len; i++)
    if (is_worth_telling (g_ptr_array_index (run->reviews, i)))
      print_details (run->cli, g_ptr_array_index (run->reviews, i));
}

/* Skipping is no failure, unless that was all that there was to do. */
static OptCliStatus
judge (const Run *run)
{
  OptCliStatus worst = OPT_CLI_DONE;
  guint n_tested = 0;

  for (guint i = 0; i < run->reviews->len; i++)
    {
      const OptCliReview *review = g_ptr_array_index (run->reviews, i);

      if (review->skip != OPT_CLI_SKIP_NONE)
        continue;

      n_tested++;
      worst = MAX (worst, opt_cli_review_get_status (review));
    }

  return n_tested == 0 && run->reviews->len > 0 ? OPT_CLI_NO_PASSWORD : worst;
}

static OptCliStatus
run_all (Run *run, OptScan *scan)
{
  OptCliStatus status = OPT_CLI_DONE;

  for (guint i = 0; i < scan->founds->len; i++)
    add_found (run, g_ptr_array_index (scan->founds, i));
  for (guint i = 0; i < run->reviews->len && status == OPT_CLI_DONE; i++)
    status = prepare (run, g_ptr_array_index (run->reviews, i), i);
  if (status != OPT_CLI_DONE)
    return status;

  test_all (run);
  if (run->arguments->json)
    opt_cli_print_outcomes_json (run->reviews);
  else
    print_text (run);
  for (guint i = 0; i < scan->troubles->len; i++)
    opt_cli_complain_about_trouble (g_ptr_array_index (scan->troubles, i));

  status = judge (run);

  return status == OPT_CLI_DONE && scan->troubles->len > 0 ? OPT_CLI_FAILED : status;
}

OptCliStatus
opt_cli_check_all (OptCli *cli, const OptCliCheckArguments *arguments, const OptTimeouts *timeouts)
{
  g_autoptr (GPtrArray) reviews =
    g_ptr_array_new_with_free_func ((GDestroyNotify) opt_cli_review_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptScan) scan = NULL;
  Run run = { cli, arguments, timeouts, reviews, 0 };

  g_return_val_if_fail (cli != NULL && arguments != NULL && timeouts != NULL, OPT_CLI_FAILED);

  if (cli->practice)
    {
      opt_cli_complain (_ ("practicing does not look at what is really here; give --from FILE"));
      return OPT_CLI_BAD_USE;
    }

  scan = opt_cli_scan_machine (cli, NULL, &error);

  return scan != NULL ? run_all (&run, scan) : opt_cli_complain_about (error);
}
