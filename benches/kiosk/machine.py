"""The machine: how busy it is, waiting until it is quiet, and what it is."""

import os
import pathlib
import platform
import re
import time

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Below this many busy cores of others a trial may begin.
QUIET_CORES = 0.25


def busy_s() -> float:
    """CPU seconds that all processes, and whoever steals from a virtual machine, have taken since boot."""
    return busy_ticks(pathlib.Path("/proc/stat").read_text()) / TICKS_A_SECOND


def busy_ticks(stat: str) -> int:
    """Ticks in the first line of /proc/stat that are neither idle nor waiting for a disk (proc_stat(5))."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, stat.splitlines()[0].split()[1:9])
    return user + nice + system + irq + softirq + steal


def process_cpu_s(pid: int) -> float:
    """CPU seconds of one process; none where it has gone."""
    try:
        return sum(stat_fields(pathlib.Path(f"/proc/{pid}/stat").read_text())[11:13]) / TICKS_A_SECOND
    except OSError:
        return 0.0


def stat_fields(stat: str) -> list[int]:
    """The numbers of /proc/PID/stat behind the state: a name may hold blanks and brackets."""
    state_and_numbers = stat.rpartition(")")[2].split()
    return [0, *map(int, state_and_numbers[1:])]


def wait_until_quiet(at_most_s: float) -> None:
    """Waits until others leave the machine alone, or for so long."""
    began = time.monotonic()
    while time.monotonic() - began < at_most_s:
        before, since = busy_s(), time.monotonic()
        time.sleep(0.4)
        if (busy_s() - before) / (time.monotonic() - since) < QUIET_CORES:
            return


def go_first() -> None:
    """Has this process and the servers it starts run before the programs it measures, so that times are prompt."""
    os.setpriority(os.PRIO_PROCESS, 0, -10)


def described() -> str:
    """Such as "AMD EPYC, 2 cores, Linux 6.1.0, Debian GNU/Linux 12 (bookworm)"."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "")
    processor = model[1] if model else platform.machine()
    return f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {system}"
