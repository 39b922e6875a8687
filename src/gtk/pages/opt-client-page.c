/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One mail program: the file that it gets, how to bring it in, and what was proven. */
#include "opt-client-page.h"

#include "opt-advice.h"

#include <glib/gi18n.h>

struct _OptClientPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  AdwActionRow *save_row;
  GtkWidget *save_button;
  AdwActionRow *error_row;
  AdwPreferencesGroup *steps_group;
  AdwPreferencesGroup *preview_group;
  GtkLabel *preview;
  GtkLabel *tried;

  const OptClient *client;
  GPtrArray *step_rows;
};

G_DEFINE_FINAL_TYPE (OptClientPage, opt_client_page, OPT_TYPE_PAGE)

static void
clear_steps (OptClientPage *self)
{
  for (guint i = 0; i < self->step_rows->len; i++)
    adw_preferences_group_remove (self->steps_group, g_ptr_array_index (self->step_rows, i));
  g_ptr_array_set_size (self->step_rows, 0);
}

static void
show_steps (OptClientPage *self, const OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (self->client, settings);

  clear_steps (self);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      GtkWidget *label = gtk_label_new (number);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), steps[i]);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (self->steps_group, row);
      g_ptr_array_add (self->step_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), self->step_rows->len > 0);
}

/* Shows what can be read; an archive cannot. */
static void
show_preview (OptClientPage *self, GBytes *bytes)
{
  gsize n_bytes;
  const char *text = g_bytes_get_data (bytes, &n_bytes);
  gboolean readable = g_utf8_validate_len (text, n_bytes, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), readable);
  if (readable)
    {
      g_autofree char *copy = g_strndup (text, n_bytes);

      gtk_label_set_text (self->preview, g_strchomp (copy));
    }
}

static void
show_error (OptClientPage *self, const GError *error)
{
  gtk_widget_set_sensitive (self->save_button, error == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->error_row), error != NULL);
  if (error != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row),
                                   opt_advice_get_error_text (error));
}

void
opt_client_page_set_client (OptClientPage *self, const OptClient *client)
{
  g_autoptr (OptSettings) settings = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OPT_IS_CLIENT_PAGE (self) && client != NULL);

  self->client = client;
  opt_page_set_title (OPT_PAGE (self), opt_client_get_name (client));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->save_row), client->file_name);
  gtk_label_set_text (self->tried, opt_client_get_tried (client));

  settings = opt_session_dup_settings (opt_page_get_session (OPT_PAGE (self)), &error);
  if (settings != NULL)
    bytes = opt_client_render (client, settings, &error);

  show_error (self, error);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->preview_group), FALSE);
  if (bytes == NULL)
    return;

  show_steps (self, settings);
  show_preview (self, bytes);
}

const OptClient *
opt_client_page_get_client (OptClientPage *self)
{
  g_return_val_if_fail (OPT_IS_CLIENT_PAGE (self), NULL);

  return self->client;
}

static void
opt_client_page_shown (OptPage *page)
{
  OptClientPage *self = OPT_CLIENT_PAGE (page);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  gtk_widget_grab_focus (self->save_button);
}

static void
opt_client_page_dispose (GObject *object)
{
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CLIENT_PAGE);

  G_OBJECT_CLASS (opt_client_page_parent_class)->dispose (object);
}

static void
opt_client_page_finalize (GObject *object)
{
  g_ptr_array_unref (OPT_CLIENT_PAGE (object)->step_rows);

  G_OBJECT_CLASS (opt_client_page_parent_class)->finalize (object);
}

static void
opt_client_page_class_init (OptClientPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = opt_client_page_dispose;
  object_class->finalize = opt_client_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_client_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-client-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, save_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, error_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, steps_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, preview_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, preview);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, tried);
}

static void
opt_client_page_init (OptClientPage *self)
{
  self->step_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_page_name_button (self->save_button);
}
