/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for every kind of difference, a row each: what is wrong and why it matters, and what to
 * change by hand. A sentence names at most four values, which come from the difference. */
#include "opt-difference-private.h"
#include "opt-fill-in.h"
#include "opt-transcript.h"

#include <glib/gi18n-lib.h>

#define VALUE_MAX_CHARS 254
#define N_VALUES 4

/* What the values of a kind are, and so what the sentences' places stand for. */
typedef enum
{
  VALUES_PLAIN,    /* %1$s as it is, %2$s as it should be */
  VALUES_SECURITY, /* the same, in words */
  VALUES_PAIR,     /* %1$s and %3$s security and port as they are, %2$s and %4$s as wanted */
  VALUES_SERVER,   /* %1$s the host that is missing, %2$s its security, %3$s its port */
} Values;

static const struct
{
  const char *text;
  const char *advice;
  Values values;
  const char *works; /* in place of the text, when a test has shown that it works all the same */
} rows[OPT_N_DIFFERENCES] = {
  [OPT_DIFFERENCE_HOST_RETIRED] = {
    /* Translators: %1$s is the name of a server */
    N_ ("Your provider has switched %1$s off, so nothing answers there."),
    /* Translators: %2$s is the name of a server */
    N_ ("Use %2$s as the server instead."),
    /* Translators: %1$s is the name of a server */
    .works = N_ ("Your provider does not name %1$s any more. It works today, but may stop."),
  },
  [OPT_DIFFERENCE_HOST_SIBLING] = {
    /* Translators: %1$s and %2$s are names of servers */
    N_ ("%1$s belongs to your provider, but %2$s is the one it names for your address."),
    /* Translators: %2$s is the name of a server */
    N_ ("If mail stops coming or going, change the server to %2$s."),
  },
  [OPT_DIFFERENCE_HOST_NAMESAKE] = {
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s sounds like your provider’s own, but it is not a server that your provider names."),
    /* Translators: %2$s is the name of a server */
    N_ ("Use %2$s as the server: that is the one it names."),
  },
  [OPT_DIFFERENCE_HOST_OTHER] = {
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s is not a server that your provider names, and whoever runs it gets your password."),
    /* Translators: %2$s is the name of a server */
    N_ ("Change the server to %2$s."),
  },
  [OPT_DIFFERENCE_HOST_SPACE] = {
    /* Translators: %2$s is the name of a server */
    N_ ("There is a space before or after %2$s, so the program looks for a server of another name."),
    /* Translators: %2$s is the name of a server */
    N_ ("Enter %2$s as the server again, without a space."),
  },
  [OPT_DIFFERENCE_HOST_INVALID] = {
    /* Translators: %1$s is what somebody typed in place of the name of a server */
    N_ ("What is set as the server, “%1$s”, is not the name of one, so the program cannot connect."),
    /* Translators: %2$s is the name of a server */
    N_ ("Enter %2$s as the server."),
  },
  [OPT_DIFFERENCE_NO_TLS] = {
    N_ ("Nothing protects this connection, so your password and your mail can be read on the way."),
    /* Translators: %2$s is SSL/TLS or STARTTLS */
    N_ ("Set the connection security to %2$s."),
    VALUES_SECURITY,
  },
  [OPT_DIFFERENCE_TLS_OPTIONAL] = {
    N_ ("This connection is protected only when the server offers it, so somebody on the way can "
        "switch that off and read your password."),
    /* Translators: %1$s is a setting such as STARTTLS, if available; %2$s is SSL/TLS or STARTTLS */
    N_ ("Change the connection security from “%1$s” to %2$s."),
    VALUES_SECURITY,
  },
  [OPT_DIFFERENCE_SECURITY_PORT] = {
    /* Translators: %1$s is a kind of connection security, such as SSL/TLS; %3$s is a port */
    N_ ("The connection security “%1$s” does not go with port %3$s, so the program cannot connect."),
    /* Translators: %2$s is a kind of connection security, such as SSL/TLS; %4$s is a port */
    N_ ("Set the connection security to %2$s and the port to %4$s."),
    VALUES_PAIR,
  },
  [OPT_DIFFERENCE_SECURITY_OTHER] = {
    /* Translators: %1$s and %2$s are kinds of connection security, such as SSL/TLS */
    N_ ("This connection uses %1$s, while your provider asks for %2$s."),
    /* Translators: %2$s is a kind of connection security, such as SSL/TLS */
    N_ ("Choose %2$s as the connection security."),
    VALUES_SECURITY,
  },
  [OPT_DIFFERENCE_PORT_OTHER] = {
    /* Translators: %1$s is the number of a port */
    N_ ("Your provider does not name port %1$s, so perhaps nobody answers there."),
    /* Translators: %2$s is the number of a port */
    N_ ("Change the port to %2$s."),
    /* Translators: %1$s is the number of a port */
    .works = N_ ("Your provider does not name port %1$s. It works today, but may stop."),
  },
  [OPT_DIFFERENCE_PORT_INVALID] = {
    N_ ("What is set as the port is not a port, so the program cannot connect."),
    /* Translators: %2$s is the number of a port */
    N_ ("Set the port to %2$s."),
  },
  [OPT_DIFFERENCE_CERTIFICATE_UNCHECKED] = {
    N_ ("The program does not check who the server is, so anybody on the way can pretend to be it "
        "and get your password."),
    N_ ("Switch the check of the server’s certificate on again."),
  },
  [OPT_DIFFERENCE_USER_NOT_ADDRESS] = {
    /* Translators: %1$s is the name that somebody signs in with */
    N_ ("The program signs in as %1$s, while your provider asks for your whole email address."),
    /* Translators: %2$s is an email address */
    N_ ("Change the user name to %2$s."),
  },
  [OPT_DIFFERENCE_USER_CASE] = {
    /* Translators: %1$s is the name that somebody signs in with */
    N_ ("The user name %1$s has capital letters, while your provider writes it without."),
    /* Translators: %2$s is an email address */
    N_ ("Write the user name in small letters: %2$s"),
  },
  [OPT_DIFFERENCE_USER_OTHER] = {
    /* Translators: %1$s is the name that somebody signs in with */
    N_ ("The program signs in as %1$s, so your provider takes you for somebody else."),
    /* Translators: %2$s is an email address */
    N_ ("Enter your own email address, %2$s, as the user name."),
  },
  [OPT_DIFFERENCE_USER_SPACE] = {
    /* Translators: %2$s is the name that somebody signs in with */
    N_ ("There is a space before or after the user name %2$s, so your provider does not know it."),
    /* Translators: %2$s is the name that somebody signs in with */
    N_ ("Enter the user name %2$s again, without a space."),
  },
  [OPT_DIFFERENCE_USER_MISSING] = {
    N_ ("The user name is missing, so the program cannot sign in."),
    /* Translators: %2$s is an email address */
    N_ ("Enter %2$s as the user name."),
  },
  [OPT_DIFFERENCE_AUTH_CHALLENGE] = {
    N_ ("The program sends your password in a scrambled form, which your provider does not take."),
    N_ ("Set the authentication to “Normal password”; the protected connection keeps it safe."),
  },
  [OPT_DIFFERENCE_AUTH_OTHER] = {
    N_ ("The program tries to sign in without your password, which your provider does not allow."),
    N_ ("Set the authentication to “Normal password” and enter the password of your mail."),
  },
  [OPT_DIFFERENCE_AUTH_NONE] = {
    N_ ("The program does not sign in to send, so the server turns your mail away."),
    /* Translators: %2$s is an email address */
    N_ ("Have the program sign in to send, with “Normal password” and the user name %2$s."),
  },
  [OPT_DIFFERENCE_PASSWORD_IN_FILE] = {
    N_ ("Your password stands in the settings, where any program on this computer can read it."),
    N_ ("Take the password out of the settings and let the program ask for it."),
  },
  [OPT_DIFFERENCE_SENDER_CASE] = {
    /* Translators: %1$s is an email address */
    N_ ("Your address is written %1$s, and your provider refuses mail when it has capital "
        "letters."),
    /* Translators: %2$s is an email address */
    N_ ("Write your address in small letters: %2$s"),
  },
  [OPT_DIFFERENCE_ADDRESS_TYPO] = {
    /* Translators: %1$s is an email address */
    N_ ("Your address is written %1$s. That looks mistyped, so no answer would reach you."),
    /* Translators: %2$s is an email address */
    N_ ("Write your address as %2$s, if that is what you meant."),
  },
  [OPT_DIFFERENCE_LEAVE_NEVER] = {
    N_ ("The program takes your mail off the server at once, so no other device of yours gets it."),
    N_ ("Have the program leave your mail on the server for two weeks."),
  },
  [OPT_DIFFERENCE_OUTGOING_MISSING] = {
    N_ ("The program has no server for sending, so it can only receive mail."),
    /* Translators: %1$s is the name of a server, %2$s is SSL/TLS or STARTTLS, %3$s is a port */
    N_ ("Add %1$s, with %2$s and port %3$s, as the server for sending."),
    VALUES_SERVER,
  },
  [OPT_DIFFERENCE_INCOMING_MISSING] = {
    N_ ("The program has no server for receiving, so it can only send mail."),
    /* Translators: %1$s is the name of a server, %2$s is SSL/TLS or STARTTLS, %3$s is a port */
    N_ ("Add %1$s, with %2$s and port %3$s, as the server for receiving."),
    VALUES_SERVER,
  },
};

static const char *
get_security_words (const char *security)
{
  if (g_strcmp0 (security, "none") == 0)
    /* Translators: a program's setting for the security of a connection */
    return C_ ("connection security", "None");
  if (g_strcmp0 (security, "starttls-if-offered") == 0)
    /* Translators: a program's setting for the security of a connection */
    return C_ ("connection security", "STARTTLS, if available");
  if (g_strcmp0 (security, "starttls") == 0)
    return "STARTTLS";

  return "SSL/TLS";
}

static char *
clean (const char *value)
{
  return value != NULL ? opt_transcript_clean_text (value, VALUE_MAX_CHARS) : NULL;
}

static void
split_pair (const char *pair, char **security, char **port)
{
  g_auto (GStrv) parts = g_strsplit (pair != NULL ? pair : "", ":", 2);

  *security = g_strdup (get_security_words (parts[0]));
  *port = g_strdup (parts[0] != NULL ? parts[1] : NULL);
}

static void
split_server (const OptDifference *self, char *values[N_VALUES])
{
  g_autoptr (OptServer) server = opt_server_parse (self->service, self->wanted, "", NULL);

  if (server == NULL)
    return;

  values[0] = g_strdup (opt_server_get_host (server));
  values[1] =
    g_strdup (get_security_words (opt_security_to_string (opt_server_get_security (server))));
  values[2] = g_strdup_printf ("%u", (guint) opt_server_get_port (server));
}

static void
create_values (const OptDifference *self, char *values[N_VALUES])
{
  switch (rows[self->kind].values)
    {
    case VALUES_PLAIN:
      values[0] = clean (self->now);
      values[1] = clean (self->wanted);
      break;
    case VALUES_SECURITY:
      values[0] = g_strdup (get_security_words (self->now));
      values[1] = g_strdup (get_security_words (self->wanted));
      break;
    case VALUES_PAIR:
      split_pair (self->now, &values[0], &values[2]);
      split_pair (self->wanted, &values[1], &values[3]);
      break;
    case VALUES_SERVER:
      split_server (self, values);
      break;
    }
}

static char *
create_sentence (const OptDifference *self, const char *sentence)
{
  char *values[N_VALUES] = { NULL };
  char *text;

  create_values (self, values);
  text = opt_fill_in (_ (sentence), (const char *const *) values, N_VALUES);
  for (guint i = 0; i < N_VALUES; i++)
    g_free (values[i]);

  return text;
}

gboolean
opt_difference_can_work (OptDifferenceKind kind)
{
  g_return_val_if_fail (kind < OPT_N_DIFFERENCES, FALSE);

  return rows[kind].works != NULL;
}

char *
opt_difference_create_text (const OptDifference *self)
{
  g_return_val_if_fail (self != NULL && self->kind < OPT_N_DIFFERENCES, NULL);

  return create_sentence (self,
                          self->works && opt_difference_can_work (self->kind)
                            ? rows[self->kind].works
                            : rows[self->kind].text);
}

char *
opt_difference_create_advice (const OptDifference *self)
{
  g_return_val_if_fail (self != NULL && self->kind < OPT_N_DIFFERENCES, NULL);

  return create_sentence (self, rows[self->kind].advice);
}

static const struct
{
  const char *id;
  const char *title;
} severities[] = {
  [OPT_SEVERITY_OLD] = { "old", N_ ("Not as recommended") },
  [OPT_SEVERITY_NOT_SAFE] = { "not-safe", N_ ("Not safe") },
  [OPT_SEVERITY_BROKEN] = { "broken", N_ ("Will not work") },
};

const char *
opt_severity_to_string (OptSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return severities[severity].id;
}

const char *
opt_severity_get_title (OptSeverity severity)
{
  g_return_val_if_fail (severity < G_N_ELEMENTS (severities), NULL);

  return _ (severities[severity].title);
}
