/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet goes to a printer as it is drawn on the screen. */
#include "opt-print.h"

#include "opt-paper-view.h"
#include "opt-sheet-paper.h"

#include <glib/gi18n.h>

#define MARGIN_MM 20
#define PREVIEW_WIDTH_PX 640
#define PREVIEW_HEIGHT_PX 800
#define POINTS_PER_INCH 72

GtkPageSetup *
opt_print_create_page_setup (void)
{
  GtkPageSetup *setup = gtk_page_setup_new ();

  gtk_page_setup_set_top_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (setup, MARGIN_MM, GTK_UNIT_MM);

  return setup;
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page_nr, OptSheet *sheet)
{
  opt_sheet_draw (sheet,
                  gtk_print_context_get_cairo_context (context),
                  gtk_print_context_get_width (context),
                  gtk_print_context_get_height (context));
}

static GtkWidget *
create_preview (GtkWindow *parent, const OptSheet *sheet, GtkPageSetup *setup)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled_window = gtk_scrolled_window_new ();
  GtkWidget *view = opt_paper_view_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  opt_paper_view_show (OPT_PAPER_VIEW (view), sheet, setup);
  gtk_widget_add_css_class (view, "page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled_window),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled_window), view);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (
                                                            "Escape"),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_titlebar (GTK_WINDOW (window), gtk_header_bar_new ());
  gtk_window_set_child (GTK_WINDOW (window), scrolled_window);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Print preview"));
  gtk_window_set_default_size (GTK_WINDOW (window), PREVIEW_WIDTH_PX, PREVIEW_HEIGHT_PX);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);

  return window;
}

static gboolean
on_preview (GtkPrintOperation *operation,
            GtkPrintOperationPreview *preview,
            GtkPrintContext *context,
            GtkWindow *parent,
            OptSheet *sheet)
{
  cairo_surface_t *nowhere = cairo_recording_surface_create (CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create (nowhere);
  GtkWidget *window = create_preview (parent, sheet, gtk_print_context_get_page_setup (context));

  /* It asks for a place to draw, even of who draws by themselves. */
  gtk_print_context_set_cairo_context (context, cr, POINTS_PER_INCH, POINTS_PER_INCH);
  cairo_destroy (cr);
  cairo_surface_destroy (nowhere);

  g_signal_connect_object (window,
                           "destroy",
                           G_CALLBACK (gtk_print_operation_preview_end_preview),
                           preview,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));

  return TRUE;
}

static void
free_sheet (gpointer data, GClosure *closure)
{
  opt_sheet_free (data);
}

GtkPrintOperation *
opt_print_new (OptSheet *sheet)
{
  GtkPrintOperation *operation;
  g_autoptr (GtkPageSetup) setup = opt_print_create_page_setup ();

  g_return_val_if_fail (sheet != NULL, NULL);

  operation = gtk_print_operation_new ();
  gtk_print_operation_set_job_name (operation, sheet->title);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "preview", G_CALLBACK (on_preview), sheet);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page), sheet, free_sheet, 0);

  return operation;
}
