/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-advice-row.h"

#include "opt-accessible.h"

struct _OptAdviceRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
  AdwBin *button_bin;
};

G_DEFINE_FINAL_TYPE (OptAdviceRow, opt_advice_row, ADW_TYPE_PREFERENCES_ROW)

static void
opt_advice_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_ADVICE_ROW);

  G_OBJECT_CLASS (opt_advice_row_parent_class)->dispose (object);
}

static void
opt_advice_row_class_init (OptAdviceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_advice_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-advice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptAdviceRow, label);
  gtk_widget_class_bind_template_child (widget_class, OptAdviceRow, button_bin);
}

static void
opt_advice_row_init (OptAdviceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
opt_advice_row_new (void)
{
  return g_object_new (OPT_TYPE_ADVICE_ROW, NULL);
}

void
opt_advice_row_show (OptAdviceRow *self, const char *text, GtkWidget *button)
{
  g_return_if_fail (OPT_IS_ADVICE_ROW (self) && text != NULL);

  gtk_label_set_text (self->label, text);
  /* The row takes the focus, and is spoken then. */
  opt_accessible_set_name (GTK_WIDGET (self), text);
  adw_bin_set_child (self->button_bin, button);
  gtk_widget_set_visible (GTK_WIDGET (self->button_bin), button != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
