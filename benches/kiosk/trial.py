"""One trial: one start of one program, on a fresh screen and in a home of its own, and what it did until its end."""

import pathlib
import shutil
import tempfile
import time
from dataclasses import dataclass, field

import numpy

import machine
from process import Process
from programs import Place, Program
from screen import Screen
from traffic import Traffic
from way import Grid


@dataclass(frozen=True)
class Setting:
    """What is the same for all trials of a run."""

    width: int
    height: int
    # Between two polls, as the server says.
    interval_s: int
    # How long a code screen has been on when its memory is looked at and the window of waiting begins.
    settled_s: float
    # How long is looked at waiting.
    window_s: float
    # Keys in a walk among cards.
    presses: int
    # How long at most is waited for a quiet machine before a trial.
    quiet_s: float
    traffic: Traffic
    # What is kept until the run ends.
    folder: pathlib.Path


class Failed(Exception):
    """The program did not do what was waited for."""


@dataclass
class Outcome:
    """What a trial says: values by the names of metrics.py, and what went wrong."""

    program: str
    grid: str
    round: int = 0
    values: dict[str, float] = field(default_factory=dict)
    # Presses that changed nothing on the screen.
    missed_presses: int = 0
    # Cores that others kept busy in its time.
    others_cores: float = 0.0
    error: str = ""


class Trial:
    """Starts the program as it is entered and ends it as it is left."""

    # The files that each program had mapped when its code was shown. They are read before each start: the host of a
    # virtual machine takes back memory that has been idle, and its disk is no part of what is measured.
    mapped: dict[str, set[str]] = {}

    def __init__(self, program: Program, setting: Setting, grid: Grid):
        self.program, self.setting, self.grid = program, setting, grid
        self.outcome = Outcome(program.name, str(grid))
        self.pictures: dict[str, numpy.ndarray] = {}
        # The highest memory seen since the person agreed.
        self.peak_mib = 0.0

    def __enter__(self) -> "Trial":
        setting = self.setting
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{self.program.name}-", dir=setting.folder))
        self.screen = Screen(setting.width, setting.height)
        setting.traffic.begin_trial(self.grid.rows, self.grid.columns, setting.interval_s)
        place = Place(setting.traffic.base, self.folder, setting.height / 1080)
        for name, text in self.program.files(place).items():
            (self.folder / name).write_text(text)
        environment = self.environment() | self.program.environment(place)
        machine.wait_until_quiet(setting.quiet_s)
        self.read_mapped_files()
        time.sleep(0.1)
        self.screen.forget_drawing()
        self.began, self.busy_before, self.ours_before = time.monotonic(), machine.busy_s(), self.harness_cpu_s()
        log = setting.folder / f"{self.program.name}.log"
        self.process = Process(self.program.command(place), environment, self.folder, log)
        return self

    def __exit__(self, *_: object) -> None:
        took_s = time.monotonic() - self.began
        others_s = (
            machine.busy_s() - self.busy_before - (self.harness_cpu_s() - self.ours_before) - self.process.cpu_s()
        )
        self.outcome.others_cores = max(0.0, others_s / took_s)
        self.process.stop()
        self.screen.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self) -> dict[str, str]:
        """Clean: no session survives, and caches (of shaders, fonts, QML) do, as on a box that was started before."""
        home = self.folder / "home"
        runtime = self.folder / "runtime"
        cache = self.setting.folder / f"cache-{self.program.name}"
        for folder in (home / ".config", cache):
            folder.mkdir(parents=True, exist_ok=True)
        runtime.mkdir(mode=0o700)
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "DISPLAY": self.screen.name,
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CACHE_HOME": str(cache),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "NO_AT_BRIDGE": "1",
        }

    def read_mapped_files(self) -> None:
        for path in self.mapped.get(self.program.name, ()):
            try:
                pathlib.Path(path).read_bytes()
            except OSError:
                # It was of the last trial.
                pass

    def harness_cpu_s(self) -> float:
        """CPU of who measures: this process, the screen and the server."""
        return time.process_time() + sum(
            map(machine.process_cpu_s, [*self.screen.pids(), self.setting.traffic.process.pid])
        )

    def keep_picture(self, name: str) -> None:
        self.pictures[name] = self.screen.picture()

    def note_memory(self) -> None:
        self.peak_mib = max(self.peak_mib, self.process.pss_mib())
