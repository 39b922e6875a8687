/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person does with the settings once they are written, or in place of a file. */
#include "opt-cli-guide.h"

#include "opt-cli-layout.h"
#include "opt-value.h"

#include <glib/gi18n.h>

int
opt_cli_measure_client_ids (void)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);
  guint widest = 0;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, opt_cli_measure (clients[i]->id));

  return (int) widest;
}

static void
print_steps (FILE *stream, const OptClient *client, const OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (client, settings);

  for (guint i = 0; steps[i] != NULL; i++)
    opt_cli_print (stream, "%u. %s\n", i + 1, steps[i]);
}

static guint
measure_labels (GPtrArray *values)
{
  guint widest = 0;

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      widest = MAX (widest, opt_cli_measure (value->label));
    }

  return widest;
}

static void
print_values (FILE *stream, const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GPtrArray) values = opt_client_create_values (client, settings);
  guint widest = measure_labels (values);
  int group = -1;

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];
      g_autofree char *label = opt_cli_pad (value->label, widest);

      if ((int) value->group != group)
        {
          g_autofree char *title = opt_value_group_create_title (value->group, settings);

          opt_cli_print (stream, "\n%s\n", title);
          group = (int) value->group;
        }
      opt_cli_print (stream, "  %s  %s\n", label, value->text);
    }
}

static void
print_line (FILE *stream, char *line)
{
  opt_cli_print (stream, "%s\n", line);
  g_free (line);
}

void
opt_cli_print_guide (FILE *stream,
                     const OptClient *client,
                     const OptSettings *settings,
                     gboolean with_password)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();

  g_return_if_fail (stream != NULL && client != NULL && settings != NULL);

  print_steps (stream, client, settings);
  if (!opt_client_has_file (client))
    print_values (stream, client, settings);

  fputc ('\n', stream);
  if (opt_client_has_file (client) && !with_password)
    print_line (stream,
                /* Translators: %s is a sentence on how a mail program gets the password */
                g_strdup_printf (_ ("Password: %s"), opt_client_get_password_path (client)));
  print_line (stream,
              /* Translators: %s is a sentence on what was tried with a mail program */
              g_strdup_printf (_ ("Tried: %s"), opt_client_get_tried (client)));
  if (opt_client_is_running (client, machine))
    print_line (stream, opt_client_create_restart_text (client));
}
