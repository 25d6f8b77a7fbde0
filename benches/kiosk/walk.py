"""A walk among the cards: from each press of an arrow to the first pixel that it changes.

By chance, half of the presses come at once and half when the card has been looked at: what a program does only then
(ours shows the card large) is in its time and in its memory. The way and the waiting are the same for all programs.
"""

import random
import statistics
import time

from results import percentile
from trial import Failed, Trial
from way import way

# A key that has changed nothing by then is missed.
AT_MOST_S = 1.0
# A thumb stays on a key for so long, and until something has changed.
HELD_S = 0.08
# The next press comes when nothing has changed for so long: in haste, or at rest.
STILL_S = [0.09, 0.35]


def walk(trial: Trial) -> None:
    """Notes the values."""
    screen, outcome = trial.screen, trial.outcome
    chance = random.Random(trial.grid.rows)
    screen.wait_until_still(0.3, at_most_s=3)
    took_ms = []
    for number, key in enumerate(way(trial.grid, trial.setting.presses, chance)):
        # So that no press keeps step with a frame.
        time.sleep(chance.random() * 0.017)
        pixel_ms = press(trial, key)
        if pixel_ms is None:
            outcome.missed_presses += 1
        else:
            took_ms.append(pixel_ms)
        screen.wait_until_still(chance.choice(STILL_S), at_most_s=1.5)
        if number % 10 == 9:
            trial.note_memory()
    if outcome.missed_presses > trial.setting.presses // 3:
        raise Failed(f"{outcome.missed_presses} of {trial.setting.presses} presses changed nothing")
    outcome.values[f"key_median_ms_{trial.grid}"] = statistics.median(took_ms)
    outcome.values[f"key_p95_ms_{trial.grid}"] = percentile(took_ms, 95)


def press(trial: Trial, key: str) -> float | None:
    """Milliseconds until a pixel has changed."""
    screen = trial.screen
    screen.forget_drawing()
    before = screen.picture()
    pressed = time.monotonic()
    screen.press(key)
    took_ms = None
    while took_ms is None and (left_s := AT_MOST_S - (time.monotonic() - pressed)) > 0:
        if screen.wait_for_drawing(left_s) and screen.differs_from(before):
            took_ms = 1000 * (time.monotonic() - pressed)
    time.sleep(max(0.0, pressed + HELD_S - time.monotonic()))
    screen.release(key)
    return took_ms
