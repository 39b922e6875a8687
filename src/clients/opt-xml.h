/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

/* No settings in XML are longer, and a tree takes many times the room of its text. */
#define OPT_XML_MAX_BYTES (2 * 1024 * 1024)

/**
 * opt_xml_parse:
 * @bytes: a document, which may be anybody's
 * @root: the name of its root element
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is not well-formed, has another root,
 *   a document type, elements nested deeper than any settings, or more than %OPT_XML_MAX_BYTES
 *
 * The one way to parse XML that we have not written: nothing is fetched, and no entity but those of
 * XML itself is known, since a document type is refused. The error has no word of the document.
 *
 * Returns: (transfer full) (nullable): the tree, for xmlFreeDoc()
 */
xmlDoc *opt_xml_parse (GBytes *bytes, const char *root, GError **error);

/**
 * opt_xml_has_root:
 * @bytes: what may be a document
 * @root: the name of an element
 *
 * Reads no further than the first element.
 *
 * Returns: whether this is its root element
 */
gboolean opt_xml_has_root (GBytes *bytes, const char *root);

/**
 * opt_xml_find:
 * @parent: (nullable): an element
 * @name: the name of an element, of whatever namespace
 *
 * Returns: (transfer none) (nullable): the first such child of @parent
 */
xmlNode *opt_xml_find (const xmlNode *parent, const char *name);

/**
 * opt_xml_find_next:
 * @node: an element
 * @name: the name of an element, of whatever namespace
 *
 * Returns: (transfer none) (nullable): the next such sibling of @node
 */
xmlNode *opt_xml_find_next (const xmlNode *node, const char *name);

/**
 * opt_xml_dup_text:
 * @parent: (nullable): an element
 * @name: the name of an element
 *
 * Returns: (transfer full) (nullable): the text in the first such child of @parent, without the
 *   space around it
 */
char *opt_xml_dup_text (const xmlNode *parent, const char *name);

/**
 * opt_xml_dup_content:
 * @node: an element
 *
 * Returns: (transfer full): the text in it, without the space around it
 */
char *opt_xml_dup_content (const xmlNode *node);

/**
 * opt_xml_has_text:
 * @parent: (nullable): an element
 * @name: the name of an element
 *
 * For what is not to be taken over, such as a password.
 *
 * Returns: whether there is any text in the first such child of @parent
 */
gboolean opt_xml_has_text (const xmlNode *parent, const char *name);

/**
 * opt_xml_dup_attribute:
 * @node: an element
 * @name: the name of an attribute
 *
 * Returns: (transfer full) (nullable): its value
 */
char *opt_xml_dup_attribute (const xmlNode *node, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

G_END_DECLS
