/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes out of a printer: printed to a PDF file and read back by pdftotext. */
#include "nasty.h"
#include "opt-print.h"
#include "opt-value.h"

#include <glib/gstdio.h>

#define ADDRESS "jane.doe@optonline.net"

/* With blanks to break at, and without any. Hyphens at the end of a line would not be read back. */
#define LONG_NAME                                                                                  \
  "Wilhelmina Theodora Featherstonehaugh Cholmondeley of the Lower Meadows and the Upper "         \
  "Meadows, "                                                                                      \
  "Honorary Secretary, and her Cat"
#define LONG_USER                                                                                  \
  "jane.doe.who.has.a.sign.in.name.as.long.as.sixty.four.letters.and"                              \
  "@a.mail.domain.of.which.the.name.does.not.want.to.come.to.an.end.optimum.net"

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("print-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "sheet.pdf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
print (Fixture *fixture, const OptSettings *settings, GtkPageSetup *setup)
{
  g_autoptr (GtkPrintOperation) operation = opt_print_new (opt_sheet_new (settings));
  g_autoptr (GError) error = NULL;

  if (setup != NULL)
    gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, fixture->path);
  gtk_print_operation_set_allow_async (operation, FALSE);
  g_assert_cmpint (gtk_print_operation_run (operation,
                                            GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            NULL,
                                            &error),
                   ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
}

static char *
run (const char *program, const char *option, const char *path)
{
  const char *arguments[] = { program, option, path, "-", NULL };
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status;

  if (g_str_equal (program, "pdfinfo"))
    arguments[3] = NULL;
  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                &output,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));

  return output;
}

static gboolean
can_read (void)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");

  if (program != NULL)
    return TRUE;

  g_assert_cmpstr (g_getenv ("CI"), !=, "true");
  g_test_skip ("pdftotext is missing (package poppler-utils)");

  return FALSE;
}

/* The text without any white space, so that it does not matter where lines were broken. */
static char *
strip (const char *text)
{
  g_auto (GStrv) words = g_regex_split_simple ("\\s+", text, 0, 0);

  return g_strjoinv (NULL, words);
}

static void
assert_has (const char *stripped, const char *wanted)
{
  g_autofree char *word = strip (wanted);

  if (strstr (stripped, word) == NULL)
    g_error ("“%s” is not on the paper: %s", wanted, stripped);
}

static char *
read_page (Fixture *fixture)
{
  g_autofree char *info = run ("pdfinfo", "-box", fixture->path);
  g_autofree char *text = run ("pdftotext", "-layout", fixture->path);

  g_assert_true (g_regex_match_simple ("^Pages: +1$", info, G_REGEX_MULTILINE, 0));

  return strip (text);
}

/* Every word of the sheet, whole. */
static void
assert_sheet (const char *text, const OptSettings *settings)
{
  g_autoptr (OptSheet) sheet = opt_sheet_new (settings);

  assert_has (text, sheet->title);
  for (guint i = 0; i < sheet->groups->len; i++)
    {
      const OptSheetGroup *group = sheet->groups->pdata[i];

      assert_has (text, group->title);
      for (guint j = 0; j < group->values->len; j++)
        assert_has (text, ((const OptValue *) group->values->pdata[j])->label);
    }
  for (guint i = 0; sheet->steps[i] != NULL; i++)
    assert_has (text, sheet->steps[i]);
  assert_has (text, sheet->note);
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Jane Doe", ADDRESS, OPT_SERVICE_IMAP);
  g_autofree char *text = NULL;

  print (fixture, settings, NULL);
  if (!can_read ())
    return;

  text = read_page (fixture);
  assert_sheet (text, settings);
  assert_has (text,
              "Your name Jane Doe Email address " ADDRESS " Password the password of this "
              "address; it is not written here");
  assert_has (text, "Incoming mail (IMAP) Server imap.optimum.net Port 993");
  assert_has (text, "Outgoing mail (SMTP) Server smtp.optimum.net Port 587");
  assert_has (text, "Incoming mail (POP3), in place of IMAP Server pop.optimum.net Port 110");
  assert_has (text, "User name " ADDRESS);
}

/* One page, whatever the paper and the names; what was cut off would not be in the text. */
static void
test_small_paper (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, LONG_NAME, LONG_USER, OPT_SERVICE_POP3);
  g_autoptr (GtkPaperSize) a6 = gtk_paper_size_new ("iso_a6");
  g_autoptr (GtkPageSetup) setup = opt_print_create_page_setup ();
  g_autofree char *text = NULL;
  g_autofree char *inside = NULL;

  gtk_page_setup_set_paper_size (setup, a6);
  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  print (fixture, settings, setup);
  if (!can_read ())
    return;

  inside = run ("pdftotext", "-nopgbrk", fixture->path);
  text = read_page (fixture);
  assert_sheet (text, settings);
  g_free (text);
  text = strip (inside);
  assert_has (text, LONG_NAME);
  assert_has (text, LONG_USER);
}

/* The right edge of the first word that is @word. */
static double
find_right_edge (const char *boxes, const char *word)
{
  g_autofree char *pattern = g_strdup_printf ("xMax=\"([0-9.]+)\"[^>]*>%s<", word);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *edge = NULL;

  g_assert_true (g_regex_match (regex, boxes, 0, &match));
  edge = g_match_info_fetch (match, 1);

  return g_ascii_strtod (edge, NULL);
}

/* In a language from right to left all values begin at the same place, numbers too. */
static void
test_from_right (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Jane Doe", ADDRESS, OPT_SERVICE_IMAP);
  g_autofree char *boxes = NULL;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  print (fixture, settings, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  if (!can_read ())
    return;

  boxes = run ("pdftotext", "-bbox", fixture->path);
  g_assert_cmpfloat_with_epsilon (find_right_edge (boxes, "993"),
                                  find_right_edge (boxes, "imap.optimum.net"),
                                  2);
  g_assert_cmpfloat (find_right_edge (boxes, "Port"), >, find_right_edge (boxes, "993"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add ("/print/plain", Fixture, NULL, set_up, test_plain, tear_down);
  g_test_add ("/print/small-paper", Fixture, NULL, set_up, test_small_paper, tear_down);

  g_test_add ("/print/from-right", Fixture, NULL, set_up, test_from_right, tear_down);

  return g_test_run ();
}
