/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the wizard knows of a test message that was left, now and when it is started again. */
#include "net-delivery.h"

#include "opt-delivery-job.h"
#include "opt-error.h"

#include <glib/gstdio.h>

typedef struct
{
  NetDelivery world;
  OptNetworkSource *source;
  OptCheck *check;
  char *folder, *log_path;
} Fixture;

static OptNetwork *
choose_network (const char *address, GPtrArray *servers, gpointer user_data)
{
  return opt_network_ref (user_data);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;
  g_autoptr (GAsyncResult) result = NULL;

  net_delivery_set_up (&self->world, OPT_SECURITY_TLS, 0);
  self->folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  self->log_path = g_build_filename (self->folder, "deliveries.ini", NULL);
  options.network = net_fixture_get_network (self->world.fixture);
  self->source = opt_network_source_new (choose_network, options.network, NULL);
  self->check = opt_check_new (self->world.account, &options);
  opt_check_run_async (self->check, self->world.secret, NULL, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  opt_check_run_finish (self->check, result);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->log_path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->log_path);
  g_free (self->folder);
  g_object_unref (self->check);
  opt_network_source_unref (self->source);
  net_delivery_tear_down (&self->world);
}

/* As after every check, and after every start. */
static OptDeliveryJob *
create_job (Fixture *self)
{
  OptDeliveryJob *job = opt_delivery_job_new (self->check,
                                              OPT_SERVICE_IMAP,
                                              self->world.secret,
                                              self->source,
                                              self->log_path);

  g_assert_nonnull (job);

  return job;
}

static void
wait_for (OptDeliveryJob *job, OptDeliveryStage stage)
{
  while (opt_delivery_get_stage (opt_delivery_job_get_delivery (job)) != stage)
    g_main_context_iteration (NULL, TRUE);
  /* What is done at the end. */
  while (stage == OPT_DELIVERY_ENDED && g_main_context_iteration (NULL, FALSE))
    ;
}

static void
leave_one (Fixture *self)
{
  g_autoptr (OptDeliveryJob) job = create_job (self);

  g_assert_false (opt_delivery_job_has_earlier (job));
  opt_practice_store_set_delivery (self->world.store, NET_DELIVERY_LATE_MS, NULL, FALSE);
  opt_delivery_job_send (job);
  wait_for (job, OPT_DELIVERY_WAITS);
  opt_delivery_job_cancel (job);
  wait_for (job, OPT_DELIVERY_ENDED);

  /* It is the one at hand. */
  g_assert_true (opt_delivery_is_left (opt_delivery_job_get_delivery (job)));
  g_assert_false (opt_delivery_job_has_earlier (job));
}

static void
assert_says (OptDeliveryJob *job, const char *part)
{
  net_delivery_assert_sentences (opt_delivery_job_get_delivery (job), part);
}

/* The times are not forgotten over the second look. */
static void
test_look_again (Fixture *self, gconstpointer data)
{
  g_autoptr (OptDeliveryJob) job = create_job (self);

  opt_practice_store_set_delivery (self->world.store, NET_DELIVERY_LATE_MS, NULL, FALSE);
  opt_delivery_job_send (job);
  wait_for (job, OPT_DELIVERY_WAITS);
  opt_delivery_job_cancel (job);
  wait_for (job, OPT_DELIVERY_ENDED);
  assert_says (job, "so sending works");

  opt_delivery_job_look_again (job);
  wait_for (job, OPT_DELIVERY_ENDED);
  assert_says (job, "so sending works");
  assert_says (job, " s after it was sent.");
  assert_says (job, "It was deleted again");
}

static void
test_found_later (Fixture *self, gconstpointer data)
{
  g_autoptr (OptDeliveryJob) later = NULL;
  g_autoptr (OptDeliveryJob) last = NULL;

  leave_one (self);
  later = create_job (self);
  g_assert_cmpint (opt_delivery_job_get_state (later), ==, OPT_DELIVERY_READY);
  g_assert_true (opt_delivery_job_has_earlier (later));

  opt_delivery_job_look_again (later);
  wait_for (later, OPT_DELIVERY_ENDED);
  g_assert_cmpint (opt_delivery_get_result (opt_delivery_job_get_delivery (later)),
                   ==,
                   OPT_DELIVERY_ARRIVED);
  g_assert_false (opt_delivery_job_has_earlier (later));
  g_assert_cmpuint (net_delivery_count_messages (&self->world), ==, 0);

  last = create_job (self);
  g_assert_false (opt_delivery_job_has_earlier (last));
}

/* The limits say no, and the earlier one is still there to be looked for. */
static void
test_refused_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (OptDeliveryJob) later = NULL;

  leave_one (self);
  later = create_job (self);
  opt_delivery_job_send (later);
  g_assert_error (opt_delivery_job_get_error (later), OPT_ERROR, OPT_ERROR_DELIVERY_TOO_SOON);
  g_assert_true (opt_delivery_job_has_earlier (later));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/net/delivery-job/look-again", Fixture, NULL, set_up, test_look_again, tear_down);
  g_test_add ("/net/delivery-job/found-later", Fixture, NULL, set_up, test_found_later, tear_down);
  g_test_add ("/net/delivery-job/refused-meanwhile",
              Fixture,
              NULL,
              set_up,
              test_refused_meanwhile,
              tear_down);

  return g_test_run ();
}
