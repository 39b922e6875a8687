/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A gauge that the tests hold against the wizard: where each widget is, and whether its words are
 * all there. GTK 4.8 tells none of this on the accessibility bus. GIO loads it as a module of its
 * own (GIO_EXTRA_MODULES), so that the wizard that is measured is the one that is shipped. It
 * answers on the session bus, and changes nothing. */
#include <gtk/gtk.h>

#include <gio/gio.h>
#include <math.h>
#include <unistd.h>

void g_io_gauge_load (GIOModule *module);
void g_io_gauge_unload (GIOModule *module);
char **g_io_gauge_query (void);

/* Of a window: title, width, height, least width, least height, its widgets. Of a widget: its own
 * mark, type, text, x, y, width, height, what is true of it. */
#define WIDGETS_TYPE "a(sssiiiias)"
#define WINDOWS_TYPE "a(siiii" WIDGETS_TYPE ")"

static const char interface_xml[] = "<node><interface name='com.example.OptSetup.Gauge'>"
                                    "<method name='Measure'>"
                                    "<arg type='" WINDOWS_TYPE "' direction='out'/>"
                                    "</method>"
                                    "<method name='Focus'>"
                                    "<arg type='s' direction='out'/>"
                                    "</method>"
                                    "</interface></node>";

static char *
create_mark (GtkWidget *widget)
{
  return g_strdup_printf ("%p", (void *) widget);
}

/* Whether what is too long for the place can be moved into view along @orientation. */
static gboolean
is_scrolled (GtkWidget *widget, GtkOrientation orientation)
{
  GtkPolicyType across, down;

  while ((widget = gtk_widget_get_parent (widget)) != NULL)
    {
      if (!GTK_IS_SCROLLED_WINDOW (widget))
        continue;

      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (widget), &across, &down);
      if ((orientation == GTK_ORIENTATION_HORIZONTAL ? across : down) != GTK_POLICY_NEVER)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return root != NULL && gtk_root_get_focus (root) == widget;
}

/* What is in a file is written from the left in every language. */
static gboolean
is_of_file (GtkWidget *widget)
{
  while (widget != NULL && !gtk_widget_has_css_class (widget, "file"))
    widget = gtk_widget_get_parent (widget);

  return widget != NULL;
}

/* Text that begins to the right of where it ends is read from the right. */
static gboolean
reads_from_the_right (GtkWidget *widget)
{
  GtkText *text = GTK_IS_TEXT (widget) ? GTK_TEXT (widget) : NULL;
  graphene_rect_t start, end;

  if (text == NULL)
    return FALSE;

  gtk_text_compute_cursor_extents (text, 0, &start, NULL);
  gtk_text_compute_cursor_extents (text,
                                   gtk_entry_buffer_get_length (gtk_text_get_buffer (text)),
                                   &end,
                                   NULL);

  return start.origin.x > end.origin.x;
}

static gboolean
is_ellipsized (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget) &&
         pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

/* Measured before what scales the label as it is drawn, as the title of an entry row is. */
static gboolean
is_clipped (GtkWidget *widget)
{
  int width, height;

  if (!GTK_IS_LABEL (widget))
    return FALSE;

  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (widget)), &width, &height);

  return width > gtk_widget_get_width (widget) || height > gtk_widget_get_height (widget);
}

/* The icon theme has not got it, and GTK shows a broken picture instead. */
static gboolean
lacks_icon (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  const char *name = GTK_IS_IMAGE (widget) ? gtk_image_get_icon_name (GTK_IMAGE (widget)) : NULL;

  return name != NULL && !gtk_icon_theme_has_icon (theme, name);
}

static void
add_truths (GVariantBuilder *builder, GtkWidget *widget)
{
  const struct
  {
    const char *name;
    gboolean holds;
  } truths[] = {
    { "clipped", is_clipped (widget) },
    { "ellipsized", is_ellipsized (widget) },
    { "focus", has_focus (widget) },
    { "focus-visible", (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0 },
    { "focusable", gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget) },
    { "lacks-icon", lacks_icon (widget) },
    { "of-file", is_of_file (widget) },
    { "from-right", gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL },
    { "read-from-right", reads_from_the_right (widget) },
    { "scrolled-across", is_scrolled (widget, GTK_ORIENTATION_HORIZONTAL) },
    { "scrolled-down", is_scrolled (widget, GTK_ORIENTATION_VERTICAL) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (truths[i].holds)
      g_variant_builder_add (builder, "s", truths[i].name);
}

static void
add_widget (GVariantBuilder *builder, GtkWidget *widget, GtkWidget *window)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT_ZERO;
  g_autofree char *text = NULL;
  g_autofree char *mark = create_mark (widget);
  GVariantBuilder truths;

  if (!gtk_widget_compute_bounds (widget, window, &bounds))
    return;

  if (GTK_IS_LABEL (widget))
    text = g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_TEXT (widget) && gtk_text_get_visibility (GTK_TEXT (widget)))
    text = gtk_editable_get_chars (GTK_EDITABLE (widget), 0, -1);
  else if (GTK_IS_IMAGE (widget))
    text = g_strdup (gtk_image_get_icon_name (GTK_IMAGE (widget)));

  g_variant_builder_init (&truths, G_VARIANT_TYPE_STRING_ARRAY);
  add_truths (&truths, widget);
  g_variant_builder_add (builder,
                         "(sssiiiias)",
                         mark,
                         G_OBJECT_TYPE_NAME (widget),
                         text != NULL ? text : "",
                         (int) floorf (bounds.origin.x),
                         (int) floorf (bounds.origin.y),
                         (int) ceilf (bounds.size.width),
                         (int) ceilf (bounds.size.height),
                         &truths);
}

static void
add_widgets (GVariantBuilder *builder, GtkWidget *widget, GtkWidget *window)
{
  GtkWidget *child;

  /* A popover is a window of its own to GTK, and not there while it is closed. */
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return;

  add_widget (builder, widget, window);
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widgets (builder, child, window);
}

static GVariant *
measure (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (WINDOWS_TYPE));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      const char *title = gtk_window_get_title (GTK_WINDOW (window));
      GVariantBuilder widgets;
      int width, height;

      gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (window,
                          GTK_ORIENTATION_VERTICAL,
                          MAX (width, gtk_widget_get_width (window)),
                          &height,
                          NULL,
                          NULL,
                          NULL);
      g_variant_builder_init (&widgets, G_VARIANT_TYPE (WIDGETS_TYPE));
      add_widgets (&widgets, window, window);
      g_variant_builder_add (&builder,
                             "(siiii" WIDGETS_TYPE ")",
                             title != NULL ? title : "",
                             gtk_widget_get_width (window),
                             gtk_widget_get_height (window),
                             width,
                             height,
                             &widgets);
    }

  return g_variant_new ("(" WINDOWS_TYPE ")", &builder);
}

/* The mark of what has the focus, in the window that is used. */
static GVariant *
find_focus (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autofree char *mark = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      GtkWidget *focus = gtk_window_get_focus (window);

      if (mark == NULL && focus != NULL && gtk_window_is_active (window))
        mark = create_mark (focus);
    }

  return g_variant_new ("(s)", mark != NULL ? mark : "");
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  g_dbus_method_invocation_return_value (invocation,
                                         g_str_equal (method, "Focus") ? find_focus ()
                                                                       : measure ());
}

static void
on_bus (GDBusConnection *connection, const char *name, gpointer user_data)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface_xml, NULL);

  g_dbus_connection_register_object (connection,
                                     "/com/example/OptSetup/Gauge",
                                     node->interfaces[0],
                                     &table,
                                     NULL,
                                     NULL,
                                     NULL);
}

static gboolean
start (gpointer user_data)
{
  g_autofree char *name = g_strdup_printf ("com.example.OptSetup.Gauge.p%d", (int) getpid ());

  g_bus_own_name (G_BUS_TYPE_SESSION,
                  name,
                  G_BUS_NAME_OWNER_FLAGS_NONE,
                  on_bus,
                  NULL,
                  NULL,
                  NULL,
                  NULL);

  return G_SOURCE_REMOVE;
}

void
g_io_gauge_load (GIOModule *module)
{
  /* It stays for good. */
  g_type_module_use (G_TYPE_MODULE (module));
  g_idle_add (start, NULL);
}

void
g_io_gauge_unload (GIOModule *module)
{
}

char **
g_io_gauge_query (void)
{
  return g_new0 (char *, 1);
}
