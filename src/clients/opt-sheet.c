/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands on the sheet, once for paper, web page and plain text. A program that does not know
 * the way in that was chosen may know the other one, so that stands at the end. */
#include "opt-sheet.h"

#include "opt-value.h"

#include <glib/gi18n-lib.h>

static void
free_group (gpointer data)
{
  OptSheetGroup *group = data;

  g_free (group->title);
  g_ptr_array_unref (group->values);
  g_free (group);
}

static OptSheetGroup *
create_group (char *title, GPtrArray *values)
{
  OptSheetGroup *group = g_new0 (OptSheetGroup, 1);

  group->title = title;
  group->values = values;

  return group;
}

static void
add_groups (OptSheet *self, const OptSettings *settings)
{
  g_autoptr (GPtrArray) values = opt_values_create (settings);

  while (values->len > 0)
    {
      OptValueGroup of = ((const OptValue *) g_ptr_array_index (values, 0))->group;
      GPtrArray *mine = opt_values_new ();

      while (values->len > 0 && ((const OptValue *) g_ptr_array_index (values, 0))->group == of)
        g_ptr_array_add (mine, g_ptr_array_steal_index (values, 0));
      g_ptr_array_add (self->groups,
                       create_group (opt_value_group_create_title (of, settings), mine));
    }
}

static void
add_other_way_in (OptSheet *self, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_other_incoming (settings);

  if (server == NULL)
    return;

  g_ptr_array_add (self->groups,
                   create_group (g_strdup (opt_server_get_service (server) == OPT_SERVICE_POP3
                                             ? _ ("Incoming mail (POP3), in place of IMAP")
                                             : _ ("Incoming mail (IMAP), in place of POP3")),
                                 opt_values_create_for_server (OPT_VALUE_OF_INCOMING, server)));
}

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: %s is an email address. */
  g_autofree char *add = g_strdup_printf (_ ("In the mail program, add an account for %s and "
                                             "choose to set it up by hand."),
                                          opt_settings_get_address (settings));
  const char *steps[] = { add, _ ("Type every value as it stands on the sheet."), NULL };

  return g_strdupv ((char **) steps);
}

OptSheet *
opt_sheet_new (const OptSettings *settings)
{
  OptSheet *self;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_new0 (OptSheet, 1);
  /* Translators: a heading; first the provider's name, then an email address. */
  self->title = g_strdup_printf (_ ("%s mail settings for %s"),
                                 opt_settings_get_provider_name (settings),
                                 opt_settings_get_address (settings));
  self->groups = g_ptr_array_new_with_free_func (free_group);
  add_groups (self, settings);
  add_other_way_in (self, settings);
  self->steps_title = g_strdup (_ ("What to do"));
  self->steps = create_steps (settings);
  self->note =
    g_strdup (_ ("The password is not on this sheet. Type it when the mail program asks for it."));

  return self;
}

void
opt_sheet_free (OptSheet *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_ptr_array_unref (self->groups);
  g_free (self->steps_title);
  g_strfreev (self->steps);
  g_free (self->note);
  g_free (self);
}
