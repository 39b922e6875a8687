/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli check --from: do the settings of a file or of a mail program work, and if not, would
 * those that the provider wants? All questions come first, then the tests, one after the other. */
#include "opt-cli-check.h"
#include "opt-cli-found.h"
#include "opt-cli-outcome.h"
#include "opt-cli-password.h"
#include "opt-cli-terminal.h"

#include <glib/gi18n.h>
#include <string.h>

/* Where the accounts come from. */
typedef struct
{
  GPtrArray *founds; /* OptFound */
  gboolean partly;   /* whether some of it could not be read */
} Sources;

static void
clear_sources (Sources *self)
{
  g_clear_pointer (&self->founds, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sources, clear_sources)

static OptCliStatus
find_in_file (const char *path, Sources *sources)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && strchr (path, G_DIR_SEPARATOR) == NULL)
    {
      /* Translators: the first %s was typed, the second is the name of the program */
      opt_cli_complain (_ ("“%s” is neither a file nor an id from “%s clients”"),
                        path,
                        OPT_CLI_PROGRAM);
      return OPT_CLI_BAD_USE;
    }

  sources->founds = opt_scan_file (path, &error);

  return sources->founds != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

static OptCliStatus
find_in_client (OptCli *cli, const OptClient *client, Sources *sources)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptScan) scan = NULL;

  if (cli->practice || !opt_client_can_read (client))
    {
      /* Translators: %s is the name of a mail program */
      opt_cli_complain (cli->practice
                          ? _ ("practicing does not look at what %s really has; give a file")
                          : _ ("the settings of %s cannot be read here; give a file"),
                        opt_client_get_name (client));
      return OPT_CLI_BAD_USE;
    }

  scan = opt_cli_scan_machine (cli, client, &error);
  if (scan == NULL)
    return opt_cli_complain_about (error);

  for (guint i = 0; i < scan->troubles->len; i++)
    opt_cli_complain_about_trouble (g_ptr_array_index (scan->troubles, i));
  if (scan->founds->len == 0)
    {
      /* Translators: %s is the name of a mail program */
      opt_cli_complain (_ ("no account of %s was found"), opt_client_get_name (client));
      return OPT_CLI_FAILED;
    }
  sources->founds = g_ptr_array_ref (scan->founds);
  sources->partly = scan->troubles->len > 0;

  return OPT_CLI_DONE;
}

/* An id before a file of the same name; that is still reached as ./NAME. */
static OptCliStatus
find_accounts (OptCli *cli, const char *source, Sources *sources)
{
  const OptClient *client = g_utf8_validate (source, -1, NULL) ? opt_client_find (source) : NULL;

  return client != NULL ? find_in_client (cli, client, sources) : find_in_file (source, sources);
}

static gboolean
has_address (const OptCliReview *review, const OptAddress *address)
{
  const char *text = opt_review_get_address (review->review);
  g_autoptr (OptAddress) own = text != NULL ? opt_address_parse (text, NULL) : NULL;

  return own != NULL &&
         g_ascii_strcasecmp (opt_address_get_text (own), opt_address_get_text (address)) == 0;
}

/* What does not say whose it is may be of the one who asks, if nothing else is. */
static void
choose_anybodys (OptCli *cli, GPtrArray *founds, const OptAddress *address, GPtrArray *reviews)
{
  for (guint i = 0; i < founds->len; i++)
    {
      OptFound *found = g_ptr_array_index (founds, i);
      g_autoptr (OptReview) review = opt_review_new (found, cli->providers);
      g_autoptr (OptFound) own = NULL;

      if (!opt_review_needs_address (review))
        continue;

      own = opt_found_with_address (found, address);
      g_ptr_array_add (reviews, opt_cli_review_new (cli, own));
    }
}

/* Those of the one address that was asked for, or all. */
static OptCliStatus
choose_reviews (OptCli *cli, GPtrArray *founds, const char *wanted, GPtrArray *reviews)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = NULL;

  if (wanted != NULL)
    {
      address = opt_address_parse (wanted, &error);
      if (address == NULL)
        return opt_cli_complain_about (error);
    }

  for (guint i = 0; i < founds->len; i++)
    {
      g_autoptr (OptCliReview) review = opt_cli_review_new (cli, g_ptr_array_index (founds, i));

      if (address == NULL || has_address (review, address))
        g_ptr_array_add (reviews, g_steal_pointer (&review));
    }

  if (reviews->len == 0)
    choose_anybodys (cli, founds, address, reviews);
  if (reviews->len > 0)
    return OPT_CLI_DONE;

  /* Translators: %s is an email address */
  opt_cli_complain (_ ("there is no account of %s in these settings"),
                    opt_address_get_text (address));

  return OPT_CLI_BAD_USE;
}

static const char *
get_address (const OptCliReview *review)
{
  return opt_address_get_text (opt_account_get_address (review->account.account));
}

/* The one before @n that takes the same password. */
static OptCliReview *
find_same (GPtrArray *reviews, guint n)
{
  const OptCliReview *review = g_ptr_array_index (reviews, n);

  for (guint i = 0; i < n; i++)
    {
      OptCliReview *other = g_ptr_array_index (reviews, i);

      if (other->skip != OPT_CLI_SKIP_UNTESTABLE &&
          g_ascii_strcasecmp (get_address (other), get_address (review)) == 0)
        return other;
    }

  return NULL;
}

/* One descriptor has one password. */
static gboolean
check_descriptor (GPtrArray *reviews, const char *password_fd)
{
  guint n = 0;

  for (guint i = 0; i < reviews->len; i++)
    {
      const OptCliReview *review = g_ptr_array_index (reviews, i);

      if (review->skip != OPT_CLI_SKIP_UNTESTABLE && find_same (reviews, i) == NULL)
        n++;
    }
  if (password_fd == NULL || n <= 1)
    return TRUE;

  opt_cli_complain (_ ("there are several accounts in these settings, and --password-fd has one "
                       "password: give the ADDRESS, too"));

  return FALSE;
}

/* Whoever types the name has read it. */
static OptCliStatus
ask_about_host (OptCli *cli, const OptCliReview *review, const char *host)
{
  g_autofree char *question =
    /* Translators: the first %s is an email address, the second and the third are the name of a
     * server; the answer is typed behind the last colon */
    g_strdup_printf (_ ("The password of %s would go to %s, which is none of the provider’s own "
                        "servers.\nType %s if you know it and want that: "),
                     get_address (review),
                     host,
                     host);
  g_auto (OptCliBuffer) answer = { 0 };
  OptCliStatus status = opt_cli_ask (cli, question, TRUE, &answer);

  if (status == OPT_CLI_CANCELLED ||
      (status == OPT_CLI_DONE && strlen (host) == answer.n_bytes &&
       g_ascii_strncasecmp (answer.bytes, host, answer.n_bytes) == 0))
    return status;

  /* Translators: the first and the second %s are the name of a server; leave the option
   * --confirm-host as it is, with the name after it */
  opt_cli_complain (_ ("the password would go to %s, which is none of the provider’s own servers. "
                       "If you know it, give --confirm-host %s"),
                    host,
                    host);

  return OPT_CLI_BAD_USE;
}

static OptCliStatus
confirm_hosts (OptCli *cli, GPtrArray *reviews, char **confirmed)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func (g_free);
  OptCliStatus status = OPT_CLI_DONE;

  for (guint i = 0; confirmed != NULL && confirmed[i] != NULL; i++)
    g_ptr_array_add (known, g_strdup (confirmed[i]));
  g_ptr_array_add (known, NULL);

  for (guint i = 0; i < reviews->len; i++)
    {
      const OptCliReview *review = g_ptr_array_index (reviews, i);
      g_auto (GStrv) hosts = NULL;

      if (review->skip == OPT_CLI_SKIP_UNTESTABLE)
        continue;

      hosts = opt_cli_review_dup_hosts (review, (char **) known->pdata);
      for (guint j = 0; status == OPT_CLI_DONE && hosts[j] != NULL; j++)
        {
          status = ask_about_host (cli, review, hosts[j]);
          g_ptr_array_insert (known, 0, g_strdup (hosts[j]));
        }
    }

  return status;
}

static OptCliStatus
get_password (OptCli *cli, const OptCliCheckArguments *arguments, OptCliReview *review)
{
  OptCliStatus status = OPT_CLI_NO_PASSWORD;

  if (arguments->use_kept)
    {
      review->account.keeper = NULL;
      status = opt_cli_review_ask_keeper (cli, review);
    }

  return status == OPT_CLI_NO_PASSWORD
           ? opt_cli_get_password (cli, &review->account, arguments->password_fd, &review->secret)
           : status;
}

static OptCliStatus
get_passwords (OptCli *cli, const OptCliCheckArguments *arguments, GPtrArray *reviews)
{
  OptCliStatus status = OPT_CLI_DONE;

  for (guint i = 0; status == OPT_CLI_DONE && i < reviews->len; i++)
    {
      OptCliReview *review = g_ptr_array_index (reviews, i);
      const OptCliReview *same;

      if (review->skip == OPT_CLI_SKIP_UNTESTABLE)
        continue;

      same = find_same (reviews, i);
      if (same != NULL)
        review->secret = opt_secret_ref (same->secret);
      else
        status = get_password (cli, arguments, review);
    }

  return status;
}

static void
test (OptCli *cli, OptCliReview *review, const OptTimeouts *timeouts, OptPracticeWorld *world)
{
  g_autoptr (OptNetwork) network = opt_cli_review_create_network (review, world);
  g_autoptr (GAsyncResult) result = NULL;

  opt_review_test_async (review->review,
                         review->secret,
                         timeouts,
                         network,
                         cli->cancellable,
                         opt_cli_keep_result,
                         &result);
  opt_review_test_finish (review->review, opt_cli_wait (&result));
}

/* One refusal is enough: the same password is not tried once more with other settings. */
static gboolean
was_refused (GPtrArray *reviews, guint n)
{
  const OptCliReview *review = g_ptr_array_index (reviews, n);

  for (guint i = 0; i < n; i++)
    {
      const OptCliReview *other = g_ptr_array_index (reviews, i);

      if (other->secret == review->secret && opt_cli_review_was_refused (other))
        return TRUE;
    }

  return FALSE;
}

static void
test_and_print (OptCli *cli,
                const OptCliCheckArguments *arguments,
                OptCliReview *review,
                const OptTimeouts *timeouts,
                OptPracticeWorld *world)
{
  OptCliProgressParts parts = opt_cli_check_get_parts (arguments);

  if (!arguments->json)
    opt_cli_print_found (review->review);
  if (review->skip == OPT_CLI_SKIP_NONE)
    {
      OptCliSections *sections = opt_cli_sections_new (cli, review->review, parts);

      test (cli, review, timeouts, world);
      opt_cli_sections_free (sections);
    }
  if (!arguments->json)
    opt_cli_print_outcome (cli, review);
}

static OptCliStatus
test_all (OptCli *cli,
          const OptCliCheckArguments *arguments,
          GPtrArray *reviews,
          const OptTimeouts *timeouts)
{
  g_autoptr (OptPracticeWorld) world = NULL;
  g_autoptr (GError) error = NULL;
  OptCliStatus worst = OPT_CLI_DONE;

  if (cli->practice)
    {
      world = opt_practice_world_new (&error);
      if (world == NULL)
        return opt_cli_complain_about (error);
    }

  for (guint i = 0; i < reviews->len && worst != OPT_CLI_CANCELLED; i++)
    {
      OptCliReview *review = g_ptr_array_index (reviews, i);

      if (review->skip == OPT_CLI_SKIP_NONE && was_refused (reviews, i))
        review->skip = OPT_CLI_SKIP_REFUSED;
      if (i > 0 && !arguments->json)
        fputc ('\n', stdout);
      test_and_print (cli, arguments, review, timeouts, world);
      worst = MAX (worst, opt_cli_review_get_status (review));
    }

  if (arguments->json)
    opt_cli_print_outcomes_json (reviews);

  return worst;
}

OptCliStatus
opt_cli_check_from (OptCli *cli, const OptCliCheckArguments *arguments, const OptTimeouts *timeouts)
{
  g_autoptr (GPtrArray) reviews =
    g_ptr_array_new_with_free_func ((GDestroyNotify) opt_cli_review_free);
  g_auto (Sources) sources = { NULL };
  OptCliStatus status;

  g_return_val_if_fail (cli != NULL && arguments != NULL && timeouts != NULL, OPT_CLI_FAILED);

  status = find_accounts (cli, arguments->from, &sources);
  if (status == OPT_CLI_DONE)
    status = choose_reviews (cli, sources.founds, arguments->address, reviews);
  if (status == OPT_CLI_DONE && !check_descriptor (reviews, arguments->password_fd))
    status = OPT_CLI_BAD_USE;
  if (status == OPT_CLI_DONE)
    status = confirm_hosts (cli, reviews, arguments->confirmed);
  if (status == OPT_CLI_DONE)
    status = get_passwords (cli, arguments, reviews);
  if (status == OPT_CLI_DONE)
    status = test_all (cli, arguments, reviews, timeouts);

  return status == OPT_CLI_DONE && sources.partly ? OPT_CLI_FAILED : status;
}
