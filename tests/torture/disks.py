"""Disks that really fail under people's words: one that somebody else fills, one
that the kernel makes read-only, one whose writes come back with errors that a
second sync would not tell. The session goes on, says that it is not saved, and
what it had called saved is there when the disk is looked at from outside.

DAIS_DISKS=N does each so often. Needs root, loop devices and mkfs.ext4.
"""

import os
import sys
import threading
import time
from pathlib import Path

from world import Disk, call, count, read_back, talk

from lab import Lab, Tap, agenda, log_fault, until

ROUNDS = count("DAIS_DISKS", 1)
PAUSE = 2
BATCH = 0.1  # seconds; answers of one sync come together
MANY = 4000  # records that are still saved when others have filled the disk


class Talking:
    """A session on a disk, and somebody who notes without end."""

    def __init__(self, lab, disk, name):
        self.disk, self.path, self.told = disk, lab.write(f"{disk.at.name}/{name}.yaml", agenda()), []
        os.sync()
        self.host = lab.host(self.path)
        self.up = self.host.ready()
        if self.up:
            self.host.do("segment next")
        self.talker = threading.Thread(target=talk, args=(self.host, 0, self.told))
        self.talker.start()
        until(lambda: len(self.told) > 20 or not self.up)

    def unsaved(self):
        """True once nothing more is saved for a while, and it says so; and how much it had told as saved by then."""
        last = [-1, 0.0]

        def stuck():
            s, now = self.host.status(), time.monotonic()
            if s["saved"] or s["synced"] != last[0]:
                last[:] = s["synced"], now
            return now - last[1] > PAUSE

        return until(stuck, pause=0.05), len(self.told)

    def said(self):
        return "NOT SAVED" in self.disk.lab.run("status", "-s", self.host.name).out

    def stop(self):
        self.host.kill()
        self.talker.join()

    def lost(self, until=None):
        """What was told, until that moment, and is not in the log, or how the log is."""
        state, lines = read_back(self.host.log)
        if state not in ("whole", "torn"):
            return f"the log is {state}"
        gone = [t for at, *t in self.told if (until is None or at < until) and (t[0] >= len(lines) or f'"{t[1]}"'.encode() not in lines[t[0]])]
        return f"lost {gone[:3]} of {len(self.told)}" if gone else ""


def fill(path):
    """Takes all the room that there is."""
    with open(path, "wb", buffering=0) as f:
        for size in (1 << 20, 4096, 512):
            try:
                while True:
                    f.write(b"\xaa" * size)
            except OSError:
                pass
    os.sync()


def full(tap, lab, disk, n):
    """Somebody else fills it: what was set aside beforehand holds for long, and room brings everything back."""
    t = Talking(lab, disk, f"full{n}")
    before = len(t.told)
    fill(disk.at / "filler")
    found, told = t.unsaved()
    tap.check(found and t.said(), f"full: it says that it is not saved, {told - before} records after the disk was full", t.host.told())
    tap.check(told - before >= MANY, f"full: {told - before} were saved all the same", told)
    os.unlink(disk.at / "filler")
    tap.check(until(lambda: t.host.status()["saved"]), "full: with room again all is saved", t.host.status())
    seq = t.host.status()["synced"]
    t.stop()
    tap.check(not t.lost() and len(read_back(t.host.log)[1]) > seq, "full: and all is there", t.lost())


def again(tap, lab, t, what, until=None):
    """The disk is repaired and mounted anew: what was told is there, and it goes on."""
    disk = t.disk
    tap.check(disk.unmount(), f"{what}: it is unmounted", call("mount").stdout[-300:])
    call("e2fsck", "-fy", disk.image)
    tap.check(disk.mount(), f"{what}: and comes back")
    tap.same(t.lost(until), "", f"{what}: what was told, {len(t.told)} records, is on the disk")
    if t.lost():
        print(f"# {what}: a sync that was under way when it happened had said that all is well: {t.lost()}")
    host = lab.host(t.path)
    tap.check(host.ready(), f"{what}: the session goes on", host.told())
    tap.same((host.end(), log_fault(host.log)), (0, ""), f"{what}: and ends with a whole log")


def read_only(tap, lab, disk, n):
    """The kernel has found an error and lets nobody write any more."""
    t = Talking(lab, disk, f"readonly{n}")
    device = next(line.split()[0] for line in Path("/proc/mounts").read_text().splitlines() if f" {disk.at} " in line)
    # The kernel lets a sync that is under way at this moment return as if all were well, as at a power cut.
    at = time.monotonic()
    Path(f"/sys/fs/ext4/{Path(device).name}/trigger_fs_error").write_text("1")
    found, told = t.unsaved()
    tap.check(found and t.said(), f"read-only: after {told} records it says that it is not saved", t.host.told())
    now = t.host.status()["seq"]
    lab.popen("ctl", "-s", t.host.name, "note", "add", "--plain", "还在说")
    tap.check(until(lambda: t.host.status()["seq"] > now), "read-only: the session goes on all the same", t.host.status())
    t.stop()
    again(tap, lab, t, "read-only", at)


def thin(tap, lab, _, n):
    """What lies below the disk has no room: a sync fails with an error, and a second one would not."""
    below = lab.path("below")
    below.mkdir(exist_ok=True)
    if call("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", below).returncode:
        tap.skip("thin: a disk on too little", "no tmpfs can be mounted here")
        return
    disk = Disk(lab, "ext4", "below/")
    disk.lab = lab
    try:
        tap.check(not disk.why, "thin: a disk on too little", disk.why)
        t = Talking(lab, disk, f"thin{n}")
        fill(below / "filler")
        found, told = t.unsaved()
        tap.check(found and t.said(), f"thin: after {told} records it says that it is not saved", t.host.told())
        t.stop()
        os.unlink(below / "filler")
        # Nobody knows the moment here; it is no earlier than the last batch that was told.
        again(tap, lab, t, "thin", t.told[-1][0] - BATCH)
    finally:
        for p in lab.procs:
            if p.poll() is None:
                p.kill()
                p.wait()
        disk.unmount()
        until(lambda: call("umount", below).returncode == 0, 10, 0.05)


def main(dais, *_):
    tap = Tap()
    if os.geteuid() != 0:
        tap.skip("disks that fail", "only root can mount one")
        tap.done()
    with Lab(dais) as lab:
        for n in range(ROUNDS):
            for case, options in ((full, ""), (read_only, ",errors=remount-ro"), (thin, None)):
                disk = Disk(lab, "ext4", "", options) if options is not None else None
                if disk and disk.why:
                    tap.skip("disks that fail", disk.why)
                    tap.done()
                try:
                    if disk:
                        disk.lab = lab
                    case(tap, lab, disk, n)
                finally:
                    for p in lab.procs:
                        if p.poll() is None:
                            p.kill()
                            p.wait()
                    if disk:
                        disk.unmount()
    tap.done()


main(*sys.argv[1:])
