/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-probe-group.h"

#include "opt-probe-row.h"

#define TICK_MS 100

struct _OptProbeGroup
{
  AdwPreferencesGroup parent_instance;

  OptCheck *check;
  OptProbeRow *rows[OPT_N_SERVICES]; /* borrowed from the group */
  guint tick;
};

G_DEFINE_FINAL_TYPE (OptProbeGroup, opt_probe_group, ADW_TYPE_PREFERENCES_GROUP)

static void
opt_probe_group_dispose (GObject *object)
{
  OptProbeGroup *self = OPT_PROBE_GROUP (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->check);

  G_OBJECT_CLASS (opt_probe_group_parent_class)->dispose (object);
}

static void
opt_probe_group_class_init (OptProbeGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = opt_probe_group_dispose;
}

static void
opt_probe_group_init (OptProbeGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
on_tick (gpointer user_data)
{
  OptProbeGroup *self = user_data;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->rows[i] != NULL)
      opt_probe_row_update_time (self->rows[i]);
  if (opt_check_get_verdict (self->check) == OPT_VERDICT_NONE)
    return G_SOURCE_CONTINUE;

  self->tick = 0;

  return G_SOURCE_REMOVE;
}

static void
add_rows (OptProbeGroup *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (self->check, i);

      if (probe == NULL)
        continue;

      self->rows[i] = OPT_PROBE_ROW (opt_probe_row_new (probe));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[i]));
    }
}

static void
clear_rows (OptProbeGroup *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->rows[i] != NULL)
      {
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->rows[i]));
        self->rows[i] = NULL;
      }
}

void
opt_probe_group_set_check (OptProbeGroup *self, OptCheck *check)
{
  g_return_if_fail (OPT_IS_PROBE_GROUP (self) && (check == NULL || OPT_IS_CHECK (check)));

  if (!g_set_object (&self->check, check))
    return;

  g_clear_handle_id (&self->tick, g_source_remove);
  clear_rows (self);
  if (check != NULL)
    {
      add_rows (self);
      self->tick = g_timeout_add (TICK_MS, on_tick, self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), check != NULL);
}

GtkWidget *
opt_probe_group_get_row (OptProbeGroup *self, OptService service)
{
  g_return_val_if_fail (OPT_IS_PROBE_GROUP (self), NULL);

  return (GtkWidget *) self->rows[service];
}
