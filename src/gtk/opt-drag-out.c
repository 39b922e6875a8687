/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-drag-out.h"

#include "opt-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#define ICON_SIZE_PX 48

struct _OptDragOut
{
  GObject parent_instance;

  GtkWidget *widget;  /* weak */
  GPtrArray *files;   /* owned, nullable */
  char *folder_name;  /* nullable */
  char *path;         /* of what is dragged, once it is written */
  GPtrArray *written; /* all paths that go in the end: what is in a folder after the folder */
};

G_DEFINE_FINAL_TYPE (OptDragOut, opt_drag_out, G_TYPE_OBJECT)

/* A folder with a name that nobody can guess, so that the file in it can have the right one. */
static char *
make_folder (OptDragOut *self, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "optsetup-XXXXXX", NULL);

  if (g_mkdtemp (path) == NULL)
    {
      int saved_errno = errno;

      g_set_error_literal (error,
                           G_IO_ERROR,
                           g_io_error_from_errno (saved_errno),
                           g_strerror (saved_errno));
      return NULL;
    }

  g_ptr_array_add (self->written, g_strdup (path));

  return g_steal_pointer (&path);
}

static gboolean
write_files (OptDragOut *self, const char *folder, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (self->files, i);
      g_autofree char *path = g_build_filename (folder, file->name, NULL);

      if (!opt_file_write (path, file->bytes, OPT_FILE_NEW, error))
        return FALSE;

      g_ptr_array_add (self->written, g_steal_pointer (&path));
    }

  return TRUE;
}

/* Makes what is dragged, and says where it is. */
static char *
write_dragged (OptDragOut *self, GError **error)
{
  g_autofree char *outer = make_folder (self, error);
  g_autofree char *inner = NULL;

  if (outer == NULL)
    return NULL;

  if (self->folder_name == NULL)
    {
      const OptClientFile *file = g_ptr_array_index (self->files, 0);

      return write_files (self, outer, error) ? g_build_filename (outer, file->name, NULL) : NULL;
    }

  inner = g_build_filename (outer, self->folder_name, NULL);
  if (!opt_file_write_folder (inner, NULL, 0, OPT_FILE_NEW, error))
    return NULL;

  g_ptr_array_add (self->written, g_strdup (inner));

  return write_files (self, inner, error) ? g_steal_pointer (&inner) : NULL;
}

static GdkContentProvider *
on_prepare (OptDragOut *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GSList) files = NULL;

  if (self->files == NULL)
    return NULL;

  if (self->path == NULL)
    self->path = write_dragged (self, &error);
  if (self->path == NULL)
    {
      g_message ("nothing to drag: %s", error->message);
      return NULL;
    }

  file = g_file_new_for_path (self->path);
  files = g_slist_prepend (NULL, file);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (files));

  return gdk_content_provider_new_for_value (&value);
}

static void
on_drag_begin (OptDragOut *self, GdkDrag *drag, GtkDragSource *source)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_drag_get_display (drag));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme,
                                self->folder_name != NULL ? "folder" : "text-x-generic",
                                NULL,
                                ICON_SIZE_PX,
                                gtk_widget_get_scale_factor (self->widget),
                                gtk_widget_get_direction (self->widget),
                                0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (icon), ICON_SIZE_PX / 2, ICON_SIZE_PX / 2);
}

static void
opt_drag_out_dispose (GObject *object)
{
  OptDragOut *self = OPT_DRAG_OUT (object);

  for (guint i = self->written->len; i > 0; i--)
    if (g_remove (g_ptr_array_index (self->written, i - 1)) != 0)
      g_message ("a file that could be dragged is left behind: %s", g_strerror (errno));
  g_ptr_array_set_size (self->written, 0);

  G_OBJECT_CLASS (opt_drag_out_parent_class)->dispose (object);
}

static void
opt_drag_out_finalize (GObject *object)
{
  OptDragOut *self = OPT_DRAG_OUT (object);

  g_clear_weak_pointer (&self->widget);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_ptr_array_unref (self->written);
  g_free (self->folder_name);
  g_free (self->path);

  G_OBJECT_CLASS (opt_drag_out_parent_class)->finalize (object);
}

static void
opt_drag_out_class_init (OptDragOutClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = opt_drag_out_dispose;
  G_OBJECT_CLASS (klass)->finalize = opt_drag_out_finalize;
}

static void
opt_drag_out_init (OptDragOut *self)
{
  self->written = g_ptr_array_new_with_free_func (g_free);
}

OptDragOut *
opt_drag_out_new (GtkWidget *widget)
{
  OptDragOut *self;
  GtkDragSource *source;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (OPT_TYPE_DRAG_OUT, NULL);
  g_set_weak_pointer (&self->widget, widget);
  source = gtk_drag_source_new ();
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source,
                           "drag-begin",
                           G_CALLBACK (on_drag_begin),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));

  return self;
}

void
opt_drag_out_set_files (OptDragOut *self, GPtrArray *files, const char *folder_name)
{
  g_return_if_fail (OPT_IS_DRAG_OUT (self));
  g_return_if_fail (files == NULL || files->len > 0);

  if (files != NULL)
    g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_free (self->folder_name);
  self->folder_name = g_strdup (folder_name);
  g_clear_pointer (&self->path, g_free);
}
