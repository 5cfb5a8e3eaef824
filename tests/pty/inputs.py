"""Every file that the program reads, replaced by what is no such file: a folder, a
fifo, a device, nothing, ten gigabytes of nothing, one that may not be read, one
with a strange name. There is a sentence and an exit code, nothing hangs, and
what was named is as it was. A file of the wrong one of our own kinds is told
what it is.
"""

import ctypes
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, sanitized, unsafe, until  # noqa: E402

SECONDS = 20  # a machine may be busy; who waits for a fifo waits for ever
GIGABYTES = 10
CAPBSET_DROP, OVERRIDE, READ_SEARCH = 24, 1, 2


def nobody():
    """Root may read everything; without these rights it is asked like anybody."""
    libc = ctypes.CDLL(None)
    libc.prctl(CAPBSET_DROP, OVERRIDE)
    libc.prctl(CAPBSET_DROP, READ_SEARCH)


def sparse(path):
    with open(path, "wb") as f:
        f.truncate(GIGABYTES << 30)


def unreadable(path):
    path.write_text("dais: 1\n")
    path.chmod(0)


# What stands where a file should; each makes it at a path.
KINDS = {
    "a folder": lambda p: p.mkdir(),
    "a fifo": lambda p: os.mkfifo(p),
    "a link to a folder": lambda p: p.symlink_to("/"),
    "a link to nothing": lambda p: p.symlink_to("gone"),
    "a link to itself": lambda p: p.symlink_to(p.name),
    "/dev/zero": lambda p: p.symlink_to("/dev/zero"),
    "/dev/tty": lambda p: p.symlink_to("/dev/tty"),
    "empty": lambda p: p.write_bytes(b""),
    "zeros": lambda p: p.write_bytes(bytes(70000)),
    "not UTF-8": lambda p: p.write_bytes("论坛：".encode("gbk") * 50),
    "one long line": lambda p: p.write_bytes(b"x" * 300000),
    "10 GB of nothing": sparse,
    "not to be read": unreadable,
}
# Names that hurt where they are printed as they are.
NAMES = ["\x1b]0;owned\x07.yaml", "two\nlines.yaml", "\u202eright.yaml", "-n.yaml", "x" * 240 + ".yaml", b"\xff\xfe.yaml", "{0}%s.yaml"]


def of(path):
    """How it is: whatever changes it changes this."""
    s = os.lstat(path)
    return stat.S_IFMT(s.st_mode), s.st_mode, s.st_size, s.st_mtime_ns, s.st_ino, s.st_nlink


def around(folder):
    return sorted(p.name for p in folder.iterdir())


def told(out):
    """What is wrong with an answer, in words."""
    found = []
    if out.code not in (1, 2, 3):
        found.append(f"exit {out.code}")
    if not re.search(r"(?m)^(dais: \S|\S.*: .*\.$)", out.err):
        found.append("no sentence")
    if unsafe(out.raw_err) or unsafe(out.raw_out):
        found.append(f"unsafe: {unsafe(out.raw_err) or unsafe(out.raw_out)}")
    if sanitized(out.raw_err):
        found.append(sanitized(out.raw_err))
    return "; ".join(found) and f"{'; '.join(found)}: {out}"


class World:
    """A folder in which one thing is wrong."""

    def __init__(self, lab, tap, kind):
        self.lab, self.tap, self.kind = lab, tap, kind
        self.folder = lab.path("world")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()

    def make(self, name):
        path = self.folder / name
        KINDS[self.kind](path)
        return path

    def run(self, *args, **more):
        return self.lab.run(*args, seconds=SECONDS, preexec_fn=nobody, **more)

    def named(self, name, *commands):
        """The file itself is named on the command line."""
        path = self.make(name)
        before, beside = of(path), around(self.folder)
        for words in commands:
            out = self.run(*[path if w is Ellipsis else w for w in words])
            what = " ".join("FILE" if w is Ellipsis else str(w) for w in words)
            self.tap.same(told(out), "", f"{self.kind} for {what}")
            self.tap.same((of(path), around(self.folder)), (before, beside), f"{self.kind} for {what}: nothing was touched")


def named(tap, lab):
    """The command's own argument."""
    for kind in KINDS:
        World(lab, tap, kind).named("a.yaml", ["check", ...], ["run", "--headless", ...], ["run", "--headless", "--new", ...],
                                    ["run", "--headless", "--rehearse", "20x", ...])  # fmt: skip
        World(lab, tap, kind).named("a.dais", ["report", ...], ["report", "--format", "json", ...], ["verify", ...], ["amend", ...],
                                    ["amend", ..., "undo"], ["amend", ..., "-"])  # fmt: skip
        w = World(lab, tap, kind)
        path = w.make("new.yaml")
        before = of(path)
        out = w.run("new", path)
        tap.same(told(out), "", f"{kind} for new FILE")
        tap.same(of(path), before, f"{kind} for new FILE: it was not touched")
        out = w.run("report", lab.path("closed.dais"), "-o", path)
        tap.same(told(out), "", f"{kind} for report -o FILE")
        tap.same(of(path), before, f"{kind} for report -o FILE: it was not touched")


def beside(tap, lab):
    """What a command finds beside its argument: the roster, the log, the chairs' log, the mark, the corrections."""
    for kind in KINDS:
        w = World(lab, tap, kind)
        roster = w.make("people.csv")
        path = w.folder / "a.yaml"
        path.write_text("dais: 1\nforum: {title: T}\npeople: {file: people.csv}\nagenda:\n  - {kind: point, duration: 5m}\n")
        before = of(roster)
        for words in (["check", path], ["run", "--headless", path]):
            out = w.run(*words)
            # Nobody on a list is a list.
            good = out.code == 3 and not told(out)
            tap.check(good or (kind == "empty" and out.code in (0, 3)), f"{kind} for a roster: {words[0]}", out)
            tap.same(of(roster), before, f"{kind} for a roster: it was not touched")
            if kind == "empty":
                break
        for name in ("a.dais", "a.chairs.dais"):
            w = World(lab, tap, kind)
            path = w.folder / "a.yaml"
            path.write_text(agenda())
            if name == "a.chairs.dais":
                shutil.copy(lab.path("open.dais"), w.folder / "a.dais")
            thing = w.make(name)
            before = of(thing)
            out = w.run("run", "--headless", path)
            tap.same(told(out), "", f"{kind} for {name}: run")
            tap.same(of(thing), before, f"{kind} for {name}: run did not touch it")
        for name in ("a.dais.mark", "a.amend.dais", "a.chairs.dais"):
            w = World(lab, tap, kind)
            log = w.folder / "a.dais"
            shutil.copy(lab.path("closed.dais"), log)
            thing = w.make(name)
            before = of(thing)
            for words in (["verify", log], ["report", log], ["amend", log], ["complete", "amend", log, "x"]):
                out = w.run(*words)
                good = out.code in (0, 1, 3) and not unsafe(out.raw_err) and not sanitized(out.raw_err)
                tap.check(good, f"{kind} for {name}: {words[0]}", out)
                tap.same(of(thing), before, f"{kind} for {name}: {words[0]} did not touch it")


def strange_names(tap, lab):
    for name in NAMES:
        w = World(lab, tap, "empty")
        path = os.path.join(os.fsencode(w.folder), os.fsencode(name))
        for words in (["check", path], ["run", "--headless", path], ["verify", path], ["report", path], ["amend", path], ["replay", path]):
            out = w.lab.run(*[os.fsdecode(x) for x in words], seconds=SECONDS)
            tap.same(told(out), "", f"{words[0]} of {ascii(name)[:40]}, which is not there")
        Path(os.fsdecode(path)).write_text("dais: 1\nforum: {titel: T}\n")
        for words in (["check", path], ["run", "--headless", path], ["verify", path], ["report", path]):
            out = w.lab.run(*[os.fsdecode(x) for x in words], seconds=SECONDS)
            tap.same(told(out), "", f"{words[0]} of {ascii(name)[:40]}, which is wrong")


def on_screen(tap, lab):
    """A console starts, whatever its settings are made of, and says so; a replay does not, and says so."""
    for kind in KINDS:
        config = lab.path("home") / ".config" / "dais"
        for where in ("config.yaml", "themes/mine.yaml", "themes", "history"):
            shutil.rmtree(config, ignore_errors=True)
            shutil.rmtree(lab.path("state") / "dais", ignore_errors=True)
            thing = (lab.path("state") / "dais" if where == "history" else config) / where
            thing.parent.mkdir(parents=True, mode=0o700)
            KINDS[kind](thing)
            if where.startswith("themes"):
                (config / "config.yaml").write_text("theme: mine\n")
            before = of(thing)
            with Console(lab, argv=["/usr/bin/env", lab.dais, "run", str(lab.write("c.yaml", agenda()))], name="c") as c:
                tap.check(c.ready(SECONDS), f"{kind} for {where}: a console starts", c.screen.text())
                c.keys(":queue close\r")
                tap.same(c.leave(), 0, f"{kind} for {where}: and ends")
                tap.same((c.screen.faults, c.left_behind(), sanitized(bytes(c.raw))), ([], "", ""), f"{kind} for {where}: cleanly")
            if where != "history" or kind not in ("empty", "zeros", "not UTF-8", "one long line", "not to be read"):
                tap.same(of(thing), before, f"{kind} for {where}: it was not touched")
            for log in lab.folder.glob("c.*dais*"):
                log.unlink()
        shutil.rmtree(config, ignore_errors=True)
        w = World(lab, tap, kind)
        log = w.make("a.dais")
        before = of(log)
        with Console(lab, "replay", log) as c:
            tap.same(c.exit(SECONDS), 3, f"{kind} for replay")
            said = c.raw.decode("utf-8", "replace").replace("\r\n", "\n")
            tap.check(said.startswith("dais: ") and not unsafe(said.encode()), f"{kind} for replay: a sentence", said)
        tap.same(of(log), before, f"{kind} for replay: it was not touched")


def one_for_the_other(tap, lab):
    """Files of ours in the wrong place, and names without their endings: what was meant is told."""
    shutil.copy(lab.path("closed.dais"), lab.path("alone.dais"))
    lab.write("fresh.yaml", agenda())
    for words, says in (
        (["check", "open.dais"], ["log of a session", "dais run open.yaml", "dais replay open.dais"]),
        (["run", "--headless", "open.dais"], ["log of a session", "dais run open.yaml"]),
        (["run", "--headless", "alone.dais"], ["log of a session", "dais replay alone.dais"]),
        (["report", "open.yaml"], ["an agenda", "dais report open.dais"]),
        (["verify", "open.yaml"], ["an agenda", "dais verify open.dais"]),
        (["amend", "open.yaml"], ["an agenda", "dais amend open.dais"]),
        (["report", "fresh.yaml"], ["an agenda", "no log yet", "dais run fresh.yaml"]),
        (["verify", "open.dais.mark"], ["dais verify open.dais"]),
        (["verify", "open"], ["no such file", "open.dais?"]),
        (["check", "open"], ["no such file", "open.yaml?"]),
        (["check", "nothing.yaml"], ["no such file", "dais new nothing.yaml"]),
        (["verify", "nothing"], ["no such file"]),
        (["open.yaml"], ["dais run open.yaml"]),
        (["open.dais"], ["dais replay open.dais"]),
        (["status", "open"], ["-s open"]),
    ):
        out = lab.run(*words, seconds=SECONDS)
        missing = [s for s in says if s not in out.err]
        tap.check(out.code in (2, 3) and not missing and out.err.count("\n") == 1, f"dais {' '.join(words)}: {says[-1]}", out)
    with Console(lab, "replay", "open.yaml") as c:
        c.exit(SECONDS)
        tap.check("dais replay open.dais" in c.raw.decode(), "dais replay open.yaml: dais replay open.dais", c.raw)


def listed(tap, lab):
    """What a list says is to be done can be done as it stands there, whatever the file is called."""
    path = lab.write("it's $HOME; a `b`.yaml", agenda())
    host = lab.host(path)
    tap.check(until(lambda: "running" in lab.run("list").out), "a session with a strange name runs")
    out = lab.run("list").out
    name = re.search(r"dais join (\S+)", out)
    tap.check(name and lab.run("status", "-s", name.group(1)).code == 0, "and is reached by the name that is listed", out)
    for word, meant in {"next": "segment next, floor next", "add 甲": "queue add", "toggle": "floor toggle"}.items():
        out = lab.run("ctl", word)
        tap.check(out.code == 1 and out.out.startswith("refused bad-argument") and f"did you mean {meant}" in out.err, f"ctl {word}: {meant}", out)
    tap.same(lab.run("ctl", "nonsense").err, "", "and nothing is meant by nonsense")
    tap.same(host.end(), 0, "it is left")
    line = next((x for x in lab.run("list").out.splitlines() if x.startswith("it's")), "")
    told = subprocess.run(["sh", "-c", "printf %s " + line[line.find("dais run ") + 9 :]], capture_output=True, cwd=lab.folder)
    tap.same(told.stdout.decode(), str(path), "and resumed by the line that is listed")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        for name, end in {"open": [], "closed": ["session close"]}.items():
            host = lab.host(lab.write(f"{name}.yaml", agenda()))
            tap.check(host.ready(), f"the {name} session starts", host.told())
            host.do("segment next", "floor give p0", "note add 一句话", *end)
            host.end()
            tap.same(log_fault(host.log), "", f"the {name} log is whole")
        for case in (named, beside, strange_names, on_screen, one_for_the_other, listed):
            case(tap, lab)
    tap.done()


main(*sys.argv[1:])
