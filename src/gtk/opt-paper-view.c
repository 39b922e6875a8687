/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-paper-view.h"

#include "opt-sheet-paper.h"

#include <glib/gi18n.h>
#include <math.h>

#define MIN_WIDTH_PX 240
#define NATURAL_WIDTH_PX 560

struct _OptPaperView
{
  GtkWidget parent_instance;

  cairo_surface_t *picture; /* of the whole paper, in points */
  double width, height;     /* of the paper, in points */
};

G_DEFINE_FINAL_TYPE (OptPaperView, opt_paper_view, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
opt_paper_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
opt_paper_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  OptPaperView *self = OPT_PAPER_VIEW (widget);
  int width_px = for_size >= 0 ? for_size : NATURAL_WIDTH_PX;

  if (self->picture == NULL)
    return;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH_PX;
      *natural = NATURAL_WIDTH_PX;
    }
  else
    {
      *minimum = ceil (width_px * self->height / self->width);
      *natural = *minimum;
    }
}

static void
opt_paper_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OptPaperView *self = OPT_PAPER_VIEW (widget);
  double width = gtk_widget_get_width (widget);
  double scale = width / self->width;
  graphene_rect_t paper;
  GskRoundedRect outline;
  const GdkRGBA white = { 1, 1, 1, 1 };
  const GdkRGBA edge = { 0, 0, 0, 0.2 };
  cairo_t *cr;

  if (self->picture == NULL)
    return;

  paper = GRAPHENE_RECT_INIT (0, 0, width, self->height * scale);
  gsk_rounded_rect_init_from_rect (&outline, &paper, 0);
  gtk_snapshot_append_color (snapshot, &white, &paper);

  cr = gtk_snapshot_append_cairo (snapshot, &paper);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  gtk_snapshot_append_border (snapshot,
                              &outline,
                              (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
opt_paper_view_finalize (GObject *object)
{
  g_clear_pointer (&OPT_PAPER_VIEW (object)->picture, cairo_surface_destroy);

  G_OBJECT_CLASS (opt_paper_view_parent_class)->finalize (object);
}

static void
opt_paper_view_class_init (OptPaperViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = opt_paper_view_finalize;
  widget_class->get_request_mode = opt_paper_view_get_request_mode;
  widget_class->measure = opt_paper_view_measure;
  widget_class->snapshot = opt_paper_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
opt_paper_view_init (OptPaperView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The sheet as it will be printed"),
                                  -1);
}

GtkWidget *
opt_paper_view_new (void)
{
  return g_object_new (OPT_TYPE_PAPER_VIEW, NULL);
}

void
opt_paper_view_show (OptPaperView *self, const OptSheet *sheet, GtkPageSetup *setup)
{
  cairo_rectangle_t paper = { 0 };
  cairo_t *cr;

  g_return_if_fail (OPT_IS_PAPER_VIEW (self) && sheet != NULL && GTK_IS_PAGE_SETUP (setup));

  self->width = gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS);
  self->height = gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS);
  paper.width = self->width;
  paper.height = self->height;

  g_clear_pointer (&self->picture, cairo_surface_destroy);
  self->picture = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &paper);
  cr = cairo_create (self->picture);
  cairo_translate (cr,
                   gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS),
                   gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS));
  opt_sheet_draw (sheet,
                  cr,
                  gtk_page_setup_get_page_width (setup, GTK_UNIT_POINTS),
                  gtk_page_setup_get_page_height (setup, GTK_UNIT_POINTS));
  cairo_destroy (cr);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
