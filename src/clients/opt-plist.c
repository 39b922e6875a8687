/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Property lists from anywhere. libplist knows no entities and no network, but makes a copy of an
 * object for every mention of it, in a binary list, and calls itself for every level of the tree.
 * So a list is measured before libplist sees it. */
#include "opt-plist.h"

#include "opt-error.h"

#include <string.h>

#define MAGIC "bplist00"
#define MAGIC_BYTES 8
#define TRAILER_BYTES 32

/* An object takes about so much beside what is in it. */
#define OBJECT_BYTES 64
#define MAX_TREE_BYTES (16 * 1024 * 1024)
#define MAX_DEPTH 32
#define MAX_BEGINNINGS 4096

/* How much of a file may come before the element; Apple's own document type is 110 bytes. */
#define PROLOGUE_BYTES 1024

/* The upper half of the first byte of an object. */
enum
{
  KIND_DATA = 0x4,
  KIND_ASCII = 0x5,
  KIND_UTF16 = 0x6,
  KIND_ARRAY = 0xa,
  KIND_SET = 0xc,
  KIND_DICT = 0xd,
};

typedef struct
{
  const guint8 *bytes;
  gsize size_bytes; /* without the trailer */
  gsize offset_width, reference_width;
  guint64 n_objects, offset_table;
  gsize *weights; /* 0: not measured yet */
} Binary;

/* A big-endian number; FALSE if it is not all there. */
static gboolean
get_number (const Binary *self, guint64 offset, gsize width, guint64 *number)
{
  if (width == 0 || width > 8 || offset > self->size_bytes || width > self->size_bytes - offset)
    return FALSE;

  *number = 0;
  for (gsize i = 0; i < width; i++)
    *number = *number << 8 | self->bytes[offset + i];

  return TRUE;
}

/* The number of what is in an object; moves @offset to where that is. */
static gboolean
get_count (const Binary *self, guint64 *offset, guint64 *count)
{
  guint64 marker;

  *count = self->bytes[(*offset)++] & 0xf;
  if (*count < 0xf)
    return TRUE;

  if (!get_number (self, *offset, 1, &marker) || marker >> 4 != 1 || (marker & 0xf) > 3 ||
      !get_number (self, *offset + 1, (gsize) 1 << (marker & 0xf), count))
    return FALSE;

  *offset += 1 + ((guint64) 1 << (marker & 0xf));

  return TRUE;
}

static gsize measure (Binary *self, guint64 index, guint depth);

static gsize
measure_members (Binary *self, guint64 offset, guint64 n_members, guint depth)
{
  gsize weight = OBJECT_BYTES;

  for (guint64 i = 0; i < n_members; i++)
    {
      guint64 member;
      gsize more;

      if (!get_number (self, offset + i * self->reference_width, self->reference_width, &member))
        return 0;

      more = measure (self, member, depth + 1);
      if (more == 0 || (weight += more) > MAX_TREE_BYTES)
        return 0;
    }

  return weight;
}

static gsize
measure_object (Binary *self, guint64 offset, guint depth)
{
  guint kind = self->bytes[offset] >> 4;
  guint64 count;

  if (kind < KIND_DATA || (kind > KIND_UTF16 && kind < KIND_ARRAY))
    return OBJECT_BYTES;

  if (!get_count (self, &offset, &count) || count > self->size_bytes)
    return 0;

  switch (kind)
    {
    case KIND_DATA:
    case KIND_ASCII:
      return OBJECT_BYTES + count;
    case KIND_UTF16:
      return OBJECT_BYTES + 3 * count;
    case KIND_ARRAY:
    case KIND_SET:
      return measure_members (self, offset, count, depth);
    case KIND_DICT:
      return measure_members (self, offset, 2 * count, depth);
    default:
      return 0;
    }
}

/* How much memory the object of this number will take; 0 for too much, or for one that is not
 * there. One that holds itself is too deep. */
static gsize
measure (Binary *self, guint64 index, guint depth)
{
  guint64 offset;

  if (index >= self->n_objects || depth > MAX_DEPTH)
    return 0;

  if (self->weights[index] != 0)
    return self->weights[index];

  if (!get_number (self,
                   self->offset_table + index * self->offset_width,
                   self->offset_width,
                   &offset) ||
      offset >= self->size_bytes)
    return 0;

  self->weights[index] = measure_object (self, offset, depth);

  return self->weights[index];
}

static gboolean
is_bounded_binary (const guint8 *bytes, gsize size_bytes)
{
  Binary self = { .bytes = bytes, .size_bytes = size_bytes };
  g_autofree gsize *weights = NULL;
  guint64 root = 0;
  gsize trailer;

  if (size_bytes < MAGIC_BYTES + TRAILER_BYTES)
    return FALSE;

  trailer = size_bytes - TRAILER_BYTES;
  self.offset_width = bytes[trailer + 6];
  self.reference_width = bytes[trailer + 7];
  get_number (&self, trailer + 8, 8, &self.n_objects);
  get_number (&self, trailer + 16, 8, &root);
  get_number (&self, trailer + 24, 8, &self.offset_table);
  self.size_bytes = trailer;
  if (self.n_objects > trailer || self.offset_table > trailer)
    return FALSE;

  weights = g_new0 (gsize, self.n_objects + 1);
  self.weights = weights;

  return measure (&self, root, 0) > 0;
}

static guint
count_beginnings (const char *text, gsize size_bytes, const char *tag)
{
  const char *end = text + size_bytes;
  guint n = 0;

  while ((text = g_strstr_len (text, end - text, tag)) != NULL)
    {
      text += strlen (tag);
      n++;
    }

  return n;
}

/* A tree cannot be deeper than there are beginnings of what can hold anything. */
static gboolean
is_bounded_xml (const char *text, gsize size_bytes)
{
  return memchr (text, '\0', size_bytes) == NULL &&
         count_beginnings (text, size_bytes, "<dict") +
             count_beginnings (text, size_bytes, "<array") <=
           MAX_BEGINNINGS;
}

static gboolean
is_binary (const char *data, gsize size_bytes)
{
  return size_bytes >= MAGIC_BYTES && memcmp (data, MAGIC, MAGIC_BYTES) == 0;
}

gboolean
opt_plist_looks_like (GBytes *bytes)
{
  gsize size_bytes;
  const char *data;

  g_return_val_if_fail (bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &size_bytes);

  return is_binary (data, size_bytes) ||
         (size_bytes > 0 &&
          g_strstr_len (data, (gssize) MIN (size_bytes, PROLOGUE_BYTES), "<plist") != NULL);
}

static plist_t
parse_binary (const char *data, gsize size_bytes)
{
  plist_t root = NULL;

  if (is_bounded_binary ((const guint8 *) data, size_bytes))
    plist_from_bin (data, (uint32_t) size_bytes, &root);

  return root;
}

static plist_t
parse_xml (const char *data, gsize size_bytes)
{
  plist_t root = NULL;

  if (is_bounded_xml (data, size_bytes))
    plist_from_xml (data, (uint32_t) size_bytes, &root);

  return root;
}

plist_t
opt_plist_parse (GBytes *bytes, GError **error)
{
  gsize size_bytes;
  const char *data;
  plist_t root = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size_bytes);
  if (size_bytes > 0 && size_bytes <= OPT_PLIST_MAX_BYTES)
    root =
      is_binary (data, size_bytes) ? parse_binary (data, size_bytes) : parse_xml (data, size_bytes);

  if (root == NULL)
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a property list that can be read");

  return root;
}

/* libplist makes no difference between a key that is not there and no dictionary. */
static plist_t
get_item (plist_t dict, const char *key, plist_type type)
{
  plist_t item = dict != NULL && plist_get_node_type (dict) == PLIST_DICT
                   ? plist_dict_get_item (dict, key)
                   : NULL;

  return item != NULL && plist_get_node_type (item) == type ? item : NULL;
}

const char *
opt_plist_get_string (plist_t dict, const char *key)
{
  plist_t item = get_item (dict, key, PLIST_STRING);

  return item != NULL ? plist_get_string_ptr (item, NULL) : NULL;
}

guint64
opt_plist_get_number (plist_t dict, const char *key)
{
  plist_t item = get_item (dict, key, PLIST_UINT);
  guint64 number = 0;

  if (item != NULL)
    plist_get_uint_val (item, &number);

  return number;
}

plist_t
opt_plist_get_array (plist_t dict, const char *key)
{
  return get_item (dict, key, PLIST_ARRAY);
}

gboolean
opt_plist_get_boolean (plist_t dict, const char *key)
{
  plist_t item = get_item (dict, key, PLIST_BOOLEAN);
  uint8_t value = 0;

  if (item != NULL)
    plist_get_bool_val (item, &value);

  return value != 0;
}
