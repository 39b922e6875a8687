/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-world.h"
#include "opt-session.h"

G_BEGIN_DECLS

/* What every account of the practice world takes. */
#define SESSION_PASSWORD "practice"

#define SESSION_TYPE_KEYRING (session_keyring_get_type ())

/**
 * SessionKeyring:
 * @error_code: what saving answers, or 0
 * @n_saved: how often something was saved
 * @host: (nullable): of the last account's IMAP server
 * @kept_address: (nullable): whose password it has
 * @n_found: how often that was asked for
 *
 * A keyring that does what a test tells it to.
 */
G_DECLARE_FINAL_TYPE (SessionKeyring, session_keyring, SESSION, KEYRING, GObject)

struct _SessionKeyring
{
  GObject parent_instance;

  int error_code;
  guint n_saved;
  char *host;
  const char *kept_address;
  guint n_found;
};

/**
 * SessionFixture:
 * @keyring: where it saves
 * @world: whose servers it finds
 * @session: the session
 * @folder: (type filename): a folder of its own
 * @store_path: (type filename): the list of accounts in it
 *
 * A session, and all that it touches.
 */
typedef struct
{
  SessionKeyring *keyring;
  OptPracticeWorld *world;
  OptSession *session;
  char *folder;
  char *store_path;
} SessionFixture;

/**
 * session_fixture_set_up:
 * @fixture: (out caller-allocates): a fixture
 * @data: not used
 */
void session_fixture_set_up (SessionFixture *fixture, gconstpointer data);

/**
 * session_fixture_tear_down:
 * @fixture: a fixture
 * @data: not used
 *
 * Fails the test if anybody still holds the session.
 */
void session_fixture_tear_down (SessionFixture *fixture, gconstpointer data);

typedef gboolean (*SessionCondition) (OptSession *session);

/**
 * session_wait_for:
 * @session: a session
 * @condition: what to wait for
 *
 * Runs the main context until @condition holds; if it never does the test fails.
 */
void session_wait_for (OptSession *session, SessionCondition condition);

/**
 * session_check_is_over:
 * @session: a session
 *
 * For session_wait_for().
 *
 * Returns: whether nothing is being checked
 */
gboolean session_check_is_over (OptSession *session);

/**
 * session_type_in:
 * @session: a session
 * @address: what is typed as the address
 * @password: and as the password
 */
void session_type_in (OptSession *session, const char *address, const char *password);

/**
 * session_set_servers:
 * @session: a session
 * @texts: (array fixed-size=3): servers for opt_server_parse(), in the order of OptService; %NULL
 *   for one that stays
 */
void session_set_servers (OptSession *session, const char *const *texts);

G_END_DECLS
