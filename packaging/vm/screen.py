"""Reads a picture of the screen as a person does: a QR code with a phone, words with eyes."""

import hashlib
import os
import re
import subprocess

# Words of each screen, in the English of the demo, that are on no other one; the first that fits is told. A code is told by its QR code.
WORDS = [
    ("home", r"continue watching|new this week"),
    ("greeting", r"hello,|you are signed in"),
    ("set-up", r"no configuration"),
    ("fault", r"can.t reach|cannot be reached|no connection|not reach|try again"),
    ("welcome", r"press ok|sign in"),
    ("console", r"login:|debian gnu"),
]

# tesseract takes every processor there is, and waits for itself more than it reads.
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}


class Screen:
    """What was read from one picture."""

    def __init__(self, path, code, words):
        self.path, self.code, self.words = path, code, words
        self.state = "code" if code else next((state for state, known in WORDS if re.search(known, words, re.I)), "dark")

    def __str__(self):
        return f"{self.state} ({self.path}): {self.code or self.words!r}"


class Reader:
    """Reads; what has not changed is not read again."""

    def __init__(self):
        self.last = (None, None)

    def read(self, path):
        picture = hashlib.sha256(path.read_bytes()).digest()
        if self.last[0] != picture:
            code = output("zbarimg", "-q", "--raw", path)
            # What went wrong may be in one, too, for whoever looks after the box.
            code = code if code.startswith("http") else ""
            words = "" if code else output("tesseract", path, "-", "--psm", "11")
            self.last = (picture, Screen(path, code.strip(), " ".join(words.split())))
        return self.last[1]


def output(*command):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ONE_THREAD, check=False)
    return done.stdout.decode(errors="replace")
