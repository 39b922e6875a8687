/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings as a list to read and to copy from: the printed sheet is made of it, and so are
 * instructions for a program that takes no file. */
#include "opt-value.h"

#include <glib/gi18n-lib.h>

static void
free_value (gpointer data)
{
  OptValue *value = data;

  g_free (value->label);
  g_free (value->text);
  g_free (value);
}

GPtrArray *
opt_values_new (void)
{
  return g_ptr_array_new_with_free_func (free_value);
}

void
opt_values_add (
  GPtrArray *values, OptValueGroup group, const char *label, const char *text, gboolean is_literal)
{
  OptValue *value;

  g_return_if_fail (values != NULL && label != NULL && text != NULL);

  value = g_new0 (OptValue, 1);

  value->group = group;
  value->label = g_strdup (label);
  value->text = g_strdup (text);
  value->is_literal = is_literal;
  g_ptr_array_add (values, value);
}

static void
add_person (GPtrArray *values, const OptSettings *settings)
{
  const OptValueGroup group = OPT_VALUE_OF_PERSON;

  if (opt_settings_get_name (settings)[0] != '\0')
    opt_values_add (values, group, _ ("Your name"), opt_settings_get_name (settings), TRUE);
  opt_values_add (values, group, _ ("Email address"), opt_settings_get_address (settings), TRUE);
  opt_values_add (values,
                  group,
                  _ ("Password"),
                  _ ("the password of this address; it is not written here"),
                  FALSE);
}

/* The words in brackets are those of the mail programs' own lists. */
static const char *
get_security_words (OptSecurity security)
{
  switch (security)
    {
    case OPT_SECURITY_TLS:
      return _ ("Encrypted from the start (SSL/TLS)");
    case OPT_SECURITY_STARTTLS:
      return _ ("Encrypted after connecting (STARTTLS)");
    }

  g_return_val_if_reached (NULL);
}

static void
add_server (GPtrArray *values, OptValueGroup group, const OptServer *server)
{
  g_autofree char *port = g_strdup_printf ("%u", (guint) opt_server_get_port (server));

  opt_values_add (values, group, _ ("Server"), opt_server_get_host (server), TRUE);
  opt_values_add (values, group, _ ("Port"), port, TRUE);
  opt_values_add (values,
                  group,
                  C_ ("connection", "Security"),
                  get_security_words (opt_server_get_security (server)),
                  FALSE);
  opt_values_add (values, group, _ ("User name"), opt_server_get_user (server), TRUE);
  /* Translators: how a mail program proves who it is; as Thunderbird calls it. */
  opt_values_add (values, group, _ ("Authentication"), _ ("Normal password"), FALSE);
}

static void
add_leave_on_server (GPtrArray *values, guint days)
{
  g_autofree char *text = NULL;

  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    text = g_strdup (C_ ("mail on server", "no"));
  else if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    text = g_strdup (C_ ("mail on server", "always"));
  else
    /* Translators: how long mail that was fetched stays on the server. */
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "for %u day", "for %u days", days), days);

  opt_values_add (values, OPT_VALUE_OF_INCOMING, _ ("Leave mail on server"), text, FALSE);
}

GPtrArray *
opt_values_create (const OptSettings *settings)
{
  GPtrArray *values;

  g_return_val_if_fail (settings != NULL, NULL);

  values = opt_values_new ();
  add_person (values, settings);
  add_server (values, OPT_VALUE_OF_INCOMING, opt_settings_get_incoming (settings));
  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3)
    add_leave_on_server (values, opt_settings_get_leave_on_server (settings));
  add_server (values, OPT_VALUE_OF_OUTGOING, opt_settings_get_outgoing (settings));

  return values;
}

GPtrArray *
opt_values_create_for_server (OptValueGroup group, const OptServer *server)
{
  GPtrArray *values;

  g_return_val_if_fail (server != NULL, NULL);

  values = opt_values_new ();
  add_server (values, group, server);

  return values;
}

char *
opt_value_group_create_title (OptValueGroup group, const OptSettings *settings)
{
  g_return_val_if_fail (settings != NULL, NULL);

  switch (group)
    {
    case OPT_VALUE_OF_PERSON:
      return g_strdup (_ ("You"));
    case OPT_VALUE_OF_INCOMING:
      return g_strdup (opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP
                         ? _ ("Incoming mail (IMAP)")
                         : _ ("Incoming mail (POP3)"));
    case OPT_VALUE_OF_OUTGOING:
      return g_strdup (_ ("Outgoing mail (SMTP)"));
    }

  g_return_val_if_reached (NULL);
}
