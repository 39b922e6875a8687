/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thunderbird for Android scans a QR code: as a picture for every screen and printer. What is in
 * the code is opt-qr's business. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-qr.h"

#include <glib/gi18n-lib.h>
#include <png.h>
#include <string.h>

/* A phone held before a screen wants to see each module clearly. */
#define PIXELS_PER_MODULE 8

#define WHITE 0xff

static void
fill_module (guint8 *pixels, guint pixels_wide, guint x, guint y)
{
  for (guint row = 0; row < PIXELS_PER_MODULE; row++)
    memset (pixels + (gsize) (y * PIXELS_PER_MODULE + row) * pixels_wide + x * PIXELS_PER_MODULE,
            0,
            PIXELS_PER_MODULE);
}

static void
draw (const OptQr *qr, guint8 *pixels, guint pixels_wide)
{
  guint width = opt_qr_get_width (qr);

  memset (pixels, WHITE, (gsize) pixels_wide * pixels_wide);
  for (guint y = 0; y < width; y++)
    for (guint x = 0; x < width; x++)
      if (opt_qr_is_dark (qr, x, y))
        fill_module (pixels, pixels_wide, x + OPT_QR_QUIET_MODULES, y + OPT_QR_QUIET_MODULES);
}

static GBytes *
write_png (const guint8 *pixels, guint pixels_wide, GError **error)
{
  png_image image = {
    .version = PNG_IMAGE_VERSION,
    .width = pixels_wide,
    .height = pixels_wide,
    .format = PNG_FORMAT_GRAY,
  };
  png_alloc_size_t size_bytes = PNG_IMAGE_PNG_SIZE_MAX (image);
  guint8 *file = g_malloc (size_bytes);

  if (png_image_write_to_memory (&image, file, &size_bytes, FALSE, pixels, 0, NULL))
    return g_bytes_new_take (g_realloc (file, size_bytes), size_bytes);

  g_free (file);
  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_FILE_NOT_WRITTEN,
               "cannot make the PNG file: %s",
               image.message);

  return NULL;
}

static GBytes *
render_png_with_password (const OptSettings *settings, OptSecret *secret, GError **error)
{
  g_autoptr (OptQr) qr = opt_qr_new (settings, secret, error);
  g_autofree guint8 *pixels = NULL;
  guint pixels_wide;
  GBytes *file;

  if (qr == NULL)
    return NULL;

  pixels_wide = (opt_qr_get_width (qr) + 2 * OPT_QR_QUIET_MODULES) * PIXELS_PER_MODULE;
  pixels = g_malloc ((gsize) pixels_wide * pixels_wide);
  draw (qr, pixels, pixels_wide);
  file = write_png (pixels, pixels_wide, error);
  opt_secret_wipe (pixels, (gsize) pixels_wide * pixels_wide);

  return file;
}

static GBytes *
render_png (const OptSettings *settings, GError **error)
{
  return render_png_with_password (settings, NULL, error);
}

/* One bar for each run of dark modules in a row. */
static void
append_row (GString *svg, const OptQr *qr, guint y)
{
  guint width = opt_qr_get_width (qr);

  for (guint x = 0; x < width; x++)
    {
      guint start = x;

      while (x < width && opt_qr_is_dark (qr, x, y))
        x++;
      if (x > start)
        g_string_append_printf (svg,
                                "M%u %uh%uv1h-%uz\n",
                                start + OPT_QR_QUIET_MODULES,
                                y + OPT_QR_QUIET_MODULES,
                                x - start,
                                x - start);
    }
}

static GBytes *
render_svg_with_password (const OptSettings *settings, OptSecret *secret, GError **error)
{
  g_autoptr (OptQr) qr = opt_qr_new (settings, secret, error);
  GString *svg;
  guint modules;

  if (qr == NULL)
    return NULL;

  modules = opt_qr_get_width (qr) + 2 * OPT_QR_QUIET_MODULES;
  svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (svg,
                          "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n",
                          modules * PIXELS_PER_MODULE,
                          modules * PIXELS_PER_MODULE,
                          modules,
                          modules);
  g_string_append (svg, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<path d=\"");
  for (guint y = 0; y < opt_qr_get_width (qr); y++)
    append_row (svg, qr, y);
  g_string_append (svg, "\"/>\n</svg>\n");

  return g_string_free_to_bytes (svg);
}

static GBytes *
render_svg (const OptSettings *settings, GError **error)
{
  return render_svg_with_password (settings, NULL, error);
}

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as Thunderbird for Android has it in your language. */
  const char *open = _ ("On the phone, open Thunderbird. In its menu, choose “Settings”, then "
                        "“Import settings”, then “Scan QR code”.");
  const char *scan =
    _ ("Open the picture on this screen, or print it, and point the phone's camera "
       "at it.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("When asked, enter the password of %s."),
                                               opt_settings_get_address (settings));
  const char *leave = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3
                        ? _ ("The app leaves mail on the server until you delete it; the code "
                             "cannot say for how long.")
                        : NULL;
  const char *steps[] = { open, scan, password, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_thunderbird_android = {
  .id = "thunderbird-android",
  .name = N_ ("Thunderbird for Android (QR code)"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "thunderbird-android.png",
  .media_type = "image/png",
  .render = render_png,
  .render_with_password = render_png_with_password,
  .has_code = TRUE,
  .create_steps = create_steps,
  .password_path = N_ ("The app asks for it once, unless you had it put into the code."),
  .proof = "qr.test_png",
  .tried = N_ ("Read back letter by letter by zbarimg on Debian; not tried on a phone."),
};

const OptClient opt_client_thunderbird_android_svg = {
  .id = "thunderbird-android-svg",
  .name = N_ ("Thunderbird for Android (QR code to print)"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "thunderbird-android.svg",
  .media_type = "image/svg+xml",
  .render = render_svg,
  .render_with_password = render_svg_with_password,
  .create_steps = create_steps,
  .password_path = N_ ("The app asks for it once, unless you had it put into the code."),
  .proof = "qr.test_svg",
  .tried = N_ ("Read back letter by letter by zbarimg on Debian; not tried on a phone."),
};
