/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-heading.h"

struct _OptHeading
{
  GtkBox parent_instance;

  GtkLabel *label; /* what is seen */
  GtkLabel *other;
};

G_DEFINE_FINAL_TYPE (OptHeading, opt_heading, GTK_TYPE_BOX)

static void
opt_heading_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_HEADING);

  G_OBJECT_CLASS (opt_heading_parent_class)->dispose (object);
}

static void
opt_heading_class_init (OptHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_heading_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-heading.ui");
  gtk_widget_class_bind_template_child (widget_class, OptHeading, label);
  gtk_widget_class_bind_template_child (widget_class, OptHeading, other);
}

static void
opt_heading_init (OptHeading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
opt_heading_set_text (OptHeading *self, const char *text)
{
  GtkLabel *old;

  g_return_if_fail (OPT_IS_HEADING (self) && text != NULL);

  old = self->label;
  if (g_str_equal (text, gtk_label_get_text (old)))
    return;

  self->label = self->other;
  self->other = old;
  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->label), TRUE);
  /* Before the old one goes, or the focus would go elsewhere. */
  if (gtk_widget_is_focus (GTK_WIDGET (old)))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->label));
      gtk_label_select_region (self->label, 0, 0);
    }
  gtk_widget_set_visible (GTK_WIDGET (old), FALSE);
}

GtkLabel *
opt_heading_get_label (OptHeading *self)
{
  g_return_val_if_fail (OPT_IS_HEADING (self), NULL);

  return self->label;
}
