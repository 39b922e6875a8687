/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a test message, and about one. */
#include "opt-delivery-text.h"

#include "opt-advice.h"
#include "opt-join.h"
#include "opt-transcript.h"

#include <glib/gi18n-lib.h>

/* Of a server's name, or of a subject, as much is shown. */
#define MAX_SHOWN_CHARS 100

/* From here on they are minutes. */
#define FEW_SECONDS 600

OptMessage *
opt_delivery_text_create_message (OptAccount *account)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_val_if_fail (account != NULL, NULL);

  return opt_message_new (account,
                          _ ("Test message from OptSetup"),
                          _ ("You sent this message to yourself with OptSetup, to see whether your "
                             "mail works. There is no need to answer it: OptSetup deletes it as "
                             "soon as it arrives."),
                          now);
}

char *
opt_delivery_text_create_stage (OptDelivery *delivery)
{
  guint seconds;

  g_return_val_if_fail (OPT_IS_DELIVERY (delivery), NULL);

  switch (opt_delivery_get_stage (delivery))
    {
    case OPT_DELIVERY_PREPARES:
      return g_strdup (_ ("Opening your mailbox …"));
    case OPT_DELIVERY_SENDS:
      return g_strdup (opt_delivery_is_left (delivery) ? _ ("Waiting for the server to take it …")
                                                       : _ ("Sending the test message …"));
    case OPT_DELIVERY_WAITS:
      seconds = (opt_delivery_get_remaining_ms (delivery) + 999) / 1000;
      /* Translators: %u counts down */
      return g_strdup_printf (ngettext ("Waiting for it to arrive, for %u second at most …",
                                        "Waiting for it to arrive, for %u seconds at most …",
                                        seconds),
                              seconds);
    case OPT_DELIVERY_ENDED:
      return g_strdup (opt_delivery_text_get_heading (delivery));
    }

  g_assert_not_reached ();
}

const char *
opt_delivery_text_get_heading (OptDelivery *delivery)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (delivery), NULL);

  switch (opt_delivery_get_result (delivery))
    {
    case OPT_DELIVERY_ARRIVED:
      return _ ("Your test message arrived");
    case OPT_DELIVERY_NOT_YET:
      return _ ("Your test message has not arrived yet");
    case OPT_DELIVERY_NOT_SENT:
      return _ ("Your test message was not sent");
    case OPT_DELIVERY_CANCELLED:
    case OPT_DELIVERY_NONE:
      return _ ("The test was stopped");
    }

  g_assert_not_reached ();
}

static void
add (GPtrArray *sentences, char *sentence)
{
  g_ptr_array_add (sentences, sentence);
}

static void
add_time_to_find (GPtrArray *sentences, OptDelivery *delivery)
{
  gint64 found_s = opt_delivery_get_found_s (delivery);

  if (found_s >= FEW_SECONDS)
    add (sentences,
         /* Translators: a number of minutes */
         g_strdup_printf (_ ("It was found %.0f min after it was sent."), found_s / 60.0));
  else if (found_s >= 0)
    add (sentences,
         /* Translators: a number of seconds */
         g_strdup_printf (_ ("It was found %.0f s after it was sent."), (double) found_s));
}

static void
add_times (GPtrArray *sentences, OptDelivery *delivery)
{
  gint64 accepted_us = opt_delivery_get_accepted_us (delivery);
  gint64 arrived_us = opt_delivery_get_arrived_us (delivery);
  double accepted_s = accepted_us / (double) G_USEC_PER_SEC;
  double arrived_s = MAX (arrived_us, 0) / (double) G_USEC_PER_SEC;

  if (accepted_us >= 0 && arrived_us >= 0)
    add (sentences,
         /* Translators: both are numbers of seconds, such as 0.4 */
         g_strdup_printf (_ ("The server took it after %.1f s, and it was in your mailbox %.1f s "
                             "later."),
                          accepted_s,
                          arrived_s));
  else if (accepted_us >= 0)
    add (sentences,
         /* Translators: a number of seconds, such as 0.4 */
         g_strdup_printf (_ ("The server took it after %.1f s, so sending works."), accepted_s));
  else if (arrived_us >= 0)
    add (sentences, g_strdup (_ ("The server did not confirm it, but the message came.")));
}

static void
add_way (GPtrArray *sentences, const OptArrival *arrival)
{
  g_autofree char *list = NULL;
  g_autofree char *clean = NULL;

  if (arrival->servers[0] == NULL)
    return;

  list = opt_join_in_order ((const char *const *) arrival->servers);
  clean = opt_transcript_clean_text (list, 5 * MAX_SHOWN_CHARS);
  /* Translators: %s is a list of servers in their order */
  add (sentences, g_strdup_printf (_ ("It went through %s."), clean));
}

static void
add_filters (GPtrArray *sentences, OptDelivery *delivery, const OptArrival *arrival)
{
  if (opt_delivery_is_in_junk (delivery))
    add (sentences,
         g_strdup (_ ("It was put into the folder for spam. Look there for mail that you miss.")));
  else if (arrival->marked_junk)
    add (sentences, g_strdup (_ ("A filter marked it as spam.")));

  if (arrival->subject != NULL)
    {
      g_autofree char *clean = opt_transcript_clean_text (arrival->subject, MAX_SHOWN_CHARS);

      /* Translators: %s is the subject of a message */
      add (sentences, g_strdup_printf (_ ("Its subject was changed on the way to “%s”."), clean));
    }
}

static void
add_problem (GPtrArray *sentences, OptDelivery *delivery)
{
  OptDiagnosis diagnosis;
  const OptEvidence *evidence = opt_delivery_get_problem (delivery, &diagnosis);
  OptProvider *provider = opt_account_get_provider (opt_delivery_get_account (delivery));
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  if (evidence == NULL)
    return;

  text = opt_advice_create_text (diagnosis, evidence, provider);
  words = opt_advice_create_server_words (evidence);
  /* Translators: the first %s is a short title, the second are sentences */
  add (sentences, g_strdup_printf (_ ("%s. %s"), opt_advice_get_title (diagnosis), text));
  if (words != NULL)
    /* Translators: %s are a server's own words */
    add (sentences, g_strdup_printf (_ ("The server said: “%s”"), words));
}

static void
add_what_is_left (GPtrArray *sentences, OptDelivery *delivery)
{
  const char *subject = opt_delivery_get_message (delivery)->subject;

  switch (opt_delivery_get_remains (delivery))
    {
    case OPT_REMAINS_NOTHING:
      add (sentences,
           g_strdup (opt_delivery_get_result (delivery) == OPT_DELIVERY_ARRIVED
                       ? _ ("It was deleted again; no other message was touched.")
                       : _ ("No message is left behind.")));
      break;
    case OPT_REMAINS_NOT_ANY_MORE:
      add (sentences, g_strdup (_ ("It is not in your mailbox any more.")));
      break;
    case OPT_REMAINS_UNDER_WAY:
      /* Translators: %s is the subject of a message */
      add (sentences,
           g_strdup_printf (_ ("A message with the subject “%s” may still arrive. You can delete "
                               "it then, or look for it again here."),
                            subject));
      break;
    case OPT_REMAINS_IN_MAILBOX:
      /* Translators: %s is the subject of a message */
      add (sentences,
           g_strdup_printf (_ ("It was not deleted, so it is still in your mailbox. Its subject is "
                               "“%s”."),
                            subject));
      break;
    case OPT_REMAINS_IN_DOUBT:
      /* Translators: %s is the subject of a message */
      add (sentences,
           g_strdup_printf (_ ("The server did not confirm that it was deleted. It may still be in "
                               "your mailbox, with the subject “%s”."),
                            subject));
      break;
    }
}

char **
opt_delivery_text_create_sentences (OptDelivery *delivery)
{
  GPtrArray *sentences;
  const OptArrival *arrival;
  OptDiagnosis diagnosis;

  g_return_val_if_fail (OPT_IS_DELIVERY (delivery), NULL);

  sentences = g_ptr_array_new ();
  arrival = opt_delivery_get_arrival (delivery);
  add_time_to_find (sentences, delivery);
  add_times (sentences, delivery);
  if (arrival != NULL)
    {
      add_filters (sentences, delivery, arrival);
      add_way (sentences, arrival);
    }
  if (opt_delivery_get_result (delivery) == OPT_DELIVERY_NOT_YET &&
      opt_delivery_get_problem (delivery, &diagnosis) == NULL)
    add (sentences,
         g_strdup (
           _ ("Some servers hold a message back for some minutes. Nothing is wrong with your "
              "settings.")));
  add_problem (sentences, delivery);
  add_what_is_left (sentences, delivery);
  g_ptr_array_add (sentences, NULL);

  return (char **) g_ptr_array_free (sentences, FALSE);
}
