"""Waiting for the person: what the code screen takes of memory, of the CPU and of sleep."""

import time

from trial import Failed, Trial


def wait(trial: Trial) -> None:
    process, setting, values = trial.process, trial.setting, trial.outcome.values
    sleep_until(process.started + setting.settled_s)
    if not process.is_running():
        raise Failed(f"ended with {process.shell.returncode} on its code")
    values["memory_on_code_mib"] = process.pss_mib()
    trial.keep_picture("code")
    time.sleep(0.3)
    began, cpu_s, wakeups = time.monotonic(), process.cpu_s(), process.wakeups()
    sleep_until(began + setting.window_s)
    took_s = time.monotonic() - began
    values["waiting_cpu_ms_per_s"] = 1000 * (process.cpu_s() - cpu_s) / took_s
    # A thread that began meanwhile counts from nothing; one that ended is lost.
    more = sum(count - wakeups.get(thread, 0) for thread, count in process.wakeups().items())
    values["waiting_wakeups_per_s"] = more / took_s


def sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
