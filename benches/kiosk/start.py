"""The start: from the exec of the program to a code that a phone can read from the screen."""

import time

import numpy

from screen import read_codes
from server import verification_uri_complete
from trial import Failed, Trial

AT_MOST_S = 60.0


def start(trial: Trial) -> tuple[int, int, int, int]:
    """Notes the values, and says where the QR code is: left, top, right and bottom, in pixels of the screen."""
    screen, process, values = trial.screen, trial.process, trial.outcome.values
    wanted = verification_uri_complete(trial.setting.traffic.base)
    # At 960x540 a module of the code is still some six pixels.
    step = max(1, 2 * screen.height // 1080)
    before, seen = screen.grey(step), screen.grey(step)
    while time.monotonic() - process.started < AT_MOST_S:
        screen.wait_for_drawing(0.015)
        if not process.is_running():
            raise Failed(f"ended with {process.shell.returncode} before its code")
        screen.grey(step, seen)
        looked = time.monotonic()
        if numpy.array_equal(seen, before):
            continue
        before, seen = seen, before
        values.setdefault("start_to_first_pixel_s", looked - process.started)
        for code in read_codes(before):
            if code.text == wanted:
                # The moment of the look, not of its decoding.
                values["start_to_code_s"] = looked - process.started
                values["cpu_to_code_s"] = process.cpu_s()
                trial.mapped.setdefault(trial.program.name, set()).update(process.mapped_files())
                return box_of(code.position, step)
    raise Failed(f"no code to be read within {AT_MOST_S:.0f} s")


def box_of(position, step: int) -> tuple[int, int, int, int]:
    corners = (position.top_left, position.top_right, position.bottom_left, position.bottom_right)
    across, down = [step * max(0, corner.x) for corner in corners], [step * max(0, corner.y) for corner in corners]
    return min(across), min(down), max(across), max(down)
