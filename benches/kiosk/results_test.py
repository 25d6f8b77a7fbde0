"""Values of rounds, the file they are kept in, and the table made of them."""

import pathlib
import tempfile
import unittest

from metrics import METRICS
from results import Measured, Results, Spread, by_round, load, spread
from table import against_best, cell, report, table

HERE = pathlib.Path(__file__).parent
START = METRICS[0]


class Took:
    """What counts of an outcome here."""

    def __init__(self, number: int, **values: float):
        self.round, self.values = number, values


def results() -> Results:
    programs = {
        "vestibule": Measured(
            "Vestibule", "0.1.0", {START.name: [0.06, 0.08, 0.07], "poll_lag_ms": [1002.0]}, 2, ["late"]
        ),
        "slint": Measured("Slint", "1.18", {START.name: [0.08, None, 0.06], "poll_lag_ms": [0.7]}),
        "gtk": Measured("GTK 4", "4.8", {START.name: [0.2, 0.2, 0.2]}),
    }
    return Results({"size": "1920x1080", "rounds": 3}, {"look": 0.2}, programs)


class Rounds(unittest.TestCase):
    def test_a_round_is_the_median_of_its_trials_and_a_round_without_one_is_none(self):
        took = [
            Took(1, start_to_code_s=0.1),
            Took(1, start_to_code_s=0.3),
            Took(1, start_to_code_s=0.11),
            Took(2),
            Took(3, start_to_code_s=0.2),
        ]
        self.assertEqual(by_round(took, 3), {"start_to_code_s": [0.11, None, 0.2]})

    def test_a_spread_is_of_the_rounds_that_there_are(self):
        self.assertEqual(spread([3.0, None, 1.0, 2.0]), Spread(2.0, 1.0, 3.0))
        self.assertIsNone(spread([None]))

    def test_what_is_saved_is_what_is_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "results.json"
            results().save(path)
            self.assertEqual(load(path), results())
            # One line a metric, so that a difference of two runs can be read.
            self.assertIn('"start_to_code_s": [0.06, 0.08, 0.07],\n', path.read_text())


class Table(unittest.TestCase):
    def test_a_cell_has_its_spread_where_there_is_one(self):
        self.assertEqual(cell(Spread(0.07, 0.06, 0.08), START), "**0.070** (0.060–0.080)")
        self.assertEqual(cell(Spread(0.07, 0.07, 0.07), START), "**0.070**")
        self.assertEqual(cell(None, START), "–")

    def test_ours_is_held_against_the_best_peer(self):
        self.assertEqual(against_best(results(), START), "1.00 (Slint)")

    def test_a_margin_that_is_meant_is_held_against_nobody(self):
        lag = next(metric for metric in METRICS if metric.name == "poll_lag_ms")
        self.assertEqual(against_best(results(), lag), "–")

    def test_rows_that_nobody_has_are_left_out(self):
        self.assertEqual(len(table(results()).splitlines()), 4)


class Kept(unittest.TestCase):
    def test_the_page_has_the_tables_of_the_results_that_are_kept(self):
        page = (HERE.parent / "README.md").read_text()
        kept = sorted((HERE / "results").glob("*.json"))
        self.assertTrue(kept)
        for path in kept:
            self.assertIn(report(load(path)), page, path.name)
            self.assertEqual(load(path).about["size"], path.stem)
