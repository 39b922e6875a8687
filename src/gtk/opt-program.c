/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-program.h"

#include <string.h>

static gboolean
is_by_trace (GAppInfo *info, const OptTrace *trace)
{
  const char *id = g_app_info_get_id (info);
  const char *command = g_app_info_get_executable (info);
  g_autofree char *executable = command != NULL ? g_path_get_basename (command) : NULL;

  switch (trace->kind)
    {
    case OPT_TRACE_PROGRAM:
      return g_strcmp0 (executable, trace->name) == 0;
    case OPT_TRACE_FLATPAK:
      return id != NULL && g_str_has_prefix (id, trace->name) &&
             g_str_equal (id + strlen (trace->name), ".desktop");
    case OPT_TRACE_NONE:
    case OPT_TRACE_SNAP:
    case OPT_TRACE_HOME_FOLDER:
    case OPT_TRACE_CONFIG_FOLDER:
      return FALSE;
    }

  g_assert_not_reached ();
}

static gboolean
starts (GAppInfo *info, const OptClient *client)
{
  if (!g_app_info_should_show (info))
    return FALSE;

  for (const OptTrace *trace = client->traces; trace != NULL && trace->kind != OPT_TRACE_NONE;
       trace++)
    if (is_by_trace (info, trace))
      return TRUE;

  return FALSE;
}

GAppInfo *
opt_program_find (const OptClient *client)
{
  GList *infos = g_app_info_get_all ();
  GAppInfo *found = NULL;

  for (GList *l = infos; found == NULL && l != NULL; l = l->next)
    if (starts (l->data, client))
      found = g_object_ref (l->data);
  g_list_free_full (infos, g_object_unref);

  return found;
}
