"""A box on the bench: its image, what it signs in at, and what is waited for on its screen."""

import contextlib
import json
import re
import shutil
import subprocess
import time

from disk import Disk
from machine import Gone, Machine
from screen import Reader
from server import Demo, Watch, allow

# For anything that a box has to come to by itself. Under emulation a boot takes 20 s on an idle host, minutes on a busy one.
WITHIN = 300
# Short enough that a box spends its time refreshing, as a thousand do in an hour.
ACCESS_LIFETIME = 6
# The server forgives the refresh token before the last one for longer than a boot takes.
LEEWAY = 3600


class Failed(Exception):
    """The box did not do what it has to."""


class Bench:
    """Where boxes are kept, and what all of them have in common."""

    def __init__(self, folder, seat, program, chance):
        self.folder, self.seat, self.program, self.chance = folder, seat, program, chance
        self.port = int((folder / "port").read_text())
        self.running = None
        self.screens = folder / "screens"
        self.screens.mkdir(exist_ok=True)

    def stage(self, name):
        """An image and what the server knows of it: they belong together."""
        image = self.folder / (f"box-{self.seat}.img" if name == "new" else f"box-{self.seat}-{name}.img")
        return image, self.folder / f"server-{self.seat}-{name}"

    def has(self, name):
        return self.stage(name)[0].exists()

    def box(self, case, stage, leeway=LEEWAY):
        self.end_running()
        return Box(self, case, stage, leeway)

    @contextlib.contextmanager
    def running_box(self, case, make):
        """A box that is at home and was there for the case before, if that left it well: most of the time goes into boots."""
        if not self.running:
            self.running = make()
            self.running.boot()
        box = self.running
        box.name = case.replace(" ", "-")
        try:
            # Of a program that has just died the picture stays on the terminal until the next one draws.
            box.up()
            box.until("home")
            yield box
        except BaseException:
            box.explain()
            self.end_running()
            raise

    def end_running(self):
        if self.running:
            self.running.__exit__(None)
            self.running = None


class Box:
    """One box, with a disk that is written on. Used in `with`; it ends by a power cut, as all of its boots do."""

    def __init__(self, bench, case, stage, leeway):
        self.bench, self.name = bench, case.replace(" ", "-")
        self.image, self.home = bench.folder / "box.img", bench.folder / "server"
        self.machine, self.reader, self.boots, self.seen = None, Reader(), 0, None
        image, home = bench.stage(stage)
        copy(image, self.image)
        shutil.rmtree(self.home, ignore_errors=True)
        if home.exists():
            shutil.copytree(home, self.home)
        self.disk = Disk(self.image, bench.folder)
        self.watch = Watch(bench.port + 1, bench.port)
        self.demo = Demo(bench.program, self.home, bench.port, ACCESS_LIFETIME, leeway)

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        if self.machine:
            if failure:
                self.explain()
            self.machine.cut()
            self.machine.process.wait()
        self.watch.close()
        self.demo.close()

    # ---- power ----

    def boot(self, **how):
        self.boots += 1
        console = self.bench.folder / "screens" / f"{self.name}-{self.boots}.console"
        self.machine = Machine(self.bench.folder, self.disk, console, **how)

    def cut(self):
        """The power goes; what the disk lost of what was written."""
        figures = self.machine.gone(self.bench.chance)
        self.machine = None
        return figures

    def keep(self, stage):
        """The box as it is now, without power, is where other cases begin."""
        self.machine.must("sync")
        self.cut()
        self.watch.close()
        self.demo.close()
        image, home = self.bench.stage(stage)
        copy(self.image, image)
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)

    def edit(self, path, text):
        """Writes a file into the image of a box without power."""
        subprocess.run(["e2fsck", "-fy", str(self.image)], check=False, stdout=subprocess.DEVNULL)
        new = self.bench.folder / "edited"
        new.write_text(text)
        commands = f"rm {path}\nwrite {new} {path}\nset_inode_field {path} mode 0100644\n"
        subprocess.run(["debugfs", "-w", "-f", "-", str(self.image)], input=commands.encode(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        new.unlink()

    # ---- what is waited for ----

    def look(self):
        """The screen as it is now."""
        path = self.machine.screen(self.bench.screens / f"{self.name}-{self.boots}.png")
        self.seen = self.reader.read(path)
        return self.seen

    def until(self, *states, within=WITHIN):
        """Seconds since power-on when the screen is in one of these states; `self.seen` is what was read."""
        deadline = time.monotonic() + within
        while True:
            at = self.machine.since_power_on()
            if self.look().state in states:
                return at
            if time.monotonic() > deadline:
                raise Failed(f"no {' or '.join(states)} within {within} s: {self.seen}")
            time.sleep(1)

    def wait(self, what, holds, within=WITHIN):
        """Seconds until `holds()` is true; the screen is kept for whoever looks where it does not come to that."""
        began = time.monotonic()
        while True:
            found = holds()
            if found:
                return time.monotonic() - began
            if time.monotonic() - began > within:
                raise Failed(f"{what}: not within {within} s; on the screen: {self.look()}")
            time.sleep(0.2)

    def up(self):
        """Until the program has told systemd that its first picture is up."""
        self.wait("the unit", lambda: self.machine.shell("systemctl is-active --quiet vestibule-kiosk")[0] == 0)

    def refreshed(self, since=None, within=WITHIN):
        """Until the server has answered a refresh that began after `since` with tokens."""
        since = time.monotonic() if since is None else since
        self.wait("a refresh", lambda: any(r.status == 200 and r.asked_at > since for r in list(self.watch.refreshes)), within)

    def filled(self):
        """Until home has what the demo's API answers: the title of a card, not of a row alone."""
        self.wait("a card", lambda: re.search(r"lamp at forty|nine windows|kestrel", self.look().words, re.I))

    def shot(self, name):
        """Keeps a picture of the screen under a name of its own."""
        return self.machine.screen(self.bench.screens / f"{self.name}-{name}.png")

    def sign_in(self):
        """Says yes with a phone to the code on the screen; seconds until home."""
        self.until("code")
        began = time.monotonic()
        allow(self.seen.code)
        self.until("home")
        return time.monotonic() - began

    # ---- the program, from inside ----

    def asked(self, what):
        """What the kiosk says of itself: `screen --json` or `health`."""
        return json.loads(self.machine.shell(f"vestibule-kiosk {what}")[1])

    def troubles(self):
        """The codes of the problems that a monitor would be told."""
        return {problem["code"] for problem in self.asked("health").get("problems", [])}

    def main_pid(self):
        return self.machine.must("systemctl show --value --property MainPID vestibule-kiosk").strip()

    def explain(self):
        """Keeps what a person would look at."""
        try:
            self.shot("failed")
            told = self.machine.shell("systemctl --no-pager status vestibule-kiosk; journalctl --boot --no-pager --output short-monotonic")[1]
            (self.bench.screens / f"{self.name}.journal").write_text(told)
        except Gone:
            pass


def copy(image, to):
    subprocess.run(["cp", "--reflink=auto", "--sparse=always", str(image), str(to)], check=True)


__all__ = ["Bench", "Box", "Failed", "Gone", "WITHIN"]
