/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-application.h"

#include "opt-locale.h"

int
main (int argc, char *argv[])
{
  g_autoptr (OptApplication) application = NULL;

  opt_locale_init ();
  g_set_prgname (OPT_APP_ID);

  application = opt_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
