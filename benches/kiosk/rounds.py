"""The rounds: all programs in turn, again and again, so that what the machine does meanwhile befalls all alike."""

import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy
from PIL import Image

from install_size import install_mb
from programs import Program
from results import Measured, by_round
from sign_in import sign_in
from start import start
from trial import Failed, Outcome, Setting, Trial
from waiting import wait
from walk import walk
from way import Grid

SMALL, LARGE = Grid(5, 20), Grid(100, 100)
# A start is short and its time spreads widely: so often more in each round.
MORE_STARTS = 2


def only_start(trial: Trial) -> None:
    start(trial)


def small_walk(trial: Trial) -> None:
    """Everything, with 5 rows of 20 cards."""
    code_box = start(trial)
    wait(trial)
    # A person agrees at any moment between two polls.
    time.sleep(numpy.random.default_rng().random() * trial.setting.interval_s)
    sign_in(trial, code_box, samples_memory=False)
    walk(trial)
    trial.screen.wait_until_still(0.5, at_most_s=3)
    trial.outcome.values["memory_after_walk_mib_5x20"] = trial.process.pss_mib()
    trial.keep_picture("home")


def large_walk(trial: Trial) -> None:
    """A sign-in and a walk with 100 rows of 100 cards, and its highest memory."""
    code_box = start(trial)
    sign_in(trial, code_box, samples_memory=True)
    walk(trial)
    trial.note_memory()
    trial.outcome.values["memory_peak_mib_100x100"] = trial.peak_mib


Kind = tuple[Callable[[Trial], None], Grid]
STARTS: list[Kind] = [(only_start, SMALL)] * MORE_STARTS
WALKS: list[Kind] = [(small_walk, SMALL), (large_walk, LARGE)]


Outcomes = dict[str, list[Outcome]]


def measure(
    programs: list[Program], rounds: int, setting: Setting, pictures: pathlib.Path
) -> Iterator[tuple[int, Outcomes]]:
    """After each round its number, and the outcomes of each program so far. `pictures` takes what each has shown."""
    outcomes: Outcomes = {program.name: [] for program in programs}
    for program in programs:
        # The first start fills caches and says which files are mapped. It does not count.
        take(program, only_start, setting, SMALL, pictures)
    for number in range(1, rounds + 1):
        turn = (number - 1) % len(programs)
        for does, grid in STARTS + WALKS:
            for program in programs[turn:] + programs[:turn]:
                began = time.monotonic()
                outcome = take(program, does, setting, grid, pictures)
                outcome.round = number
                outcomes[program.name].append(outcome)
                say(outcome, does.__name__, time.monotonic() - began)
        yield number, outcomes


def take(
    program: Program, does: Callable[[Trial], None], setting: Setting, grid: Grid, pictures: pathlib.Path
) -> Outcome:
    trial = Trial(program, setting, grid)
    with trial:
        try:
            does(trial)
        except Failed as failed:
            trial.outcome.error = str(failed)
            trial.keep_picture(f"failed-{does.__name__}")
    # After the program has ended: to write one takes longer than some starts.
    for name, picture in trial.pictures.items():
        save_picture(picture, pictures / f"{program.name}-{name}.png")
    return trial.outcome


def save_picture(picture: numpy.ndarray, path: pathlib.Path) -> None:
    """`picture` is BGRX, as the screen has it."""
    Image.fromarray(numpy.ascontiguousarray(picture[:, :, 2::-1])).save(path, compress_level=1)


def say(outcome: Outcome, kind: str, took_s: float) -> None:
    """One line for whoever waits."""
    values = [
        f"{outcome.values[name]:.3f} {name}"
        for name in ("start_to_code_s", "memory_on_code_mib")
        if name in outcome.values
    ]
    values += [f"{value:.1f} {name}" for name, value in outcome.values.items() if name.startswith("key_median")]
    notes = [f"{outcome.missed_presses} presses missed"] if outcome.missed_presses else []
    notes += [f"FAILED: {outcome.error}"] if outcome.error else []
    line = "; ".join([*values, f"others {outcome.others_cores:.2f} cores", *notes])
    print(f"round {outcome.round} {kind} {outcome.program} ({took_s:.0f} s): {line}", file=sys.stderr, flush=True)


def measured(program: Program, outcomes: list[Outcome], rounds: int) -> Measured:
    version = subprocess.run(program.version, capture_output=True, text=True).stdout
    return Measured(
        program.label,
        " ".join(version.split()),
        by_round(outcomes, rounds) | {"install_mb": [round(install_mb(program), 1)]},
        sum(outcome.missed_presses for outcome in outcomes),
        [f"round {outcome.round}, {outcome.grid}: {outcome.error}" for outcome in outcomes if outcome.error],
    )


def others_cores(outcomes: Outcomes) -> str:
    """How far the machine was ours alone."""
    cores = [outcome.others_cores for of_program in outcomes.values() for outcome in of_program]
    return f"median {statistics.median(cores):.2f}, highest {max(cores):.2f}"
