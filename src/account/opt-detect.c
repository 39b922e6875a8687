/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From an address to its provider: the domain itself, then a slip of the finger, then where DNS
 * says that the domain's mail goes. A slip is only ever suggested: sending a password to servers
 * that nobody asked for is worse than asking once more. */
#include "opt-detect.h"

#include "opt-distance.h"

#include <string.h>

#define MAX_SLIPS 2
#define LOOKUP_TIMEOUT_MS 5000

struct _OptDetection
{
  OptDetectedBy how;
  OptAddress *address;
  OptProvider *provider;
  GPtrArray *suggestions;
  gboolean company_domain;
};

G_DEFINE_BOXED_TYPE (OptDetection, opt_detection, opt_detection_ref, opt_detection_unref)

static const char *const how_names[] = {
  [OPT_DETECTED_BY_DOMAIN] = "domain",
  [OPT_DETECTED_BY_TYPO] = "typo",
  [OPT_DETECTED_BY_MX] = "mx",
  [OPT_DETECTED_BY_NONE] = "none",
};

/* A domain that may have been meant. */
typedef struct
{
  OptProvider *provider;
  const char *domain;
  guint slips;
} Guess;

static OptDetection *
new_detection (OptDetectedBy how, OptAddress *address, OptProvider *provider)
{
  OptDetection *self = g_atomic_rc_box_new0 (OptDetection);

  self->how = how;
  self->suggestions = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_address_unref);
  if (provider != NULL)
    self->provider = opt_provider_ref (provider);
  self->address = provider != NULL && opt_provider_lowers_local_part (provider)
                    ? opt_address_lower_local_part (address)
                    : opt_address_ref (address);

  return self;
}

static void
clear_detection (gpointer data)
{
  OptDetection *self = data;

  opt_address_unref (self->address);
  g_clear_pointer (&self->provider, opt_provider_unref);
  g_ptr_array_unref (self->suggestions);
}

/* `optonline.com`, `optonline.net.`, `optonline.nte`: the name is right, its ending is not. */
static gboolean
has_same_name (const char *a, const char *b)
{
  gsize n = strcspn (a, ".");

  return n == strcspn (b, ".") && strncmp (a, b, n) == 0;
}

/* `optonlinenet` */
static gboolean
lacks_dot (const char *domain, const char *known)
{
  g_auto (GStrv) labels = g_strsplit (known, ".", -1);
  g_autofree char *joined = g_strjoinv ("", labels);

  return g_str_equal (domain, joined);
}

static gboolean
guess_domain (OptProvider *provider, const char *known, const char *domain, Guess *guess)
{
  gboolean known_typo = g_strv_contains (opt_provider_get_typos (provider), domain);

  *guess = (Guess){ provider, known, opt_distance (domain, known) };

  return known_typo || guess->slips <= MAX_SLIPS || has_same_name (domain, known) ||
         lacks_dot (domain, known);
}

static int
compare_guesses (gconstpointer a, gconstpointer b)
{
  return (int) ((const Guess *) a)->slips - (int) ((const Guess *) b)->slips;
}

static GArray *
guess_domains (OptProviders *providers, const char *domain)
{
  GArray *guesses = g_array_new (FALSE, FALSE, sizeof (Guess));

  for (guint i = 0; i < opt_providers_get_n_providers (providers); i++)
    {
      OptProvider *provider = opt_providers_get_provider (providers, i);
      const char *const *known = opt_provider_get_domains (provider);
      Guess guess;

      for (; *known != NULL; known++)
        if (guess_domain (provider, *known, domain, &guess))
          g_array_append_val (guesses, guess);
    }
  g_array_sort (guesses, compare_guesses);

  return guesses;
}

static void
add_suggestion (OptDetection *self, OptAddress *address, const Guess *guess)
{
  g_autoptr (OptAddress) other = opt_address_with_domain (address, guess->domain);

  g_ptr_array_add (self->suggestions,
                   opt_provider_lowers_local_part (guess->provider)
                     ? opt_address_lower_local_part (other)
                     : g_steal_pointer (&other));
}

OptDetection *
opt_detect (OptProviders *providers, OptAddress *address)
{
  g_autoptr (GArray) guesses = NULL;
  const char *domain;
  OptProvider *provider;
  OptDetection *self;

  g_return_val_if_fail (providers != NULL && address != NULL, NULL);

  domain = opt_address_get_domain (address);
  provider = opt_providers_find_domain (providers, domain);
  if (provider != NULL)
    return new_detection (OPT_DETECTED_BY_DOMAIN, address, provider);

  self = new_detection (OPT_DETECTED_BY_NONE, address, NULL);
  self->company_domain = opt_providers_is_company_domain (providers, domain);
  if (self->company_domain || opt_providers_is_other_domain (providers, domain))
    return self;

  guesses = guess_domains (providers, domain);
  for (guint i = 0; i < guesses->len; i++)
    add_suggestion (self, address, &g_array_index (guesses, Guess, i));
  if (guesses->len > 0)
    self->how = OPT_DETECTED_BY_TYPO;

  return self;
}

/* A look-up of mail exchangers under way. */
typedef struct
{
  OptProviders *providers;
  OptDetection *so_far;
  GCancellable *lookup; /* cancelled by the caller's cancellable and by the timeout */
  GCancellable *caller;
  gulong caller_handler;
  GSource *timeout;
} Lookup;

static void
free_lookup (gpointer data)
{
  Lookup *self = data;

  if (self->caller != NULL)
    g_cancellable_disconnect (self->caller, self->caller_handler);
  g_clear_object (&self->caller);
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  g_object_unref (self->lookup);
  opt_detection_unref (self->so_far);
  opt_providers_unref (self->providers);
  g_free (self);
}

static OptProvider *
find_exchanger_owner (OptProviders *providers, GList *records)
{
  for (guint i = 0; i < opt_providers_get_n_providers (providers); i++)
    {
      OptProvider *provider = opt_providers_get_provider (providers, i);

      for (GList *l = records; l != NULL; l = l->next)
        {
          guint16 preference;
          const char *host;

          g_variant_get (l->data, "(q&s)", &preference, &host);
          if (opt_provider_owns_mail_exchanger (provider, host))
            return provider;
        }
    }

  return NULL;
}

static void
free_records (GList *records)
{
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static void
lookup_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Lookup *lookup = g_task_get_task_data (task);
  GList *records = g_resolver_lookup_records_finish (G_RESOLVER (source), result, &error);
  OptProvider *provider;

  if (g_task_return_error_if_cancelled (task))
    {
      free_records (records);
      return;
    }

  /* No answer is an answer: the address is then simply not known, and servers can be typed. */
  if (error != NULL)
    g_debug ("mail exchangers of %s: %s",
             opt_address_get_domain (lookup->so_far->address),
             error->message);

  provider = find_exchanger_owner (lookup->providers, records);
  g_task_return_pointer (task,
                         provider != NULL
                           ? new_detection (OPT_DETECTED_BY_MX, lookup->so_far->address, provider)
                           : opt_detection_ref (lookup->so_far),
                         (GDestroyNotify) opt_detection_unref);
  free_records (records);
}

static gboolean
on_timeout (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static Lookup *
new_lookup (OptProviders *providers, OptDetection *so_far, GCancellable *caller)
{
  Lookup *lookup = g_new0 (Lookup, 1);

  lookup->providers = opt_providers_ref (providers);
  lookup->so_far = so_far;
  lookup->lookup = g_cancellable_new ();
  lookup->timeout = g_timeout_source_new (LOOKUP_TIMEOUT_MS);
  g_source_set_callback (lookup->timeout, on_timeout, lookup->lookup, NULL);
  g_source_attach (lookup->timeout, g_main_context_get_thread_default ());
  if (caller != NULL)
    {
      lookup->caller = g_object_ref (caller);
      lookup->caller_handler = g_cancellable_connect (caller,
                                                      G_CALLBACK (on_caller_cancelled),
                                                      g_object_ref (lookup->lookup),
                                                      g_object_unref);
    }

  return lookup;
}

void
opt_detect_async (OptProviders *providers,
                  OptAddress *address,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (OptDetection) so_far = opt_detect (providers, address);
  Lookup *lookup;

  g_task_set_source_tag (task, opt_detect_async);

  /* Only a domain that could be anybody's is asked about; one label alone has no mail. */
  if (so_far->how != OPT_DETECTED_BY_NONE || so_far->company_domain ||
      strchr (opt_address_get_domain (address), '.') == NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&so_far), (GDestroyNotify) opt_detection_unref);
      return;
    }

  lookup = new_lookup (providers, g_steal_pointer (&so_far), cancellable);
  g_task_set_task_data (task, lookup, free_lookup);
  g_resolver_lookup_records_async (resolver,
                                   opt_address_get_domain (address),
                                   G_RESOLVER_RECORD_MX,
                                   lookup->lookup,
                                   lookup_done,
                                   g_steal_pointer (&task));
}

OptDetection *
opt_detect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
opt_detected_by_to_string (OptDetectedBy how)
{
  g_return_val_if_fail (how < G_N_ELEMENTS (how_names), NULL);

  return how_names[how];
}

OptDetection *
opt_detection_ref (OptDetection *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_detection_unref (OptDetection *self)
{
  g_atomic_rc_box_release_full (self, clear_detection);
}

OptDetectedBy
opt_detection_get_how (const OptDetection *self)
{
  g_return_val_if_fail (self != NULL, OPT_DETECTED_BY_NONE);

  return self->how;
}

OptAddress *
opt_detection_get_address (const OptDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

OptProvider *
opt_detection_get_provider (const OptDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->provider;
}

GPtrArray *
opt_detection_get_suggestions (const OptDetection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->suggestions;
}

gboolean
opt_detection_is_company_domain (const OptDetection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->company_domain;
}
