"""What is read from the kernel, from Debian's tools and from the server's log, and the way of a walk."""

import random
import unittest

import cards
import install_size
import machine
import process
import server
from results import percentile
from traffic import Request, poll_lag_ms
from way import ARROWS, Grid, way

SMAPS_ROLLUP = """55e0c4a00000-7ffd3b5f2000 ---p 00000000 00:00 0                          [rollup]
Rss:               42000 kB
Pss:               25600 kB
Pss_Dirty:         20000 kB
"""
MAPS = """55e0c4a00000-55e0c4c00000 r-xp 00000000 fe:00 1234    /usr/bin/a program
7f0000000000-7f0000001000 rw-p 00000000 00:00 0
7f0000002000-7f0000003000 rw-s 00000000 00:01 99         /memfd:pool (deleted)
7f0000004000-7f0000005000 r--p 00000000 fe:00 77         /usr/lib/libc.so.6
7ffd3b5f0000-7ffd3b5f2000 r-xp 00000000 00:00 0          [vdso]
"""
SIMULATION = """NOTE: This is only a simulation!
Inst libc6 (2.36-9+deb12u14 Debian:12.11/oldstable [amd64])
Inst libx11-6:amd64 (2:1.8.4-2 Debian:12.11/oldstable [amd64]) []
Conf libc6 (2.36-9+deb12u14 Debian:12.11/oldstable [amd64])
"""
SHOWN = """Package: libc6
Version: 2.36
Installed-Size: 12986

Package: libx11-6
Installed-Size: 1572

Package: libc6
Installed-Size: 12986
"""


class Kernel(unittest.TestCase):
    def test_memory_is_the_proportional_size(self):
        self.assertEqual(process.pss_kib(SMAPS_ROLLUP), 25600)
        self.assertEqual(process.pss_kib(""), 0)

    def test_files_that_are_mapped_have_a_name_in_the_file_system(self):
        self.assertEqual(process.mapped_files(MAPS), {"/usr/bin/a program", "/usr/lib/libc.so.6"})

    def test_wakeups_are_the_switches_that_a_thread_wanted(self):
        self.assertEqual(
            process.wakeups("Threads:\t1\nvoluntary_ctxt_switches:\t7\nnonvoluntary_ctxt_switches:\t900\n"), 7
        )

    def test_cpu_of_a_group_is_in_microseconds(self):
        self.assertEqual(process.cpu_s("usage_usec 67000\nuser_usec 60000\n"), 0.067)

    def test_a_busy_machine_is_neither_idle_nor_waiting_for_a_disk(self):
        self.assertEqual(machine.busy_ticks("cpu  1 2 4 1000 2000 8 16 32 0 0\ncpu0 9\n"), 63)

    def test_the_name_of_a_process_may_hold_blanks_and_brackets(self):
        stat = "12 (a (b) c) S 1 12 12 0 -1 4194304 100 0 3 0 55 66 0 0 20 0 1"
        self.assertEqual(machine.stat_fields(stat)[11:13], [55, 66])


class Debian(unittest.TestCase):
    def test_what_would_be_installed_is_read_without_architectures(self):
        found = install_size.installed_in(SIMULATION)
        self.assertEqual(found, {"libc6": "2.36-9+deb12u14", "libx11-6": "2:1.8.4-2"})

    def test_a_package_that_is_shown_twice_counts_once(self):
        self.assertEqual(install_size.sizes_in(SHOWN), {"libc6": 12986, "libx11-6": 1572})


class Server(unittest.TestCase):
    def test_half_of_the_pictures_are_jpegs_and_all_of_them_are_there(self):
        asked = [card["image"] for row in server.rows_of_cards(2, 2)["rows"] for card in row["items"]]
        self.assertEqual(asked, ["/picture/0.jpg", "/picture/1.png", "/picture/2.jpg", "/picture/3.png"])
        self.assertEqual(cards.file_of("1234.png"), "234.png")
        self.assertEqual(cards.file_of("../secret"), "none")

    def test_a_poll_is_late_after_the_answer_before_it_and_the_interval(self):
        requests = [
            Request("device code", 1.0, 1.001),
            Request("pending", 6.0, 6.001),
            Request("approve", 8.0, 8.001),
            Request("token", 12.003, 12.004),
            Request("userinfo", 12.1, 12.2),
        ]
        self.assertAlmostEqual(poll_lag_ms(requests, 5), 1002)
        self.assertAlmostEqual(poll_lag_ms([requests[0], Request("token", 6.002, 6.003)], 5), 1)


class Walk(unittest.TestCase):
    def test_the_way_never_leaves_the_grid_and_is_the_same_each_time(self):
        for grid in (Grid(5, 20), Grid(100, 100), Grid(1, 2)):
            keys = way(grid, 200, random.Random(1))
            self.assertEqual(keys, way(grid, 200, random.Random(1)))
            row = column = 0
            for key in keys:
                down, right = ARROWS[key]
                row, column = row + down, column + right
                self.assertIn(row, range(grid.rows))
                self.assertIn(column, range(grid.columns))

    def test_the_way_does_not_depend_on_where_a_row_is_entered(self):
        column = 0
        for key in way(Grid(100, 100), 200, random.Random(1)):
            down, right = ARROWS[key]
            # The leftmost card that any program may enter a row at.
            column = 0 if down else column + right
            self.assertGreaterEqual(column, 0)

    def test_a_percentile_is_one_of_the_values(self):
        self.assertEqual(percentile([float(value) for value in range(100, 0, -1)], 95), 95)
        self.assertEqual(percentile([1.0, 2.0], 95), 2)
        self.assertEqual(percentile([7.0], 95), 7)
