/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Turns what a person typed into an address that is safe in a protocol line, or says which part of
 * it is wrong. It refuses what RFC 5321 allows but no provider of ours gives out: quoted local
 * parts, address literals and letters beyond ASCII before the @ (RFC 6531). */
#include "opt-address.h"

#include "opt-error.h"

#include <string.h>

/* RFC 1035 §2.3.4 */
#define LABEL_MAX_BYTES 63

struct _OptAddress
{
  char *text;
  char *local_part;
  const char *domain; /* inside text */
  char *display_name;
};

G_DEFINE_BOXED_TYPE (OptAddress, opt_address, opt_address_ref, opt_address_unref)

static OptAddress *
new_address (const char *local_part, const char *domain, const char *display_name)
{
  OptAddress *self = g_atomic_rc_box_new0 (OptAddress);

  self->text = g_strconcat (local_part, "@", domain, NULL);
  self->local_part = g_strdup (local_part);
  self->domain = self->text + strlen (local_part) + 1;
  self->display_name = g_strdup (display_name);

  return self;
}

static void
clear_address (gpointer data)
{
  OptAddress *self = data;

  g_free (self->text);
  g_free (self->local_part);
  g_free (self->display_name);
}

/* White space of any script: people paste from web pages, where a no-break space is common. */
static char *
strip_space (const char *text)
{
  const char *start = text;
  const char *end;

  while (*start != '\0' && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);

  end = start + strlen (start);
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }

  return g_strndup (start, end - start);
}

/* Control characters could end a protocol line; format characters (RFC 8264 §9.7, the
 * bidirectional ones above all) make an address look like another. */
static gboolean
has_unsafe_character (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
          type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        return TRUE;
    }

  return FALSE;
}

/* RFC 6068 §2; header fields behind a `?` are not ours to use. */
static char *
strip_mailto (char *text)
{
  const char scheme[] = "mailto:";
  g_autofree char *whole = text;
  g_autofree char *bare = NULL;
  char *unescaped;

  if (g_ascii_strncasecmp (whole, scheme, strlen (scheme)) != 0)
    return g_steal_pointer (&whole);

  bare = g_strndup (whole + strlen (scheme), strcspn (whole + strlen (scheme), "?"));
  unescaped = g_uri_unescape_string (bare, NULL);

  return unescaped != NULL ? unescaped : g_steal_pointer (&bare);
}

/* RFC 5322 §3.4, name-addr. Returns what stands between the brackets, and the name before them. */
static char *
strip_brackets (char *text, char **display_name)
{
  g_autofree char *whole = text;
  const char *open = strrchr (whole, '<');
  gsize length = strlen (whole);
  g_autofree char *name = NULL;
  g_autofree char *inside = NULL;

  if (open == NULL || whole[length - 1] != '>')
    return g_steal_pointer (&whole);

  name = g_strstrip (g_strndup (whole, open - whole));
  length = strlen (name);
  if (length >= 2 && name[0] == '"' && name[length - 1] == '"')
    {
      name[length - 1] = '\0';
      memmove (name, name + 1, length - 1);
    }
  if (name[0] != '\0')
    *display_name = g_steal_pointer (&name);

  inside = g_strndup (open + 1, strlen (open) - 2);

  return strip_space (inside);
}

/* RFC 5321 §4.1.2: Dot-string = Atom *("." Atom); atext as in RFC 5322 §3.2.3. */
static gboolean
is_dot_string (const char *text)
{
  gboolean after_dot = TRUE;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '.')
        {
          if (after_dot)
            return FALSE;
          after_dot = TRUE;
          continue;
        }

      if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-/=?^_`{|}~", *p) == NULL)
        return FALSE;
      after_dot = FALSE;
    }

  return !after_dot;
}

static gboolean
check_local_part (const char *local_part, GError **error)
{
  if (local_part[0] == '\0')
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_LOCAL_PART_EMPTY,
                           "nothing stands before the @");
      return FALSE;
    }

  if (strlen (local_part) > OPT_ADDRESS_LOCAL_PART_MAX_BYTES)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_ADDRESS_LOCAL_PART_LONG,
                   "the part before the @ is longer than %d bytes",
                   OPT_ADDRESS_LOCAL_PART_MAX_BYTES);
      return FALSE;
    }

  if (!is_dot_string (local_part))
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_LOCAL_PART,
                           "the part before the @ has a character or a dot that cannot be there");
      return FALSE;
    }

  return TRUE;
}

/* RFC 5321 §4.1.2, sub-domain; also what RFC 1123 §2.1 allows in a host name. */
static gboolean
is_domain (const char *ascii)
{
  g_auto (GStrv) labels = g_strsplit (ascii, ".", -1);

  for (gsize i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > LABEL_MAX_BYTES)
        return FALSE;
      if (labels[i][0] == '-' || labels[i][length - 1] == '-')
        return FALSE;
      for (const char *p = labels[i]; *p != '\0'; p++)
        if (!g_ascii_isalnum (*p) && *p != '-')
          return FALSE;
    }

  return TRUE;
}

static char *
domain_to_ascii (const char *domain, GError **error)
{
  g_autofree char *ascii = NULL;
  g_autofree char *lower = NULL;

  if (domain[0] == '\0')
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_DOMAIN_EMPTY,
                           "nothing stands after the @");
      return NULL;
    }

  ascii = g_hostname_to_ascii (domain);
  lower = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
  if (lower == NULL || !is_domain (lower))
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_DOMAIN,
                           "the part after the @ is not a domain");
      return NULL;
    }

  return g_steal_pointer (&lower);
}

static gboolean
check_text (const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_NOT_TEXT,
                           "the address is not UTF-8");
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_characters (const char *text, GError **error)
{
  if (text[0] == '\0')
    {
      g_set_error_literal (error, OPT_ERROR, OPT_ERROR_ADDRESS_EMPTY, "the address is empty");
      return FALSE;
    }

  if (has_unsafe_character (text))
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_NOT_TEXT,
                           "the address holds an invisible character");
      return FALSE;
    }

  return TRUE;
}

static OptAddress *
parse_bare (const char *bare, const char *display_name, GError **error)
{
  const char *at = strchr (bare, '@');
  g_autofree char *local_part = NULL;
  g_autofree char *domain = NULL;

  if (at == NULL || strchr (at + 1, '@') != NULL)
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_ADDRESS_NO_AT,
                           "an address has exactly one @");
      return NULL;
    }

  local_part = g_strndup (bare, at - bare);
  if (!check_local_part (local_part, error))
    return NULL;

  domain = domain_to_ascii (at + 1, error);
  if (domain == NULL)
    return NULL;

  if (strlen (local_part) + 1 + strlen (domain) > OPT_ADDRESS_MAX_BYTES)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_ADDRESS_LONG,
                   "the address is longer than %d bytes",
                   OPT_ADDRESS_MAX_BYTES);
      return NULL;
    }

  return new_address (local_part, domain, display_name);
}

OptAddress *
opt_address_parse (const char *text, GError **error)
{
  g_autofree char *bare = NULL;
  g_autofree char *display_name = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;

  bare = strip_space (text);
  if (!check_characters (bare, error))
    return NULL;

  bare = strip_brackets (strip_mailto (g_steal_pointer (&bare)), &display_name);
  bare = strip_mailto (g_steal_pointer (&bare));
  /* Percent-escapes and brackets may have hidden something, or nothing at all. */
  if (!check_text (bare, error) || !check_characters (bare, error))
    return NULL;

  return parse_bare (bare, display_name, error);
}

OptAddress *
opt_address_ref (OptAddress *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_address_unref (OptAddress *self)
{
  g_atomic_rc_box_release_full (self, clear_address);
}

const char *
opt_address_get_text (const OptAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

const char *
opt_address_get_local_part (const OptAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->local_part;
}

const char *
opt_address_get_domain (const OptAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

const char *
opt_address_get_display_name (const OptAddress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->display_name;
}

OptAddress *
opt_address_lower_local_part (OptAddress *self)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  lower = g_ascii_strdown (self->local_part, -1);
  if (g_str_equal (lower, self->local_part))
    return opt_address_ref (self);

  return new_address (lower, self->domain, self->display_name);
}

OptAddress *
opt_address_with_domain (const OptAddress *self, const char *domain)
{
  g_return_val_if_fail (self != NULL && domain != NULL, NULL);

  return new_address (self->local_part, domain, self->display_name);
}

gboolean
opt_address_equal (const OptAddress *a, const OptAddress *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return g_str_equal (a->text, b->text);
}
