/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_EXPORT_PAGE (opt_export_page_get_type ())

/**
 * OptExportPage:
 *
 * The mail programs that can be given the settings.
 */
G_DECLARE_FINAL_TYPE (OptExportPage, opt_export_page, OPT, EXPORT_PAGE, OptPage)

G_END_DECLS
