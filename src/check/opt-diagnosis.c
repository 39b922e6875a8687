/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-diagnosis.h"

static const char *const ids[OPT_N_DIAGNOSES] = {
  [OPT_DIAGNOSIS_WORKS] = "works",
  [OPT_DIAGNOSIS_OFFLINE] = "offline",
  [OPT_DIAGNOSIS_CAPTIVE_PORTAL] = "captive-portal",
  [OPT_DIAGNOSIS_HOST_UNKNOWN] = "host-unknown",
  [OPT_DIAGNOSIS_DNS_FAILURE] = "dns-failure",
  [OPT_DIAGNOSIS_CONNECTION_REFUSED] = "connection-refused",
  [OPT_DIAGNOSIS_CONNECTION_FILTERED] = "connection-filtered",
  [OPT_DIAGNOSIS_PORT_25_BLOCKED] = "port-25-blocked",
  [OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING] = "closed-before-greeting",
  [OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT] = "tls-to-plain-port",
  [OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT] = "plain-to-tls-port",
  [OPT_DIAGNOSIS_TLS_TOO_OLD] = "tls-too-old",
  [OPT_DIAGNOSIS_CERTIFICATE_EXPIRED] = "certificate-expired",
  [OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID] = "certificate-not-yet-valid",
  [OPT_DIAGNOSIS_CLOCK_WRONG] = "clock-wrong",
  [OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME] = "certificate-wrong-name",
  [OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED] = "certificate-untrusted",
  [OPT_DIAGNOSIS_STARTTLS_MISSING] = "starttls-missing",
  [OPT_DIAGNOSIS_STARTTLS_REFUSED] = "starttls-refused",
  [OPT_DIAGNOSIS_STARTTLS_INJECTED] = "starttls-injected",
  [OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS] = "preauth-before-tls",
  [OPT_DIAGNOSIS_WRONG_PROTOCOL] = "wrong-protocol",
  [OPT_DIAGNOSIS_GREETING_REFUSED] = "greeting-refused",
  [OPT_DIAGNOSIS_EHLO_REFUSED] = "ehlo-refused",
  [OPT_DIAGNOSIS_AUTH_NOT_OFFERED] = "auth-not-offered",
  [OPT_DIAGNOSIS_ENCRYPTION_REQUIRED] = "encryption-required",
  [OPT_DIAGNOSIS_PASSWORD_REFUSED] = "password-refused",
  [OPT_DIAGNOSIS_SERVICE_DISABLED] = "service-disabled",
  [OPT_DIAGNOSIS_ACCOUNT_LOCKED] = "account-locked",
  [OPT_DIAGNOSIS_PASSWORD_TRANSITION] = "password-transition",
  [OPT_DIAGNOSIS_TEMPORARY_FAILURE] = "temporary-failure",
  [OPT_DIAGNOSIS_MAILBOX_IN_USE] = "mailbox-in-use",
  [OPT_DIAGNOSIS_LOGIN_TOO_OFTEN] = "login-too-often",
  [OPT_DIAGNOSIS_MAILBOX_FULL] = "mailbox-full",
  [OPT_DIAGNOSIS_SENDER_REFUSED] = "sender-refused",
  [OPT_DIAGNOSIS_SENDER_MISMATCH] = "sender-mismatch",
  [OPT_DIAGNOSIS_RELAY_DENIED] = "relay-denied",
  [OPT_DIAGNOSIS_GREYLISTED] = "greylisted",
  [OPT_DIAGNOSIS_BLOCKLISTED] = "blocklisted",
  [OPT_DIAGNOSIS_MESSAGE_TOO_LARGE] = "message-too-large",
  [OPT_DIAGNOSIS_CONTENT_REFUSED] = "content-refused",
  [OPT_DIAGNOSIS_SERVER_TOO_SLOW] = "server-too-slow",
  [OPT_DIAGNOSIS_REPLY_TOO_LONG] = "reply-too-long",
  [OPT_DIAGNOSIS_SERVER_FAULT] = "server-fault",
  [OPT_DIAGNOSIS_CANCELLED] = "cancelled",
};

const char *
opt_diagnosis_to_string (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return ids[diagnosis];
}

gboolean
opt_diagnosis_from_string (const char *id, OptDiagnosis *diagnosis)
{
  g_return_val_if_fail (id != NULL && diagnosis != NULL, FALSE);

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    if (g_str_equal (ids[i], id))
      {
        *diagnosis = i;
        return TRUE;
      }

  return FALSE;
}
