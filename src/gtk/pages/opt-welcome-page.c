/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-welcome-page.h"

#include "opt-found-row.h"
#include "opt-join.h"

#include <glib/gi18n.h>

struct _OptWelcomePage
{
  OptPage parent_instance;

  AdwPreferencesGroup *practice_group;
  GtkWidget *start_row;
  AdwActionRow *find_row;
  AdwPreferencesGroup *saved_group;

  GPtrArray *saved_rows; /* borrowed from their group */
};

G_DEFINE_FINAL_TYPE (OptWelcomePage, opt_welcome_page, OPT_TYPE_PAGE)

void
opt_welcome_page_add_example (OptWelcomePage *self, const char *title, const char *address)
{
  g_autofree char *subtitle = g_markup_escape_text (address, -1);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  GtkWidget *row;
  GtkWidget *arrow;

  g_return_if_fail (OPT_IS_WELCOME_PAGE (self) && title != NULL && address != NULL);

  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.practice");
  adw_preferences_group_add (self->practice_group, row);
  gtk_widget_set_visible (GTK_WIDGET (self->practice_group), TRUE);
}

static OptFoundList *
get_founds (OptWelcomePage *self)
{
  return opt_session_get_founds (opt_page_get_session (OPT_PAGE (self)));
}

static OptFoundItem *
get_item (OptWelcomePage *self, guint position)
{
  g_autoptr (OptFoundItem) item =
    g_list_model_get_item (G_LIST_MODEL (get_founds (self)), position);

  /* The list keeps it. */
  return item;
}

static gboolean
is_of_program (OptFoundItem *item)
{
  return !opt_found_item_is_saved (item) && opt_found_item_get_file (item) == NULL;
}

/* The programs that have an account, each once. */
static char *
join_programs (OptWelcomePage *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (get_founds (self)));

  for (guint i = 0; i < n_items; i++)
    {
      OptFoundItem *item = get_item (self, i);
      const char *name = opt_found_get_client_name (opt_found_item_get_found (item));

      if (is_of_program (item) &&
          !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);

  return opt_join_list ((const char *const *) names->pdata);
}

static void
show_programs (OptWelcomePage *self)
{
  g_autofree char *programs = join_programs (self);
  g_autofree char *text =
    programs != NULL
      /* Translators: %s is a list of mail programs */
      ? g_strdup_printf (_ ("Looks at what is on this computer: %s"), programs)
      : g_strdup (_ ("Also opens a settings file"));
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (self->find_row, escaped);
}

static void
show_saved (OptWelcomePage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (get_founds (self)));

  for (guint i = 0; i < self->saved_rows->len; i++)
    adw_preferences_group_remove (self->saved_group, g_ptr_array_index (self->saved_rows, i));
  g_ptr_array_set_size (self->saved_rows, 0);
  for (guint i = 0; i < n_items; i++)
    if (opt_found_item_is_saved (get_item (self, i)))
      {
        GtkWidget *row = opt_found_row_new (get_item (self, i));

        opt_found_row_show_saved (OPT_FOUND_ROW (row));
        adw_preferences_group_add (self->saved_group, row);
        g_ptr_array_add (self->saved_rows, row);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->saved_group), self->saved_rows->len > 0);
}

static void
update (OptWelcomePage *self)
{
  show_programs (self);
  show_saved (self);
}

/* The first thing that most people want. Somebody who comes back goes on from where they were. */
static void
opt_welcome_page_shown (OptPage *page)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (page)));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (page)))
    gtk_widget_grab_focus (OPT_WELCOME_PAGE (page)->start_row);
}

static void
opt_welcome_page_constructed (GObject *object)
{
  OptWelcomePage *self = OPT_WELCOME_PAGE (object);

  G_OBJECT_CLASS (opt_welcome_page_parent_class)->constructed (object);

  g_signal_connect_object (get_founds (self),
                           "items-changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
opt_welcome_page_finalize (GObject *object)
{
  g_ptr_array_unref (OPT_WELCOME_PAGE (object)->saved_rows);

  G_OBJECT_CLASS (opt_welcome_page_parent_class)->finalize (object);
}

static void
opt_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (opt_welcome_page_parent_class)->dispose (object);
}

static void
opt_welcome_page_class_init (OptWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = opt_welcome_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = opt_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = opt_welcome_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_welcome_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptWelcomePage, practice_group);
  gtk_widget_class_bind_template_child (widget_class, OptWelcomePage, start_row);
  gtk_widget_class_bind_template_child (widget_class, OptWelcomePage, find_row);
  gtk_widget_class_bind_template_child (widget_class, OptWelcomePage, saved_group);
}

static void
opt_welcome_page_init (OptWelcomePage *self)
{
  self->saved_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
