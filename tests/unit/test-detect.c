/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-detect.h"

#include <dlfcn.h>
#include <gio/gio.h>
#include <string.h>

/* A world in which five seconds are fifty milliseconds: what the product asks for is kept here,
 * and what it gets is shorter. */
static guint last_timeout_ms;

GSource *
g_timeout_source_new (guint interval_ms)
{
  GSource *(*real) (guint) = NULL;

  *(void **) &real = dlsym (RTLD_NEXT, "g_timeout_source_new");
  last_timeout_ms = interval_ms;

  return real (interval_ms / 100);
}

/* A resolver that answers as told. */
typedef enum
{
  ANSWER_RECORDS,
  ANSWER_NOTHING,
  ANSWER_NOT_FOUND,
  ANSWER_NEVER, /* until it is cancelled */
} Answer;

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  Answer answer;
  const char *const *hosts;
  char *asked;
  guint n_asked;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static TestResolver *resolver;

static void
free_records (gpointer records)
{
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static gboolean
on_lookup_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

static void
hang (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_callback (source,
                         G_SOURCE_FUNC (on_lookup_cancelled),
                         g_object_ref (task),
                         g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
test_resolver_lookup_records_async (GResolver *base,
                                    const char *name,
                                    GResolverRecordType type,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (base);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GList *records = NULL;

  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_MX);
  g_free (self->asked);
  self->asked = g_strdup (name);
  self->n_asked++;
  for (guint i = 0; self->hosts != NULL && self->hosts[i] != NULL; i++)
    records =
      g_list_append (records, g_variant_ref_sink (g_variant_new ("(qs)", 10 + i, self->hosts[i])));

  switch (self->answer)
    {
    case ANSWER_RECORDS:
    case ANSWER_NOTHING:
      g_task_return_pointer (task, records, free_records);
      break;
    case ANSWER_NOT_FOUND:
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no such name");
      break;
    case ANSWER_NEVER:
      hang (task);
      break;
    }
}

static GList *
test_resolver_lookup_records_finish (GResolver *base, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_records_async = test_resolver_lookup_records_async;
  resolver_class->lookup_records_finish = test_resolver_lookup_records_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static OptProviders *providers;

static OptAddress *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  OptAddress *address = opt_address_parse (text, &error);

  g_assert_no_error (error);

  return address;
}

static void
assert_detection (OptDetection *detection, OptDetectedBy how, const char *want)
{
  OptProvider *provider = opt_detection_get_provider (detection);
  GPtrArray *suggestions = opt_detection_get_suggestions (detection);
  g_autoptr (GString) got = g_string_new (NULL);

  if (provider != NULL)
    g_string_append_printf (got, "%s", opt_provider_get_id (provider));
  for (guint i = 0; i < suggestions->len; i++)
    g_string_append_printf (got,
                            "%s%s",
                            i > 0 ? " " : "",
                            opt_address_get_text (g_ptr_array_index (suggestions, i)));

  g_assert_cmpstr (got->str, ==, want);
  g_assert_cmpint (opt_detection_get_how (detection), ==, how);
}

static const struct
{
  const char *input;
  OptDetectedBy how;
  const char *want; /* the provider's id, or the suggestions */
} rows[] = {
  { "jane@optonline.net", OPT_DETECTED_BY_DOMAIN, "optonline" },
  { "jane@optimum.net", OPT_DETECTED_BY_DOMAIN, "optimum" },
  { "jane@suddenlink.net", OPT_DETECTED_BY_DOMAIN, "suddenlink" },
  { "Jane@OptOnline.NET", OPT_DETECTED_BY_DOMAIN, "optonline" },
  /* Known misspellings: PROVIDERS.md. */
  { "jane@optonline.com", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optoline.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optionline.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optonlin.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optimun.net", OPT_DETECTED_BY_TYPO, "jane@optimum.net" },
  { "jane@octimum.net", OPT_DETECTED_BY_TYPO, "jane@optimum.net" },
  { "jane@optmum.net", OPT_DETECTED_BY_TYPO, "jane@optimum.net" },
  { "jane@suddenlinknet", OPT_DETECTED_BY_TYPO, "jane@suddenlink.net" },
  /* Which one? */
  { "jane@optimumonline.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net jane@optimum.net" },
  /* Slips: one letter wrong, too many, missing, two swapped; two slips; three are too many. */
  { "jane@optonlime.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@ooptonline.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optonlne.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@otponline.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@otponlnie.net", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@suddnlnk.net", OPT_DETECTED_BY_TYPO, "jane@suddenlink.net" },
  { "jane@suddlnk.net", OPT_DETECTED_BY_NONE, "" },
  /* Endings. */
  { "jane@optonline.nte", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optimum.org", OPT_DETECTED_BY_TYPO, "jane@optimum.net" },
  { "jane@suddenlink.com", OPT_DETECTED_BY_TYPO, "jane@suddenlink.net" },
  { "jane@optonline.co.uk", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optonline", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optonlinenet", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
  { "jane@optimumnet", OPT_DETECTED_BY_TYPO, "jane@optimum.net" },
  /* The provider's form of the name in a suggestion too. */
  { "Jane.Doe@optonline.com", OPT_DETECTED_BY_TYPO, "jane.doe@optonline.net" },
  /* Others' domains are never "corrected". */
  { "jane@optimum.com", OPT_DETECTED_BY_NONE, "" },
  { "jane@cablevision.com", OPT_DETECTED_BY_NONE, "" },
  { "jane@suddenlinkmail.com", OPT_DETECTED_BY_NONE, "" },
  { "jane@bresnan.net", OPT_DETECTED_BY_NONE, "" },
  { "jane@optum.com", OPT_DETECTED_BY_NONE, "" },
  { "jane@gmail.com", OPT_DETECTED_BY_NONE, "" },
  { "jane@mail.optonline.net", OPT_DETECTED_BY_NONE, "" },
  { "jane@optonline.net.example.com", OPT_DETECTED_BY_TYPO, "jane@optonline.net" },
};

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptAddress) address = parse (rows[i].input);
  g_autoptr (OptDetection) detection = opt_detect (providers, address);

  assert_detection (detection, rows[i].how, rows[i].want);
}

/* Whatever the file comes to hold. */
static void
test_file (void)
{
  for (guint i = 0; i < opt_providers_get_n_providers (providers); i++)
    {
      OptProvider *provider = opt_providers_get_provider (providers, i);
      const char *const *domains = opt_provider_get_domains (provider);
      const char *const *typos = opt_provider_get_typos (provider);
      g_autoptr (OptAddress) plain = parse ("jane@example.com");

      for (guint j = 0; domains[j] != NULL; j++)
        {
          g_autoptr (OptAddress) address = opt_address_with_domain (plain, domains[j]);
          g_autoptr (OptDetection) detection = opt_detect (providers, address);

          assert_detection (detection, OPT_DETECTED_BY_DOMAIN, opt_provider_get_id (provider));
        }

      for (guint j = 0; typos[j] != NULL; j++)
        {
          g_autoptr (OptAddress) address = opt_address_with_domain (plain, typos[j]);
          g_autoptr (OptAddress) want = opt_address_with_domain (plain, domains[0]);
          g_autoptr (OptDetection) detection = opt_detect (providers, address);

          g_assert_cmpint (opt_detection_get_how (detection), ==, OPT_DETECTED_BY_TYPO);
          g_assert_true (
            g_ptr_array_find_with_equal_func (opt_detection_get_suggestions (detection),
                                              want,
                                              (GEqualFunc) opt_address_equal,
                                              NULL));
        }
    }
}

static void
test_company (void)
{
  static const struct
  {
    const char *address;
    gboolean want;
  } companies[] = {
    { "jane@optimum.com", TRUE },         { "jane@cablevision.com", TRUE },
    { "jane@suddenlinkmail.com", FALSE }, { "jane@optonline.net", FALSE },
    { "jane@example.com", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      g_autoptr (OptAddress) address = parse (companies[i].address);
      g_autoptr (OptDetection) detection = opt_detect (providers, address);

      g_assert_cmpint (opt_detection_is_company_domain (detection), ==, companies[i].want);
    }
}

static void
test_lower_case (void)
{
  g_autoptr (OptAddress) ours = parse ("Jane.Doe@Optonline.net");
  g_autoptr (OptAddress) theirs = parse ("Jane.Doe@Example.com");
  g_autoptr (OptDetection) known = opt_detect (providers, ours);
  g_autoptr (OptDetection) unknown = opt_detect (providers, theirs);

  g_assert_cmpstr (opt_address_get_text (opt_detection_get_address (known)),
                   ==,
                   "jane.doe@optonline.net");
  g_assert_cmpstr (opt_address_get_text (opt_detection_get_address (unknown)),
                   ==,
                   "Jane.Doe@example.com");
}

/* A look-up, waited for. */
typedef struct
{
  GMainLoop *loop;
  OptDetection *detection;
  GError *error;
} Wait;

static void
detect_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->detection = opt_detect_finish (result, &wait->error);
  g_main_loop_quit (wait->loop);
}

static OptDetection *
detect (const char *text, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptAddress) address = parse (text);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Wait wait = { loop, NULL, NULL };

  opt_detect_async (providers, address, cancellable, detect_done, &wait);
  g_main_loop_run (loop);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);

  return wait.detection;
}

static void
script (Answer answer, const char *const *hosts)
{
  resolver->answer = answer;
  resolver->hosts = hosts;
  resolver->n_asked = 0;
  g_clear_pointer (&resolver->asked, g_free);
}

static const char *const optimum_hosts[] = { "mx.mx-altice.prod.cloud.synchronoss.net", NULL };
static const char *const suddenlink_hosts[] = { "mx.suddenlink.net.", NULL };
static const char *const backup_hosts[] = { "mx.example.com", "MX.SuddenLink.net", NULL };
static const char *const other_hosts[] = { "mx.other.prod.cloud.synchronoss.net",
                                           "aspmx.l.google.com",
                                           NULL };

static const struct
{
  const char *name, *input;
  Answer answer;
  const char *const *hosts;
  OptDetectedBy how;
  const char *want;
  guint n_asked;
} look_ups[] = {
  { "match", "Jane@own.example", ANSWER_RECORDS, optimum_hosts, OPT_DETECTED_BY_MX, "optimum", 1 },
  { "root-dot",
    "j@own.example",
    ANSWER_RECORDS,
    suddenlink_hosts,
    OPT_DETECTED_BY_MX,
    "suddenlink",
    1 },
  { "second", "j@own.example", ANSWER_RECORDS, backup_hosts, OPT_DETECTED_BY_MX, "suddenlink", 1 },
  { "no-match", "j@own.example", ANSWER_RECORDS, other_hosts, OPT_DETECTED_BY_NONE, "", 1 },
  { "none", "j@own.example", ANSWER_NOTHING, NULL, OPT_DETECTED_BY_NONE, "", 1 },
  { "not-found", "j@own.example", ANSWER_NOT_FOUND, NULL, OPT_DETECTED_BY_NONE, "", 1 },
  { "timeout", "j@own.example", ANSWER_NEVER, NULL, OPT_DETECTED_BY_NONE, "", 1 },
  { "idn", "j@bücher.example", ANSWER_RECORDS, optimum_hosts, OPT_DETECTED_BY_MX, "optimum", 1 },
  { "other-domain", "j@bresnan.net", ANSWER_NOTHING, NULL, OPT_DETECTED_BY_NONE, "", 1 },
  /* What needs no look-up asks nobody. */
  { "domain",
    "j@optonline.net",
    ANSWER_RECORDS,
    optimum_hosts,
    OPT_DETECTED_BY_DOMAIN,
    "optonline",
    0 },
  { "typo",
    "j@optonlin.net",
    ANSWER_RECORDS,
    optimum_hosts,
    OPT_DETECTED_BY_TYPO,
    "j@optonline.net",
    0 },
  { "company", "j@optimum.com", ANSWER_RECORDS, optimum_hosts, OPT_DETECTED_BY_NONE, "", 0 },
  { "one-label", "j@localhost", ANSWER_RECORDS, optimum_hosts, OPT_DETECTED_BY_NONE, "", 0 },
};

static void
test_look_up (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptDetection) detection = NULL;
  g_autoptr (GError) error = NULL;

  script (look_ups[i].answer, look_ups[i].hosts);
  last_timeout_ms = 0;
  detection = detect (look_ups[i].input, NULL, &error);

  g_assert_no_error (error);
  assert_detection (detection, look_ups[i].how, look_ups[i].want);
  g_assert_cmpuint (resolver->n_asked, ==, look_ups[i].n_asked);
  g_assert_cmpuint (last_timeout_ms, ==, look_ups[i].n_asked > 0 ? 5000 : 0);
}

/* The name goes out in ASCII, and the mailbox comes back as the provider wants it. */
static void
test_look_up_forms (void)
{
  g_autoptr (OptDetection) detection = NULL;

  script (ANSWER_RECORDS, optimum_hosts);
  detection = detect ("Jane@BÜCHER.example", NULL, NULL);

  g_assert_cmpstr (resolver->asked, ==, "xn--bcher-kva.example");
  g_assert_cmpstr (opt_address_get_text (opt_detection_get_address (detection)),
                   ==,
                   "jane@xn--bcher-kva.example");
}

static gboolean
on_time_to_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (gconstpointer data)
{
  gboolean before = GPOINTER_TO_INT (data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OptDetection) detection = NULL;
  g_autoptr (GError) error = NULL;

  script (ANSWER_NEVER, NULL);
  if (before)
    g_cancellable_cancel (cancellable);
  else
    g_idle_add (on_time_to_cancel, cancellable);
  detection = detect ("jane@own.example", cancellable, &error);

  g_assert_null (detection);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_names (void)
{
  g_assert_cmpstr (opt_detected_by_to_string (OPT_DETECTED_BY_DOMAIN), ==, "domain");
  g_assert_cmpstr (opt_detected_by_to_string (OPT_DETECTED_BY_TYPO), ==, "typo");
  g_assert_cmpstr (opt_detected_by_to_string (OPT_DETECTED_BY_MX), ==, "mx");
  g_assert_cmpstr (opt_detected_by_to_string (OPT_DETECTED_BY_NONE), ==, "none");
}

static void
add_tests (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/detect/", rows[i].input, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (look_ups); i++)
    {
      g_autofree char *path = g_strconcat ("/detect/look-up/", look_ups[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_look_up);
    }
  g_test_add_func ("/detect/file", test_file);
  g_test_add_func ("/detect/company", test_company);
  g_test_add_func ("/detect/lower-case", test_lower_case);
  g_test_add_func ("/detect/look-up-forms", test_look_up_forms);
  g_test_add_data_func ("/detect/cancel/before", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_data_func ("/detect/cancel/during", GINT_TO_POINTER (FALSE), test_cancel);
  g_test_add_func ("/detect/names", test_names);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  providers = opt_providers_load ();
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (resolver));

  add_tests ();
  result = g_test_run ();

  opt_providers_unref (providers);
  g_free (resolver->asked);
  g_object_unref (resolver);

  return result;
}
