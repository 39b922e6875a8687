/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-help.h"

#include <gio/gio.h>

/* A help viewer looks into the data folders of the desktop, and so into no other ones here. */
static gboolean
has_guide_for_viewer (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "help", "C", "optsetup", "index.page", NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static gboolean
can_view (void)
{
  const char *const *folders = g_get_system_data_dirs ();
  g_autoptr (GAppInfo) viewer = g_app_info_get_default_for_uri_scheme ("help");

  if (viewer == NULL)
    return FALSE;
  if (has_guide_for_viewer (g_get_user_data_dir ()))
    return TRUE;

  for (guint i = 0; folders[i] != NULL; i++)
    if (has_guide_for_viewer (folders[i]))
      return TRUE;

  return FALSE;
}

static char *
find_page_in_language (const char *folder, const char *language)
{
  g_autofree char *path =
    g_build_filename (folder, "doc", "optsetup", "help", language, "index.html", NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_filename_to_uri (path, NULL, NULL) : NULL;
}

/* The last of the languages is C, in which the guide is written: its page has no folder. */
static char *
find_page (const char *folder)
{
  const char *const *languages = g_get_language_names ();
  char *uri = NULL;

  for (guint i = 0; uri == NULL && languages[i] != NULL; i++)
    uri = find_page_in_language (folder, g_strcmp0 (languages[i], "C") == 0 ? "" : languages[i]);

  return uri;
}

char *
opt_help_find_uri (void)
{
  const char *const *folders = g_get_system_data_dirs ();
  char *uri = NULL;

  if (can_view ())
    return g_strdup ("help:optsetup");

  for (guint i = 0; uri == NULL && folders[i] != NULL; i++)
    uri = find_page (folders[i]);

  /* Where we were installed need not be among them. */
  return uri != NULL ? uri : find_page (OPT_DATA_DIR);
}
