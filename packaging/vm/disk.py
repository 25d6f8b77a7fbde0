"""A disk that forgets what the machine had not asked it to keep when the power went.

A virtual machine that is killed loses its own page cache, but every write that had reached the emulator would be kept:
that is a disk with a battery. Real cards and disks answer from a volatile cache and keep for certain only what stood
before a FLUSH. So the machine writes into an overlay that is thrown away, and through qemu's driver `blklogwrites`,
which notes each write and each flush in order (the format of Linux' dm-log-writes). After the cut the overlay goes, and
of the notes there come into the image: all writes before the last flush, those with FUA, and of the others whatever
chance lets through, whole, in pages or not at all, in any order that a disk might have taken them.

A page of 4 KiB is never torn, as none of a flash card is, whose pages are at least as large. A disk that tore its sectors
would take ext4 along with what lies upon it: the superblock has a checksum and two sectors, is in no journal, and
`e2fsck -p` leaves one that is torn to a person.
"""

import os
import struct
import subprocess

SECTOR = 512
PAGE = 4096
MAGIC = 0x6A736677736872
FLUSH, FUA, DISCARD = 1, 2, 4
HEADER = struct.Struct("<QQQQ")


class Disk:
    """The image at `path` with a volatile cache of writes in `folder`."""

    def __init__(self, path, folder):
        self.path = path
        self.cache = folder / "cache.qcow2"
        self.log = folder / "writes.log"

    def power_on(self):
        """The options of qemu for it."""
        for left in (self.cache, self.log):
            left.unlink(missing_ok=True)
        self.log.touch()
        make = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", str(self.path), str(self.cache)]
        subprocess.run(make, check=True)
        # This machine does not lose power, so that nothing has to reach its own disk: `no-flush`. The driver that
        # takes the notes is above that and hears each flush.
        lower = "cache.direct=off,cache.no-flush=on"
        return [
            "-blockdev",
            f"driver=qcow2,node-name=cache,{lower},file.driver=file,file.filename={self.cache},file.{lower.split(',')[1]},"
            f"backing.driver=raw,backing.read-only=on,backing.file.driver=file,backing.file.filename={self.path}",
            "-blockdev",
            f"driver=file,node-name=log,{lower},filename={self.log}",
            "-blockdev",
            "driver=blklogwrites,node-name=disk,file=cache,log=log",
            "-device",
            f"virtio-blk-pci,drive=disk,write-cache=on,discard=off,write-zeroes=off,physical_block_size={PAGE}",
        ]

    def power_off(self, chance):
        """What is left when the power has gone; `chance` is a random.Random. Returns what was kept and what was lost."""
        with open(self.log, "rb") as log:
            writes = notes(log)
        with open(self.path, "r+b") as image:
            figures = settle(writes, image, chance)
        self.cache.unlink()
        self.log.unlink()
        return figures


def notes(log):
    """The writes and flushes of a log, in order: (offset in bytes, flags, data)."""
    end = log.seek(0, os.SEEK_END)
    log.seek(0)
    first = log.read(SECTOR)
    if not first:
        return []
    magic, _, _, sector = struct.unpack_from("<QQQI", first)
    if magic != MAGIC or sector != SECTOR:
        raise ValueError(f"no log of writes in sectors of {SECTOR} bytes")
    found, at = [], SECTOR
    while at + SECTOR <= end:
        log.seek(at)
        where, count, flags, _ = HEADER.unpack_from(log.read(SECTOR))
        length = 0 if flags & DISCARD else count * SECTOR
        if not count and not flags:
            # A write that was under way in this very moment: nobody was told that it, or any after it, is done.
            break
        data = log.read(length)
        if len(data) < length:
            break
        found.append((where * SECTOR, flags, data))
        at += SECTOR + length
    return found


def settle(writes, image, chance):
    """Brings into `image` what a disk without power still has."""
    certain = max((at + 1 for at, (_, flags, _) in enumerate(writes) if flags & FLUSH), default=0)
    kept = lost = 0
    for at, (offset, flags, data) in enumerate(writes):
        how = "whole" if at < certain or flags & FUA else chance.choice(["whole", "torn", "nothing"])
        start = 0
        while start < len(data):
            piece = data[start : start + PAGE - (offset + start) % PAGE]
            if how == "whole" or (how == "torn" and chance.random() < 0.5):
                image.seek(offset + start)
                image.write(piece)
                kept += len(piece) // SECTOR
            else:
                lost += len(piece) // SECTOR
            start += len(piece)
    return {"flushes": sum(flags & FLUSH for _, flags, _ in writes), "sectors_kept": kept, "sectors_lost": lost}
