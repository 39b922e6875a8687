/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that reads what a person types, a password above all. It is read with read(2) into
 * a buffer that is wiped, because stdio keeps copies; and through the loop, so that Ctrl+C is heard
 * while nothing comes. */
#include "opt-cli-terminal.h"

#include <glib-unix.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
opt_cli_buffer_wipe (OptCliBuffer *self)
{
  opt_secret_wipe (self, sizeof *self);
}

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

gssize
opt_cli_read_some (OptCli *cli, int fd, OptCliBuffer *buffer, GError **error)
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

void
opt_cli_buffer_strip (OptCliBuffer *self)
{
  if (self->n_bytes == 0 || self->bytes[self->n_bytes - 1] != '\n')
    return;

  self->n_bytes--;
  if (self->n_bytes > 0 && self->bytes[self->n_bytes - 1] == '\r')
    self->n_bytes--;
}

void
opt_cli_terminal_release (OptCliTerminal *self)
{
  if (self->fd < 0)
    return;

  tcsetattr (self->fd, TCSAFLUSH, &self->before);
  close (self->fd);
}

gboolean
opt_cli_terminal_take (OptCliTerminal *self, int fd, gboolean show)
{
  struct termios quiet;

  self->fd = fd;
  if (self->fd < 0)
    return FALSE;

  if (tcgetattr (self->fd, &self->before) == 0)
    {
      quiet = self->before;
      if (!show)
        quiet.c_lflag &= ~(tcflag_t) ECHO;
      quiet.c_lflag |= ICANON | ISIG | (show ? ECHO : ECHONL);
      /* These end or stop the program before it could show typing again. */
      quiet.c_cc[VQUIT] = _POSIX_VDISABLE;
      quiet.c_cc[VSUSP] = _POSIX_VDISABLE;
      if (tcsetattr (self->fd, TCSAFLUSH, &quiet) == 0)
        return TRUE;
    }

  close (self->fd);
  self->fd = -1;

  return FALSE;
}

static OptCliStatus
read_line (OptCli *cli, int fd, OptCliBuffer *answer)
{
  g_autoptr (GError) error = NULL;
  gssize n_bytes;

  do
    n_bytes = opt_cli_read_some (cli, fd, answer, &error);
  while (n_bytes > 0 && answer->bytes[answer->n_bytes - 1] != '\n');

  /* What comes next begins a line of its own. */
  if (n_bytes <= 0 && write (fd, "\n", 1) < 0)
    g_debug ("the terminal is gone");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (error);

  opt_cli_buffer_strip (answer);

  return n_bytes >= 0 ? OPT_CLI_DONE : OPT_CLI_NO_PASSWORD;
}

OptCliStatus
opt_cli_ask (OptCli *cli, const char *question, gboolean show, OptCliBuffer *answer)
{
  g_auto (OptCliTerminal) terminal = { .fd = -1 };
  int fd;

  g_return_val_if_fail (cli != NULL && question != NULL && answer != NULL, OPT_CLI_FAILED);

  fd = open ("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (!opt_cli_terminal_take (&terminal, fd, show))
    return OPT_CLI_NO_PASSWORD;

  if (write (terminal.fd, question, strlen (question)) < 0)
    g_debug ("no question: %s", g_strerror (errno));

  return read_line (cli, terminal.fd, answer);
}
