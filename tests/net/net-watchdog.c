/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All of it runs in signal handlers, of a program that may hold any lock: nothing here allocates,
 * and nothing is formatted. */
#include "net-watchdog.h"

#include <dirent.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_FRAMES 64
#define PAUSE_US (200 * 1000)

/* With a sanitizer in the program, its own has names and lines. */
extern void __sanitizer_print_stack_trace (void) __attribute__ ((weak));

static int output = -1;

static void
say (const char *text)
{
  /* Nobody is left to be told that this failed. */
  if (write (STDERR_FILENO, text, strlen (text)) < 0)
    abort ();
}

static void
print_stack (int signal)
{
  void *frames[MAX_FRAMES];

  say ("# A thread:\n");
  if (__sanitizer_print_stack_trace != NULL)
    __sanitizer_print_stack_trace ();
  else
    backtrace_symbols_fd (frames, backtrace (frames, MAX_FRAMES), STDERR_FILENO);
}

/* One after the other, so that their lines do not mix. */
static void
print_other_stacks (void)
{
  int folder = open ("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  char buffer[4096] __attribute__ ((aligned (__alignof__(struct dirent64))));
  ssize_t n_bytes;

  while ((n_bytes = getdents64 (folder, buffer, sizeof buffer)) > 0)
    for (ssize_t i = 0; i < n_bytes;)
      {
        const struct dirent64 *entry = (const struct dirent64 *) (buffer + i);
        pid_t thread = atoi (entry->d_name);

        if (thread > 0 && thread != gettid () && tgkill (getpid (), thread, SIGUSR2) == 0)
          usleep (PAUSE_US);
        i += entry->d_reclen;
      }
}

static void
on_alarm (int signal)
{
  const char *path = g_test_get_path ();

  /* A test may be catching what is printed. */
  dup2 (output, STDERR_FILENO);
  say ("# The watchdog: this test does not end: ");
  say (path);
  say ("\n");
  print_stack (signal);
  print_other_stacks ();
  abort ();
}

static void
prepare (void)
{
  const struct sigaction alarm_action = { .sa_handler = on_alarm };
  const struct sigaction stack_action = { .sa_handler = print_stack, .sa_flags = SA_RESTART };
  void *frame;

  output = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  g_assert_cmpint (output, >=, 0);
  /* The first call loads a library. */
  backtrace (&frame, 1);
  sigaction (SIGALRM, &alarm_action, NULL);
  sigaction (SIGUSR2, &stack_action, NULL);
}

void
net_watchdog_start (guint timeout_s)
{
  if (output < 0)
    prepare ();

  alarm (timeout_s);
}
