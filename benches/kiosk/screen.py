"""The screen: an X server whose picture is memory of ours, its keys, and QR codes in what it shows.

Xvfb keeps its frame buffer in a file of /dev/shm (-fbdir), which is mapped here: to look costs the server nothing.
XDamage only wakes who looks; what counts is whether pixels changed.
"""

import ctypes
import mmap
import os
import pathlib
import select
import shutil
import struct
import subprocess
import tempfile
import time

import numpy
import zxingcpp
from Xlib import XK, X, display
from Xlib.ext import damage, xtest

WINDOW_MANAGER = ["matchbox-window-manager", "-use_titlebar", "no"]

memcmp = ctypes.CDLL(None).memcmp
memcmp.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]


class Screen:
    """A fresh X server with a window manager that makes every window as large as the screen."""

    def __init__(self, width: int, height: int):
        self.width, self.height = width, height
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="kiosk-bench-", dir="/dev/shm"))
        self.server, self.name = start_xvfb(width, height, self.folder)
        self.keys = display.Display(self.name)
        self.watch = display.Display(self.name)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.window_manager = subprocess.Popen(WINDOW_MANAGER, env={**os.environ, "DISPLAY": self.name}, **quiet)
        root = self.watch.screen().root
        manages = self.watch.intern_atom("_NET_SUPPORTING_WM_CHECK")
        while root.get_full_property(manages, X.AnyPropertyType) is None:
            time.sleep(0.02)
        root.warp_pointer(width - 1, height - 1)
        # A key that is held while a slow picture is drawn is one press.
        self.keys.change_keyboard_control(auto_repeat_mode=X.AutoRepeatModeOff)
        self.keys.sync()
        self.watch.damage_query_version()
        self.damage = root.damage_create(damage.DamageReportNonEmpty)
        self.watch.sync()
        self.frame = frame_of(self.folder / "Xvfb_screen0", width, height)

    def picture(self) -> numpy.ndarray:
        """A copy of what is shown."""
        return self.frame.copy()

    def differs_from(self, picture: numpy.ndarray) -> bool:
        return memcmp(self.frame.ctypes.data, picture.ctypes.data, self.frame.nbytes) != 0

    def grey(self, step: int, into: numpy.ndarray | None = None) -> numpy.ndarray:
        """The green of every `step`-th pixel in both directions: small enough to be compared and read fast."""
        seen = self.frame[::step, ::step, 1]
        if into is None:
            return numpy.ascontiguousarray(seen)
        numpy.copyto(into, seen)
        return into

    def wait_for_drawing(self, at_most_s: float) -> bool:
        """Whether something was drawn, even where no pixel changed."""
        if self.watch.pending_events() == 0:
            readable, _, _ = select.select([self.watch.fileno()], [], [], max(0.0, at_most_s))
            if not readable:
                return False
        drawn = False
        while self.watch.pending_events():
            self.watch.next_event()
            drawn = True
        if drawn:
            # Before anybody looks: so nothing can be drawn between the two and be missed.
            self.watch.damage_subtract(self.damage)
            self.watch.sync()
        return drawn

    def forget_drawing(self) -> None:
        while self.wait_for_drawing(0):
            pass

    def wait_until_still(self, still_s: float, at_most_s: float) -> None:
        """Waits until no pixel has changed for so long."""
        began = changed = time.monotonic()
        seen = self.picture()
        while time.monotonic() - changed < still_s and time.monotonic() - began < at_most_s:
            if self.wait_for_drawing(still_s - (time.monotonic() - changed)) and self.differs_from(seen):
                seen = self.picture()
                changed = time.monotonic()

    def press(self, key: str) -> None:
        self.send(key, X.KeyPress)

    def release(self, key: str) -> None:
        self.send(key, X.KeyRelease)

    def send(self, key: str, event: int) -> None:
        xtest.fake_input(self.keys, event, self.keys.keysym_to_keycode(XK.string_to_keysym(key)))
        self.keys.flush()

    def pids(self) -> list[int]:
        return [self.server.pid, self.window_manager.pid]

    def close(self) -> None:
        self.keys.close()
        self.watch.close()
        for process in (self.window_manager, self.server):
            process.terminate()
            process.wait()
        shutil.rmtree(self.folder)


def start_xvfb(width: int, height: int, folder: pathlib.Path) -> tuple[subprocess.Popen, str]:
    """The server, and the name of its display."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-fbdir", str(folder)]
    command += ["-nocursor", "-noreset", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        return server, f":{told.readline().strip()}"


def frame_of(file: pathlib.Path, width: int, height: int) -> numpy.ndarray:
    """The frame buffer, height by width by BGRX, out of an image in the format of xwd (X11/XWDFile.h)."""
    with open(file, "rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
    header = struct.unpack(">25I", mapped[:100])
    header_size, bits_per_pixel, bytes_per_line, colours = header[0], header[11], header[12], header[19]
    if bits_per_pixel != 32 or bytes_per_line != width * 4:
        raise SystemExit(
            f"Xvfb keeps {bits_per_pixel} bits a pixel and {bytes_per_line} bytes a line, which is not read here"
        )
    # A colour of the map takes 12 bytes.
    pixels = numpy.frombuffer(mapped, numpy.uint8, bytes_per_line * height, header_size + colours * 12)
    return pixels.reshape(height, width, 4)


def read_codes(grey: numpy.ndarray) -> list:
    """The QR codes in a picture: each with its `text` and its `position`."""
    return zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
