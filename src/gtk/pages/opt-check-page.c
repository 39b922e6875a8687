/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The check while it runs, and then: the verdict, the reason, what to do, the servers. When the
 * verdict comes it takes the focus, so that a screen reader speaks it. */
#include "opt-check-page.h"

#include "opt-advice.h"
#include "opt-probe-row.h"

#include <glib/gi18n.h>

#define TICK_MS 100

struct _OptCheckPage
{
  OptPage parent_instance;

  GtkLabel *heading;
  GtkLabel *reason;
  GtkFlowBox *actions;
  AdwPreferencesGroup *servers_group;

  OptCheck *check;
  gulong check_handler;
  OptProbeRow *rows[OPT_N_SERVICES];
  guint tick;
  OptVerdict shown_verdict;
};

G_DEFINE_FINAL_TYPE (OptCheckPage, opt_check_page, OPT_TYPE_PAGE)

/* Buttons for what can be done; their actions are the window's. */
static const struct
{
  OptAction action;
  const char *label, *action_name;
} action_buttons[] = {
  { OPT_ACTION_ENTER_PASSWORD, N_ ("Enter the _password again"), "win.back" },
  { OPT_ACTION_OPEN_WEB_MAIL, N_ ("Open _web mail"), "win.open-web-mail" },
  { OPT_ACTION_OPEN_CONTACT, N_ ("Ask for _help"), "win.open-contact" },
  { OPT_ACTION_OPEN_NETWORK, N_ ("_Network settings"), "win.open-network" },
  { OPT_ACTION_TRY_AGAIN, N_ ("_Try again"), "win.check" },
  { OPT_ACTION_CHANGE_SERVERS, N_ ("Change _servers…"), "win.servers" },
};

static OptSession *
get_session (OptCheckPage *self)
{
  return opt_page_get_session (OPT_PAGE (self));
}

static void
clear_actions (OptCheckPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->actions))) != NULL)
    gtk_flow_box_remove (self->actions, child);
}

static GtkWidget *
add_action (OptCheckPage *self, const char *label, const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  GtkWidget *child;

  opt_page_name_button (button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_flow_box_append (self->actions, button);
  /* The button takes the focus, not the cell around it. */
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), TRUE);

  return button;
}

static void
add_advised_action (OptCheckPage *self, OptAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_buttons); i++)
    if (action_buttons[i].action == action)
      {
        GtkWidget *button =
          add_action (self, _ (action_buttons[i].label), action_buttons[i].action_name);

        gtk_widget_add_css_class (button, "suggested-action");
      }
}

/* The server whose trouble is told first: the one that a person would fix first. */
static OptProbe *
find_worst (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS)
        return probe;
    }

  return NULL;
}

static gboolean
any_skipped (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_SKIPPED)
        return TRUE;
    }

  return FALSE;
}

static gboolean
service_works (OptCheck *check, OptService service)
{
  OptProbe *probe = opt_check_get_probe (check, service);

  return probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_WORKS;
}

static char *
describe_success (OptCheck *check)
{
  const char *address =
    opt_address_get_text (opt_account_get_address (opt_check_get_account (check)));
  OptProbe *probe = opt_check_get_probe (check, OPT_SERVICE_IMAP);
  gint64 n_messages;

  if (probe == NULL)
    probe = opt_check_get_probe (check, OPT_SERVICE_POP3);
  n_messages = probe != NULL ? opt_probe_get_evidence (probe)->n_messages : -1;
  if (n_messages < 0)
    /* Translators: %s is an email address */
    return g_strdup_printf (_ ("Sending is allowed as %s."), address);

  return g_strdup_printf (
    /* Translators: a number of messages, then an email address */
    ngettext ("Your mailbox holds %'d message. Sending is allowed as %s.",
              "Your mailbox holds %'d messages. Sending is allowed as %s.",
              n_messages),
    (int) n_messages,
    address);
}

static const char *
title_partly (OptCheck *check)
{
  gboolean receives =
    service_works (check, OPT_SERVICE_IMAP) || service_works (check, OPT_SERVICE_POP3);
  gboolean sends = service_works (check, OPT_SERVICE_SMTP);

  if (receives && !sends)
    return _ ("Receiving works, sending does not");
  if (sends && !receives)
    return _ ("Sending works, receiving does not");

  return _ ("Your mail works in part");
}

static void
show_failure (OptCheckPage *self, const char *title)
{
  OptProbe *worst = find_worst (self->check);
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (worst);
  OptProvider *provider = opt_account_get_provider (opt_check_get_account (self->check));
  g_autofree char *text =
    opt_advice_create_text (diagnosis, opt_probe_get_evidence (worst), provider);

  gtk_label_set_text (self->heading, title != NULL ? title : opt_advice_get_title (diagnosis));
  gtk_label_set_text (self->reason, text);

  add_advised_action (self, opt_advice_get_action (diagnosis));
  if (diagnosis == OPT_DIAGNOSIS_PASSWORD_REFUSED)
    {
      add_action (self, _ ("Open _web mail"), "win.open-web-mail");
      add_action (self, _ ("_Reset password"), "win.open-reset");
    }
  else if (opt_advice_get_action (diagnosis) != OPT_ACTION_TRY_AGAIN)
    add_action (self, _ ("_Try again"), "win.check");
  /* A locked account could stay locked for it. */
  if (diagnosis == OPT_DIAGNOSIS_PASSWORD_REFUSED && any_skipped (self->check))
    add_action (self, _ ("Try the _others anyway"), "win.check-all");
}

static void
show_verdict (OptCheckPage *self)
{
  OptVerdict verdict = opt_check_get_verdict (self->check);
  g_autofree char *text = NULL;

  clear_actions (self);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), FALSE);
  opt_page_set_title (OPT_PAGE (self), _ ("Result"));

  switch (verdict)
    {
    case OPT_VERDICT_NONE:
      opt_page_set_title (OPT_PAGE (self), _ ("Checking"));
      gtk_label_set_text (self->heading, _ ("Checking your mail…"));
      gtk_label_set_text (self->reason, _ ("All servers are tried at the same time."));
      break;
    case OPT_VERDICT_WORKS:
      text = describe_success (self->check);
      gtk_label_set_text (self->heading, _ ("Your mail works"));
      gtk_label_set_text (self->reason, text);
      break;
    case OPT_VERDICT_PARTLY:
      show_failure (self, title_partly (self->check));
      break;
    case OPT_VERDICT_FAILS:
      show_failure (self, NULL);
      break;
    case OPT_VERDICT_CANCELLED:
      gtk_label_set_text (self->heading, _ ("Stopped"));
      gtk_label_set_text (self->reason, _ ("You stopped the check."));
      add_advised_action (self, OPT_ACTION_TRY_AGAIN);
      break;
    }

  opt_page_set_next (OPT_PAGE (self),
                     verdict == OPT_VERDICT_PARTLY ? _ ("_Go on") : _ ("_Next"),
                     verdict == OPT_VERDICT_WORKS || verdict == OPT_VERDICT_PARTLY);
}

static gboolean
on_tick (gpointer user_data)
{
  OptCheckPage *self = user_data;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->rows[i] != NULL)
      opt_probe_row_update_time (self->rows[i]);

  return G_SOURCE_CONTINUE;
}

static void
on_check_changed (OptCheckPage *self)
{
  OptVerdict verdict = opt_check_get_verdict (self->check);

  if (verdict == self->shown_verdict)
    return;

  self->shown_verdict = verdict;
  g_clear_handle_id (&self->tick, g_source_remove);
  show_verdict (self);
  opt_page_focus_heading (OPT_PAGE (self), self->heading);
}

static void
drop_check (OptCheckPage *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->rows[i] != NULL)
      {
        adw_preferences_group_remove (self->servers_group, GTK_WIDGET (self->rows[i]));
        self->rows[i] = NULL;
      }
  if (self->check != NULL)
    g_clear_signal_handler (&self->check_handler, self->check);
  g_clear_object (&self->check);
}

static void
on_session_check (OptCheckPage *self)
{
  OptCheck *check = opt_session_get_check (get_session (self));

  drop_check (self);
  if (check == NULL)
    return;

  self->check = g_object_ref (check);
  self->check_handler =
    g_signal_connect_swapped (check, "changed", G_CALLBACK (on_check_changed), self);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe == NULL)
        continue;

      self->rows[i] = OPT_PROBE_ROW (opt_probe_row_new (probe));
      adw_preferences_group_add (self->servers_group, GTK_WIDGET (self->rows[i]));
    }

  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  self->shown_verdict = opt_check_get_verdict (check);
  show_verdict (self);
}

static void
opt_check_page_shown (OptPage *page)
{
  opt_page_focus_heading (page, OPT_CHECK_PAGE (page)->heading);
}

static void
opt_check_page_constructed (GObject *object)
{
  OptCheckPage *self = OPT_CHECK_PAGE (object);

  G_OBJECT_CLASS (opt_check_page_parent_class)->constructed (object);

  g_signal_connect_object (get_session (self),
                           "notify::check",
                           G_CALLBACK (on_session_check),
                           self,
                           G_CONNECT_SWAPPED);
  opt_page_set_next (OPT_PAGE (self), _ ("_Next"), FALSE);
}

static void
opt_check_page_dispose (GObject *object)
{
  OptCheckPage *self = OPT_CHECK_PAGE (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->check != NULL)
    g_clear_signal_handler (&self->check_handler, self->check);
  g_clear_object (&self->check);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CHECK_PAGE);

  G_OBJECT_CLASS (opt_check_page_parent_class)->dispose (object);
}

static void
opt_check_page_class_init (OptCheckPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_check_page_constructed;
  object_class->dispose = opt_check_page_dispose;
  OPT_PAGE_CLASS (klass)->shown = opt_check_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, reason);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, actions);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, servers_group);
}

static void
opt_check_page_init (OptCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
