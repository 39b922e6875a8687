/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Another program with a window, for tests that drag files between it and the wizard:
 *
 *     drag-partner [FILE]
 *
 * FILE can be dragged from anywhere in its window. Of what is dropped there it prints the paths,
 * one a line. It goes when its standard input is closed. */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdlib.h>
#include <unistd.h>

#define SIZE_PX 300

static gboolean
on_drop (GtkDropTarget *target, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      g_print ("%s\n", path);
    }

  return TRUE;
}

static void
let_drag (GtkWidget *window, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_typed (G_TYPE_FILE, file);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (source));
}

static gboolean
on_input (int descriptor, GIOCondition condition, gpointer user_data)
{
  exit (0);
}

int
main (int argc, char **argv)
{
  GtkWidget *window;
  GtkDropTarget *target;

  gtk_init ();

  window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), SIZE_PX, SIZE_PX);
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), NULL);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
  if (argc > 1)
    let_drag (window, argv[1]);

  g_unix_fd_add (STDIN_FILENO, G_IO_HUP, on_input, NULL);
  gtk_window_present (GTK_WINDOW (window));
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}
