/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-advice.h"
#include "opt-check.h"

G_BEGIN_DECLS

/**
 * OptRemedy:
 * @action: what can be done
 * @wait_s: with %OPT_ACTION_TRY_LATER, how long to wait first, seconds
 * @server: (nullable): with %OPT_ACTION_USE_SERVER, the server to use instead
 *
 * The one thing to do about one server's failure, in the light of the whole check.
 */
typedef struct
{
  OptAction action;
  guint wait_s;
  OptServer *server;
} OptRemedy;

/**
 * OptTrouble:
 * @diagnosis: what is wrong
 * @server: the server that it is wrong with
 * @tried: (element-type OptEvidence): of every server that was tried for the service
 * @given_up: (nullable) (element-type OptServer): what did not answer before
 * @alternative: (nullable): a server that was seen to answer
 * @provider: (nullable): whose account it is
 * @others_work: whether another service of the account works
 *
 * All of a check that a remedy is made of.
 */
typedef struct
{
  OptDiagnosis diagnosis;
  OptServer *server;
  GPtrArray *tried;
  GPtrArray *given_up;
  OptServer *alternative;
  OptProvider *provider;
  gboolean others_work;
} OptTrouble;

/**
 * opt_remedy_new:
 * @check: a check that is over
 * @service: a service of it whose probe did not work
 *
 * Returns: (transfer full): what to do; never %OPT_ACTION_USE_SERVER without a server, and never
 *   %OPT_ACTION_GO_ON where nothing works
 */
OptRemedy *opt_remedy_new (OptCheck *check, OptService service);

/**
 * opt_remedy_new_for_trouble:
 * @trouble: what a check found
 *
 * Returns: (transfer full): as opt_remedy_new()
 */
OptRemedy *opt_remedy_new_for_trouble (const OptTrouble *trouble);

/**
 * opt_remedy_free:
 * @self: (transfer full): a remedy
 */
void opt_remedy_free (OptRemedy *self);

/**
 * opt_remedy_create_server_label:
 * @self: a remedy with a server
 * @instead_of: the server that failed
 *
 * Returns: (transfer full): what makes the difference, such as "Use port 465", translated
 */
char *opt_remedy_create_server_label (const OptRemedy *self, const OptServer *instead_of);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptRemedy, opt_remedy_free)

G_END_DECLS
