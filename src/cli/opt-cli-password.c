/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that reads a password. It is read with read(2) into a buffer that is wiped, because
 * stdio keeps copies; and through the loop, so that Ctrl+C is heard while nothing comes. */
#include "opt-cli-password.h"

#include "opt-cli-usage.h"
#include "opt-error.h"

#include <glib/gi18n.h>
#include <glib-unix.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The longest password, a line break, and one byte more that tells it is longer. */
typedef struct
{
  char bytes[OPT_SECRET_MAX_BYTES + 3];
  gsize n_bytes;
} Buffer;

static void
wipe_buffer (Buffer *buffer)
{
  opt_secret_wipe (buffer, sizeof *buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Buffer, wipe_buffer)

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  gboolean *readable = user_data;

  *readable = TRUE;

  return G_SOURCE_REMOVE;
}

/* Returns whether there is something to read, or else Ctrl+C was pressed. */
static gboolean
wait_until_readable (OptCli *cli, int fd)
{
  gboolean readable = FALSE;
  guint source = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, &readable);

  while (!readable && !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!readable)
    g_source_remove (source);

  return readable && !g_cancellable_is_cancelled (cli->cancellable);
}

/* Adds what comes next. Returns how much; 0 at the end or when the buffer is full; -1 with @error
 * set. */
static gssize
read_some (OptCli *cli, int fd, Buffer *buffer, GError **error)
{
  while (buffer->n_bytes < sizeof buffer->bytes)
    {
      gssize n_bytes;

      if (!wait_until_readable (cli, fd))
        {
          g_cancellable_set_error_if_cancelled (cli->cancellable, error);
          return -1;
        }

      n_bytes = read (fd, buffer->bytes + buffer->n_bytes, sizeof buffer->bytes - buffer->n_bytes);
      if (n_bytes >= 0)
        {
          buffer->n_bytes += n_bytes;
          return n_bytes;
        }

      if (errno != EINTR && errno != EAGAIN)
        {
          g_set_error_literal (error,
                               G_IO_ERROR,
                               g_io_error_from_errno (errno),
                               g_strerror (errno));
          return -1;
        }
    }

  return 0;
}

/* One line break that ends it is how echo and text files end; all else belongs to the password. */
static void
strip_line_break (Buffer *buffer)
{
  if (buffer->n_bytes == 0 || buffer->bytes[buffer->n_bytes - 1] != '\n')
    return;

  buffer->n_bytes--;
  if (buffer->n_bytes > 0 && buffer->bytes[buffer->n_bytes - 1] == '\r')
    buffer->n_bytes--;
}

static OptCliStatus
make_secret (Buffer *buffer, OptSecret **secret)
{
  g_autoptr (GError) error = NULL;

  *secret = opt_secret_new (buffer->bytes, buffer->n_bytes, &error);

  return *secret != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

/* What we were started with stays open across exec(); what GLib opens for itself does not. */
static gboolean
was_inherited (int fd)
{
  int flags = fcntl (fd, F_GETFD);

  return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

/* The person's terminal while it does not show what is typed. */
typedef struct
{
  int fd;
  struct termios before;
} Terminal;

static void
release_terminal (Terminal *terminal)
{
  if (terminal->fd < 0)
    return;

  tcsetattr (terminal->fd, TCSAFLUSH, &terminal->before);
  close (terminal->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Terminal, release_terminal)

/* Takes @fd, if it is a terminal. */
static gboolean
hide_typing (Terminal *terminal, int fd)
{
  struct termios quiet;

  terminal->fd = fd;
  if (terminal->fd < 0)
    return FALSE;

  if (tcgetattr (terminal->fd, &terminal->before) == 0)
    {
      quiet = terminal->before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      quiet.c_lflag |= ICANON | ISIG | ECHONL;
      /* These end or stop the program before it could show typing again. */
      quiet.c_cc[VQUIT] = _POSIX_VDISABLE;
      quiet.c_cc[VSUSP] = _POSIX_VDISABLE;
      if (tcsetattr (terminal->fd, TCSAFLUSH, &quiet) == 0)
        return TRUE;
    }

  close (terminal->fd);
  terminal->fd = -1;

  return FALSE;
}

static OptCliStatus
read_descriptor (OptCli *cli, const char *text, OptSecret **secret)
{
  g_auto (Terminal) terminal = { .fd = -1 };
  g_auto (Buffer) buffer = { 0 };
  g_autoptr (GError) error = NULL;
  gssize n_bytes = -1;
  guint fd;

  if (!opt_cli_parse_number ("--password-fd", text, 0, INT_MAX, &fd))
    return OPT_CLI_BAD_USE;

  if (!was_inherited ((int) fd))
    {
      /* Translators: %u is a number */
      opt_cli_complain (_ ("--password-fd: descriptor %u is not open"), fd);
      return OPT_CLI_BAD_USE;
    }

  /* Somebody may give 0 and type. */
  hide_typing (&terminal, fcntl ((int) fd, F_DUPFD_CLOEXEC, 0));
  do
    n_bytes = read_some (cli, (int) fd, &buffer, &error);
  while (n_bytes > 0);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (error);
  if (n_bytes < 0)
    {
      /* Translators: %u is a number, %s the system's reason */
      opt_cli_complain (_ ("--password-fd: descriptor %u cannot be read (%s)"), fd, error->message);
      return OPT_CLI_BAD_USE;
    }

  strip_line_break (&buffer);

  return make_secret (&buffer, secret);
}

static void
write_prompt (int fd, OptAccount *account)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  /* Translators: %s is an email address; the password is typed behind it */
  g_autofree char *prompt = g_strdup_printf (_ ("Password for %s: "), address);

  if (write (fd, prompt, strlen (prompt)) < 0)
    g_debug ("no prompt: %s", g_strerror (errno));
}

static OptCliStatus
ask_person (OptCli *cli, OptAccount *account, OptSecret **secret)
{
  g_auto (Terminal) terminal = { .fd = -1 };
  g_auto (Buffer) buffer = { 0 };
  g_autoptr (GError) error = NULL;
  gssize n_bytes;

  if (!hide_typing (&terminal, open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)))
    return OPT_CLI_NO_PASSWORD;

  write_prompt (terminal.fd, account);
  do
    n_bytes = read_some (cli, terminal.fd, &buffer, &error);
  while (n_bytes > 0 && buffer.bytes[buffer.n_bytes - 1] != '\n');

  if (n_bytes < 0)
    {
      if (write (terminal.fd, "\n", 1) < 0)
        g_debug ("the terminal is gone");
      return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
               ? opt_cli_complain_about (error)
               : OPT_CLI_NO_PASSWORD;
    }

  strip_line_break (&buffer);

  return make_secret (&buffer, secret);
}

static OptCliStatus
ask_keyring (OptCli *cli, OptAccount *account, OptSecret **secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  opt_keyring_find_async (cli->keyring, account, cli->cancellable, opt_cli_keep_result, &result);
  *secret = opt_keyring_find_finish (cli->keyring, opt_cli_wait (&result), &error);
  if (*secret != NULL)
    return OPT_CLI_DONE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (error);

  /* Nothing kept is nothing to speak of; all else the person can do something about. */
  if (!g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND) &&
      !g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING))
    opt_cli_complain_about (error);

  return OPT_CLI_NO_PASSWORD;
}

OptCliStatus
opt_cli_get_password (OptCli *cli, OptCliAccount *found, const char *fd_text, OptSecret **secret)
{
  OptCliStatus status = OPT_CLI_NO_PASSWORD;

  if (fd_text != NULL)
    return read_descriptor (cli, fd_text, secret);

  if (!cli->practice && !found->new_host)
    status = ask_keyring (cli, found->account, secret);
  found->password_kept = status == OPT_CLI_DONE;
  if (status == OPT_CLI_NO_PASSWORD)
    status = ask_person (cli, found->account, secret);
  if (status == OPT_CLI_NO_PASSWORD)
    opt_cli_complain (_ ("there is no password to be had: the keyring has none for this address, "
                         "and there is no terminal to ask at. Give one with --password-fd."));

  return status;
}
