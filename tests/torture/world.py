"""What the torture's rows share: the shim that makes another world, disks that can be cut off, and how a row counts."""

import array
import fcntl
import mmap
import os
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "pty")]

from lab import reader, until  # noqa: E402

SHUTDOWN, NO_FLUSH = 0x8004587D, 2  # FS_IOC_SHUTDOWN: what is not on the disk by now never will be
DISKS = {"ext4": ("64M", ["mkfs.ext4", "-q", "-F"]), "xfs": ("310M", ["mkfs.xfs", "-q", "-f"])}


def preloaded(lab, shim, **more):
    """The variables of a program with a shim, also where a sanitizer wants to be the first."""
    given = lab.env.get("ASAN_OPTIONS")
    asan = ":".join(filter(None, [given, "verify_asan_link_order=0"]))
    return {"LD_PRELOAD": str(shim), "ASAN_OPTIONS": asan, **{k: str(v) for k, v in more.items()}}


def call(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


class Disk:
    """A file that is mounted; .why says why it is not."""

    def __init__(self, lab, kind, folder="", options=""):
        size, make = DISKS[kind]
        self.image, self.at, self.options = lab.path(f"{folder}{kind}.img"), lab.path(f"at-{kind}"), options
        self.at.mkdir(exist_ok=True)
        call("truncate", "-s", size, self.image)
        self.why = "" if shutil.which(make[0]) else f"{make[0]} is not here"
        if not self.why and (call(*make, self.image).returncode or not self.mount()):
            self.why = f"{kind} cannot be mounted here"

    def mounted(self):
        if call("mount", "-o", f"loop{self.options}", self.image, self.at).returncode:
            return False
        try:
            (self.at / "probe").write_bytes(b"")
            return True
        except OSError:  # somebody else's namespace still holds the one that was cut off
            call("umount", self.at)
            return False

    def mount(self):
        return until(self.mounted, 20, 0.2)

    def cut(self):
        fd = os.open(self.at, os.O_RDONLY)
        try:
            at = time.monotonic()
            fcntl.ioctl(fd, SHUTDOWN, array.array("I", [NO_FLUSH]))
            return at
        finally:
            os.close(fd)

    def unmount(self):
        return until(lambda: call("umount", self.at).returncode == 0, 10, 0.05)


def talk(host, number, told):
    """Notes without end; what was answered, and when."""
    try:
        with host.connect() as line:
            for i in range(100000):
                for k in range(1 + i % 7):
                    line.say(do=f"note add --plain 言{number}.{i}.{k}", id=f"{i}.{k}", by="test")
                for k in range(1 + i % 7):
                    answer = line.hear()
                    if not answer:
                        return
                    if answer["ok"]:
                        told.append((time.monotonic(), answer["seq"], f"言{number}.{answer['id']}"))
    except (OSError, ValueError):
        pass


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
