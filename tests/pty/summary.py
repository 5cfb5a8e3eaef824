"""The end of a session in a terminal: it is closed by keys, its summary opens,
and the exports that are picked lie beside the log, byte for byte what dais
report says. Nothing that is there is written over, nothing that only chairs may
see is in them, and a disk that refuses is told of and stops nothing.
"""

import errno
import os
import re
import shutil
import stat
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, LEFT, RIGHT, Console, Tap  # noqa: E402
from disk import Faults  # noqa: E402
from lab import Lab, agenda, until  # noqa: E402

SECRET = "算力赞助商希望少提价格"
FILES = {"md": "md", "html": "html", "csv": "csv", "vtt": "vtt", "chapters": "chapters.txt", "json": "json"}
ORDER = list(FILES)


class Summary(Console):
    """Somebody at the exports; where they stand is read off the screen."""

    def chosen(self):
        found = re.search(r"▸(?:\[.\] )?\s*(\w+)", next((l for l in self.screen.lines() if "] html" in l), ""))
        return found and found[1]

    def go(self, name):
        for _ in range(len(FILES) + 1):
            if self.chosen() == name:
                return
            was = self.chosen()
            self.keys(RIGHT)
            self.until(lambda: self.chosen() != was)

    def tick(self, *formats):
        for format in formats:
            self.go(format)
            self.keys(" ")
            self.sees(f"▸[x] {format}")

    def write(self):
        self.go("Write")
        self.keys(ENTER)

    def told(self, format, sign):
        """The line that says what came of an export."""
        return self.sees(re.compile(rf"^ {re.escape(sign)} {format} +(\S.*?) *$", re.M))


def close(tap, c):
    c.keys(":", "session close", ENTER)
    tap.check(c.sees("Close the session?") and c.sees("A summary comes next"), "the question says what comes", c.screen.text())
    c.keys(RIGHT, ENTER)
    tap.check(c.sees("Write 2 files"), "the summary opens, with two formats ticked", c.screen.text())
    for text in ("Summary", "Talk time", "Planned and actual", "Invited and not heard", "Certificates not handed over", "定了"):
        tap.check(text in c.screen.text(), f"it shows: {text}", c.screen.text())
    tap.check(SECRET not in c.screen.text(), "and nothing for chairs only")


def same_as_report(tap, lab, log, path, format):
    out = lab.run("report", log, "-f", format)
    tap.check(out.code == 0 and path.read_bytes() == out.raw_out, f"{path.name} is what dais report says", out)
    tap.check(SECRET.encode() not in path.read_bytes(), f"{path.name}: nothing that only chairs may see")


def pick(tap, lab, c, log):
    c.tick("csv")
    tap.check(c.sees("Write 3 files"), "a third one is ticked", c.screen.text())
    c.write()
    for format in ("md", "html", "csv"):
        found = c.told(format, "✓")
        tap.same(found and found[1], f"taiyuan.{FILES[format]}", f"{format}: its file is named")
        same_as_report(tap, lab, log, log.with_suffix("." + FILES[format]), format)
    lab.run("report", log, "-o", lab.path("by-o.md"))
    modes = [stat.S_IMODE(os.stat(p).st_mode) for p in (log.with_suffix(".md"), lab.path("by-o.md"))]
    tap.same(modes[0], modes[1], "it can be read by whom a file of -o can")
    tap.check(c.sees("▸ Write") and "Talk time" in c.screen.text(), "the console goes on in its own language", c.screen.text())
    c.keys(ENTER)
    tap.check(c.sees("tick a format first"), "nothing is written twice by Enter", c.screen.text())


def pick_others(tap, lab, c, log):
    outside = lab.path("outside.json")
    log.with_suffix(".json").symlink_to(outside)
    c.tick("vtt", "chapters", "json")
    c.write()
    tap.same([c.told(f, "✓")[1] for f in ("vtt", "chapters", "json")], ["taiyuan.vtt", "taiyuan.chapters.txt", "taiyuan-2.json"], "the others are named")
    same_as_report(tap, lab, log, log.with_suffix(".vtt"), "vtt")
    same_as_report(tap, lab, log, log.with_suffix(".chapters.txt"), "chapters")
    same_as_report(tap, lab, log, log.with_name("taiyuan-2.json"), "json")
    tap.check(not outside.exists(), "a link is not followed")


def again(tap, lab, c, log):
    log.with_suffix(".md").write_text("edited by hand")
    c.keys(ESCAPE)
    tap.check(c.sees("S summary") and c.sees("The session was closed at"), "Escape shows the console", c.screen.text())
    c.keys("S")
    tap.check(c.sees("taiyuan-2.json"), "S leads back, and what was written is still told", c.screen.text())
    c.tick("md")
    c.write()
    tap.check(c.sees("taiyuan-2.md"), "the second one has a number", c.screen.text())
    same_as_report(tap, lab, log, log.with_name("taiyuan-2.md"), "md")
    tap.same(log.with_suffix(".md").read_text(), "edited by hand", "what is there is not touched")


def may_not_write(lab):
    """A command before the program that takes from root what only root may, or None where that cannot be."""
    if os.geteuid() != 0:
        return []
    tool = shutil.which("setpriv")
    drop = [tool, "--bounding-set", "-dac_override", "--inh-caps", "-all"] if tool else None
    probe = lab.path("probe")
    probe.mkdir()
    probe.chmod(0o500)
    if drop and os.spawnv(os.P_WAIT, tool, [*drop, "/bin/sh", "-c", f"! touch '{probe}/x' 2>/dev/null"]) == 0:
        return drop
    return None


def forum(tap, lab, agenda_):
    folder = lab.path("hall")
    folder.mkdir()
    path = folder / "taiyuan.yaml"
    path.write_bytes(Path(agenda_).read_bytes())
    log = path.with_suffix(".dais")
    drop = may_not_write(lab)
    with Summary(lab, name="taiyuan", argv=[*(drop or []), lab.dais, "run", str(path)]) as c:
        c.ready()
        c.do("segment next", "floor give yao", f"note add ~{SECRET}", "segment go point2", "floor give zhanghu",
             "note add =定了", "note add !李毅: 整理清单", "mark photo", "message send " + SECRET)  # fmt: skip
        c.sees("定了")
        close(tap, c)
        pick(tap, lab, c, log)
        pick_others(tap, lab, c, log)
        again(tap, lab, c, log)
        before = sorted(p.name for p in folder.iterdir())
        if drop is None:
            tap.skip("a folder that may not be written to", "root may write everywhere")
        else:
            folder.chmod(0o500)
            c.tick("html")
            c.write()
            found = c.told("html", "!")
            tap.check(found and "may not be read or written" in found[1], "a folder that may not be written to: why is told", c.screen.text())
            folder.chmod(0o700)
            tap.same(sorted(p.name for p in folder.iterdir()), before, "and nothing is left there")
            c.write()
            tap.check(c.sees("taiyuan-2.html"), "it is still ticked: Enter writes it then", c.screen.text())
        folder.rename(lab.path("elsewhere"))
        c.tick("csv")
        c.write()
        found = c.told("csv", "!")
        tap.check(found and "there is no such file" in found[1], "a folder that went away: why is told", c.screen.text())
        tap.same(c.leave(), 0, "and the console ends with 0")
        tap.same(c.screen.faults, [], "nothing strange was sent")
        tap.same(c.left_behind(), "", "the terminal is as it was")


def by_others(tap, lab):
    """Closed by somebody else: it opens at once, but never under the hands of whoever types."""
    for name, keys in (("a", ""), ("b", "i半句话"), ("c", ":queue ad")):
        path = lab.write(f"{name}.yaml", agenda())
        with Console(lab, "run", path, name=name) as c:
            c.ready()
            c.do("segment next", "floor give p0")
            c.keys(keys)
            typed = keys[1:]
            c.sees(typed or "0:0")
            c.do("session close")
            if typed:
                tap.check(c.sees("the session is closed") and typed in c.screen.text() and "Talk time" not in c.screen.text(), f"{keys}: what is typed stays", c.screen.text())
                c.keys(ESCAPE)
            tap.check(c.sees("Talk time") and c.sees("Write 2 files"), f"{keys or 'nothing'} typed: it opens", c.screen.text())
            tap.same(c.leave(), 0, f"{keys or 'nothing'} typed: it ends")


def unsaved(tap, lab, shim):
    faults = Faults(lab, shim)
    path = lab.write("full.yaml", agenda())
    with Summary(lab, "run", path, name="full", env=faults.env) as c:
        c.ready()
        c.do("segment next", "floor give p0")
        faults.set("sync", errno.ENOSPC)
        faults.set("write", errno.ENOSPC)
        c.keys(":", "session close", ENTER)
        c.sees("Close the session?")
        c.keys(RIGHT, ENTER)
        c.sees("NOT SAVED")
        c.sees("Write 2 files")
        c.write()
        found = c.told("md", "!")
        tap.check(found and "the log itself cannot be saved" in found[1], "what is not on the disk is not exported", c.screen.text())
        tap.check(not path.with_suffix(".md").exists(), "nothing was written")
        faults.heal()
        tap.check(c.sees("● saved"), "the log is saved then", c.screen.text())
        c.write()
        tap.check(c.told("md", "✓") and c.told("html", "✓"), "and Enter writes both", c.screen.text())
        tap.check(until(lambda: path.with_suffix(".html").exists()), "they are there")
        same_as_report(tap, lab, path.with_suffix(".dais"), path.with_suffix(".md"), "md")
        tap.same(c.leave(), 0, "it ends")


def main(dais, agenda_, shim):
    tap = Tap()
    with Lab(dais) as lab:
        forum(tap, lab, agenda_)
        by_others(tap, lab)
        unsaved(tap, lab, shim)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
