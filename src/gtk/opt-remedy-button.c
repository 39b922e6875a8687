/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-remedy-button.h"

#include "opt-accessible.h"

#include <glib/gi18n.h>

/* Often enough to show every second. */
#define TICK_MS 200
#define NO_LINK -1

struct _OptRemedyButton
{
  GtkButton parent_instance;

  gboolean suggested;
  gint64 wait_end_us;
  guint shown_s; /* what the label says is left to wait */
  guint tick;
};

G_DEFINE_FINAL_TYPE (OptRemedyButton, opt_remedy_button, GTK_TYPE_BUTTON)

/* Adding something that can be done is adding a row. */
static const struct
{
  OptAction action;
  const char *label; /* NULL where the remedy has one */
  const char *action_name;
  int link; /* the OptLink that has to be there, or NO_LINK */
} button_rows[] = {
  { OPT_ACTION_ENTER_PASSWORD, N_ ("Enter the _password again"), "win.enter-password", NO_LINK },
  { OPT_ACTION_OPEN_WEB_MAIL, N_ ("Open _web mail"), "win.open-web-mail", OPT_LINK_WEB_MAIL },
  { OPT_ACTION_OPEN_BROWSER, N_ ("Open the web _browser"), "win.open-web-mail", OPT_LINK_WEB_MAIL },
  { OPT_ACTION_OPEN_CONTACT, N_ ("Ask for _help"), "win.open-contact", OPT_LINK_CONTACT },
  { OPT_ACTION_OPEN_NETWORK, N_ ("_Network settings"), "win.open-network", NO_LINK },
  { OPT_ACTION_OPEN_CLOCK, N_ ("Set _date and time"), "win.open-clock", NO_LINK },
  { OPT_ACTION_TRY_AGAIN, N_ ("_Try again"), "win.check", NO_LINK },
  { OPT_ACTION_TRY_LATER, N_ ("_Try again"), "win.check", NO_LINK },
  { OPT_ACTION_USE_SERVER, NULL, "win.use-server", NO_LINK },
  { OPT_ACTION_CHANGE_SERVERS, N_ ("Change _servers…"), "win.servers", NO_LINK },
  { OPT_ACTION_COPY_REPORT, N_ ("_Copy the report"), "win.copy-report", NO_LINK },
  { OPT_ACTION_GO_ON, N_ ("Go on _without this server"), "win.next", NO_LINK },
};

static void
set_words (OptRemedyButton *self, const char *label)
{
  gtk_button_set_label (GTK_BUTTON (self), label);
  opt_accessible_name_button (GTK_WIDGET (self));
}

static void
suggest (OptRemedyButton *self)
{
  if (self->suggested)
    gtk_widget_add_css_class (GTK_WIDGET (self), "suggested-action");
}

/* The button is not told, only the label in it: a screen reader would speak a new name of a button
 * that has the focus, and so every second. It hears the time when it comes to the button, and the
 * end of the wait. */
static void
show_wait (OptRemedyButton *self, guint left_s)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (self));
  /* Translators: minutes, then seconds as two digits */
  g_autofree char *text = g_strdup_printf (_ ("_Try again in %u:%02u"), left_s / 60, left_s % 60);

  gtk_label_set_text_with_mnemonic (GTK_LABEL (label), text);
  self->shown_s = left_s;
}

static gboolean
on_tick (gpointer user_data)
{
  OptRemedyButton *self = user_data;
  gint64 left_us = self->wait_end_us - g_get_monotonic_time ();
  guint left_s = (guint) ((MAX (left_us, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  if (left_s == self->shown_s)
    return G_SOURCE_CONTINUE;

  if (left_s > 0)
    {
      show_wait (self, left_s);
      return G_SOURCE_CONTINUE;
    }

  self->tick = 0;
  set_words (self, _ ("_Try again"));
  suggest (self);

  return G_SOURCE_REMOVE;
}

static void
start_wait (OptRemedyButton *self, guint wait_s)
{
  self->wait_end_us = g_get_monotonic_time () + (gint64) wait_s * G_USEC_PER_SEC;
  show_wait (self, wait_s);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
}

static void
opt_remedy_button_dispose (GObject *object)
{
  g_clear_handle_id (&OPT_REMEDY_BUTTON (object)->tick, g_source_remove);

  G_OBJECT_CLASS (opt_remedy_button_parent_class)->dispose (object);
}

static void
opt_remedy_button_class_init (OptRemedyButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = opt_remedy_button_dispose;
}

static void
opt_remedy_button_init (OptRemedyButton *self)
{
}

/* The row of button_rows[], or -1 when there is nothing to press. */
static int
find_row (OptAction action, const OptProvider *provider)
{
  for (guint i = 0; i < G_N_ELEMENTS (button_rows); i++)
    if (button_rows[i].action == action)
      {
        int link = button_rows[i].link;
        gboolean there =
          link == NO_LINK || (provider != NULL && opt_provider_get_link (provider, link) != NULL);

        return there ? (int) i : -1;
      }

  return -1;
}

static char *
create_label (int row, OptCheck *check, OptService service, const OptRemedy *remedy)
{
  const OptEvidence *evidence = opt_probe_get_evidence (opt_check_get_probe (check, service));

  if (remedy->action == OPT_ACTION_ENTER_PASSWORD && evidence->password_origin != OPT_SECRET_TYPED)
    return g_strdup (_ ("Enter the new _password"));
  if (button_rows[row].label != NULL)
    return g_strdup (_ (button_rows[row].label));

  return opt_remedy_create_server_label (remedy, evidence->server);
}

GtkWidget *
opt_remedy_button_new (OptCheck *check,
                       OptService service,
                       const OptRemedy *remedy,
                       gboolean suggested)
{
  OptRemedyButton *self;
  g_autofree char *label = NULL;
  int row;

  g_return_val_if_fail (OPT_IS_CHECK (check) && remedy != NULL, NULL);

  row = find_row (remedy->action, opt_account_get_provider (opt_check_get_account (check)));
  if (row < 0)
    return NULL;

  self = g_object_new (OPT_TYPE_REMEDY_BUTTON, "use-underline", TRUE, NULL);
  self->suggested = suggested;
  label = create_label (row, check, service, remedy);
  set_words (self, label);
  if (remedy->action == OPT_ACTION_USE_SERVER)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "u", (guint) service);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), button_rows[row].action_name);
  if (remedy->action == OPT_ACTION_TRY_LATER && remedy->wait_s > 0)
    start_wait (self, remedy->wait_s);
  else
    suggest (self);

  return GTK_WIDGET (self);
}
