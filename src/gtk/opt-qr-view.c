/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-qr-view.h"

/* A camera needs the one, and the narrowest window has room for the other. */
#define MIN_SIZE_PX 240
#define MAX_SIZE_PX 336

/* What a camera close to the screen still reads. */
#define MIN_MODULE_PX 3

struct _OptQrView
{
  GtkWidget parent_instance;

  OptQr *qr;
  gboolean fills;
};

G_DEFINE_FINAL_TYPE (OptQrView, opt_qr_view, GTK_TYPE_WIDGET)

static int
count_modules (OptQrView *self)
{
  return opt_qr_get_width (self->qr) + 2 * OPT_QR_QUIET_MODULES;
}

static void
opt_qr_view_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  OptQrView *self = OPT_QR_VIEW (widget);
  int n;
  int smallest;

  if (self->qr == NULL)
    return;

  n = count_modules (self);
  if (self->fills)
    {
      *minimum = n * MIN_MODULE_PX;
      *natural = *minimum;
      return;
    }

  smallest = (MIN_SIZE_PX + n - 1) / n;
  *minimum = n * MAX (smallest, MAX_SIZE_PX / n);
  *natural = *minimum;
}

static void
append_dark (OptQrView *self, GtkSnapshot *snapshot, const graphene_rect_t *square, int module)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  guint width = opt_qr_get_width (self->qr);

  for (guint y = 0; y < width; y++)
    for (guint x = 0; x < width; x++)
      {
        guint start = x;

        /* One bar for each run: seams between modules would show on a scaled screen. */
        while (x < width && opt_qr_is_dark (self->qr, x, y))
          x++;
        if (x > start)
          gtk_snapshot_append_color (snapshot,
                                     &black,
                                     &GRAPHENE_RECT_INIT (square->origin.x +
                                                            (start + OPT_QR_QUIET_MODULES) * module,
                                                          square->origin.y +
                                                            (y + OPT_QR_QUIET_MODULES) * module,
                                                          (x - start) * module,
                                                          module));
      }
}

static void
opt_qr_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OptQrView *self = OPT_QR_VIEW (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t square;
  int module;
  int size;

  if (self->qr == NULL)
    return;

  module = MIN (width, height) / count_modules (self);
  size = module * count_modules (self);
  square = GRAPHENE_RECT_INIT ((width - size) / 2, (height - size) / 2, size, size);
  gtk_snapshot_append_color (snapshot, &white, &square);
  append_dark (self, snapshot, &square, module);
}

static void
opt_qr_view_finalize (GObject *object)
{
  g_clear_pointer (&OPT_QR_VIEW (object)->qr, opt_qr_free);

  G_OBJECT_CLASS (opt_qr_view_parent_class)->finalize (object);
}

static void
opt_qr_view_class_init (OptQrViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = opt_qr_view_finalize;
  widget_class->measure = opt_qr_view_measure;
  widget_class->snapshot = opt_qr_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
opt_qr_view_init (OptQrView *self)
{
}

void
opt_qr_view_set_code (OptQrView *self, OptQr *qr)
{
  g_return_if_fail (OPT_IS_QR_VIEW (self));

  g_clear_pointer (&self->qr, opt_qr_free);
  self->qr = qr;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
opt_qr_view_set_fills (OptQrView *self, gboolean fills)
{
  g_return_if_fail (OPT_IS_QR_VIEW (self));

  self->fills = fills;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
