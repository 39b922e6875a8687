/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* XML from anywhere: what a reader gets of an honest document, and that there is nothing to be had
 * of one that is an attack. */
#include "opt-error.h"
#include "opt-xml.h"

#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define LAUGHS                                                                                     \
  "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;&l;&l;&l;&l;&l;\">"                        \
  "<!ENTITY n \"&m;&m;&m;&m;&m;&m;&m;&m;\">]><a>&n;</a>"

/* A text of NULL: there is no document. */
static const struct
{
  const char *name, *xml, *text;
} documents[] = {
  { "plain", HEAD "<a><b>jane</b></a>", "jane" },
  { "space", "<a>\n  <b>\n jane </b>\n</a>\n", "jane" },
  { "first", "<a><c>x</c><b>jane</b><b>joe</b></a>", "jane" },
  { "deeper", "<a><c><b>joe</b></c><b>jane</b></a>", "jane" },
  { "own-entities", "<a><b>&lt;&amp;&#x6a;</b></a>", "<&j" },
  { "cdata", "<a><b><![CDATA[<jane>]]></b></a>", "<jane>" },
  { "namespace", "<a xmlns=\"urn:x\"><b>jane</b></a>", "jane" },
  { "comment", "<!-- a --><a><b>ja<!-- b -->ne</b></a>", "jane" },
  { "byte-order-mark", "\xef\xbb\xbf<a><b>jane</b></a>", "jane" },
  { "latin-1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><b>Zo\xeb</b></a>", "Zoë" },
  { "empty-element", "<a><b/></a>", "" },
  { "other-root", "<b><b>jane</b></b>" },
  { "empty", "" },
  { "blank", " \n" },
  { "text", "jane" },
  { "truncated", "<a><b>jane</b>" },
  { "two-roots", "<a><b>jane</b></a><a/>" },
  { "not-utf-8", HEAD "<a><b>\xff\xfe</b></a>" },
  { "control-character", "<a><b>\x01</b></a>" },
  { "unknown-entity", "<a><b>&jane;</b></a>" },
  { "document-type", "<!DOCTYPE a><a><b>jane</b></a>" },
  { "entities", LAUGHS },
  { "file-entity", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a><b>&x;</b></a>" },
  { "outer-dtd", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a><b>jane</b></a>" },
  { "parameter", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/\">%x;]><a><b/></a>" },
};

static void
test_document (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (documents[i].xml, strlen (documents[i].xml));
  g_autoptr (xmlDoc) document = opt_xml_parse (bytes, "a", &error);
  g_autofree char *text = NULL;

  if (documents[i].text == NULL)
    {
      g_assert_null (document);
      g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
      g_assert_null (strstr (error->message, "jane"));
      return;
    }

  g_assert_no_error (error);
  g_assert_true (opt_xml_has_root (bytes, "a"));
  g_assert_false (opt_xml_has_root (bytes, "b"));
  text = opt_xml_dup_text (xmlDocGetRootElement (document), "b");
  g_assert_cmpstr (text, ==, documents[i].text);
}

static void
test_tree (void)
{
  const char *xml = "<a><b c='1'>x</b> <d/><b>  </b><b c=''><e/></b></a>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (xmlDoc) document = opt_xml_parse (bytes, "a", NULL);
  const xmlNode *root = xmlDocGetRootElement (document);
  const xmlNode *first = opt_xml_find (root, "b");
  const xmlNode *second = opt_xml_find_next (first, "b");
  const xmlNode *third = opt_xml_find_next (second, "b");
  g_autofree char *one = opt_xml_dup_attribute (first, "c");
  g_autofree char *none = opt_xml_dup_attribute (second, "c");
  g_autofree char *empty = opt_xml_dup_attribute (third, "c");

  g_assert_null (opt_xml_find_next (third, "b"));
  g_assert_null (opt_xml_find (root, "e"));
  g_assert_null (opt_xml_find (NULL, "b"));
  g_assert_cmpstr (one, ==, "1");
  g_assert_cmpstr (none, ==, NULL);
  g_assert_cmpstr (empty, ==, "");
  g_assert_true (opt_xml_has_text (root, "b"));
  g_assert_false (opt_xml_has_text (root, "d"));
  g_assert_false (opt_xml_has_text (root, "e"));
}

/* The first element tells, whatever follows. */
static void
test_root_of_broken (void)
{
  const char *xml = HEAD "<!-- b --><a><b></a>\x01";
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));

  g_assert_true (opt_xml_has_root (bytes, "a"));
  g_assert_false (opt_xml_has_root (bytes, "b"));
}

static GBytes *
repeat (const char *begin, const char *middle, const char *end, gsize n_times)
{
  GString *xml = g_string_new (begin);

  for (gsize i = 0; i < n_times; i++)
    g_string_append (xml, middle);
  g_string_append (xml, end);

  return g_string_free_to_bytes (xml);
}

static void
assert_parses (GBytes *bytes, gboolean wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (xmlDoc) document = opt_xml_parse (bytes, "a", &error);

  if (wanted)
    g_assert_no_error (error);
  else
    g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
  g_assert_cmpint (document != NULL, ==, wanted);
}

static void
test_bounds (void)
{
  g_autoptr (GBytes) wide = repeat ("<a>", "<b>x</b>", "</a>", 100000);
  g_autoptr (GBytes) large = repeat ("<a>", "x", "</a>", OPT_XML_MAX_BYTES);
  g_autoptr (GBytes) deep = repeat ("<a>", "<a>", "", 100000);
  g_autoptr (GBytes) nul = g_bytes_new_static ("<a>\0</a>", 8);

  assert_parses (wide, TRUE);
  assert_parses (large, FALSE);
  g_assert_false (opt_xml_has_root (large, "a"));
  assert_parses (deep, FALSE);
  assert_parses (nul, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *path = g_strdup_printf ("/xml/document/%s", documents[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_document);
    }
  g_test_add_func ("/xml/tree", test_tree);
  g_test_add_func ("/xml/root-of-broken", test_root_of_broken);
  g_test_add_func ("/xml/bounds", test_bounds);

  return g_test_run ();
}
