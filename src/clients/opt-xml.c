/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* XML from anywhere, with what makes it dangerous left out: no network, no document type and so no
 * entities, and no end of nesting beyond libxml2's own bound of 256, which holds as long as nobody
 * asks for XML_PARSE_HUGE. What libxml2 says of an error may quote the document, and there may be a
 * password in it, so only its number is passed on. */
#include "opt-xml.h"

#include "opt-error.h"

#include <libxml/parser.h>
#include <string.h>

#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)

typedef xmlParserCtxt OptXmlParser;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptXmlParser, xmlFreeParserCtxt)

/* A parser that was stopped takes what it has for the whole of it. */
static void
stop (xmlParserCtxt *parser)
{
  xmlStopParser (parser);
  parser->wellFormed = 0;
}

/* Before the first entity is declared. */
static void
on_document_type (void *data,
                  const xmlChar *name,
                  const xmlChar *external_id,
                  const xmlChar *system_id)
{
  stop (data);
}

/* libxml2 asks no parser where to put what it says of encodings, and quotes bytes. */
static void
ignore_message (void *data, const char *format, ...)
{
}

static xmlDoc *
parse_quietly (xmlParserCtxt *parser, const char *data, gsize size_bytes)
{
  xmlGenericErrorFunc before = xmlGenericError;
  void *data_before = xmlGenericErrorContext;
  xmlDoc *document;

  /* It has one for each thread. */
  xmlSetGenericErrorFunc (NULL, ignore_message);
  document = xmlCtxtReadMemory (parser, data, (int) size_bytes, NULL, NULL, OPTIONS);
  xmlSetGenericErrorFunc (data_before, before);

  return document;
}

/* The one difference between looking and reading is whether the first element is the last. */
static xmlDoc *
parse (xmlParserCtxt *parser, GBytes *bytes)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);

  if (size_bytes == 0 || size_bytes > OPT_XML_MAX_BYTES)
    return NULL;

  parser->sax->internalSubset = on_document_type;

  return parse_quietly (parser, data, size_bytes);
}

static gboolean
is_named (const xmlNode *node, const char *name)
{
  return node->type == XML_ELEMENT_NODE && g_str_equal ((const char *) node->name, name);
}

xmlDoc *
opt_xml_parse (GBytes *bytes, const char *root, GError **error)
{
  g_autoptr (OptXmlParser) parser = xmlNewParserCtxt ();
  g_autoptr (xmlDoc) document = NULL;
  const xmlNode *element;

  g_return_val_if_fail (bytes != NULL && root != NULL, NULL);

  document = parse (parser, bytes);
  element = document != NULL ? xmlDocGetRootElement (document) : NULL;
  if (element != NULL && is_named (element, root))
    return g_steal_pointer (&document);

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_READ_BROKEN,
               "not a safe and well-formed %s document (libxml2 error %d)",
               root,
               parser->errNo);

  return NULL;
}

typedef struct
{
  const char *wanted;
  gboolean found;
} Look;

static void
on_first_element (void *data,
                  const xmlChar *name,
                  const xmlChar *prefix,
                  const xmlChar *uri,
                  int n_namespaces,
                  const xmlChar **namespaces,
                  int n_attributes,
                  int n_defaulted,
                  const xmlChar **attributes)
{
  xmlParserCtxt *parser = data;
  Look *look = parser->_private;

  look->found = g_str_equal ((const char *) name, look->wanted);
  stop (parser);
}

gboolean
opt_xml_has_root (GBytes *bytes, const char *root)
{
  g_autoptr (OptXmlParser) parser = xmlNewParserCtxt ();
  g_autoptr (xmlDoc) document = NULL;
  Look look = { .wanted = root };

  g_return_val_if_fail (bytes != NULL && root != NULL, FALSE);

  parser->_private = &look;
  parser->sax->startElementNs = on_first_element;
  document = parse (parser, bytes);

  return look.found;
}

static xmlNode *
find_from (xmlNode *node, const char *name)
{
  while (node != NULL && !is_named (node, name))
    node = node->next;

  return node;
}

xmlNode *
opt_xml_find (const xmlNode *parent, const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return parent != NULL ? find_from (parent->children, name) : NULL;
}

xmlNode *
opt_xml_find_next (const xmlNode *node, const char *name)
{
  g_return_val_if_fail (node != NULL && name != NULL, NULL);

  return find_from (node->next, name);
}

static char *
take (xmlChar *text)
{
  char *copy = g_strdup ((const char *) text);

  xmlFree (text);

  return copy;
}

char *
opt_xml_dup_content (const xmlNode *node)
{
  char *text;

  g_return_val_if_fail (node != NULL, NULL);

  text = take (xmlNodeGetContent (node));

  return g_strstrip (text != NULL ? text : g_strdup (""));
}

char *
opt_xml_dup_text (const xmlNode *parent, const char *name)
{
  const xmlNode *node = opt_xml_find (parent, name);

  return node != NULL ? opt_xml_dup_content (node) : NULL;
}

gboolean
opt_xml_has_text (const xmlNode *parent, const char *name)
{
  const xmlNode *node = opt_xml_find (parent, name);

  for (const xmlNode *child = node != NULL ? node->children : NULL; child != NULL;
       child = child->next)
    if (!xmlIsBlankNode (child))
      return TRUE;

  return FALSE;
}

char *
opt_xml_dup_attribute (const xmlNode *node, const char *name)
{
  g_return_val_if_fail (node != NULL && name != NULL, NULL);

  return take (xmlGetNoNsProp (node, BAD_CAST name));
}
