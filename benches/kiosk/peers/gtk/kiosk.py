#!/usr/bin/python3
"""The code and home in GTK 4: kiosk.py BASE, where BASE is the address of the server.

One thread signs in, four load pictures, the first draws. Only what is on the screen, and a row and a card around
it, has widgets.
"""

import http.client
import json
import os
import queue
import sys
import threading
import time
import urllib.parse

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
import segno
from gi.repository import Gdk, GLib, Gtk

SERVER = sys.argv[1].removeprefix("http://")
SCALE = float(os.environ.get("UI_SCALE", "1"))
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
CARD_WIDTH, ROW_HEIGHT, ROWS_SEEN, CARDS_SEEN, AROUND = 340, 310, 3, 5, 1
LOADERS = 4
# Pictures that are kept.
KEPT = 200
# Light modules around a QR code (ISO 18004).
QUIET_ZONE = 4


def px(units):
    return int(units * SCALE)


STYLE = f"""
window {{ background:#101418; color:#f4f6f8; font-family:"DejaVu Sans"; }}
.kiosk-title {{ font-size:{px(56)}px; font-weight:bold; }}
.kiosk-instruction {{ font-size:{px(40)}px; }}
.kiosk-code {{ font-size:{px(140)}px; font-weight:bold; font-family:"DejaVu Sans Mono"; }}
.kiosk-left {{ font-size:{px(32)}px; }}
.kiosk-heading {{ font-size:{px(48)}px; }}
.kiosk-row {{ font-size:{px(28)}px; }}
.kiosk-card {{ font-size:{px(24)}px; }}
.kiosk-subtitle {{ font-size:{px(18)}px; color:#9ab; }}
.kiosk-picture {{ background:#222233; outline:none; }}
.kiosk-picture.focused {{ box-shadow: 0 0 0 {px(6)}px #4da3ff; }}
progressbar trough {{ background:#333; min-height:{px(16)}px; border:none; border-radius:0; }}
progressbar progress {{ background:#4da3ff; min-height:{px(16)}px; border:none; border-radius:0; }}
"""


class Connection:
    """One to the server, which is opened again when it was closed."""

    def __init__(self):
        self.kept = None

    def ask(self, method, path, form=None, token=None):
        headers, body = {}, None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if token:
            headers["Authorization"] = "Bearer " + token
        for is_last in (False, True):
            try:
                if self.kept is None:
                    self.kept = http.client.HTTPConnection(SERVER, timeout=10)
                self.kept.request(method, path, body, headers)
                answer = self.kept.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                self.kept = None
                if is_last:
                    raise


def label(text, style):
    widget = Gtk.Label(label=text, xalign=0)
    widget.add_css_class(style)
    return widget


def qr_texture(text):
    code = segno.make(text, error="m", micro=False, boost_error=False)
    modules = [bytearray(row) for row in code.matrix]
    count = len(modules) + 2 * QUIET_ZONE
    cell = max(1, px(492) // count)
    side = count * cell
    pixels = bytearray(b"\xff" * (side * side * 3))
    for y, row in enumerate(modules):
        line = bytearray(b"\xff" * (side * 3))
        for x, is_dark in enumerate(row):
            if is_dark:
                at = (x + QUIET_ZONE) * cell * 3
                line[at : at + cell * 3] = b"\0" * (cell * 3)
        for within in range(cell):
            at = ((y + QUIET_ZONE) * cell + within) * side * 3
            pixels[at : at + side * 3] = line
    content = GLib.Bytes.new(bytes(pixels))
    return Gdk.MemoryTexture.new(side, side, Gdk.MemoryFormat.R8G8B8, content, side * 3)


class Kiosk:
    def __init__(self, application):
        self.token = None
        self.library = None
        self.window = Gtk.ApplicationWindow(application=application, title="kiosk-gtk")
        self.window.set_cursor(Gdk.Cursor.new_from_name("none"))
        style = Gtk.CssProvider()
        style.load_from_data(STYLE.encode())
        Gtk.StyleContext.add_provider_for_display(self.window.get_display(), style, 900)
        self.window.set_child(self.code_screen())
        keys = Gtk.EventControllerKey()
        keys.connect("key-pressed", self.on_key)
        self.window.add_controller(keys)
        self.window.fullscreen()
        self.window.present()
        threading.Thread(target=self.sign_in, daemon=True).start()

    # ---- the code ----

    def code_screen(self):
        screen = Gtk.Box(spacing=px(60), margin_start=px(80), margin_end=px(80))
        words = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=px(30), valign=Gtk.Align.CENTER, hexpand=True)
        self.instruction = label(" ", "kiosk-instruction")
        self.code, self.left = label(" ", "kiosk-code"), label(" ", "kiosk-left")
        self.bar = Gtk.ProgressBar(halign=Gtk.Align.START)
        self.bar.set_size_request(px(900), px(16))
        for widget in (label("Sign in on your phone", "kiosk-title"), self.instruction, self.code, self.bar, self.left):
            words.append(widget)
        self.qr = Gtk.Picture(valign=Gtk.Align.CENTER, halign=Gtk.Align.END, can_shrink=False)
        self.qr.set_size_request(px(492), px(492))
        screen.append(words)
        screen.append(self.qr)
        return screen

    def sign_in(self):
        """In a thread of its own."""
        connection = Connection()
        client = {"client_id": "kiosk"}
        form = client | {"scope": "openid profile offline_access"}
        _, body = connection.ask("POST", "/oauth/device/code", form)
        grant = json.loads(body)
        GLib.idle_add(self.show_code, grant, qr_texture(grant["verification_uri_complete"]))
        form = client | {"grant_type": DEVICE_GRANT, "device_code": grant["device_code"]}
        interval = grant["interval"]
        while True:
            time.sleep(interval)
            status, body = connection.ask("POST", "/oauth/token", form)
            answer = json.loads(body)
            if status == 200:
                break
            if answer["error"] == "slow_down":
                interval += 5
        self.token = answer["access_token"]
        GLib.idle_add(self.show_home)
        _, body = connection.ask("GET", "/userinfo", token=self.token)
        name = json.loads(body)["name"]
        _, body = connection.ask("GET", "/api/items", token=self.token)
        GLib.idle_add(self.show_library, name, json.loads(body))

    def show_code(self, grant, qr):
        self.grant, self.since = grant, time.monotonic()
        self.instruction.set_text("Go to %s and enter this code" % grant["verification_uri"].split("//", 1)[1])
        self.code.set_text(grant["user_code"])
        self.qr.set_paintable(qr)
        self.tick()
        GLib.timeout_add(1000, self.tick)

    def tick(self):
        if self.token:
            return False
        left = max(0, self.grant["expires_in"] - (time.monotonic() - self.since))
        self.left.set_text("Expires in %d:%02d" % divmod(int(left), 60))
        self.bar.set_fraction(left / self.grant["expires_in"])
        return True

    # ---- home ----

    def show_home(self):
        self.home = Gtk.Fixed(overflow=Gtk.Overflow.HIDDEN)
        self.heading = label("Signed in", "kiosk-heading")
        self.home.put(self.heading, px(60), px(30))
        self.window.set_child(self.home)

    def show_library(self, name, library):
        self.heading.set_text("Signed in as " + name)
        self.rows = Gtk.Fixed(overflow=Gtk.Overflow.HIDDEN)
        self.rows.set_size_request(px(1920), px(960))
        self.home.put(self.rows, 0, px(120))
        self.row = self.column = self.top = 0
        # The first card that is seen of each row.
        self.first = {}
        # The widgets there are: of a row's title by its row, of a card by row and column.
        self.made = {}
        self.pictures = {}
        self.wanted = queue.LifoQueue()
        self.library = library
        for _ in range(LOADERS):
            threading.Thread(target=self.load, daemon=True).start()
        self.lay_out()

    def load(self):
        """In threads of their own."""
        connection = Connection()
        while True:
            place, path = self.wanted.get()
            try:
                _, body = connection.ask("GET", path)
                picture = Gdk.Texture.new_from_bytes(GLib.Bytes.new(body))
            except (OSError, GLib.Error) as error:
                print(path, error, file=sys.stderr)
                continue
            GLib.idle_add(self.show_picture, place, path, picture)

    def show_picture(self, place, path, picture):
        self.pictures[path] = picture
        while len(self.pictures) > KEPT:
            self.pictures.pop(next(iter(self.pictures)))
        card = self.made.get(place)
        if card:
            card.picture.set_paintable(picture)

    def lay_out(self):
        rows = self.library["rows"]
        self.top = scrolled(self.top, self.row, ROWS_SEEN)
        self.first[self.row] = scrolled(self.first.get(self.row, 0), self.column, CARDS_SEEN)
        seen = set()
        for row in around(self.top, ROWS_SEEN, len(rows)):
            items, first = rows[row]["items"], self.first.get(row, 0)
            y = (row - self.top) * ROW_HEIGHT
            seen.add(row)
            self.place(row, lambda: label(rows[row]["title"], "kiosk-row"), 60, y)
            for column in around(first, CARDS_SEEN, len(items)):
                place = (row, column)
                seen.add(place)
                x = 60 + (column - first) * CARD_WIDTH
                card = self.place(place, lambda: self.card(place, items[column]), x, y + 44)
                is_focused = place == (self.row, self.column)
                if card.is_focused != is_focused:
                    card.is_focused = is_focused
                    (card.picture.add_css_class if is_focused else card.picture.remove_css_class)("focused")
        for place in [place for place in self.made if place not in seen]:
            self.rows.remove(self.made.pop(place))

    def place(self, place, make, x, y):
        widget, at = self.made.get(place), (px(x), px(y))
        if widget is None:
            widget = self.made[place] = make()
            self.rows.put(widget, *at)
        elif widget.at != at:
            self.rows.move(widget, *at)
        widget.at = at
        return widget

    def card(self, place, item):
        card = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=px(4))
        card.is_focused = False
        card.picture = Gtk.Picture(can_shrink=True)
        card.picture.add_css_class("kiosk-picture")
        card.picture.set_size_request(px(320), px(180))
        picture = self.pictures.get(item["image"])
        if picture:
            card.picture.set_paintable(picture)
        else:
            self.wanted.put((place, item["image"]))
        card.append(card.picture)
        card.append(label(item["title"], "kiosk-card"))
        card.append(label(item["subtitle"], "kiosk-subtitle"))
        card.set_size_request(px(320), px(260))
        return card

    def on_key(self, _controller, key, _code, _modifiers):
        if not self.library:
            return False
        rows = self.library["rows"]
        if key == Gdk.KEY_Right and self.column < len(rows[self.row]["items"]) - 1:
            self.column += 1
        elif key == Gdk.KEY_Left and self.column > 0:
            self.column -= 1
        elif key == Gdk.KEY_Down and self.row < len(rows) - 1:
            self.row += 1
        elif key == Gdk.KEY_Up and self.row > 0:
            self.row -= 1
        else:
            return False
        self.lay_out()
        return True


def scrolled(first, focus, seen):
    """The first that is seen, so that the focus is."""
    return max(min(first, focus), focus - seen + 1)


def around(first, seen, count):
    return range(max(0, first - AROUND), min(count, first + seen + 1 + AROUND))


application = Gtk.Application(application_id=None)
application.connect("activate", lambda started: setattr(started, "kiosk", Kiosk(started)))
application.run([])
