/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-delivery-group.h"

#include "opt-advice.h"
#include "opt-delivery-text.h"

#include <glib/gi18n.h>

struct _OptDeliveryGroup
{
  OptJobGroup parent_instance;

  OptDeliveryJob *job;
  guint countdown;
};

G_DEFINE_FINAL_TYPE (OptDeliveryGroup, opt_delivery_group, OPT_TYPE_JOB_GROUP)

static void
show_offer (OptDeliveryGroup *self)
{
  const GError *error = opt_delivery_job_get_error (self->job);
  OptJobView view = {
    .title = _ ("Send yourself a message"),
    .subtitle = _ ("It goes from you to you, and is deleted when it arrives"),
    .error = error != NULL ? opt_advice_get_error_text (error) : NULL,
    .secondary = { _ ("_Send myself a test message"), "win.send-test" },
  };

  if (opt_delivery_job_has_earlier (self->job))
    {
      view.lines = _ ("An earlier test message may still arrive.");
      view.primary = (OptJobButton){ _ ("_Look for the earlier one"), "win.look-again" };
    }
  opt_job_group_show (OPT_JOB_GROUP (self), &view);
}

static void
show_progress (OptDeliveryGroup *self)
{
  g_autofree char *stage =
    opt_delivery_text_create_stage (opt_delivery_job_get_delivery (self->job));

  opt_job_group_show (OPT_JOB_GROUP (self),
                      &(OptJobView){
                        .title = stage,
                        .subtitle = _ ("You can go on meanwhile"),
                        .busy = TRUE,
                        .secondary = { _ ("_Cancel"), "win.cancel-test" },
                      });
}

/* While one is left there is no other: it would be forgotten over that. */
static void
choose_buttons (OptDeliveryGroup *self, OptJobView *view)
{
  if (opt_delivery_is_left (opt_delivery_job_get_delivery (self->job)))
    {
      view->primary = (OptJobButton){ _ ("_Look again"), "win.look-again" };
      return;
    }

  view->secondary = (OptJobButton){ _ ("_Send another one"), "win.send-test" };
  if (opt_delivery_job_has_earlier (self->job))
    view->primary = (OptJobButton){ _ ("_Look for the earlier one"), "win.look-again" };
}

static char *
create_lines (OptDeliveryGroup *self, char **sentences)
{
  const char *earlier = opt_delivery_job_has_earlier (self->job)
                          ? _ ("An earlier test message may still arrive.")
                          : NULL;
  g_autofree char *lines = *sentences != NULL ? g_strjoinv ("\n", sentences) : NULL;

  if (lines == NULL || earlier == NULL)
    return lines != NULL ? g_steal_pointer (&lines) : g_strdup (earlier);

  return g_strconcat (lines, "\n", earlier, NULL);
}

/* How long it took belongs to the good news; what went wrong wants room. */
static void
show_result (OptDeliveryGroup *self)
{
  OptDelivery *delivery = opt_delivery_job_get_delivery (self->job);
  gboolean arrived = opt_delivery_get_result (delivery) == OPT_DELIVERY_ARRIVED;
  gboolean missing = !arrived && opt_delivery_is_left (delivery);
  const GError *error = opt_delivery_job_get_error (self->job);
  g_auto (GStrv) sentences = opt_delivery_text_create_sentences (delivery);
  g_autofree char *lines = create_lines (self, sentences + (arrived ? 1 : 0));
  OptJobView view = {
    .title = opt_delivery_text_get_heading (delivery),
    .subtitle = arrived ? sentences[0] : NULL,
    .done = arrived,
    .icon_name = missing ? "dialog-information-symbolic" : "dialog-warning-symbolic",
    .error = error != NULL ? opt_advice_get_error_text (error) : NULL,
    .lines = lines,
  };

  choose_buttons (self, &view);
  opt_job_group_show (OPT_JOB_GROUP (self), &view);
}

static gboolean
on_second (gpointer user_data)
{
  OptDeliveryGroup *self = user_data;
  g_autofree char *stage =
    opt_delivery_text_create_stage (opt_delivery_job_get_delivery (self->job));

  opt_job_group_set_title (OPT_JOB_GROUP (self), stage);

  return G_SOURCE_CONTINUE;
}

static void
update (OptDeliveryGroup *self)
{
  g_clear_handle_id (&self->countdown, g_source_remove);
  if (self->job == NULL)
    opt_job_group_show (OPT_JOB_GROUP (self), NULL);
  else
    switch (opt_delivery_job_get_state (self->job))
      {
      case OPT_DELIVERY_READY:
        show_offer (self);
        break;
      case OPT_DELIVERY_BUSY:
        show_progress (self);
        self->countdown = g_timeout_add_seconds (1, on_second, self);
        break;
      case OPT_DELIVERY_SETTLED:
        show_result (self);
        break;
      }
}

static void
opt_delivery_group_dispose (GObject *object)
{
  opt_delivery_group_set_job (OPT_DELIVERY_GROUP (object), NULL);

  G_OBJECT_CLASS (opt_delivery_group_parent_class)->dispose (object);
}

static void
opt_delivery_group_class_init (OptDeliveryGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = opt_delivery_group_dispose;
}

static void
opt_delivery_group_init (OptDeliveryGroup *self)
{
}

void
opt_delivery_group_set_job (OptDeliveryGroup *self, OptDeliveryJob *job)
{
  g_return_if_fail (OPT_IS_DELIVERY_GROUP (self));

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, update, self);
  g_set_object (&self->job, job);
  if (job != NULL)
    g_signal_connect_object (job, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
