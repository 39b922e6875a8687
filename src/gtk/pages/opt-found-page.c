/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts that were found: a group for each program, and one for each file that was opened. */
#include "opt-found-page.h"

#include "opt-advice.h"
#include "opt-found-row.h"
#include "opt-join.h"
#include "opt-wrap.h"

#include <glib/gi18n.h>

struct _OptFoundPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  GtkLabel *heading;
  GtkLabel *reason;
  GtkWidget *scanning_box;
  GtkSpinner *spinner;
  GtkBox *groups_box;
  AdwPreferencesGroup *troubles_group;
  GtkWidget *open_failed_group;
  AdwActionRow *open_failed_row;

  OptFoundPurpose purpose;
  GPtrArray *trouble_rows; /* borrowed from their group */
};

G_DEFINE_FINAL_TYPE (OptFoundPage, opt_found_page, OPT_TYPE_PAGE)

static OptFoundList *
get_founds (OptFoundPage *self)
{
  return opt_session_get_founds (opt_page_get_session (OPT_PAGE (self)));
}

static OptFoundItem *
get_item (OptFoundPage *self, guint position)
{
  g_autoptr (OptFoundItem) item =
    g_list_model_get_item (G_LIST_MODEL (get_founds (self)), position);

  /* The list keeps it. */
  return item;
}

/* The program, or the file that somebody has opened. */
static char *
create_group_title (OptFoundItem *item)
{
  const char *path = opt_found_item_get_file (item);
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  return g_markup_escape_text (name != NULL
                                 ? name
                                 : opt_found_get_client_name (opt_found_item_get_found (item)),
                               -1);
}

static AdwPreferencesGroup *
ensure_group (OptFoundPage *self, OptFoundItem *item)
{
  g_autofree char *title = create_group_title (item);
  GtkWidget *group;

  for (group = gtk_widget_get_first_child (GTK_WIDGET (self->groups_box)); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    if (g_str_equal (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), title))
      return ADW_PREFERENCES_GROUP (group);

  group = adw_preferences_group_new ();
  opt_wrap_titles (group);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups_box, group);

  return ADW_PREFERENCES_GROUP (group);
}

static void
show_items (OptFoundPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (get_founds (self)));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups_box))) != NULL)
    gtk_box_remove (self->groups_box, child);
  for (guint i = 0; i < n_items; i++)
    adw_preferences_group_add (ensure_group (self, get_item (self, i)),
                               opt_found_row_new (get_item (self, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->groups_box), n_items > 0);
}

/* The programs whose settings can be read, so that nobody waits for one that cannot. */
static char *
describe_search (void)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) searched = NULL;
  g_autofree char *list = NULL;
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    if (opt_client_can_read (clients[i]) && clients[i]->find_places != NULL)
      g_strv_builder_add (names, opt_client_get_name (clients[i]));
  searched = g_strv_builder_end (names);
  list = opt_join_list ((const char *const *) searched);

  /* Translators: %s is a list of mail programs */
  return g_strdup_printf (_ ("Looked for the settings of these programs on this computer: %s."),
                          list);
}

static char *
create_heading (OptFoundPage *self, guint n_items)
{
  if (n_items == 0 && opt_found_list_is_scanning (get_founds (self)))
    return g_strdup (_ ("Looking for mail accounts…"));
  if (n_items == 0)
    return g_strdup (_ ("No mail account was found"));
  if (self->purpose == OPT_FOUND_TO_MOVE)
    return g_strdup (_ ("Which settings are to move?"));

  return g_strdup_printf (ngettext ("%u mail account was found",
                                    "%u mail accounts were found",
                                    n_items),
                          n_items);
}

static char *
create_reason (OptFoundPage *self, guint n_items)
{
  if (n_items == 0 && opt_found_list_is_scanning (get_founds (self)))
    return g_strdup (_ ("Nothing is changed, and no program is started."));
  if (n_items == 0)
    return describe_search ();
  if (self->purpose == OPT_FOUND_TO_MOVE)
    return g_strdup (_ ("Pick an account. Where its settings are wrong, the right ones move."));

  if (!opt_found_list_can_test_all (get_founds (self)))
    return g_strdup (_ ("Pick one to see what it has and what it should have. “Check all” checks "
                        "those whose password is known."));

  return g_strdup (_ ("Pick one to see what it has and what it should have."));
}

static void
update_next (OptFoundPage *self)
{
  gboolean has_items = g_list_model_get_n_items (G_LIST_MODEL (get_founds (self))) > 0;

  opt_page_set_next (OPT_PAGE (self),
                     has_items && self->purpose == OPT_FOUND_TO_REVIEW ? _ ("_Check all") : NULL,
                     opt_found_list_can_test_all (get_founds (self)));
}

static void
update_words (OptFoundPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (get_founds (self)));
  g_autofree char *heading = create_heading (self, n_items);
  g_autofree char *reason = create_reason (self, n_items);
  gboolean scanning = opt_found_list_is_scanning (get_founds (self));

  gtk_label_set_text (self->heading, heading);
  gtk_label_set_text (self->reason, reason);
  gtk_widget_set_visible (self->scanning_box, scanning);
  gtk_spinner_set_spinning (self->spinner, scanning);
  opt_page_set_title (OPT_PAGE (self),
                      self->purpose == OPT_FOUND_TO_MOVE ? _ ("Move settings")
                                                         : _ ("Mail programs"));
  update_next (self);
}

static void
add_trouble (OptFoundPage *self, const OptScanTrouble *trouble)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *path = g_filename_display_name (trouble->path);
  g_autofree char *text =
    g_strdup_printf ("%s\n%s", path, opt_advice_get_error_text (trouble->error));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 trouble->client != NULL ? opt_client_get_name (trouble->client)
                                                         : _ ("Accounts set up before"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
  adw_preferences_group_add (self->troubles_group, row);
  g_ptr_array_add (self->trouble_rows, row);
}

static void
on_scanning (OptFoundPage *self)
{
  GPtrArray *troubles = opt_found_list_get_troubles (get_founds (self));

  for (guint i = 0; i < self->trouble_rows->len; i++)
    adw_preferences_group_remove (self->troubles_group, g_ptr_array_index (self->trouble_rows, i));
  g_ptr_array_set_size (self->trouble_rows, 0);
  for (guint i = 0; troubles != NULL && i < troubles->len; i++)
    add_trouble (self, g_ptr_array_index (troubles, i));
  gtk_widget_set_visible (GTK_WIDGET (self->troubles_group), self->trouble_rows->len > 0);
  update_words (self);
}

static void
on_items_changed (OptFoundPage *self)
{
  show_items (self);
  update_words (self);
}

void
opt_found_page_set_purpose (OptFoundPage *self, OptFoundPurpose purpose)
{
  g_return_if_fail (OPT_IS_FOUND_PAGE (self));

  self->purpose = purpose;
  update_words (self);
}

OptFoundPurpose
opt_found_page_get_purpose (OptFoundPage *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_PAGE (self), OPT_FOUND_TO_REVIEW);

  return self->purpose;
}

void
opt_found_page_show_open_failed (OptFoundPage *self, const char *path, const char *reason)
{
  g_autofree char *name = NULL;

  g_return_if_fail (OPT_IS_FOUND_PAGE (self));

  gtk_widget_set_visible (self->open_failed_group, path != NULL);
  if (path == NULL)
    return;

  name = g_filename_display_basename (path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->open_failed_row), name);
  adw_action_row_set_subtitle (self->open_failed_row, reason);
}

static void
opt_found_page_shown (OptPage *page)
{
  OptFoundPage *self = OPT_FOUND_PAGE (page);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  opt_page_focus_heading (page, self->heading);
}

static void
opt_found_page_constructed (GObject *object)
{
  OptFoundPage *self = OPT_FOUND_PAGE (object);
  OptFoundList *founds = get_founds (self);
  const struct
  {
    const char *signal;
    void (*handler) (OptFoundPage *self);
  } handlers[] = {
    { "items-changed", on_items_changed },
    { "notify::scanning", on_scanning },
    { "notify::can-test-all", update_words },
  };

  G_OBJECT_CLASS (opt_found_page_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (founds,
                             handlers[i].signal,
                             G_CALLBACK (handlers[i].handler),
                             self,
                             G_CONNECT_SWAPPED);
  on_items_changed (self);
}

static void
opt_found_page_dispose (GObject *object)
{
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_FOUND_PAGE);

  G_OBJECT_CLASS (opt_found_page_parent_class)->dispose (object);
}

static void
opt_found_page_finalize (GObject *object)
{
  g_ptr_array_unref (OPT_FOUND_PAGE (object)->trouble_rows);

  G_OBJECT_CLASS (opt_found_page_parent_class)->finalize (object);
}

static void
opt_found_page_class_init (OptFoundPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_found_page_constructed;
  object_class->dispose = opt_found_page_dispose;
  object_class->finalize = opt_found_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_found_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-found-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, reason);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, scanning_box);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, groups_box);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, troubles_group);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, open_failed_group);
  gtk_widget_class_bind_template_child (widget_class, OptFoundPage, open_failed_row);
}

static void
opt_found_page_init (OptFoundPage *self)
{
  self->trouble_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
