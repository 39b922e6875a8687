/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sylpheed's accounts; see opt-accountrc.h. */
#include "opt-accountrc.h"
#include "opt-client.h"
#include "opt-reading.h"

#include <glib/gi18n-lib.h>

static const OptAccountrc sylpheed = {
  .imap = 3,
  .more = "receive_at_get_all=1\n",
  .more_pop3 = "inbox=inbox\n",
};

static GBytes *
render (const OptSettings *settings, GError **error)
{
  return opt_accountrc_render (&sylpheed, settings, error);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *first =
    /* Translators: the names of the folder and of the file stay as they are. */
    _ ("If there is no file “~/.sylpheed-2.0/accountrc” yet, save the exported file "
       "under that name as it is, and go on with starting Sylpheed.");
  /* Translators: “Get” as Sylpheed has it in your language. */
  const char *last = _ ("Choose “Get” to see whether it works. Do not let Sylpheed keep the "
                        "password: it would be readable on disk.");

  return opt_accountrc_create_steps (settings, "Sylpheed", "~/.sylpheed-2.0", first, last);
}

static const char *const home_files[] = { ".sylpheed-2.0/accountrc", NULL };

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  opt_reading_find_files (machine, places, home_files, NULL);
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_accountrc_recognises (file, FALSE);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "sylpheed" },
  { OPT_TRACE_HOME_FOLDER, ".sylpheed-2.0" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_sylpheed = {
  .id = "sylpheed",
  .name = N_ ("Sylpheed"),
  .icon_name = "sylpheed",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "sylpheed.accountrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = opt_accountrc_read,
  .password_path = N_ ("It asks for it; do not let it keep it, as it would be readable on disk."),
  .proof = "sylpheed.test_keeps_pop3",
  .tried = N_ ("Sylpheed 3.8 on Debian kept every value; not tried to fetch mail, and not on "
               "Windows."),
};
