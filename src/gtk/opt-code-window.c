/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-code-window.h"

#include "opt-qr-view.h"

struct _OptCodeWindow
{
  AdwWindow parent_instance;

  OptQrView *view;
};

G_DEFINE_FINAL_TYPE (OptCodeWindow, opt_code_window, ADW_TYPE_WINDOW)

static void
opt_code_window_dispose (GObject *object)
{
  /* Bound in the template too; GTK 4.8 would take it from the window unawares. */
  adw_window_set_content (ADW_WINDOW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CODE_WINDOW);

  G_OBJECT_CLASS (opt_code_window_parent_class)->dispose (object);
}

static void
opt_code_window_class_init (OptCodeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_code_window_dispose;

  g_type_ensure (OPT_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-code-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OptCodeWindow, view);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
opt_code_window_init (OptCodeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
opt_code_window_new (GtkWindow *parent, OptQr *qr, const char *title)
{
  OptCodeWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent) && qr != NULL && title != NULL, NULL);

  self = g_object_new (OPT_TYPE_CODE_WINDOW, "transient-for", parent, "title", title, NULL);
  opt_qr_view_set_fills (self->view, TRUE);
  opt_qr_view_set_code (self->view, qr);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);

  return GTK_WINDOW (self);
}
