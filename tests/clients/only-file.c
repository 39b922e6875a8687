/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "only-file.h"

GBytes *
render_only_file (const OptClient *client, const OptSettings *settings, GError **error)
{
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, error);
  const OptClientFile *file;

  if (files == NULL)
    return NULL;

  g_assert_cmpuint (files->len, ==, 1);
  file = g_ptr_array_index (files, 0);

  return g_bytes_ref (file->bytes);
}
