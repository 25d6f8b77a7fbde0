"""The results of a run, as they are kept: for each program and metric one value a round. Pure, but for the file."""

import json
import math
import pathlib
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from metrics import METRICS

if TYPE_CHECKING:
    from trial import Outcome

OURS = "vestibule"


@dataclass
class Measured:
    """What one program has shown."""

    label: str
    version: str
    # By the name of the metric, one value a round: the median of that round's trials, None where all of them failed.
    values: dict[str, list[float | None]] = field(default_factory=dict)
    missed_presses: int = 0
    errors: list[str] = field(default_factory=list)

    def spread(self, metric: str) -> "Spread | None":
        return spread(self.values.get(metric, []))


@dataclass(frozen=True)
class Spread:
    """The median of the rounds, and the lowest and the highest of them."""

    median: float
    low: float
    high: float


@dataclass
class Results:
    """One run. `about` says when, where and how it was taken."""

    about: dict[str, str | int | float]
    # What the harness itself takes, by what it is.
    harness_ms: dict[str, float] = field(default_factory=dict)
    programs: dict[str, Measured] = field(default_factory=dict)

    def peers(self) -> list[str]:
        return [name for name in self.programs if name != OURS]

    def save(self, path: pathlib.Path) -> None:
        path.write_text(written(asdict(self)) + "\n")


def load(path: pathlib.Path) -> Results:
    read = json.loads(path.read_text())
    programs = {name: Measured(**measured) for name, measured in read.pop("programs").items()}
    return Results(**read, programs=programs)


def written(value: object, indent: str = "") -> str:
    """JSON with one line for each list, so that a change of one metric is one line of a difference."""
    if not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False)
    deeper = indent + "  "
    lines = [f"{deeper}{json.dumps(key)}: {written(inner, deeper)}" for key, inner in value.items()]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def spread(values: Iterable[float | None]) -> Spread | None:
    known = [value for value in values if value is not None]
    return Spread(statistics.median(known), min(known), max(known)) if known else None


def percentile(values: list[float], hundredths: int) -> float:
    """The smallest of the values that so many hundredths of them do not exceed."""
    return sorted(values)[math.ceil(hundredths * len(values) / 100) - 1]


def by_round(outcomes: list["Outcome"], rounds: int) -> dict[str, list[float | None]]:
    """The values of one program's trials, by metric and round."""
    found: dict[str, list[float | None]] = {}
    for metric in METRICS:
        rows = [
            [
                outcome.values[metric.name]
                for outcome in outcomes
                if outcome.round == number and metric.name in outcome.values
            ]
            for number in range(1, rounds + 1)
        ]
        if any(rows):
            # Four digits say more than any of these is known to.
            found[metric.name] = [rounded(statistics.median(row)) if row else None for row in rows]
    return found


def rounded(value: float) -> float:
    return float(f"{value:.4g}")
