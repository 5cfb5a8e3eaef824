"""The power goes while people are told that their words are saved: on ext4 and
on xfs, in a file that is mounted. What somebody was told before it went is there
afterwards, and the session goes on.

DAIS_CUTS=N cuts so often on each. Needs root, loop devices and mkfs.
"""

import os
import sys
import threading
import time

from world import DISKS, Disk, count, read_back, talk

from lab import Lab, Tap, agenda, log_fault

CUTS = count("DAIS_CUTS", 20)
A_SESSION = 25  # cuts; what is read back grows with each


def one(tap, lab, disk, path, number, sure):
    """One cut. Findings, in words; `sure` holds (seq, text) of everything that was told."""
    host = lab.host(path)
    if not host.ready():
        return [f"cut {number}: it does not start: {host.told()[-300:]}"]
    if not number % A_SESSION:
        host.do("segment next")
    told = []
    talker = threading.Thread(target=talk, args=(host, number, told))
    talker.start()
    time.sleep(tap.random.uniform(0.01, 0.25))
    at = disk.cut()
    host.kill()
    talker.join()
    sure += [(seq, text) for when, seq, text in told if when < at]
    if not disk.unmount() or not disk.mount():
        return [f"cut {number}: the disk does not come back"]
    state, lines = read_back(host.log)
    if state not in ("whole", "torn"):
        return [f"cut {number}: the log is {state}"]
    gone = [s for s in sure if s[0] >= len(lines) or f'"{s[1]}"'.encode() not in lines[s[0]]]
    return [f"cut {number}: lost {gone[:3]}"] if gone else []


def cuts(tap, lab, kind):
    disk = Disk(lab, kind)
    if disk.why:
        tap.skip(f"{kind}: power cuts", disk.why)
        return
    told, sure, found, n = 0, [], [], 0
    try:
        while n < CUTS and not found:
            if n % A_SESSION == 0:
                path = lab.write(f"at-{kind}/p{n}.yaml", agenda())
                os.sync()
                told, sure = told + len(sure), []
            found = one(tap, lab, disk, path, n, sure)
            n += 1
        told += len(sure)
        tap.check(not found and told > n, f"{n} power cuts on {kind}: {told} acknowledged records are there", found)
        host = lab.host(path)
        tap.check(host.ready(), f"{kind}: the session goes on after them", host.told())
        tap.same((host.end(), log_fault(host.log)), (0, ""), f"{kind}: and ends with a whole log")
    finally:
        for p in lab.procs:
            if p.poll() is None:
                p.kill()
                p.wait()
        disk.unmount()


def main(dais, *_):
    tap = Tap()
    if os.geteuid() != 0:
        for kind in DISKS:
            tap.skip(f"{kind}: power cuts", "only root can mount a disk and cut it off")
        tap.done()
    with Lab(dais) as lab:
        for kind in DISKS:
            cuts(tap, lab, kind)
    tap.done()


main(*sys.argv[1:])
