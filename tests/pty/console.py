"""A console in a terminal of its own: keys go in, a picture comes out. Nothing
waits for a fixed time: until() reads what comes until a condition holds.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import PATIENCE, Line, Tap  # noqa: E402, F401
from screen import Screen  # noqa: E402

SAVED = re.compile(r"● (?:saved|已存) (\d+)")
STEADY = re.compile(r"\d")
# Escape alone is one only when nothing follows for a while; with news of the focus behind it it is one at once.
ENTER, ESCAPE, TAB, BACKSPACE = "\r", "\x1b\x1b[I", "\t", "\x7f"
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
TERM = "xterm-256color"


def own_terminal():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Console:
    def __init__(self, lab, *args, size=(120, 36), name=None, argv=None, env=None, keep=True):
        self.lab, self.name = lab, name
        self.master, slave = os.openpty()
        os.set_blocking(self.master, False)
        self.screen = Screen(size[0] or 80, size[1] or 24)
        self.raw = bytearray()
        self.reads = []  # the bytes of each read, for whoever counts
        self.gone = False
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self.p = subprocess.Popen(
            argv or [lab.dais, *map(str, args)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**lab.env, "TERM": TERM, **(env or {})},
            cwd=lab.folder,
            start_new_session=True,
            preexec_fn=own_terminal,
        )
        lab.procs.append(self.p)
        self.slave = slave if keep else None
        if not keep:
            os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.p.poll() is None:
            self.p.kill()
            self.p.wait()
        self.hang_up()

    def hang_up(self):
        """The window is closed."""
        for fd in (self.master, self.slave):
            if fd is not None:
                os.close(fd)
        self.master = self.slave = None

    # ---- what comes out ----

    def pump(self, seconds=0.0):
        """Reads what is there; waits for it at most that long. True if something came."""
        if self.gone or not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 1 << 16)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self.gone = True
            return False
        self.raw += data
        self.reads.append(data)
        self.screen.feed(data)
        return True

    def until(self, what, seconds=PATIENCE):
        """what()'s first true answer, asked between frames."""
        end = time.monotonic() + seconds
        while True:
            while self.pump():
                pass
            found = "2026" not in self.screen.modes and what()
            if found or time.monotonic() > end:
                return found
            if self.gone:
                time.sleep(0.005)
            else:
                self.pump(0.02)

    def sees(self, text, seconds=PATIENCE):
        """Waits for a text, or for what matches an expression."""
        if isinstance(text, str):
            return self.until(lambda: text in self.screen.text(), seconds)
        return self.until(lambda: text.search(self.screen.text()), seconds)

    def misses(self, text, seconds=PATIENCE):
        return self.until(lambda: text not in self.screen.text(), seconds)

    def saved(self):
        """The number that the screen shows as saved, or -1."""
        found = SAVED.search(self.screen.text())
        return int(found.group(1)) if found else -1

    def ready(self, seconds=PATIENCE):
        self.until(lambda: self.saved() >= 0 or self.p.poll() is not None, seconds)
        return self.saved() >= 0

    # ---- what goes in ----

    def keys(self, *keys):
        data = b"".join(k.encode() if isinstance(k, str) else k for k in keys)
        end = time.monotonic() + PATIENCE
        while data and self.p.poll() is None:
            if time.monotonic() > end:
                self.screen.fault("keys that are not taken")
                return
            _, writable, _ = select.select([], [self.master], [], 0.02)
            if writable:
                try:
                    data = data[os.write(self.master, data[:512]) :]
                except BlockingIOError:
                    pass
            self.pump()

    def resize(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(columns or 80, rows or 24)  # 0: a terminal that does not know its size

    def redrawn(self):
        """The picture that many changes led to, and the same drawn from nothing: differences, in words."""
        ticks = self.screen.frames
        self.until(lambda: self.screen.frames > ticks, 1.2)  # a second has just begun
        old, at = self.screen, len(self.raw)
        was, text = old.picture(), old.text()
        self.screen = Screen(old.columns, old.rows)
        self.screen.modes, self.screen.main = set(old.modes), old.main
        self.p.send_signal(signal.SIGWINCH)
        if not self.until(lambda: b"\x1b[2J" in self.raw[at:] and self.screen.frames):
            return "it is not drawn again"
        self.screen.faults, self.screen.titles = old.faults + self.screen.faults, old.titles
        self.screen.name = self.screen.name or old.name
        if self.screen.picture() == was or STEADY.sub("0", self.screen.text()) == STEADY.sub("0", text) != text:
            return ""
        rows = [(y, a, b) for y, (a, b) in enumerate(zip(was[0], self.screen.cells)) if a != b]
        cells = [(x, y, c, d) for y, a, b in rows for x, (c, d) in enumerate(zip(a, b)) if c != d]
        return f"cursor {was[1]} and {self.screen.picture()[1]}, cells {cells[:12]} in\n{text}"

    # ---- the session behind it ----

    @property
    def socket(self):
        return self.lab.folder / "run" / "dais" / (self.name + ".sock")

    def status(self):
        try:
            with Line(self.socket) as line:
                return line.get()
        except OSError:
            return None

    def do(self, *commands):
        with Line(self.socket) as line:
            return [line.do(c) for c in commands]

    # ---- the end ----

    def leave(self):
        """q, and the button that is not the harmless one; a question from before is let be."""
        self.keys(ESCAPE)
        self.keys("q")
        self.sees(re.compile("Leave this console|离开"))
        self.keys(RIGHT, ENTER)
        return self.exit()

    def exit(self, seconds=PATIENCE):
        """The exit code, once it is over and everything was read; a signal's is negative."""
        if not self.until(lambda: self.p.poll() is not None, seconds):
            return "runs"
        while self.pump(0.0 if self.gone else 0.01):
            pass
        return self.p.returncode

    def left_behind(self):
        """What a program that is over did not give back, in words; empty if all is well."""
        s, found = self.screen, []
        if s.alternate:
            found.append("the alternate screen")
        if "25" not in s.modes:
            found.append("a hidden cursor")
        found += [f"mode {m}" for m in sorted(s.modes - {"7", "12", "25", "1049"})]
        if s.look:
            found.append(f"colours {s.look}")
        if s.titles:
            found.append(f"{s.titles} titles pushed")
        if s.name:
            found.append(f"the window's name {s.name}")
        if s.half:
            found.append(f"half of a sequence: {s.half!r}")
        if s.top or s.bottom != s.rows - 1:
            found.append("a scrolling region")
        if self.slave is not None:
            after = termios.tcgetattr(self.slave)
            if after != self.before:
                found.append(f"termios {after} instead of {self.before}")
        return ", ".join(found)
