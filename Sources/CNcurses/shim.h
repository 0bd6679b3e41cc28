#ifndef PLAN_CNCURSES_SHIM_H
#define PLAN_CNCURSES_SHIM_H

/* Wide-character ncurses, as functions instead of macros wherever it has both. What Swift cannot
   import (unsafe globals, cast macros, unions) gets a one-line function below. */
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1

#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>
#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else /* macOS, whose ncurses is the wide one */
#include <curses.h>
#endif

static inline WINDOW *plan_standard_screen(void) { return stdscr; }
static inline WINDOW *plan_current_screen(void) { return curscr; }
static inline WINDOW *plan_new_screen(void) { return newscr; }
static inline int plan_color_count(void) { return COLORS; }
static inline FILE *plan_standard_input(void) { return stdin; }
static inline FILE *plan_standard_output(void) { return stdout; }

static inline attr_t plan_bold(void) { return A_BOLD; }
static inline attr_t plan_dim(void) { return A_DIM; }
static inline attr_t plan_reverse(void) { return A_REVERSE; }
static inline attr_t plan_underline(void) { return A_UNDERLINE; }

/* A cell from a text of one character and its marks; any pair number, also above 32767. */
static inline int plan_make_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair)
{
  return setcchar(cell, text, attributes, 0, &pair);
}

/* The text, attributes and pair of a cell of a window; ERR outside it. */
static inline int plan_read_cell(
  WINDOW *window, int row, int column, wchar_t text[CCHARW_MAX + 1], attr_t *attributes, int *pair)
{
  cchar_t cell;
  short narrow_pair;
  if (mvwin_wch(window, row, column, &cell) == ERR) return ERR;
  memset(text, 0, (CCHARW_MAX + 1) * sizeof *text);
  return getcchar(&cell, text, attributes, &narrow_pair, pair);
}

static inline mmask_t plan_press_mask(void) { return BUTTON1_PRESSED; }
static inline mmask_t plan_wheel_up_mask(void) { return BUTTON4_PRESSED; }
static inline mmask_t plan_wheel_down_mask(void) { return BUTTON5_PRESSED; }

/* A terminfo string, or NULL when the terminal has none of that name. */
static inline const char *plan_capability(const char *name)
{
  char *value = tigetstr((char *)name);
  return value == (char *)-1 ? NULL : value;
}

/* Columns the C library gives a character, -1 if it does not know it (POSIX, wcwidth). The
   declaration is here because headers hide it from some dialects. */
extern int wcwidth(wchar_t character);
static inline int plan_column_count(wchar_t character) { return wcwidth(character); }

static inline const char *plan_codeset(void) { return nl_langinfo(CODESET); }

/* Rows and columns the terminal reports; 0 when it reports none. */
/* Of term.h, whose macros would take common words away. */
extern char *tigetstr(const char *);

/* Terminals of the kind xterm are told with every change of style which character set to use. Nothing
   here ever leaves the usual one, and it is a third of what a style costs to send: takes it out of
   curses' own copy of the terminal's description. */
static inline void plan_forget_character_sets(void)
{
  static const char *const names[] = {"sgr0", "sgr"};
  static const char *const prefixes[] = {"\033(B", "%?%p9%t\033(0%e\033(B%;"};
  for (int index = 0; index < 2; index++) {
    char *text = tigetstr(names[index]);
    size_t length = strlen(prefixes[index]);
    if (text == NULL || text == (char *)-1 || strncmp(text, prefixes[index], length) != 0) continue;
    memmove(text, text + length, strlen(text + length) + 1);
  }
}

static inline int plan_window_size(int descriptor, int *rows, int *columns)
{
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return 0;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 1;
}

typedef void (*plan_signal_handler)(int, siginfo_t *, void *);

/* Handles a signal on the alternate stack with all other signals held back. */
static inline int plan_catch_signal(
  int number, plan_signal_handler handler, struct sigaction *previous)
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigfillset(&action.sa_mask);
  return sigaction(number, &action, previous);
}

static inline int plan_set_signal(int number, void (*handler)(int))
{
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

static inline int plan_default_signal(int number) { return plan_set_signal(number, SIG_DFL); }

static inline int plan_ignore_signal(int number) { return plan_set_signal(number, SIG_IGN); }

static inline int plan_restore_signal(int number, const struct sigaction *previous)
{
  return sigaction(number, previous, NULL);
}

static inline int plan_is_ignored(const struct sigaction *action)
{
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_IGN;
}

/* Whether the processor raised it (a fault), as against another process or the program itself. */
static inline int plan_is_fault(const siginfo_t *info) { return info != NULL && info->si_code > 0; }

static inline void plan_unblock_and_raise(int number)
{
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
}

#endif
