/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The check while it runs, and then: the verdict, the reason, what to do, the servers. When the
 * verdict comes it takes the focus, so that a screen reader speaks it. */
#include "opt-check-page.h"

#include "opt-accessible.h"
#include "opt-advice-stand-in.h"
#include "opt-advice.h"
#include "opt-delivery-group.h"
#include "opt-heading.h"
#include "opt-probe-group.h"
#include "opt-probe-row.h"
#include "opt-remedy-button.h"
#include "opt-wrap-box.h"

#include <glib/gi18n.h>

struct _OptCheckPage
{
  OptPage parent_instance;

  OptHeading *heading;
  GtkLabel *problem;
  GtkLabel *reason;
  GtkWidget *note;
  GtkLabel *note_label;
  OptWrapBox *actions;
  OptProbeGroup *servers_group;
  OptDeliveryGroup *delivery_group;
  GtkWidget *report_group;

  OptCheck *check;
  gulong check_handler;
  OptVerdict shown_verdict;
};

G_DEFINE_FINAL_TYPE (OptCheckPage, opt_check_page, OPT_TYPE_PAGE)

static OptSession *
get_session (OptCheckPage *self)
{
  return opt_page_get_session (OPT_PAGE (self));
}

static void
add_button (OptCheckPage *self, GtkWidget *button)
{
  gtk_widget_set_visible (GTK_WIDGET (self->actions), TRUE);
  opt_wrap_box_append (self->actions, button);
}

static GtkWidget *
add_action (OptCheckPage *self, const char *label, const char *action_name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  opt_accessible_name_button (button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  add_button (self, button);

  return button;
}

static void
add_link (OptCheckPage *self, OptLink link, const char *label, const char *action_name)
{
  OptProvider *provider = opt_account_get_provider (opt_check_get_account (self->check));

  if (provider != NULL && opt_provider_get_link (provider, link) != NULL)
    add_action (self, label, action_name);
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

/* One more sign-in could keep a locked account locked, whatever ails the other servers. */
static gboolean
may_try_again (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_ACCOUNT_LOCKED)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_trying (const OptRemedy *remedy)
{
  return remedy->action == OPT_ACTION_TRY_AGAIN || remedy->action == OPT_ACTION_TRY_LATER;
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
    opt_check_works (check, OPT_SERVICE_IMAP) || opt_check_works (check, OPT_SERVICE_POP3);
  gboolean sends = opt_check_works (check, OPT_SERVICE_SMTP);

  if (receives && !sends)
    return _ ("Receiving works, sending does not");
  if (sends && !receives)
    return _ ("Sending works, receiving does not");

  return _ ("Your mail works in part");
}

static void
add_other_actions (OptCheckPage *self, OptDiagnosis diagnosis, const OptRemedy *remedy)
{
  if (diagnosis == OPT_DIAGNOSIS_PASSWORD_REFUSED)
    {
      add_link (self, OPT_LINK_WEB_MAIL, _ ("Open _web mail"), "win.open-web-mail");
      add_link (self, OPT_LINK_RESET_PASSWORD, _ ("_Reset password"), "win.open-reset");
    }
  else if (!is_trying (remedy) && may_try_again (self->check))
    add_action (self, _ ("_Try again"), "win.check");
  if (any_skipped (self->check) && may_try_again (self->check) &&
      diagnosis != OPT_DIAGNOSIS_LOGIN_TOO_OFTEN)
    add_action (self, _ ("Try the _others anyway"), "win.check-all");
}

/* At most one button is the one to press: where something works, that is the header bar's. */
static void
add_actions (OptCheckPage *self, OptProbe *worst, const OptRemedy *remedy)
{
  gboolean suggested = opt_check_get_verdict (self->check) == OPT_VERDICT_FAILS;
  GtkWidget *button = NULL;

  if (!is_trying (remedy) || may_try_again (self->check))
    button = opt_remedy_button_new (self->check, opt_probe_get_service (worst), remedy, suggested);
  if (button != NULL)
    add_button (self, button);
  add_other_actions (self, opt_probe_get_diagnosis (worst), remedy);
  /* Whoever can do nothing here can at least show it to somebody. */
  if (gtk_widget_get_first_child (GTK_WIDGET (self->actions)) == NULL)
    add_action (self, _ ("_Copy the report"), "win.copy-report");
}

/* A proxy that the browser uses explains why the web works and mail does not; a server that stands
 * in for the usual one, why other programs do not work. */
static void
show_note (OptCheckPage *self, OptProbe *worst)
{
  g_autofree char *stand_in = opt_advice_create_stand_in_text (self->check);
  gboolean proxied = worst != NULL && opt_probe_get_evidence (worst)->step <= OPT_STEP_CONNECT &&
                     opt_check_get_unused_proxy (self->check) != NULL;

  gtk_widget_set_visible (self->note, proxied || stand_in != NULL);
  if (proxied)
    gtk_label_set_text (self->note_label, opt_advice_get_proxy_text ());
  else if (stand_in != NULL)
    gtk_label_set_text (self->note_label, stand_in);
}

static gboolean
is_same (const OptRemedy *a, const OptRemedy *b)
{
  if (a->action != b->action)
    return FALSE;

  return a->server == b->server ||
         (a->server != NULL && b->server != NULL && opt_server_equal (a->server, b->server));
}

/* What the page has not said yet about one server. */
static void
show_row_advice (OptCheckPage *self, OptService service, const OptRemedy *told)
{
  OptProbe *probe = opt_check_get_probe (self->check, service);
  OptProvider *provider = opt_account_get_provider (opt_check_get_account (self->check));
  g_autofree char *text = opt_advice_create_text (opt_probe_get_diagnosis (probe),
                                                  opt_probe_get_evidence (probe),
                                                  provider);
  g_autoptr (OptRemedy) remedy = opt_remedy_new (self->check, service);
  GtkWidget *button = NULL;

  if (!is_same (remedy, told) && (!is_trying (remedy) || may_try_again (self->check)))
    button = opt_remedy_button_new (self->check, service, remedy, FALSE);
  if (button == NULL && g_str_equal (text, gtk_label_get_text (self->reason)))
    return;

  opt_probe_row_show_advice (OPT_PROBE_ROW (opt_probe_group_get_row (self->servers_group, service)),
                             text,
                             button);
}

static void
show_failure (OptCheckPage *self, const char *title)
{
  OptProbe *worst = find_worst (self->check);
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (worst);
  OptProvider *provider = opt_account_get_provider (opt_check_get_account (self->check));
  g_autofree char *text =
    opt_advice_create_text (diagnosis, opt_probe_get_evidence (worst), provider);
  g_autoptr (OptRemedy) remedy = opt_remedy_new (self->check, opt_probe_get_service (worst));

  opt_heading_set_text (self->heading, title != NULL ? title : opt_advice_get_title (diagnosis));
  gtk_label_set_text (self->problem, opt_advice_get_title (diagnosis));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), title != NULL);
  gtk_label_set_text (self->reason, text);
  add_actions (self, worst, remedy);
  show_note (self, worst);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (self->check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS)
        show_row_advice (self, i, remedy);
    }
}

static void
clear_verdict (OptCheckPage *self)
{
  opt_wrap_box_clear (self->actions);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_visible (self->note, FALSE);
}

static void
show_verdict (OptCheckPage *self)
{
  OptVerdict verdict = opt_check_get_verdict (self->check);
  g_autofree char *text = NULL;

  clear_verdict (self);
  opt_page_set_title (OPT_PAGE (self), _ ("Result"));
  gtk_widget_set_visible (self->report_group, verdict != OPT_VERDICT_NONE);
  opt_page_set_has_report (OPT_PAGE (self), verdict != OPT_VERDICT_NONE);

  switch (verdict)
    {
    case OPT_VERDICT_NONE:
      opt_page_set_title (OPT_PAGE (self), _ ("Checking"));
      opt_heading_set_text (self->heading, _ ("Checking your mail…"));
      gtk_label_set_text (self->reason, _ ("All servers are tried at the same time."));
      break;
    case OPT_VERDICT_WORKS:
      text = describe_success (self->check);
      opt_heading_set_text (self->heading, _ ("Your mail works"));
      gtk_label_set_text (self->reason, text);
      show_note (self, NULL);
      break;
    case OPT_VERDICT_PARTLY:
      show_failure (self, title_partly (self->check));
      break;
    case OPT_VERDICT_FAILS:
      show_failure (self, NULL);
      break;
    case OPT_VERDICT_CANCELLED:
      opt_heading_set_text (self->heading, _ ("Stopped"));
      gtk_label_set_text (self->reason, _ ("You stopped the check."));
      gtk_widget_add_css_class (add_action (self, _ ("_Try again"), "win.check"),
                                "suggested-action");
      break;
    }

  opt_page_set_next (OPT_PAGE (self),
                     verdict == OPT_VERDICT_PARTLY ? _ ("_Go on") : _ ("_Next"),
                     verdict == OPT_VERDICT_WORKS || verdict == OPT_VERDICT_PARTLY);
}

static void
on_check_changed (OptCheckPage *self)
{
  OptVerdict verdict = opt_check_get_verdict (self->check);

  if (verdict == self->shown_verdict)
    return;

  self->shown_verdict = verdict;
  show_verdict (self);
  opt_page_focus_heading (OPT_PAGE (self), opt_heading_get_label (self->heading));
}

static void
on_session_check (OptCheckPage *self)
{
  OptCheck *check = opt_session_get_check (get_session (self));

  if (self->check != NULL)
    g_clear_signal_handler (&self->check_handler, self->check);
  opt_probe_group_set_check (self->servers_group, check);
  if (!g_set_object (&self->check, check) || check == NULL)
    return;

  self->check_handler =
    g_signal_connect_swapped (check, "changed", G_CALLBACK (on_check_changed), self);
  self->shown_verdict = opt_check_get_verdict (check);
  show_verdict (self);
}

static void
on_session_delivery_job (OptCheckPage *self)
{
  opt_delivery_group_set_job (self->delivery_group,
                              opt_session_get_delivery_job (get_session (self)));
}

static void
opt_check_page_shown (OptPage *page)
{
  opt_page_focus_heading (page, opt_heading_get_label (OPT_CHECK_PAGE (page)->heading));
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
  g_signal_connect_object (get_session (self),
                           "notify::delivery-job",
                           G_CALLBACK (on_session_delivery_job),
                           self,
                           G_CONNECT_SWAPPED);
  opt_page_set_next (OPT_PAGE (self), _ ("_Next"), FALSE);
}

static void
opt_check_page_dispose (GObject *object)
{
  OptCheckPage *self = OPT_CHECK_PAGE (object);

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
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, problem);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, reason);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, note);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, actions);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, servers_group);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, delivery_group);
  gtk_widget_class_bind_template_child (widget_class, OptCheckPage, report_group);
}

static void
opt_check_page_init (OptCheckPage *self)
{
  g_type_ensure (OPT_TYPE_DELIVERY_GROUP);
  g_type_ensure (OPT_TYPE_HEADING);
  g_type_ensure (OPT_TYPE_PROBE_GROUP);
  g_type_ensure (OPT_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
opt_check_page_get_heading (OptCheckPage *self)
{
  g_return_val_if_fail (OPT_IS_CHECK_PAGE (self), NULL);

  return gtk_label_get_text (opt_heading_get_label (self->heading));
}
