# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys, the mouse, and the windows that they go to, through the X server."""

import ctypes
import ctypes.util

XA_STRING = 31


class Keyboard:
    """Keys as the X server sends them, to whatever window has the focus."""

    SHIFT = "Shift_L"

    def __init__(self):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.test = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XInternAtom.restype = ctypes.c_ulong
        # A window may close while it is asked; without a handler of ours that would end the test.
        handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self.ignore = handler(lambda display, event: 0)
        self.x.XSetErrorHandler(self.ignore)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            raise RuntimeError("no display")

    def event(self, keysym_name, down):
        keysym = self.x.XStringToKeysym(keysym_name.encode())
        keycode = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(keysym))
        if not keycode:
            raise AssertionError(f"there is no key {keysym_name}")
        self.test.XTestFakeKeyEvent(self.display, keycode, down, 0)

    def type(self, text):
        """Characters of Latin-1 that the layout has."""
        for character in text:
            keysym = ctypes.c_ulong(ord(character))
            keycode = self.x.XKeysymToKeycode(self.display, keysym)
            if not keycode:
                raise AssertionError(f"there is no key for {character}")
            plain = self.x.XkbKeycodeToKeysym(self.display, keycode, 0, 0)
            shift = plain != ord(character)
            if shift:
                self.event(self.SHIFT, 1)
            self.test.XTestFakeKeyEvent(self.display, keycode, 1, 0)
            self.test.XTestFakeKeyEvent(self.display, keycode, 0, 0)
            if shift:
                self.event(self.SHIFT, 0)
        self.x.XSync(self.display, 0)

    def press(self, combination):
        """A key such as Tab, or several as in Shift_L+Tab."""
        names = combination.split("+")
        for name in names:
            self.event(name, 1)
        for name in reversed(names):
            self.event(name, 0)
        self.x.XSync(self.display, 0)

    def move(self, x, y):
        """The mouse, to a place on the screen."""
        self.test.XTestFakeMotionEvent(self.display, -1, round(x), round(y), 0)
        self.x.XSync(self.display, 0)

    def button(self, down):
        """The mouse's first button."""
        self.test.XTestFakeButtonEvent(self.display, 1, int(down), 0)
        self.x.XSync(self.display, 0)

    def place(self, window, x, y):
        """Moves a window, as a window manager would."""
        self.x.XMoveWindow(self.display, ctypes.c_ulong(window), x, y)
        self.x.XSync(self.display, 0)

    def windows(self):
        """What is on the screen, the topmost last."""
        root = ctypes.c_ulong()
        parent = ctypes.c_ulong()
        children = ctypes.POINTER(ctypes.c_ulong)()
        number = ctypes.c_uint()
        self.x.XQueryTree(self.display, ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)),
                          ctypes.byref(root), ctypes.byref(parent), ctypes.byref(children),
                          ctypes.byref(number))
        found = [children[i] for i in range(number.value)]
        if found:
            self.x.XFree(children)
        return [window for window in found if self.takes_focus(window)]

    def takes_focus(self, window):
        class Attributes(ctypes.Structure):
            """XWindowAttributes, named as far as it is read."""
            _fields_ = [("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int),
                        ("height", ctypes.c_int), ("border_width", ctypes.c_int),
                        ("depth", ctypes.c_int), ("visual", ctypes.c_void_p),
                        ("root", ctypes.c_ulong), ("window_class", ctypes.c_int),
                        ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int),
                        ("backing_store", ctypes.c_int), ("backing_planes", ctypes.c_ulong),
                        ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
                        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int),
                        ("map_state", ctypes.c_int), ("all_event_masks", ctypes.c_long),
                        ("your_event_mask", ctypes.c_long),
                        ("do_not_propagate_mask", ctypes.c_long),
                        ("override_redirect", ctypes.c_int), ("screen", ctypes.c_void_p)]

        attributes = Attributes()
        if not self.x.XGetWindowAttributes(self.display, ctypes.c_ulong(window),
                                           ctypes.byref(attributes)):
            return False
        return attributes.map_state == 2 and not attributes.override_redirect

    def focus_topmost(self):
        """What a window manager would do. True when there is a window."""
        windows = self.windows()
        if windows:
            self.x.XSetInputFocus(self.display, ctypes.c_ulong(windows[-1]), 1, 0)
            self.x.XSync(self.display, 0)
        return bool(windows)

    def size(self):
        """Width and height of the topmost window."""
        numbers = [ctypes.c_ulong()] + [ctypes.c_int() for _ in range(2)]
        sizes = [ctypes.c_uint() for _ in range(4)]
        self.x.XGetGeometry(self.display, ctypes.c_ulong(self.windows()[-1]),
                            *map(ctypes.byref, numbers + sizes))
        return sizes[0].value, sizes[1].value

    def resize(self, width, height):
        """The topmost window, as somebody who drags its edge does."""
        self.x.XResizeWindow(self.display, ctypes.c_ulong(self.windows()[-1]), width, height)
        self.x.XSync(self.display, 0)

    def set_text_size(self, percent):
        """Of programs that start from now on."""
        text = f"Xft.dpi:\t{96 * percent // 100}\n".encode()
        name = ctypes.c_ulong(self.x.XInternAtom(self.display, b"RESOURCE_MANAGER", 0))
        self.x.XChangeProperty(self.display,
                               ctypes.c_ulong(self.x.XDefaultRootWindow(self.display)), name,
                               ctypes.c_ulong(XA_STRING), 8, 0, text, len(text))
        self.x.XSync(self.display, 0)
