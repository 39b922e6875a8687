/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-preview-row.h"

#include <glib/gi18n.h>

struct _OptPreviewRow
{
  AdwExpanderRow parent_instance;

  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (OptPreviewRow, opt_preview_row, ADW_TYPE_EXPANDER_ROW)

static void
opt_preview_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_PREVIEW_ROW);

  G_OBJECT_CLASS (opt_preview_row_parent_class)->dispose (object);
}

static void
opt_preview_row_class_init (OptPreviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_preview_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-preview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptPreviewRow, text);
}

static void
opt_preview_row_init (OptPreviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
opt_preview_row_new (const OptClientFile *file)
{
  OptPreviewRow *self;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  const char *bytes;
  gsize n_bytes;

  g_return_val_if_fail (file != NULL, NULL);

  bytes = g_bytes_get_data (file->bytes, &n_bytes);
  /* With a length given, NUL is not valid either. */
  if (!g_utf8_validate_len (bytes, n_bytes, NULL))
    return NULL;

  self = g_object_new (OPT_TYPE_PREVIEW_ROW, NULL);
  text = g_strndup (bytes, n_bytes);
  gtk_label_set_text (self->text, g_strchomp (text));
  /* Translators: %s is the name of a file */
  title = g_strdup_printf (_ ("Look into “%s”"), file->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);

  return GTK_WIDGET (self);
}
