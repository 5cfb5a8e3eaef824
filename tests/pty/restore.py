"""However a console ends, the terminal is as it was: its modes, its screen, its
cursor, its title. And the session is on the disk.
"""

import os
import re
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, RIGHT, TAB, Console, Tap  # noqa: E402
from lab import Lab, agenda, kinds, log_fault, read_log, until  # noqa: E402


def busy(lab, name, **more):
    """A console with a speaker, a note on its way and all of its modes on."""
    path = lab.write(f"{name}.yaml", agenda())
    c = Console(lab, "run", path, name=name, **more)
    if not c.ready():
        return c
    c.do("segment next", "floor give p0")
    c.keys("i半句话")
    c.sees("半句话")
    return c


def ends(tap, c, name, code, how):
    found = c.exit()
    tap.same(found, code, f"{name}: it ends with {code}")
    tap.same(c.left_behind(), "", f"{name}: the terminal is as it was")
    tap.same(c.screen.faults, [], f"{name}: nothing strange was sent")
    tap.same(log_fault(c.lab.folder / f"{how}.dais"), "", f"{name}: the log is whole")


def by_key(tap, lab):
    with busy(lab, "key") as c:
        tap.check(c.screen.alternate and "2004" in c.screen.modes, "it runs on the alternate screen")
        c.keys("\x1b")
        c.sees("Space")
        c.keys("q")
        tap.check(c.sees("Leave this console?"), "q asks first", c.screen.text())
        c.keys(ENTER)
        tap.check(c.misses("Leave this console?"), "the harmless answer is the first")
        tap.check(c.p.poll() is None, "and keeps it running")
        c.keys("q")
        c.sees("Leave this console?")
        c.keys(RIGHT, ENTER)
        ends(tap, c, "q", 0, "key")


def by_close(tap, lab):
    with busy(lab, "close") as c:
        c.keys("\x1b")
        c.sees("Space")
        c.keys(":session close", ENTER)
        tap.check(c.sees("Close the session?"), "closing asks first", c.screen.text())
        c.keys(RIGHT, ENTER)
        tap.check(c.sees("the session is closed"), "closing is told", c.screen.text())
        tap.check(c.p.poll() is None, "a closed session stays on the screen until somebody leaves")
        c.keys("q")
        c.sees("Leave this console?")
        c.keys(TAB, ENTER)
        ends(tap, c, "closed", 0, "close")
        tap.same(kinds(read_log(lab.folder / "close.dais"))[-1], "session.close", "closed: the log ends with it")


def by_signal(tap, lab, number, code):
    name = signal.Signals(number).name
    how = name.lower()
    with busy(lab, how) as c:
        c.p.send_signal(number)
        ends(tap, c, name, code, how)


def by_hang_up(tap, lab):
    for ignored in (False, True):
        name = "hangup-deaf" if ignored else "hangup"
        argv = None
        if ignored:
            argv = ["/bin/sh", "-c", 'trap "" HUP; exec "$@"', "sh", lab.dais, "run", str(lab.path(f"{name}.yaml"))]
        with busy(lab, name, argv=argv, keep=False) as c:
            seen = c.saved()
            c.hang_up()
            gone = until(lambda: c.p.poll() is not None)
            tap.check(gone, f"{name}: a console whose terminal is gone ends")
            records = read_log(lab.folder / f"{name}.dais")
            tap.check(len(records) > seen >= 0, f"{name}: what was seen as saved is there")


class Shell:
    """A shell with job control, for who is stopped and continued."""

    PROMPT = "ready> "

    def __init__(self, lab, name):
        self.path = lab.write(f"{name}.yaml", agenda())
        shell = ["/bin/sh", "-i"]
        self.c = Console(lab, argv=shell, name=name, env={"PS1": self.PROMPT, "ENV": "", "HISTFILE": ""})
        self.c.until(self.prompts)

    def prompts(self):
        return not self.c.screen.alternate and self.c.screen.line(self.c.screen.y) == self.PROMPT.strip()

    def type(self, line):
        self.c.keys(line, "\r")

    def stty(self, file):
        """The shell's own word on its terminal."""
        path = self.c.lab.path(file)
        self.type(f"stty -a >{path}.new && mv {path}.new {path}")
        self.c.until(path.exists)
        return re.sub(r"(rows|columns) \d+", r"\1 n", path.read_text())


def suspend(tap, lab):
    shell = Shell(lab, "stop")
    with shell.c as c:
        before = shell.stty("before")
        shell.type(f"{lab.dais} run {shell.path}")
        tap.check(c.ready(), "it starts under a shell", c.screen.text())
        c.do("segment next", "floor give p0")
        for i, size in enumerate([None, (80, 24), (30, 8), (120, 36)]):
            c.until(lambda: re.search("甲", c.screen.text()))
            c.keys("\x1a")
            stopped = c.until(shell.prompts)
            tap.check(stopped, f"stop {i}: Ctrl-Z gives the shell back", c.screen.text())
            modes = sorted(c.screen.modes - {"12"})
            tap.same(modes, ["25", "7"], f"stop {i}: modes are off, the cursor is there")
            tap.same(shell.stty(f"stop{i}"), before, f"stop {i}: stty says what it said before")
            if size:
                c.resize(*size)
            shell.type("fg")
            back = c.until(lambda: c.screen.alternate and "甲" in c.screen.text())
            tap.check(back, f"continue {i}: the picture is back", c.screen.text())
            tap.check("2004" in c.screen.modes, f"continue {i}: and its modes")
            c.keys(" ")
            paused = c.until(lambda: (c.status() or {"floor": {}})["floor"]["state"] == ("running" if i % 2 else "paused"))
            tap.check(paused, f"continue {i}: and keys act", f"{c.status()}\n{c.screen.text()}")
        c.keys("q")
        c.sees("Leave this console?")
        c.keys(RIGHT, ENTER)
        tap.check(c.until(shell.prompts), "q gives the shell back", c.screen.text())
        tap.same(shell.stty("after"), before, "after it ended stty says what it said before")
        tap.same(c.screen.faults, [], "nothing strange was sent in all this")
        shell.type("exit")


def titles(tap, lab):
    """The window's title: set where there is one, in the terminal's own way, and given back."""
    for term, tmux, way in (
        ("xterm-256color", "", b"\x1b]2;"), ("tmux-256color", "", b"\x1b[22;2t\x1b"), ("screen", "/t,1,0", b"\x1b[22;2t\x1b"),
        ("screen", "", "\x1bk试\x1b\\".encode()), ("vt100", "", b""), ("linux", "", b""),
    ):  # fmt: skip
        name = f"title-{term}{'-tmux' if tmux else ''}"
        env = {"TERM": term, **({"TMUX": tmux} if tmux else {})}
        with Console(lab, "run", lab.write(f"{name}.yaml", agenda()), name=name, env=env) as c:
            tap.check(c.ready(), f"{name}: it starts", c.screen.text())
            tap.same(c.screen.title or c.screen.name, "试" if way else "", f"{name}: the title")
            tap.check(way in c.raw, f"{name}: set as this terminal knows it", bytes(c.raw[:300]))
            c.p.send_signal(signal.SIGTERM)
            ends(tap, c, name, 0, name)
        if way:
            with Console(lab, "run", lab.path(f"{name}.yaml"), name=name, env=env) as c:
                c.until(lambda: c.screen.title or c.screen.name)
                c.p.send_signal(signal.SIGSEGV)
                ends(tap, c, f"{name}, fallen", -signal.SIGSEGV, name)


def killed_without_a_word(tap, lab):
    """Nothing can be given back by kill -9; the next console is none the worse for it."""
    with busy(lab, "again") as c:
        os.kill(c.p.pid, signal.SIGKILL)
        c.exit()
    with Console(lab, "run", lab.path("again.yaml"), name="again") as c:
        tap.check(c.ready(), "after kill -9 it starts again", c.screen.text())
        tap.same(c.leave(), 0, "and ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        by_key(tap, lab)
        by_close(tap, lab)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            by_signal(tap, lab, number, 0)
        for number in (signal.SIGSEGV, signal.SIGABRT):
            by_signal(tap, lab, number, -number)
        by_hang_up(tap, lab)
        suspend(tap, lab)
        titles(tap, lab)
        killed_without_a_word(tap, lab)
    tap.done()


main(*sys.argv[1:])
