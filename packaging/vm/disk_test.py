"""What a disk without power still has: python3 -m unittest discover -s packaging/vm -p '*_test.py'"""

import io
import random
import struct
import unittest

from disk import DISCARD, FLUSH, FUA, HEADER, MAGIC, PAGE, SECTOR, notes, settle


def sectors(letter, count=1):
    return letter.encode() * (SECTOR * count)


def after(writes, seed):
    image = io.BytesIO(sectors("-", 8))
    settle(writes, image, random.Random(seed))
    return "".join(chr(image.getvalue()[at]) for at in range(0, 8 * SECTOR, SECTOR))


class WhatIsLeft(unittest.TestCase):
    def test_all_before_the_last_flush_is_there_and_what_came_with_fua(self):
        writes = [(0, 0, sectors("a", 2)), (2 * SECTOR, 0, sectors("b")), (0, FLUSH, b""), (0, FUA, sectors("c"))]
        self.assertEqual({after(writes, seed) for seed in range(50)}, {"cab-----"})

    def test_anything_may_become_of_the_rest(self):
        writes = [(0, FLUSH, b""), (0, 0, sectors("a", 2)), (4 * SECTOR, 0, sectors("b"))]
        self.assertEqual({after(writes, seed) for seed in range(500)}, {"--------", "aa------", "----b---", "aa--b---"})

    def test_what_is_larger_than_a_page_is_torn_between_pages(self):
        found = set()
        for seed in range(500):
            image = io.BytesIO(sectors("-", 24))
            # From the middle of one page to the middle of the third.
            settle([(PAGE // 2, 0, sectors("a", 16))], image, random.Random(seed))
            left = image.getvalue()
            pages = [left[PAGE // 2 : PAGE], left[PAGE : 2 * PAGE], left[2 * PAGE : 2 * PAGE + PAGE // 2]]
            self.assertTrue(all(len(set(page)) == 1 for page in pages))
            self.assertEqual(left[: PAGE // 2] + left[2 * PAGE + PAGE // 2 :], sectors("-", 8))
            found.add("".join(chr(page[0]) for page in pages))
        self.assertEqual(len(found), 8)

    def test_a_log_is_read_to_where_it_was_cut(self):
        def entry(at, data, flags=0):
            head = HEADER.pack(at, len(data) // SECTOR, flags, 0)
            return head.ljust(SECTOR, b"\0") + (b"" if flags & DISCARD else data)

        log = struct.pack("<QQQI", MAGIC, 1, 0, SECTOR).ljust(SECTOR, b"\0")
        log += entry(3, sectors("a", 2)) + entry(0, b"", FLUSH) + entry(9, sectors("b"), DISCARD)
        whole = [(3 * SECTOR, 0, sectors("a", 2)), (0, FLUSH, b""), (9 * SECTOR, DISCARD, b"")]
        self.assertEqual(notes(io.BytesIO(log)), whole)
        self.assertEqual(notes(io.BytesIO(log + bytes(SECTOR) + entry(1, sectors("c")))), whole)
        self.assertEqual(notes(io.BytesIO(log + entry(1, sectors("c", 2))[:-1])), whole)
        self.assertEqual(notes(io.BytesIO()), [])


if __name__ == "__main__":
    unittest.main()
