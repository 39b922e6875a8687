/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net-fixture.h"

#include "opt-review.h"

G_BEGIN_DECLS

/**
 * net_create_found:
 * @servers: (array fixed-size=OPT_N_SERVICES): the servers, with a host of %NULL where there is
 *   none
 * @address: (nullable): the sender's address; %NULL for that of all tests
 * @client: (nullable): the id of the program
 *
 * Returns: (transfer full): an account as that program would have it
 */
OptFound *net_create_found (const OptFoundServer *servers, const char *address, const char *client);

/**
 * net_run_review:
 * @review: a review
 * @net: the world that it is tested in
 * @password: what to sign in with
 * @cancellable: (nullable): ends the test
 *
 * Tests @review to the end; one that does not end fails the test.
 */
void net_run_review (OptReview *review,
                     NetFixture *net,
                     const char *password,
                     GCancellable *cancellable);

G_END_DECLS
