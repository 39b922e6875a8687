/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-wrap-box.h"

#define SPACING 6

struct _OptWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OptWrapBox, opt_wrap_box, GTK_TYPE_WIDGET)

/* Lays the children out in lines of @width at most.
 *
 * Returns: how high that is */
static int
lay_out (OptWrapBox *self, int width, gboolean allocate)
{
  gboolean from_right = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int wanted, child_width, child_height;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wanted, NULL, NULL);
      child_width = MIN (wanted, width);
      gtk_widget_measure (child,
                          GTK_ORIENTATION_VERTICAL,
                          child_width,
                          NULL,
                          &child_height,
                          NULL,
                          NULL);
      if (x > 0 && x + child_width > width)
        {
          y += line_height + SPACING;
          x = line_height = 0;
        }
      if (allocate)
        gtk_widget_size_allocate (child,
                                  &(GtkAllocation){ from_right ? width - x - child_width : x,
                                                    y,
                                                    child_width,
                                                    child_height },
                                  -1);
      x += child_width + SPACING;
      line_height = MAX (line_height, child_height);
    }

  return y + line_height;
}

static void
measure_width (OptWrapBox *self, int *minimum, int *natural)
{
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
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
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

void
opt_wrap_box_append (OptWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (OPT_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

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
