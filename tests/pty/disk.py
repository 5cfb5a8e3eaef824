"""The disk fails: full, with an error once or for ever, or merely slow. Nobody
is told "ok" for what is not saved, the session goes on all the same, and once
the disk works again everything is there.
"""

import errno
import os
import resource
import select
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, log_fault, read_log, sanitized, until  # noqa: E402


class Faults:
    def __init__(self, lab, shim):
        self.folder = lab.path("faults")
        self.folder.mkdir()
        asan = lab.env.get("ASAN_OPTIONS", "")
        self.env = {
            "LD_PRELOAD": str(shim),
            "DAIS_FAULTS": str(self.folder),
            "ASAN_OPTIONS": asan + (":" if asan else "") + "verify_asan_link_order=0",
        }

    def set(self, what, error=1):
        os.symlink(str(error), self.folder / what)

    def heal(self):
        for link in self.folder.iterdir():
            link.unlink(missing_ok=True)

    def gone(self, what):
        return not os.path.lexists(self.folder / what)


def quiet(line):
    """True if nothing was answered yet."""
    return not line.held and not select.select([line.s], [], [], 0)[0]


def texts(log):
    return [r["data"]["text"] for r in read_log(log) if r["kind"] in ("note.add", "message.send")]


class Case:
    """A session with some notes already saved; then something happens to the disk."""

    def __init__(self, tap, lab, faults, name, **more):
        self.tap, self.lab, self.faults, self.name = tap, lab, faults, name
        self.path = lab.write(f"{name}.yaml", agenda())
        self.host = lab.host(self.path, env=faults.env, **more)
        self.n = 0
        self.wanted = []
        tap.check(self.host.ready(), f"{name}: starts", self.host.told())
        self.host.do("segment next")
        self.line = self.host.connect()
        self.add(3)
        self.hear(3, "saved before")

    def add(self, n, how="note add --plain"):
        for _ in range(n):
            self.n += 1
            if how.startswith("note"):
                self.wanted.append(f"言{self.n}")
            self.line.say(do=f"{how} 言{self.n}", id=str(self.n), by="test")

    def hear(self, n, what):
        answers = [self.line.hear() for _ in range(n)]
        ids = [a and a.get("id") for a in answers]
        self.tap.check(
            all(a and a["ok"] for a in answers) and ids == [str(i) for i in range(self.n - n + 1, self.n + 1)],
            f"{self.name}: {n} {what} are acknowledged in order",
            answers,
        )

    def unsaved(self, notes, silent=True):
        """Applied and not saved; nobody was told ok."""

        def look():
            s = self.host.status()
            return s if not s["saved"] and s["notes"] == notes else None

        s = until(look)
        self.tap.check(s, f"{self.name}: the session goes on and says that it is not saved", self.host.status())
        self.tap.check(not silent or quiet(self.line), f"{self.name}: nobody is told ok")
        if s:
            self.tap.check(s["synced"] < s["seq"], f"{self.name}: what is saved is behind", s)

    def healed(self):
        s = until(lambda: (lambda s: s if s["saved"] else None)(self.host.status()))
        self.tap.check(s and s["seq"] == s["synced"], f"{self.name}: everything is saved then", s)

    def whole(self):
        log = self.host.log
        self.tap.same(log_fault(log), "", f"{self.name}: the log is whole")
        self.tap.same(texts(log), self.wanted, f"{self.name}: with every note, once and in order")
        verify = self.lab.run("verify", log)
        self.tap.check(verify.code == 0, f"{self.name}: dais verify agrees", verify)

    def close(self):
        self.line.s.close()
        self.tap.same(self.host.end(), 0, f"{self.name}: ends with 0")
        self.tap.same(sanitized(self.host.told()), "", f"{self.name}: nothing from a sanitizer")
        self.whole()

    def failed(self):
        return sorted(p.name for p in self.path.parent.glob(f"{self.name}.dais.failed-*"))


def slow(tap, lab, faults):
    c = Case(tap, lab, faults, "slow")
    faults.set("sync.hold")
    c.add(5)
    c.unsaved(8)
    words = lab.run("status", "-s", "slow")
    tap.check(words.code == 0, "slow: status answers while the disk does not", words)
    ctl = lab.popen("ctl", "-s", "slow", "note", "add", "--plain", "言9")
    until(lambda: c.host.status()["notes"] == 9)
    tap.check(ctl.poll() is None, "slow: dais ctl waits for the disk")
    faults.heal()
    c.hear(5, "held back")
    out = lab.finish(ctl)
    tap.check(out.code == 0 and out.out.startswith("ok "), "slow: and then says ok", out)
    c.wanted.append("言9")
    c.healed()
    c.close()


def full(tap, lab, faults):
    c = Case(tap, lab, faults, "full")
    faults.set("write", errno.ENOSPC)
    c.add(20)
    c.unsaved(23)
    words = lab.run("status", "-s", "full")
    tap.check("NOT SAVED" in words.out, "full: status says NOT SAVED", words)
    tap.same(log_fault(c.host.log), "", "full: what is on the disk is a whole log")
    tap.same(texts(c.host.log), c.wanted[:3], "full: with what was acknowledged")
    report = lab.run("report", c.host.log)
    tap.check(report.code == 0 and "言3" in report.out, "full: it can be reported", report)
    faults.heal()
    c.hear(20, "made while the disk was full")
    c.healed()
    c.close()


def once(tap, lab, faults):
    c = Case(tap, lab, faults, "once")
    old = c.host.log.stat().st_ino
    faults.set("sync.once", errno.EIO)
    c.add(4)
    c.hear(4, "made while a sync failed")
    tap.check(faults.gone("sync.once"), "once: the sync did fail")
    c.healed()
    failed = c.failed()
    tap.same(failed, ["once.dais.failed-1"], "once: the old file is kept")
    tap.same((c.path.parent / failed[0]).stat().st_ino if failed else 0, old, "once: it is the one that was written before")
    tap.check(c.host.log.stat().st_ino != old, "once: the log goes on in a fresh file")
    tap.check("once.dais.failed-1" in c.host.told(), "once: and that is told", c.host.told())
    c.whole()
    c.host.kill()
    c.line.s.close()
    c.host = lab.host(c.path, env=faults.env)
    tap.check(c.host.ready(), "once: it can be killed and resumed then", c.host.told())
    c.line = c.host.connect()
    c.add(2)
    c.hear(2, "after resuming")
    c.close()


def for_ever(tap, lab, faults):
    c = Case(tap, lab, faults, "ever")
    faults.set("sync", errno.EIO)
    c.add(10)
    c.unsaved(13)
    c.add(10)
    c.unsaved(23)
    faults.heal()
    c.hear(20, "made meanwhile")
    c.healed()
    tap.check(c.failed(), "ever: the old file is kept", c.failed())
    c.close()


def chairs(tap, lab, faults):
    c = Case(tap, lab, faults, "both")
    faults.set("chairs.sync", errno.EIO)
    with c.host.connect() as other:
        other.say(do="message send 密", id="m", by="test")
        s = until(lambda: not c.host.status()["saved"])
        tap.check(s, "both: a chairs' log that is not saved is told as well")
        # One by one: whoever made them wait for the other log's next try would be here for minutes.
        told = []
        for _ in range(30):
            c.add(1)
            told.append(c.line.hear())
        tap.check(all(a and a["ok"] for a in told), "both: the session's log does not wait for the chairs'", told)
        tap.check(quiet(other), "both: the message is not acknowledged")
        tap.check(not faults.gone("chairs.sync"), "both: while the chairs' log still fails")
        faults.heal()
        answer = other.hear()
        tap.check(answer and answer["ok"] and answer["id"] == "m", "both: then it is", answer)
    c.healed()
    beside = c.path.with_name("both.chairs.dais")
    tap.same(log_fault(beside), "", "both: the chairs' log is whole")
    tap.same(texts(beside), ["密"], "both: with the message")
    c.close()


def leave(tap, lab, faults):
    """Told to end while nothing can be saved: it says so, and what was acknowledged is there."""
    c = Case(tap, lab, faults, "leave")
    faults.set("write", errno.ENOSPC)
    c.add(5)
    c.unsaved(8)
    tap.same(c.host.end(signal.SIGTERM), 1, "leave: ends with 1")
    tap.check("NOT SAVED" in c.host.told() and "full" in c.host.told(), "leave: and says what is lost", c.host.told())
    c.line.s.close()
    faults.heal()
    c.wanted = c.wanted[:3]
    c.whole()
    c.host = lab.host(c.path, env=faults.env)
    tap.check(c.host.ready(), "leave: goes on from there", c.host.told())
    c.line = c.host.connect()
    c.n = 8
    c.add(1)
    c.hear(1, "afterwards")
    c.close()


def killed(tap, lab, faults):
    c = Case(tap, lab, faults, "killed")
    faults.set("sync", errno.EIO)
    c.add(5)
    c.unsaved(8)
    c.host.kill()
    c.line.s.close()
    faults.heal()
    c.host = lab.host(c.path, env=faults.env)
    tap.check(c.host.ready(), "killed: resumes after a kill without a disk", c.host.told())
    found = texts(c.host.log)
    tap.same(found, c.wanted[: max(3, len(found))], "killed: what was acknowledged is there, and nothing else")
    c.wanted = found
    c.line = c.host.connect()
    c.close()


def birth(tap, lab, faults):
    path = lab.write("birth.yaml", agenda())
    for what, error in (("write", errno.ENOSPC), ("sync", errno.EIO)):
        faults.set(what, error)
        out = lab.run("run", "--headless", path, env=faults.env)
        faults.heal()
        tap.check(out.code == 1 and "birth.dais" in out.err, f"birth: {what} fails: refused with 1 and a sentence", out)
        tap.check(not path.with_suffix(".dais").exists(), f"birth: {what} fails: no log is left")
    host = lab.host(path, env=faults.env)
    tap.check(host.ready(), "birth: it works afterwards", host.told())
    tap.same(host.end(), 0, "birth: and ends")
    tap.same(log_fault(host.log), "", "birth: with a whole log")


def limit(tap, lab, faults):
    """Without a trick: the kernel's own limit on a file's size, raised again from outside."""
    most = 24 * 1024
    c = Case(tap, lab, faults, "limit", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY)))
    c.add(100)
    c.unsaved(103, silent=False)  # the first of them fitted
    tap.check(c.host.log.stat().st_size <= most, "limit: the file is as large as it may be")
    resource.prlimit(c.host.p.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    c.hear(100, "made beyond the limit")
    c.healed()
    c.close()


def main(dais, agenda_, shim):
    tap = Tap()
    with Lab(dais) as lab:
        faults = Faults(lab, shim)
        for case in (slow, full, once, for_ever, chairs, leave, killed, birth, limit):
            case(tap, lab, faults)
            faults.heal()
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
