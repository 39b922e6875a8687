/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-columns-box.h"

#define SPACING 12

/* Narrower than that, a column would break a server's name. */
#define MIN_COLUMN_WIDTH 190

struct _OptColumnsBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OptColumnsBox, opt_columns_box, GTK_TYPE_WIDGET)

static int
count_columns (OptColumnsBox *self)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      n++;

  return n;
}

static int
measure_height (GtkWidget *child, int width)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

/* Lays the columns out in @width.
 *
 * Returns: how high that is */
static int
lay_out (OptColumnsBox *self, int width, gboolean allocate)
{
  gboolean from_right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int n = count_columns (self);
  int column_width = n > 0 ? (width - (n - 1) * SPACING) / n : width;
  gboolean beside = column_width >= MIN_COLUMN_WIDTH;
  int x = 0, y = 0, height = 0;

  if (!beside)
    column_width = width;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_height;

      if (!gtk_widget_should_layout (child))
        continue;

      child_height = measure_height (child, column_width);
      if (!beside && y > 0)
        y += SPACING;
      if (allocate)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation){ from_right ? width - x - column_width : x,
                                                    y,
                                                    column_width,
                                                    child_height },
                                  -1);
      height = MAX (height, y + child_height);
      x += beside ? column_width + SPACING : 0;
      y += beside ? 0 : child_height;
    }

  return height;
}

static void
measure_width (OptColumnsBox *self, int *minimum, int *natural)
{
  int n = count_columns (self);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child,
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &child_minimum,
                          &child_natural,
                          NULL,
                          NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
  *natural = n * *natural + MAX (n - 1, 0) * SPACING;
}

static void
opt_columns_box_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  OptColumnsBox *self = OPT_COLUMNS_BOX (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : G_MAXINT, FALSE);
}

static void
opt_columns_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (OPT_COLUMNS_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
opt_columns_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
opt_columns_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (opt_columns_box_parent_class)->dispose (object);
}

static void
opt_columns_box_class_init (OptColumnsBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_columns_box_dispose;
  widget_class->measure = opt_columns_box_measure;
  widget_class->size_allocate = opt_columns_box_size_allocate;
  widget_class->get_request_mode = opt_columns_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
opt_columns_box_init (OptColumnsBox *self)
{
}

GtkWidget *
opt_columns_box_new (void)
{
  return g_object_new (OPT_TYPE_COLUMNS_BOX, NULL);
}

void
opt_columns_box_append (OptColumnsBox *self, GtkWidget *child)
{
  g_return_if_fail (OPT_IS_COLUMNS_BOX (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
