/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* check --delivery: a message to oneself, there and back. */
#include "opt-cli-delivery.h"

#include "opt-advice.h"
#include "opt-delivery-log.h"
#include "opt-delivery-text.h"

#include <glib/gi18n.h>
#include <unistd.h>

typedef struct
{
  OptDelivery *delivery;
  gboolean in_place; /* one line, written again and again */
  OptDeliveryStage shown;
} Progress;

static void
show (Progress *self)
{
  OptDeliveryStage stage = opt_delivery_get_stage (self->delivery);
  g_autofree char *text = NULL;

  /* How it ended is told below. */
  if (stage == OPT_DELIVERY_ENDED || (!self->in_place && stage == self->shown))
    return;

  text = opt_delivery_text_create_stage (self->delivery);
  /* ECMA-48: EL erases to the end of the line. */
  opt_cli_print (stdout, self->in_place ? "\r\033[K%s" : "%s\n", text);
  fflush (stdout);
  self->shown = stage;
}

static void
on_changed (OptDelivery *delivery, gpointer user_data)
{
  show (user_data);
}

static gboolean
on_second (gpointer user_data)
{
  show (user_data);

  return G_SOURCE_CONTINUE;
}

static void
run (OptCli *cli, const OptCliDelivery *wish, OptDelivery *delivery)
{
  Progress progress = { delivery, isatty (STDOUT_FILENO), OPT_DELIVERY_ENDED };
  g_autoptr (GAsyncResult) result = NULL;
  gulong handler = 0;
  guint timer = 0;

  if (wish->parts & OPT_CLI_PROGRESS_LINES)
    {
      fputc ('\n', stdout);
      handler = g_signal_connect (delivery, "changed", G_CALLBACK (on_changed), &progress);
      timer = progress.in_place ? g_timeout_add_seconds (1, on_second, &progress) : 0;
      show (&progress);
    }

  opt_delivery_run_async (delivery, wish->secret, cli->cancellable, opt_cli_keep_result, &result);
  opt_delivery_run_finish (delivery, opt_cli_wait (&result));

  g_clear_handle_id (&timer, g_source_remove);
  g_clear_signal_handler (&handler, delivery);
  if ((wish->parts & OPT_CLI_PROGRESS_LINES) && progress.in_place)
    opt_cli_print (stdout, "\r\033[K");
}

/* IMAP is asked on one connection, and sees the folder for spam. */
static gboolean
choose_way (const OptCliDelivery *wish, OptService *via)
{
  if (opt_check_find_incoming (wish->check, OPT_SERVICE_IMAP, via) &&
      (wish->sent_before != NULL || opt_check_works (wish->check, OPT_SERVICE_SMTP)))
    return TRUE;

  opt_cli_complain (wish->sent_before != NULL
                      ? _ ("the test message cannot be looked for, because receiving does not work")
                      : _ ("no test message was sent: sending and one way of receiving have to "
                           "work for it"));

  return FALSE;
}

/* There is no telling which connection says something next, so all is printed in the end. */
static void
print_trace (OptDelivery *delivery)
{
  g_autoptr (GPtrArray) transcripts = opt_delivery_dup_transcripts (delivery);

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (transcripts->pdata[i]);

      for (guint j = 0; j < lines->len; j++)
        opt_cli_print (stderr, "delivery %s\n", (const char *) lines->pdata[j]);
    }
}

static OptMessage *
create_message (OptCli *cli, const OptCliDelivery *wish, OptAccount *account, GError **error)
{
  g_autofree char *path = cli->practice ? NULL : opt_delivery_log_dup_default_path ();

  if (wish->sent_before != NULL)
    return opt_message_new_sent (wish->sent_before->id,
                                 wish->sent_before->subject,
                                 wish->sent_before->sent_s);

  return opt_delivery_log_create_message (path, account, error);
}

static void
note_end (OptCli *cli, OptDelivery *delivery)
{
  g_autofree char *path = cli->practice ? NULL : opt_delivery_log_dup_default_path ();

  if (path != NULL && !opt_delivery_is_left (delivery))
    opt_delivery_log_close (path, opt_delivery_get_message (delivery)->id);
}

static OptCliStatus
status_of (OptDelivery *delivery)
{
  switch (opt_delivery_get_result (delivery))
    {
    case OPT_DELIVERY_CANCELLED:
      return OPT_CLI_CANCELLED;
    case OPT_DELIVERY_NOT_SENT:
      return OPT_CLI_FAILED;
    case OPT_DELIVERY_NONE:
    case OPT_DELIVERY_ARRIVED:
    case OPT_DELIVERY_NOT_YET: /* is no failure of the settings */
      return OPT_CLI_DONE;
    }

  g_assert_not_reached ();
}

OptCliStatus
opt_cli_find_delivery (OptAccount *account, const char *id, OptMessage **message)
{
  g_autofree char *path = opt_delivery_log_dup_default_path ();
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (account != NULL && id != NULL && message != NULL, OPT_CLI_FAILED);

  *message = opt_delivery_log_find (path,
                                    opt_account_get_address (account),
                                    id,
                                    g_get_real_time () / G_USEC_PER_SEC,
                                    &error);

  return *message != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

OptCliStatus
opt_cli_deliver (OptCli *cli, const OptCliDelivery *wish, OptDelivery **delivery)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  OptMessage *message;

  g_return_val_if_fail (cli != NULL && wish != NULL && delivery != NULL, OPT_CLI_FAILED);

  *delivery = NULL;
  if (!choose_way (wish, &options.via))
    return OPT_CLI_FAILED;

  account = opt_check_dup_account (wish->check);
  message = create_message (cli, wish, account, &error);
  if (message == NULL)
    return opt_cli_complain_about (error);

  options.timeouts = *wish->timeouts;
  options.network = wish->network;
  if (wish->patience_s > 0)
    options.patience_ms = MIN (options.patience_ms, wish->patience_s * 1000);
  *delivery = opt_delivery_new (account, message, &options);
  run (cli, wish, *delivery);
  note_end (cli, *delivery);
  if (wish->parts & OPT_CLI_PROGRESS_TRACE)
    print_trace (*delivery);

  return status_of (*delivery);
}

void
opt_cli_print_delivery (OptCli *cli, OptDelivery *delivery)
{
  g_auto (GStrv) sentences = NULL;
  OptAccount *account;

  g_return_if_fail (cli != NULL && OPT_IS_DELIVERY (delivery));

  opt_cli_print (stdout, "%s.\n", opt_delivery_text_get_heading (delivery));
  sentences = opt_delivery_text_create_sentences (delivery);
  for (guint i = 0; sentences[i] != NULL; i++)
    opt_cli_print_wrapped (sentences[i]);

  account = opt_delivery_get_account (delivery);
  /* Of practice nothing is kept that could be looked for. */
  if (!cli->practice && opt_delivery_is_left (delivery))
    {
      opt_cli_say (_ ("To look for it again:"));
      opt_cli_print (stdout,
                     "  optsetup-cli check %s --delivery-resume %s\n",
                     opt_address_get_text (opt_account_get_address (account)),
                     opt_delivery_get_message (delivery)->id);
    }
}
