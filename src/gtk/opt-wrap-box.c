/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-wrap-box.h"

#include "opt-wrap.h"

#define SPACING 6
#define COLUMN_SPACING 12

struct _OptWrapBox
{
  GtkWidget parent_instance;

  int min_column_width; /* 0 where each child is as wide as it wants to be */
};

G_DEFINE_FINAL_TYPE (OptWrapBox, opt_wrap_box, GTK_TYPE_WIDGET)

/* Returns: the next child from @child on that is seen, or NULL */
static GtkWidget *
find_seen (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
get_first (OptWrapBox *self)
{
  return find_seen (gtk_widget_get_first_child (GTK_WIDGET (self)));
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return find_seen (gtk_widget_get_next_sibling (child));
}

static int
count_children (OptWrapBox *self)
{
  int n = 0;

  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    n++;

  return n;
}

static int
get_spacing (OptWrapBox *self)
{
  return self->min_column_width > 0 ? COLUMN_SPACING : SPACING;
}

/* Returns: how wide each column is, or all of @width where they do not go side by side */
static int
share_width (OptWrapBox *self, int width)
{
  int n = count_children (self);
  int share = n > 0 ? (width - (n - 1) * COLUMN_SPACING) / n : width;

  return share >= self->min_column_width ? share : width;
}

static int
measure_natural (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int natural;

  gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);

  return natural;
}

/* Lays the children out in lines of @width at most.
 *
 * Returns: how high that is */
static int
lay_out (OptWrapBox *self, int width, gboolean allocate)
{
  gboolean from_right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int share = self->min_column_width > 0 ? share_width (self, width) : 0;
  int spacing = get_spacing (self);
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    {
      int wanted = share > 0 ? share : measure_natural (child, GTK_ORIENTATION_HORIZONTAL, -1);
      int child_width = MIN (wanted, width);
      int child_height = measure_natural (child, GTK_ORIENTATION_VERTICAL, child_width);

      if (x > 0 && x + child_width > width)
        {
          y += line_height + spacing;
          x = line_height = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation){ from_right ? width - x - child_width : x,
                                                    y,
                                                    child_width,
                                                    child_height },
                                  -1);
      x += child_width + spacing;
      line_height = MAX (line_height, child_height);
    }

  return y + line_height;
}

static void
measure_width (OptWrapBox *self, int *minimum, int *natural)
{
  int n = count_children (self);
  int sum = 0, widest = 0;

  for (GtkWidget *child = get_first (self); child != NULL; child = get_next (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child,
                          GTK_ORIENTATION_HORIZONTAL,
                          -1,
                          &child_minimum,
                          &child_natural,
                          NULL,
                          NULL);
      *minimum = MAX (*minimum, child_minimum);
      sum += child_natural;
      widest = MAX (widest, child_natural);
    }
  *natural = (self->min_column_width > 0 ? n * widest : sum) + MAX (n - 1, 0) * get_spacing (self);
}

static void
opt_wrap_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  OptWrapBox *self = OPT_WRAP_BOX (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (self, minimum, natural);
  else
    *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : G_MAXINT, FALSE);
}

static void
opt_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out (OPT_WRAP_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
opt_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
opt_wrap_box_dispose (GObject *object)
{
  opt_wrap_box_clear (OPT_WRAP_BOX (object));

  G_OBJECT_CLASS (opt_wrap_box_parent_class)->dispose (object);
}

static void
opt_wrap_box_class_init (OptWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_wrap_box_dispose;
  widget_class->measure = opt_wrap_box_measure;
  widget_class->size_allocate = opt_wrap_box_size_allocate;
  widget_class->get_request_mode = opt_wrap_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
opt_wrap_box_init (OptWrapBox *self)
{
}

GtkWidget *
opt_wrap_box_new_columns (int min_width)
{
  OptWrapBox *self;

  g_return_val_if_fail (min_width > 0, NULL);

  self = g_object_new (OPT_TYPE_WRAP_BOX, NULL);
  self->min_column_width = min_width;

  return GTK_WIDGET (self);
}

void
opt_wrap_box_append (OptWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (OPT_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

  if (GTK_IS_BUTTON (child))
    opt_wrap_button (child);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
opt_wrap_box_clear (OptWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (OPT_IS_WRAP_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
