/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that mail programs work with, so that none of them gives way to an export. Files are
 * told apart by what they are and not by their names: many people keep theirs elsewhere, with a
 * link in the place where the program looks. */
#include "opt-live-file.h"

#include "opt-error.h"

#include <glib/gstdio.h>
#include <unistd.h>

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

/* Here a program works with whatever there is, however deep, and takes what is new for its own. */
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

/* Here it works with what there is, but a new file is nobody's until somebody names it. */
static const Place shelves[] = {
  { BELOW_HOME, ".getmail" },      { BELOW_HOME, ".mutt" },     { BELOW_HOME, ".neomutt" },
  { BELOW_CONFIG, "aerc" },        { BELOW_CONFIG, "getmail" }, { BELOW_CONFIG, "mpop" },
  { BELOW_CONFIG, "msmtp" },       { BELOW_CONFIG, "mutt" },    { BELOW_CONFIG, "neomutt" },
  { BELOW_CONFIG, "offlineimap" },
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

/* Whether one of @places is @path, which exists, or above it. */
static gboolean
is_below_one_of (const OptMachine *machine, const Place *places, gsize n_places, const char *path)
{
  /* Without links and dots, so that what stands before each slash is the folder above it. */
  g_autofree char *folder = realpath (path, NULL);

  while (folder != NULL && folder[0] == '/' && folder[1] != '\0')
    {
      g_autofree char *above = g_path_get_dirname (folder);
      GStatBuf found;

      if (g_stat (folder, &found) == 0 && is_one_of (machine, places, n_places, &found))
        return TRUE;
      g_free (folder);
      folder = g_steal_pointer (&above);
    }

  return FALSE;
}

/* What there is of @path: itself, or the first folder above it. */
static char *
find_existing (const char *path)
{
  g_autofree char *existing = g_strdup (path);

  while (g_access (existing, F_OK) != 0 && !g_str_equal (existing, ".") &&
         !g_str_equal (existing, "/"))
    {
      char *above = g_path_get_dirname (existing);

      g_free (existing);
      existing = above;
    }

  return g_steal_pointer (&existing);
}

static gboolean
is_live (const OptMachine *machine, const char *path)
{
  g_autofree char *existing = find_existing (path);
  GStatBuf found;

  if (is_below_one_of (machine, folders, G_N_ELEMENTS (folders), existing))
    return TRUE;

  return g_stat (path, &found) == 0 && S_ISREG (found.st_mode) &&
         (is_one_of (machine, files, G_N_ELEMENTS (files), &found) ||
          is_below_one_of (machine, shelves, G_N_ELEMENTS (shelves), path));
}

gboolean
opt_live_file_check (const OptMachine *machine, const char *path, GError **error)
{
  g_return_val_if_fail (machine != NULL && path != NULL, FALSE);

  if (!is_live (machine, path))
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_LIVE, "“%s” belongs to a mail program", path);

  return FALSE;
}
