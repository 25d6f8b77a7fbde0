"""The sign-in: from the person's yes over the poll that brings the token to a screen full of cards."""

import threading
import time
from dataclasses import dataclass, field

import numpy

import cards
from screen import read_codes
from traffic import Request, poll_lag_ms
from trial import Failed, Trial

AT_MOST_S = 20.0
# Nothing drawn for so long, and so long after the token: the home is whole.
STILL_S = 0.8
AFTER_TOKEN_S = 1.5
# Of what is drawn after the token, only the first pictures count.
FRAMES = 150


@dataclass
class Watched:
    """What was on the screen around the token."""

    token: Request
    # When the code was first drawn over.
    changed: float
    # What was shown since the token was sent, each with its moment.
    frames: list[tuple[float, numpy.ndarray]] = field(default_factory=list)


def sign_in(trial: Trial, code_box: tuple[int, int, int, int], samples_memory: bool) -> None:
    """Notes the values. `samples_memory` looks for the peak while pictures come in."""
    over = threading.Event()
    sampler = threading.Thread(target=sample_memory, args=(trial, over))
    if samples_memory:
        sampler.start()
    try:
        watched = watch(trial, code_box)
    finally:
        over.set()
        if samples_memory:
            sampler.join()
    values, token_ms = trial.outcome.values, 1000 * watched.token.answered
    values["poll_lag_ms"] = poll_lag_ms(trial.setting.traffic.read(), trial.setting.interval_s)
    values[f"token_to_change_ms_{trial.grid}"] = 1000 * watched.changed - token_ms
    first, all_there = pictures_there(watched.frames)
    values[f"token_to_first_picture_ms_{trial.grid}"] = 1000 * first - token_ms
    values[f"token_to_all_pictures_ms_{trial.grid}"] = 1000 * all_there - token_ms


def sample_memory(trial: Trial, over: threading.Event) -> None:
    while not over.wait(0.15):
        trial.note_memory()


def watch(trial: Trial, code_box: tuple[int, int, int, int]) -> Watched:
    """Agrees, and keeps what is shown until the home is whole."""
    screen, traffic = trial.screen, trial.setting.traffic
    # 1920x1080 at this size and at 3840x2160.
    step = max(1, screen.height // 1080)
    left, top, right, bottom = (edge // step for edge in code_box)
    box = numpy.s_[top:bottom, left:right]
    last = screen.grey(step)
    code = last[box].copy()
    # Written once, so that no page of it is missing while it counts.
    spare = [numpy.ones_like(last) for _ in range(FRAMES + 10)]
    traffic.approve()
    token, changed = None, None
    frames: list[tuple[float, numpy.ndarray]] = []
    agreed = drawn = asked = time.monotonic()
    while time.monotonic() - agreed < AT_MOST_S and len(frames) < FRAMES:
        was_drawn = screen.wait_for_drawing(0.005)
        if was_drawn:
            seen = screen.grey(step, spare.pop())
            looked = time.monotonic()
            if numpy.array_equal(seen, last):
                spare.append(seen)
            else:
                last, drawn = seen, looked
                frames.append((looked, seen))
                if changed is None and not numpy.array_equal(seen[box], code):
                    changed = looked
        now = time.monotonic()
        if token is None and now >= asked:
            token = next(iter(traffic.named("token")), None)
            asked = now + 0.02
        if token is None:
            # Only what surrounds the token counts.
            while len(frames) > 3:
                spare.append(frames.pop(0)[1])
        elif changed is not None and now - drawn > STILL_S and now - token.answered > AFTER_TOKEN_S:
            break
    if token is None:
        raise Failed("asked for no token after the person had agreed")
    if changed is None:
        raise Failed("its code was still there after the token")
    return Watched(token, changed, [frame for frame in frames if frame[0] >= token.answered])


def pictures_there(frames: list[tuple[float, numpy.ndarray]]) -> tuple[float, float]:
    """When the first picture of a card could be read, and when as many as at the end, or one less: a picture at the
    edge of the screen is not read each time."""
    at_end = pictures_in(frames[-1][1]) if frames else 0
    if at_end == 0:
        raise Failed("shows no picture of a card")
    first = None
    for moment, frame in frames:
        count = pictures_in(frame)
        if count and first is None:
            first = moment
        if count >= max(1, at_end - 1):
            return first, moment
    raise AssertionError("the last frame has as many as itself")


def pictures_in(frame: numpy.ndarray) -> int:
    """How many cards have their picture. One may be shown twice: ours has that of the focus behind its words, too."""
    return len({code.text for code in read_codes(frame) if cards.is_text(code.text)})
