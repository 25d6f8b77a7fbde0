"""The way of a walk among the cards. Pure."""

import random
from dataclasses import dataclass

# Rows and columns that an arrow moves by, and how often it is chosen among a hundred.
ARROWS = {"Right": (0, 1), "Down": (1, 0), "Left": (0, -1), "Up": (-1, 0)}
CHANCES = [40, 25, 25, 10]


@dataclass(frozen=True)
class Grid:
    """How many rows the API has, and how many cards each."""

    rows: int
    columns: int

    def __str__(self) -> str:
        return f"{self.rows}x{self.columns}"


def way(grid: Grid, presses: int, chance: random.Random) -> list[str]:
    """Arrows from the first card on, more to the right and down: each leads to another card.

    Which card has the focus when a row is entered is not the same everywhere: it may be that beneath the last one, or
    that at which the row was left. So the way goes no further to the left than it has gone to the right in this row.
    """
    row = column = entered_at = 0
    keys: list[str] = []
    while len(keys) < presses:
        key = chance.choices(list(ARROWS), CHANCES)[0]
        down, right = ARROWS[key]
        if not (0 <= row + down < grid.rows and entered_at <= column + right < grid.columns):
            continue
        row, column = row + down, column + right
        if down:
            entered_at = column
        keys.append(key)
    return keys
