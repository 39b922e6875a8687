/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-backend.h"

#include <glib/gstdio.h>

gboolean is_gnome_keyring;

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("gnome-keyring-daemon did not come up");

  return G_SOURCE_REMOVE;
}

static void
wait_for_service (void)
{
  gboolean is_there = FALSE;
  guint deadline_id = g_timeout_add_seconds (60, on_deadline, NULL);
  guint watch_id = g_bus_watch_name (G_BUS_TYPE_SESSION,
                                     "org.freedesktop.secrets",
                                     G_BUS_NAME_WATCHER_FLAGS_NONE,
                                     on_name_appeared,
                                     NULL,
                                     &is_there,
                                     NULL);

  while (!is_there)
    g_main_context_iteration (NULL, TRUE);

  g_bus_unwatch_name (watch_id);
  g_source_remove (deadline_id);
}

/* In the foreground, so that it ends with us; --unlock reads the new keyring's password. */
static GSubprocess *
start_gnome_keyring (const char *program)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *daemon;
  GOutputStream *input;

  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours */
  daemon = g_subprocess_launcher_spawn (launcher,
                                        &error,
                                        program,
                                        "--foreground",
                                        "--unlock",
                                        "--components=secrets",
                                        NULL);
  g_assert_no_error (error);

  input = g_subprocess_get_stdin_pipe (daemon);
  g_output_stream_write_all (input, "keyring", 7, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, &error);
  g_assert_no_error (error);
  wait_for_service ();

  return daemon;
}

static void
stop_gnome_keyring (GSubprocess *daemon)
{
  g_subprocess_send_signal (daemon, SIGTERM);
  g_subprocess_wait (daemon, NULL, NULL);
  g_object_unref (daemon);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

static char *
create_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("optsetup-keyring-XXXXXX", &error);
  const char *variables[] = { "HOME",           "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                              "XDG_CACHE_HOME", "XDG_STATE_HOME",  "XDG_RUNTIME_DIR" };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], home, TRUE);

  return home;
}

static int
run_with_file (void)
{
  g_autofree char *home = create_home ();
  g_autofree char *path = g_build_filename (home, "test.keyring", NULL);
  int status;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "keyring", TRUE);
  status = g_test_run ();
  remove_folder (home);

  return status;
}

static int
run_with_gnome_keyring (const char *program)
{
  g_autofree char *home = create_home ();
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  GSubprocess *daemon;
  int status;

  is_gnome_keyring = TRUE;
  g_test_dbus_up (bus);
  daemon = start_gnome_keyring (program);
  status = g_test_run ();
  stop_gnome_keyring (daemon);
  g_test_dbus_down (bus);
  remove_folder (home);

  return status;
}

int
keyring_backend_run (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--gnome-keyring"))
    return run_with_gnome_keyring (argv[2]);

  return run_with_file ();
}
