"""Whether a run is worse than an earlier one. Pure.

Times of two machines, or of two days, cannot be compared; what we take over what the peers take in the same run can.
So for each round of a run ours is divided by the geometric mean of the peers that both runs have: what slows the whole
machine slows both, and one peer's new version moves one of several. A metric has got worse where the median of these
ratios has grown by more than a tenth, and every round of the new run was worse than every round of the old one. By
chance alone the latter happens once in 20 with three rounds each, once in 252 with five; and then by a tenth, too.
"""

import math
import statistics
from dataclasses import dataclass

from metrics import METRICS, Metric
from results import OURS, Results, Spread, spread

# Grown by more than this part is worse.
TENTH = 0.10
# Fewer rounds than this say nothing of a spread.
FEWEST_ROUNDS = 3


class NotComparable(Exception):
    """These two runs say nothing of each other."""


@dataclass(frozen=True)
class Change:
    metric: Metric
    old: Spread
    new: Spread

    def is_worse(self) -> bool:
        return self.is_apart(self.old, self.new)

    def is_better(self) -> bool:
        return self.is_apart(self.new, self.old)

    def is_apart(self, less: Spread, more: Spread) -> bool:
        beyond = self.metric.counts_beyond
        limit = less.median * (1 + TENTH) if beyond is None else less.median + beyond
        return more.median > limit and more.low > less.high

    def line(self) -> str:
        word = "worse" if self.is_worse() else "better" if self.is_better() else ""
        # A ratio has no unit; what is held against itself has the metric's.
        digits = ".2f" if self.metric.counts_beyond is None else f".{self.metric.decimals}f"
        cells = [
            f"{value.median:{digits}} ({value.low:{digits}}–{value.high:{digits}})" for value in (self.old, self.new)
        ]
        grown = f"{100 * (self.new.median / self.old.median - 1):+.0f} %" if self.old.median else ""
        return f"| {self.metric.title} | {cells[0]} | {cells[1]} | {grown} | {word} |"


def compare(old: Results, new: Results) -> list[Change]:
    """For each metric that both have, how ours stands to the peers that both have."""
    for run in (old, new):
        if OURS not in run.programs:
            raise NotComparable("our program is not in both runs")
        if int(run.about["rounds"]) < FEWEST_ROUNDS:
            raise NotComparable(f"a run of fewer than {FEWEST_ROUNDS} rounds does not say how far its values spread")
    if old.about["size"] != new.about["size"]:
        raise NotComparable(f"one is of {old.about['size']}, the other of {new.about['size']}")
    peers = [name for name in old.peers() if name in new.programs]
    if not peers:
        raise NotComparable("no peer is in both runs")
    changes = []
    for metric in METRICS:
        # A peer that did not get there in one of the runs is left out of both.
        shared = [name for name in peers if all(run.programs[name].spread(metric.name) for run in (old, new))]
        then, now = (spread(standing(run, metric, shared)) for run in (old, new))
        if then and now:
            changes.append(Change(metric, then, now))
    return changes


def standing(run: Results, metric: Metric, peers: list[str]) -> list[float | None]:
    """In each round, what we take over what the peers take; or just what we take, where that is what counts."""
    ours = run.programs[OURS].values.get(metric.name, [])
    if metric.counts_beyond is not None:
        return ours
    columns = [run.programs[name].values[metric.name] for name in peers]
    return [ratio(mine, theirs) for mine, *theirs in zip(ours, *columns, strict=False)]


def ratio(mine: float | None, theirs: list[float | None]) -> float | None:
    if mine is None or not theirs or any(value is None or value <= 0 for value in theirs):
        return None
    return mine / math.exp(statistics.fmean(math.log(value) for value in theirs))


def report(changes: list[Change]) -> str:
    head = ["| ours / peers | old | new | change | |", "|---|---|---|---|---|"]
    return "\n".join([*head, *(change.line() for change in changes)])
