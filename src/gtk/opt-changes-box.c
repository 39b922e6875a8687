/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-changes-box.h"

#include "opt-difference-row.h"
#include "opt-probe-row.h"
#include "opt-wrap.h"

#include <glib/gi18n.h>

struct _OptChangesBox
{
  GtkBox parent_instance;

  GtkWidget *groups; /* NULL while there are none */
};

G_DEFINE_FINAL_TYPE (OptChangesBox, opt_changes_box, GTK_TYPE_BOX)

static void
opt_changes_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CHANGES_BOX);

  G_OBJECT_CLASS (opt_changes_box_parent_class)->dispose (object);
}

static void
opt_changes_box_class_init (OptChangesBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_changes_box_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-changes-box.ui");
}

static void
opt_changes_box_init (OptChangesBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What differs in one server, or, for OPT_N_SERVICES, in none of them. */
static void
add_group (OptChangesBox *self, GPtrArray *differences, guint service)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < differences->len; i++)
    {
      const OptDifference *difference = g_ptr_array_index (differences, i);

      if ((difference->has_service ? difference->service : OPT_N_SERVICES) != service)
        continue;

      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          opt_wrap_titles (group);
          gtk_box_append (GTK_BOX (self->groups), group);
        }
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                                 opt_difference_row_new (difference));
    }

  if (group != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                     service < OPT_N_SERVICES
                                       ? opt_probe_row_get_service_title (service)
                                       : _ ("The account"));
}

void
opt_changes_box_show (OptChangesBox *self, GPtrArray *differences)
{
  g_return_if_fail (OPT_IS_CHANGES_BOX (self) && differences != NULL);

  if (self->groups != NULL)
    gtk_box_remove (GTK_BOX (self), self->groups);
  self->groups = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_box_append (GTK_BOX (self), self->groups);
  for (guint i = 0; i <= OPT_N_SERVICES; i++)
    add_group (self, differences, i);
  gtk_widget_set_visible (GTK_WIDGET (self), differences->len > 0);
}
