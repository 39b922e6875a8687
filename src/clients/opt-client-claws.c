/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Claws Mail counts protocols in its own way since it wrote a version into its accounts: without
 * one, its IMAP is read as another protocol that Sylpheed once had. */
#include "opt-accountrc.h"
#include "opt-client.h"
#include "opt-reading.h"

#include <glib/gi18n-lib.h>

static const OptAccountrc claws = {
  .imap = 1,
  .more = "ssl_certs_auto_accept=0\n"
          "receive_at_get_all=1\n"
          "config_version=4\n",
  .more_pop3 = "local_inbox=#mh/Mailbox/inbox\n"
               "inbox=#mh/Mailbox/inbox\n",
};

static GBytes *
render (const OptSettings *settings, GError **error)
{
  return opt_accountrc_render (&claws, settings, error);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *first =
    _ ("Claws Mail must have been set up here before: when it starts for the first "
       "time it asks for an account, and takes none from a file.");
  /* Translators: “Signature status” and “Correct” as Claws Mail has them in your language. */
  const char *last = _ ("When it asks about a certificate, accept it only if “Signature status” is "
                        "“Correct”.");

  return opt_accountrc_create_steps (settings, "Claws Mail", "~/.claws-mail", first, last);
}

static const char *const home_files[] = { ".claws-mail/accountrc", NULL };

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  opt_reading_find_files (machine, places, home_files, NULL);
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_accountrc_recognises (file, TRUE);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "claws-mail" },
  { OPT_TRACE_FLATPAK, "org.claws_mail.Claws-Mail" },
  { OPT_TRACE_HOME_FOLDER, ".claws-mail" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_claws = {
  .id = "claws",
  .name = N_ ("Claws Mail"),
  .icon_name = "claws-mail",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "claws-mail.accountrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = opt_accountrc_read,
  .password_path = N_ ("It asks for it, and can keep it itself."),
  .proof = "claws.test_fetches",
  .tried =
    N_ ("Claws Mail 4.1 on Debian kept every value and fetched mail; it asks whether to accept "
        "the certificate. Not tried on Windows."),
};
