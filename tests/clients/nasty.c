/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "nasty.h"

#define S20 "aB3\"\\`$#%;<>&'é字😀 "
#define S200 S20 S20 S20 S20 S20 S20 S20 S20 S20 S20 "x"

const char *const nasty_names[] = {
  "Jane Doe",
  "Jane \"Quote\" Doe",
  "'Jane'",
  "Jane \\ Doe \\",
  "\\\"",
  "\"",
  "\\u0041\\n",
  "`id`",
  "$(id) ${HOME} $HOME $& $1",
  "#Jane # Doe",
  "; Jane",
  "100% %s %n %EMAIL% %%",
  "%(host)s",
  "Jane; Doe;",
  "Jane, Doe <x@optimum.net>",
  "[Account: 2]",
  "<b>Jane</b> &amp; ]]> <!-- -->",
  "</td></tr></table><script>",
  "); user_pref(\"a\", \"b\");//",
  "{\"a\":[1]}",
  "{0} {x}",
  "يوحنا دو",
  "יוֹחָנָן",
  "Jane \u202eeoD",
  "👩‍👩‍👧 Doe",
  "Zoë Ünïcode",
  "Ｊａｎｅ 字",
  "a\u0301\u0323",
  "Jane\u00a0Doe",
  "=cmd|'/C calc'!A0",
  "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x} é 🙂 \u202eabc",
  S200,
};

const gsize n_nasty_names = G_N_ELEMENTS (nasty_names);

const char *const nasty_addresses[] = {
  "o'neil!#$%&*+-/=?^_`{|}~@optimum.net",
  "jane.doe@optonline.net",
  "a$$b@optimum.net",
  "$&@optimum.net",
  "100%@optimum.net",
  "0123@optimum.net",
  "jane@bücher.example",
};

const gsize n_nasty_addresses = G_N_ELEMENTS (nasty_addresses);

OptAccount *
with_nasty_server (OptAccount *account, OptService service, const char *uri, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  OptAccount *changed;

  g_assert_no_error (error);
  changed = opt_account_with_server (account, server);
  opt_account_unref (account);

  return changed;
}

OptSettings *
create_nasty_settings (const char *address_text,
                       const char *name,
                       const char *user,
                       OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (address_text, &error);
  g_autoptr (OptAccount) account = opt_account_new (name, address, NULL);
  OptSettings *settings;

  account = with_nasty_server (g_steal_pointer (&account),
                               OPT_SERVICE_IMAP,
                               "tls://imap.optimum.net",
                               user);
  account = with_nasty_server (g_steal_pointer (&account),
                               OPT_SERVICE_POP3,
                               "starttls://pop.optimum.net",
                               user);
  account = with_nasty_server (g_steal_pointer (&account),
                               OPT_SERVICE_SMTP,
                               "starttls://smtp.optimum.net",
                               user);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static OptAccount *
with_server_like (OptAccount *account, const OptServer *before, const char *scheme)
{
  g_autofree char *uri = g_strdup_printf ("%s://%s", scheme, opt_server_get_host (before));

  return with_nasty_server (opt_account_ref (account),
                            opt_server_get_service (before),
                            uri,
                            opt_server_get_user (before));
}

OptSettings *
vary_nasty_settings (const OptSettings *plain, const char *scheme, guint n_days)
{
  OptService service = opt_settings_get_incoming_service (plain);
  g_autoptr (OptAccount) incoming =
    with_server_like (opt_settings_get_account (plain), opt_settings_get_incoming (plain), scheme);
  g_autoptr (OptAccount) account =
    with_server_like (incoming, opt_settings_get_outgoing (plain), scheme);
  g_autoptr (OptSettings) settings = opt_settings_new (account, service, NULL);

  return opt_settings_with_leave_on_server (settings, n_days);
}
