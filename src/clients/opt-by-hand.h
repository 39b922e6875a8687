/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"
#include "opt-value.h"

G_BEGIN_DECLS

/* What a program asks for. A field that means nothing for the settings is passed over: the name of
 * somebody who gave none, days where mail stays for ever. */
typedef enum
{
  OPT_FIELD_CHOICE,   /* the first of the row's words, or what its create() says */
  OPT_FIELD_COMPOSED, /* what the row's create() puts together, letter by letter */
  OPT_FIELD_NAME,
  OPT_FIELD_ADDRESS,
  OPT_FIELD_PASSWORD,
  OPT_FIELD_DESCRIPTION, /* what the account shall be called */
  OPT_FIELD_WAY_IN,      /* words for IMAP and POP3 */
  OPT_FIELD_IN_HOST,
  OPT_FIELD_IN_PORT,
  OPT_FIELD_IN_SECURITY, /* words for TLS and STARTTLS */
  OPT_FIELD_IN_USER,
  OPT_FIELD_LEAVE,      /* words for leaving mail on the server and for not */
  OPT_FIELD_LEAVE_DAYS, /* for how long, as a number */
  OPT_FIELD_OUT_HOST,
  OPT_FIELD_OUT_PORT,
  OPT_FIELD_OUT_SECURITY, /* words for TLS and STARTTLS */
  OPT_FIELD_OUT_LOGIN,    /* words for the same user name as for incoming mail, and another */
  OPT_FIELD_OUT_USER,
  OPT_FIELD_OUT_OTHER_USER, /* only where it is another */
} OptField;

/**
 * OptFieldRow:
 * @group: under which heading it stands
 * @label: what the program calls it, untranslated; %NULL ends an array
 * @field: what it asks for
 * @words: what to choose, untranslated, where there is a choice
 * @only: the ways in for which it asks; 0 for all
 * @create: (nullable): makes the text for fields that say so
 *
 * One thing that a program asks for, in its own words.
 */
typedef struct
{
  OptValueGroup group;
  const char *label;
  OptField field;
  const char *words[2];
  OptClientProtocols only;
  char *(*create) (const OptSettings *settings);
} OptFieldRow;

/**
 * opt_by_hand_create_values:
 * @rows: (array): what a program asks for, in its order, up to one without a label
 * @settings: what is handed over
 *
 * Returns: (transfer full) (element-type OptValue): what to type or choose; never the password
 */
GPtrArray *opt_by_hand_create_values (const OptFieldRow *rows, const OptSettings *settings);

G_END_DECLS
