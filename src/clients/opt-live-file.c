/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that mail programs work with, so that none of them gives way to an export. Files are
 * told apart by what they are and not by their names: many people keep theirs elsewhere, with a
 * link in the place where the program looks. */
#include "opt-live-file.h"

#include "opt-error.h"

#include <glib/gstdio.h>

typedef enum
{
  BELOW_HOME,
  BELOW_CONFIG,
} Base;

typedef struct
{
  Base base;
  const char *name;
} Place;

static const Place files[] = {
  { BELOW_HOME, ".fetchmailrc" },
  { BELOW_HOME, ".getmail/getmailrc" },
  { BELOW_HOME, ".mailrc" },
  { BELOW_HOME, ".mbsyncrc" },
  { BELOW_HOME, ".mpoprc" },
  { BELOW_HOME, ".msmtprc" },
  { BELOW_HOME, ".mutt/muttrc" },
  { BELOW_HOME, ".muttrc" },
  { BELOW_HOME, ".neomutt/neomuttrc" },
  { BELOW_HOME, ".neomuttrc" },
  { BELOW_HOME, ".netrc" },
  { BELOW_HOME, ".offlineimaprc" },
  { BELOW_CONFIG, "aerc/accounts.conf" },
  { BELOW_CONFIG, "aerc/aerc.conf" },
  { BELOW_CONFIG, "getmail/getmailrc" },
  { BELOW_CONFIG, "isyncrc" },
  { BELOW_CONFIG, "mpop/config" },
  { BELOW_CONFIG, "msmtp/config" },
  { BELOW_CONFIG, "mutt/muttrc" },
  { BELOW_CONFIG, "neomutt/neomuttrc" },
  { BELOW_CONFIG, "offlineimap/config" },
};

/* Here a program works with whatever there is, however deep. */
static const Place folders[] = {
  { BELOW_HOME, ".claws-mail" },
  { BELOW_HOME, ".sylpheed-2.0" },
  { BELOW_HOME, ".thunderbird" },
  { BELOW_HOME, ".var/app/net.thunderbird.Thunderbird" },
  { BELOW_HOME, ".var/app/org.gnome.Evolution" },
  { BELOW_HOME, ".var/app/org.gnome.Geary" },
  { BELOW_HOME, ".var/app/org.mozilla.Thunderbird" },
  { BELOW_HOME, "snap/thunderbird" },
  { BELOW_CONFIG, "evolution" },
  { BELOW_CONFIG, "geary" },
  { BELOW_CONFIG, "goa-1.0" },
};

/* As programs see it: through every link. */
static gboolean
find_place (const OptMachine *machine, const Place *place, GStatBuf *found)
{
  const char *base = place->base == BELOW_HOME ? machine->home_folder : machine->config_folder;
  g_autofree char *path = base != NULL ? g_build_filename (base, place->name, NULL) : NULL;

  return path != NULL && g_stat (path, found) == 0;
}

static gboolean
is_one_of (const OptMachine *machine, const Place *places, gsize n_places, const GStatBuf *wanted)
{
  for (gsize i = 0; i < n_places; i++)
    {
      GStatBuf found;

      if (find_place (machine, &places[i], &found) && found.st_dev == wanted->st_dev &&
          found.st_ino == wanted->st_ino)
        return TRUE;
    }

  return FALSE;
}

/* @path without links and dots, so that what stands before each slash is the folder above it. */
static gboolean
is_below_one_of (const OptMachine *machine, const char *path)
{
  g_autofree char *folder = realpath (path, NULL);
  GStatBuf found;

  while (folder != NULL && folder[0] == '/' && folder[1] != '\0')
    {
      g_autofree char *above = g_path_get_dirname (folder);

      g_free (folder);
      folder = g_steal_pointer (&above);
      if (g_stat (folder, &found) == 0 &&
          is_one_of (machine, folders, G_N_ELEMENTS (folders), &found))
        return TRUE;
    }

  return FALSE;
}

gboolean
opt_live_file_check (const OptMachine *machine, const char *path, GError **error)
{
  GStatBuf found;

  g_return_val_if_fail (machine != NULL && path != NULL, FALSE);

  if (g_stat (path, &found) != 0 || !S_ISREG (found.st_mode))
    return TRUE;

  if (!is_one_of (machine, files, G_N_ELEMENTS (files), &found) && !is_below_one_of (machine, path))
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_LIVE, "“%s” belongs to a mail program", path);

  return FALSE;
}
