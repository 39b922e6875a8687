/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs that take no file ask for everything, each in an order and in words of its own. A table
 * of rows says which; here they meet the settings. */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>

static const char *
translate (const char *words)
{
  return g_dgettext (GETTEXT_PACKAGE, words);
}

static char *
create_port (const OptServer *server)
{
  return g_strdup_printf ("%u", (guint) opt_server_get_port (server));
}

static char *
create_days (guint days)
{
  return days == OPT_LEAVE_ON_SERVER_NEVER || days == OPT_LEAVE_ON_SERVER_ALWAYS
           ? NULL
           : g_strdup_printf ("%u", days);
}

static gboolean
has_other_user (const OptSettings *settings)
{
  return !g_str_equal (opt_server_get_user (opt_settings_get_outgoing (settings)),
                       opt_server_get_user (opt_settings_get_incoming (settings)));
}

/* Which of a row's words is to be chosen. */
static guint
choose (OptField field, const OptSettings *settings)
{
  switch (field)
    {
    case OPT_FIELD_WAY_IN:
      return opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP ? 0 : 1;
    case OPT_FIELD_IN_SECURITY:
      return opt_server_get_security (opt_settings_get_incoming (settings)) == OPT_SECURITY_TLS ? 0
                                                                                                : 1;
    case OPT_FIELD_OUT_SECURITY:
      return opt_server_get_security (opt_settings_get_outgoing (settings)) == OPT_SECURITY_TLS ? 0
                                                                                                : 1;
    case OPT_FIELD_LEAVE:
      return opt_settings_get_leave_on_server (settings) != OPT_LEAVE_ON_SERVER_NEVER ? 0 : 1;
    case OPT_FIELD_OUT_LOGIN:
      return has_other_user (settings) ? 1 : 0;
    case OPT_FIELD_CHOICE:
    case OPT_FIELD_COMPOSED:
    case OPT_FIELD_NAME:
    case OPT_FIELD_ADDRESS:
    case OPT_FIELD_PASSWORD:
    case OPT_FIELD_DESCRIPTION:
    case OPT_FIELD_IN_HOST:
    case OPT_FIELD_IN_PORT:
    case OPT_FIELD_IN_USER:
    case OPT_FIELD_LEAVE_DAYS:
    case OPT_FIELD_OUT_HOST:
    case OPT_FIELD_OUT_PORT:
    case OPT_FIELD_OUT_USER:
    case OPT_FIELD_OUT_OTHER_USER:
      return 0;
    }

  g_return_val_if_reached (0);
}

/* What goes in letter by letter; NULL for nothing. */
static char *
create_literal (OptField field, const OptSettings *settings)
{
  OptServer *in = opt_settings_get_incoming (settings);
  OptServer *out = opt_settings_get_outgoing (settings);

  switch (field)
    {
    case OPT_FIELD_NAME:
      return opt_settings_get_name (settings)[0] != '\0'
               ? g_strdup (opt_settings_get_name (settings))
               : NULL;
    case OPT_FIELD_ADDRESS:
      return g_strdup (opt_settings_get_address (settings));
    case OPT_FIELD_DESCRIPTION:
      return g_strdup (opt_settings_get_provider_name (settings));
    case OPT_FIELD_IN_HOST:
      return g_strdup (opt_server_get_host (in));
    case OPT_FIELD_IN_PORT:
      return create_port (in);
    case OPT_FIELD_IN_USER:
      return g_strdup (opt_server_get_user (in));
    case OPT_FIELD_LEAVE_DAYS:
      return create_days (opt_settings_get_leave_on_server (settings));
    case OPT_FIELD_OUT_HOST:
      return g_strdup (opt_server_get_host (out));
    case OPT_FIELD_OUT_PORT:
      return create_port (out);
    case OPT_FIELD_OUT_USER:
      return g_strdup (opt_server_get_user (out));
    case OPT_FIELD_OUT_OTHER_USER:
      return has_other_user (settings) ? g_strdup (opt_server_get_user (out)) : NULL;
    case OPT_FIELD_CHOICE:
    case OPT_FIELD_COMPOSED:
    case OPT_FIELD_PASSWORD:
    case OPT_FIELD_WAY_IN:
    case OPT_FIELD_IN_SECURITY:
    case OPT_FIELD_LEAVE:
    case OPT_FIELD_OUT_SECURITY:
    case OPT_FIELD_OUT_LOGIN:
      return NULL;
    }

  g_return_val_if_reached (NULL);
}

static gboolean
is_asked (const OptFieldRow *row, const OptSettings *settings)
{
  OptClientProtocols way_in = opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP
                                ? OPT_CLIENT_TAKES_IMAP
                                : OPT_CLIENT_TAKES_POP3;

  return row->only == 0 || (row->only & way_in) != 0;
}

static void
add_value (GPtrArray *values, const OptFieldRow *row, const OptSettings *settings)
{
  const char *label = translate (row->label);
  g_autofree char *text = NULL;

  if (row->field == OPT_FIELD_PASSWORD)
    {
      opt_values_add (values,
                      row->group,
                      label,
                      _ ("the password of this address; it is not written here"),
                      FALSE);
      return;
    }

  if (row->words[0] != NULL)
    {
      opt_values_add (values,
                      row->group,
                      label,
                      translate (row->words[choose (row->field, settings)]),
                      FALSE);
      return;
    }

  text = row->create != NULL ? row->create (settings) : create_literal (row->field, settings);
  if (text != NULL)
    opt_values_add (values, row->group, label, text, row->field != OPT_FIELD_CHOICE);
}

GPtrArray *
opt_by_hand_create_values (const OptFieldRow *rows, const OptSettings *settings)
{
  GPtrArray *values;

  g_return_val_if_fail (rows != NULL && settings != NULL, NULL);

  values = opt_values_new ();
  for (const OptFieldRow *row = rows; row->label != NULL; row++)
    if (is_asked (row, settings))
      add_value (values, row, settings);

  return values;
}
