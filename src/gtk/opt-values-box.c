/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-values-box.h"

#include "opt-value-row.h"
#include "opt-wrap.h"

#include <glib/gi18n.h>

struct _OptValuesBox
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (OptValuesBox, opt_values_box, GTK_TYPE_BOX)

static void
opt_values_box_class_init (OptValuesBoxClass *klass)
{
}

static void
opt_values_box_init (OptValuesBox *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
}

/* A program that takes no file needs them all, so they are there to see. */
static void
add_open_group (OptValuesBox *self, const char *title, GPtrArray *rows)
{
  GtkWidget *group = adw_preferences_group_new ();

  opt_wrap_titles (group);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), g_ptr_array_index (rows, i));
  gtk_box_append (GTK_BOX (self), group);
}

/* For a program with a file they are the other way. */
static void
add_folded_group (OptValuesBox *self, const char *title, GPtrArray *rows)
{
  GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self));
  GtkWidget *expander = adw_expander_row_new ();

  if (group == NULL)
    {
      group = adw_preferences_group_new ();
      opt_wrap_titles (group);
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Or type it in by hand"));
      gtk_box_append (GTK_BOX (self), group);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), g_ptr_array_index (rows, i));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
}

void
opt_values_box_show (OptValuesBox *self, const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GPtrArray) values = NULL;

  g_return_if_fail (OPT_IS_VALUES_BOX (self) && client != NULL && settings != NULL);

  opt_values_box_clear (self);
  values = opt_client_create_values (client, settings);
  for (guint group = 0; group < OPT_N_VALUE_GROUPS; group++)
    {
      g_autofree char *title = opt_value_group_create_title (group, settings);
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();

      for (guint i = 0; i < values->len; i++)
        {
          const OptValue *value = g_ptr_array_index (values, i);

          if (value->group == group)
            g_ptr_array_add (rows, opt_value_row_new (value, title));
        }

      if (rows->len == 0)
        continue;
      if (opt_client_has_file (client))
        add_folded_group (self, title, rows);
      else
        add_open_group (self, title, rows);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), values->len > 0);
}

void
opt_values_box_clear (OptValuesBox *self)
{
  GtkWidget *child;

  g_return_if_fail (OPT_IS_VALUES_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_box_remove (GTK_BOX (self), child);
  /* An empty box would still take its space. */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
