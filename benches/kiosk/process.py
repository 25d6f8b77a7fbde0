"""A program that is measured, in a control group of its own.

The group is the tree of its processes, whatever they fork; it knows their exact CPU time, of those that have ended too
(cgroup-v2, cpu.stat), and ends exactly these.
"""

import itertools
import os
import pathlib
import re
import subprocess
import time

NUMBERS = itertools.count(1)


class Process:
    """Starts as it is made; `started` is when, in seconds of the monotonic clock."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: pathlib.Path, log: pathlib.Path):
        self.group = group_root() / f"kiosk-bench-{os.getpid()}-{next(NUMBERS)}"
        self.group.mkdir()
        # A shell enters the group and waits for a line: entering costs 10 to 20 ms of the kernel's, which are not the
        # program's. What is left of the shell in the time is its exec.
        enter = 'echo 0 >"$0"; echo there; read go; exec "$@" </dev/null >&2'
        with open(log, "ab") as log_file:
            self.shell = subprocess.Popen(
                ["/bin/sh", "-c", enter, str(self.group / "cgroup.procs"), *command],
                env=environment,
                cwd=folder,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                start_new_session=True,
                preexec_fn=lambda: os.setpriority(os.PRIO_PROCESS, 0, 0),
            )
        self.shell.stdout.readline()
        time.sleep(0.01)
        self.started = time.monotonic()
        self.shell.stdin.write(b"go\n")
        self.shell.stdin.close()

    def pids(self) -> list[int]:
        return [int(pid) for pid in (self.group / "cgroup.procs").read_text().split()]

    def is_running(self) -> bool:
        return self.shell.poll() is None

    def cpu_s(self) -> float:
        return cpu_s((self.group / "cpu.stat").read_text())

    def pss_mib(self) -> float:
        """Memory: each page counts in parts, over all that share it."""
        return sum(pss_kib(text) for text in self.each("smaps_rollup")) / 1024

    def wakeups(self) -> dict[str, int]:
        """How often each thread has gone to sleep of its own will so far, and so has been woken."""
        return {path: wakeups(text) for path, text in self.each_with_path("task/*/status")}

    def mapped_files(self) -> set[str]:
        return set().union(*(mapped_files(text) for text in self.each("maps")))

    def each(self, name: str) -> list[str]:
        return [text for _, text in self.each_with_path(name)]

    def each_with_path(self, name: str) -> list[tuple[str, str]]:
        """These files of all the processes that are there."""
        found = []
        for pid in self.pids():
            for path in pathlib.Path(f"/proc/{pid}").glob(name):
                try:
                    found.append((str(path), path.read_text()))
                except OSError:
                    # It ended meanwhile.
                    pass
        return found

    def stop(self) -> None:
        self.shell.terminate()
        asked = time.monotonic()
        while time.monotonic() - asked < 1.5 and self.pids():
            self.shell.poll()
            time.sleep(0.02)
        (self.group / "cgroup.kill").write_text("1")
        self.shell.wait()
        self.shell.stdout.close()
        while "populated 1" in (self.group / "cgroup.events").read_text():
            time.sleep(0.02)
        self.group.rmdir()


def group_root() -> pathlib.Path:
    """Where control groups of version 2 are."""
    for folder in (pathlib.Path("/sys/fs/cgroup/unified"), pathlib.Path("/sys/fs/cgroup")):
        if (folder / "cgroup.controllers").exists():
            return folder
    raise SystemExit("this machine has no control groups of version 2")


def cpu_s(cpu_stat: str) -> float:
    return int(re.search(r"^usage_usec (\d+)", cpu_stat, re.MULTILINE)[1]) / 1e6


def pss_kib(smaps_rollup: str) -> int:
    found = re.search(r"^Pss:\s+(\d+) kB", smaps_rollup, re.MULTILINE)
    return int(found[1]) if found else 0


def wakeups(status: str) -> int:
    return int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.MULTILINE)[1])


def mapped_files(maps: str) -> set[str]:
    """The files that a process has mapped: no devices, no memory without a name in the file system."""
    paths = (line.split(None, 5)[5] for line in maps.splitlines() if len(line.split(None, 5)) == 6)
    return {path for path in paths if path.startswith("/") and not path.startswith(("/dev", "/memfd", "/SYSV"))}
