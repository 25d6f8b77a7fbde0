"""When a run is worse than another."""

import unittest

from comparing import NotComparable, compare
from results import Measured, Results


def run(
    ours: list, peer: list, metric: str = "start_to_code_s", more: dict[str, list] | None = None, **about
) -> Results:
    programs = {"vestibule": ours, "slint": peer} | (more or {})
    measured = {name: Measured(name, "", {metric: values}) for name, values in programs.items()}
    return Results({"size": "1920x1080", "rounds": 3} | about, programs=measured)


def said(old: Results, new: Results) -> str:
    (change,) = compare(old, new)
    return "worse" if change.is_worse() else "better" if change.is_better() else "as it was"


class Comparing(unittest.TestCase):
    old = run([0.080, 0.082, 0.084], [0.070, 0.070, 0.070])

    def test_more_than_a_tenth_slower_against_the_peer_is_worse_and_the_other_way_round_better(self):
        new = run([0.095, 0.096, 0.097], [0.070, 0.070, 0.070])
        self.assertEqual(said(self.old, new), "worse")
        self.assertEqual(said(new, self.old), "better")

    def test_less_than_a_tenth_is_as_it_was_however_narrow_the_spread(self):
        self.assertEqual(said(self.old, run([0.0885, 0.0886, 0.0887], [0.070, 0.070, 0.070])), "as it was")

    def test_a_median_that_grew_within_the_spread_is_noise(self):
        self.assertEqual(said(self.old, run([0.083, 0.098, 0.099], [0.070, 0.070, 0.070])), "as it was")
        self.assertEqual(
            said(run([0.080, 0.082, 0.097], [0.070] * 3), run([0.095, 0.096, 0.097], [0.070] * 3)), "as it was"
        )

    def test_a_machine_that_is_half_as_fast_is_no_regression(self):
        self.assertEqual(said(self.old, run([0.160, 0.164, 0.168], [0.140, 0.140, 0.140])), "as it was")

    def test_a_slow_round_counts_for_all_that_are_in_it(self):
        self.assertEqual(said(self.old, run([0.080, 0.240, 0.084], [0.070, 0.210, 0.070])), "as it was")

    def test_one_new_version_of_a_peer_among_several_is_no_regression_of_ours(self):
        others = {"gtk": [0.26] * 3, "qt": [0.19] * 3, "chromium": [0.66] * 3}
        old = run([0.080, 0.082, 0.084], [0.070] * 3, more=others)
        self.assertEqual(said(old, run([0.080, 0.082, 0.084], [0.050] * 3, more=others)), "as it was")

    def test_a_peer_that_only_one_run_has_counts_in_neither(self):
        new = run([0.080, 0.082, 0.084], [0.070] * 3, more={"gtk": [0.01] * 3})
        self.assertEqual(said(self.old, new), "as it was")

    def test_a_round_that_failed_is_left_out(self):
        self.assertEqual(said(self.old, run([0.095, None, 0.097], [0.070, 0.070, 0.070])), "worse")
        self.assertEqual(said(self.old, run([0.095, 0.096, 0.097], [0.070, None, 0.070])), "worse")

    def test_the_lag_of_a_poll_is_held_against_itself(self):
        def lag(ours, peer):
            return run(ours, peer, "poll_lag_ms")

        old = lag([1001, 1002, 1003], [0.7, 1.0, 1.3])
        self.assertEqual(said(old, lag([1004, 1006, 1008], [5.0, 6.0, 7.0])), "as it was")
        self.assertEqual(said(old, lag([2001, 2002, 2003], [900, 900, 900])), "worse")

    def test_what_is_taken_once_has_no_spread_and_is_compared(self):
        old, new = (run([size], [15.3], "install_mb") for size in (20.0, 23.0))
        self.assertEqual(said(old, new), "worse")

    def test_runs_that_say_nothing_of_each_other_are_refused(self):
        quick = run([0.080], [0.070], rounds=1)
        larger = run([0.080] * 3, [0.070] * 3, size="3840x2160")
        alone = run([0.080] * 3, [0.070] * 3)
        del alone.programs["slint"]
        without = run([0.080] * 3, [0.070] * 3)
        del without.programs["vestibule"]
        for new in (quick, larger, alone, without):
            with self.assertRaises(NotComparable):
                compare(self.old, new)
