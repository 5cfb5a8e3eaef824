"""What the torture's rows share: the shim that makes another world, and how a row counts."""

import mmap
import os
import struct
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "pty")]

from lab import reader  # noqa: E402


def preloaded(lab, shim, **more):
    """The variables of a program with a shim, also where a sanitizer wants to be the first."""
    given = lab.env.get("ASAN_OPTIONS")
    asan = ":".join(filter(None, [given, "verify_asan_link_order=0"]))
    return {"LD_PRELOAD": str(shim), "ASAN_OPTIONS": asan, **{k: str(v) for k, v in more.items()}}


class Clocks:
    """The clocks of whoever is started with .env."""

    def __init__(self, lab, shim, factor=1):
        self.path = lab.path("clocks")
        self.fd = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        now = [time.clock_gettime_ns(c) // 1000000 for c in (time.CLOCK_REALTIME, time.CLOCK_BOOTTIME)]
        os.write(self.fd, struct.pack("5q", *now, factor, 0, 0))
        self.map = mmap.mmap(self.fd, 40)
        self.env = preloaded(lab, shim, DAIS_CLOCKS=self.path)

    def step(self, wall_ms=0, boot_ms=0):
        """The wall clock is set; the machine slept for so long."""
        was = struct.unpack_from("2q", self.map, 24)
        struct.pack_into("2q", self.map, 24, was[0] + wall_ms, was[1] + boot_ms)


def read_back(log):
    """A log as a reader finds it that knows the format's text alone: state, its trusted lines."""
    data, mark = log.read_bytes(), Path(str(log) + ".mark")
    state, n, *_ = reader.read(data, reader.read_mark(mark.read_bytes()) if mark.exists() else None)
    return state, data.split(b"\n")[:n]


def count(name, default):
    return int(os.environ.get(name, default))
