/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_internet_account_read:
 * @values: (element-type utf8 utf8): the values of one account by their names in lower case, with
 *   spaces between the words; numbers in hexadecimal
 * @starttls_ports: (array zero-terminated=1): the ports on which the program begins without
 *   encryption when it sends, if it shall encrypt at all
 * @founds: (element-type OptFound): where to add the account, or none for an account of something
 *   else, such as news
 *
 * Outlook Express and those that came after it have the same names for the same values.
 */
void opt_internet_account_read (GHashTable *values, const guint *starttls_ports, GPtrArray *founds);

G_END_DECLS
