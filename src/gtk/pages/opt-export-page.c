/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail programs that can be given the settings, those that are installed here first. */
#include "opt-export-page.h"

#include "opt-client-row.h"
#include "opt-way-in-group.h"

#include <glib/gi18n.h>

static const guint max_shown[] = {
  [OPT_CLIENT_ON_COMPUTER] = G_MAXUINT,
  [OPT_CLIENT_ON_PHONE] = 3,
  [OPT_CLIENT_ANYTHING_ELSE] = 2,
};

struct _OptExportPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  AdwPreferencesGroup *computer_group;
  AdwPreferencesGroup *phone_group;
  AdwPreferencesGroup *else_group;
  AdwActionRow *more_row;
  OptWayInGroup *way_in_group;

  GPtrArray *rows;   /* borrowed from the groups, from top to bottom */
  GHashTable *shown; /* the clients that have a row */
};

G_DEFINE_FINAL_TYPE (OptExportPage, opt_export_page, OPT_TYPE_PAGE)

static AdwPreferencesGroup *
find_group (OptExportPage *self, const OptClient *client)
{
  switch (client->group)
    {
    case OPT_CLIENT_ON_COMPUTER:
      return self->computer_group;
    case OPT_CLIENT_ON_PHONE:
      return self->phone_group;
    case OPT_CLIENT_ANYTHING_ELSE:
      return self->else_group;
    }

  g_assert_not_reached ();
}

static void
add_row (OptExportPage *self, const OptClient *client)
{
  GtkWidget *row = opt_client_row_new (client);

  adw_preferences_group_add (find_group (self, client), row);
  g_ptr_array_add (self->rows, row);
  g_hash_table_add (self->shown, (gpointer) client);
}

/* Nobody looks through thirty rows: programs are shown when they are here, and what cannot be here
 * when it is among the best of its kind. */
static guint
add_group (OptExportPage *self, OptClientGroup group, const OptMachine *machine)
{
  guint n_added = 0;
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n && n_added < max_shown[group]; i++)
    {
      gboolean fits = group == OPT_CLIENT_ON_COMPUTER
                        ? opt_client_is_installed (clients[i], machine)
                        : clients[i]->traces == NULL;

      if (clients[i]->group != group || !fits)
        continue;

      add_row (self, clients[i]);
      n_added++;
    }

  return n_added;
}

static void
add_rows (OptExportPage *self)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();

  if (add_group (self, OPT_CLIENT_ON_COMPUTER, machine) == 0)
    adw_preferences_group_set_description (self->computer_group,
                                           _ ("No mail program that is known was found here. "
                                              "“More programs” has those that can be installed."));
  add_group (self, OPT_CLIENT_ON_PHONE, machine);
  add_group (self, OPT_CLIENT_ANYTHING_ELSE, machine);
}

/* The best of what is not shown says what else there is. */
static char *
describe_more (OptExportPage *self)
{
  const char *names[2] = { NULL, NULL };
  guint n_more = 0;
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (self->shown, clients[i]))
      {
        if (n_more < G_N_ELEMENTS (names))
          names[n_more] = opt_client_get_name (clients[i]);
        n_more++;
      }

  if (n_more <= G_N_ELEMENTS (names))
    return g_strdup (_ ("All that are known, with a search"));

  n_more -= G_N_ELEMENTS (names);

  /* Translators: the names of two programs, and how many more there are */
  return g_strdup_printf (ngettext ("%s, %s and %u other", "%s, %s and %u others", n_more),
                          names[0],
                          names[1],
                          n_more);
}

static void
update (OptExportPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    opt_client_row_update (g_ptr_array_index (self->rows, i),
                           opt_page_get_session (OPT_PAGE (self)));
}

static void
opt_export_page_shown (OptPage *page)
{
  OptExportPage *self = OPT_EXPORT_PAGE (page);

  update (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
}

static void
opt_export_page_constructed (GObject *object)
{
  OptExportPage *self = OPT_EXPORT_PAGE (object);
  OptSession *session = opt_page_get_session (OPT_PAGE (self));
  g_autofree char *more = NULL;

  G_OBJECT_CLASS (opt_export_page_parent_class)->constructed (object);

  add_rows (self);
  more = describe_more (self);
  adw_action_row_set_subtitle (self->more_row, more);
  adw_preferences_group_add (self->else_group, GTK_WIDGET (self->more_row));
  g_signal_connect_object (session,
                           "notify::incoming",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
  opt_way_in_group_set_session (self->way_in_group, session);
  opt_page_set_next (OPT_PAGE (self), _ ("_Done"), TRUE);
}

static void
opt_export_page_dispose (GObject *object)
{
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_EXPORT_PAGE);

  G_OBJECT_CLASS (opt_export_page_parent_class)->dispose (object);
}

static void
opt_export_page_finalize (GObject *object)
{
  OptExportPage *self = OPT_EXPORT_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->shown);

  G_OBJECT_CLASS (opt_export_page_parent_class)->finalize (object);
}

static void
opt_export_page_class_init (OptExportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_export_page_constructed;
  object_class->dispose = opt_export_page_dispose;
  object_class->finalize = opt_export_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_export_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, computer_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, phone_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, else_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, more_row);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, way_in_group);
}

static void
opt_export_page_init (OptExportPage *self)
{
  self->rows = g_ptr_array_new ();
  self->shown = g_hash_table_new (NULL, NULL);
  g_type_ensure (OPT_TYPE_WAY_IN_GROUP);
  gtk_widget_init_template (GTK_WIDGET (self));
}
