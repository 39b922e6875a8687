/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-preview-row.h"

#include "opt-syntax.h"

#include <glib/gi18n.h>

/* Of a letter's ink, where it is not meant for the reader. */
#define FAINT 0.65

struct _OptPreviewRow
{
  AdwExpanderRow parent_instance;

  GtkWidget *scrolled_window;
  GtkLabel *text;
  GArray *marks;
};

G_DEFINE_FINAL_TYPE (OptPreviewRow, opt_preview_row, ADW_TYPE_EXPANDER_ROW)

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, const OptMark *mark)
{
  attribute->start_index = mark->start;
  attribute->end_index = mark->end;
  pango_attr_list_insert (attributes, attribute);
}

/* By weight, not by colour, so that it can be read in every theme and by everybody. */
static void
show_marks (OptPreviewRow *self)
{
  gboolean high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; self->marks != NULL && i < self->marks->len; i++)
    {
      const OptMark *mark = &g_array_index (self->marks, OptMark, i);
      gboolean faint = mark->kind == OPT_MARK_PUNCTUATION || mark->kind == OPT_MARK_COMMENT;

      if (mark->kind == OPT_MARK_SECTION || mark->kind == OPT_MARK_NAME)
        add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), mark);
      if (mark->kind == OPT_MARK_COMMENT)
        add_attribute (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), mark);
      if (faint && !high_contrast)
        add_attribute (attributes, pango_attr_foreground_alpha_new (FAINT * G_MAXUINT16), mark);
    }
  gtk_label_set_attributes (self->text, attributes);
}

/* A file begins at the left in every language, and that is what is to be seen of it at first. */
static void
keep_left (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    keep_left (child);
}

static void
opt_preview_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_PREVIEW_ROW);

  G_OBJECT_CLASS (opt_preview_row_parent_class)->dispose (object);
}

static void
opt_preview_row_finalize (GObject *object)
{
  g_clear_pointer (&OPT_PREVIEW_ROW (object)->marks, g_array_unref);

  G_OBJECT_CLASS (opt_preview_row_parent_class)->finalize (object);
}

static void
opt_preview_row_class_init (OptPreviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_preview_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = opt_preview_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-preview-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptPreviewRow, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptPreviewRow, text);
}

static void
opt_preview_row_init (OptPreviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  keep_left (self->scrolled_window);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (show_marks),
                           self,
                           G_CONNECT_SWAPPED);
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
  self->marks = opt_syntax_mark (file->name, text);
  show_marks (self);
  /* Translators: %s is the name of a file */
  title = g_strdup_printf (_ ("Look into “%s”"), file->name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);

  return GTK_WIDGET (self);
}
