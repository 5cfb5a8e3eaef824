"""kill -9 at any moment. Whatever was acknowledged is there afterwards, clocks
go on as if nothing had happened, a torn end is kept and named, and damage in
the middle is refused with the file left as it is.

DAIS_KILLS=N plays N rounds instead of 30.
"""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, kinds, log_fault, read_log, reader, sanitized, until  # noqa: E402

ROUNDS = int(os.environ.get("DAIS_KILLS") or 30)
BUDGET = 40 if "DAIS_KILLS" not in os.environ else 36000  # seconds for the rounds
PEOPLE = 8


class Driver:
    """Asks for one thing after the other and remembers what was acknowledged."""

    def __init__(self, tap):
        self.random = tap.random
        self.n = 0
        self.acked = []  # (lane, seq, text that its record holds)
        self.odd = []

    def command(self):
        r, self.n = self.random, self.n + 1
        text = f"言{self.n}"
        pick = r.randrange(10)
        if pick < 3:
            return ["note", "add", "--plain", text], text
        if pick == 3:
            return ["message", "send", text], text
        if pick == 4:
            return ["note", "add", "--plain", "--mark", "private", text], text
        if pick == 5:
            return ["queue", "add", f"p{r.randrange(PEOPLE)}"], None
        if pick == 6:
            return ["floor", "give", f"p{r.randrange(PEOPLE)}"], None
        if pick == 7:
            return ["floor", r.choice(["next", "toggle", "end"])], None
        if pick == 8:
            return ["floor", "extend", "30s"], None
        return ["segment", "next", "--carry"] if r.random() < 0.2 else ["undo"], None

    def take(self, words, text, answer):
        if answer["ok"]:
            chairs = words[0] == "message" or "private" in words
            self.acked.append((chairs, answer["seq"], text))
        elif answer.get("refused") in (None, "closed"):
            self.odd.append((words, answer))

    def by_socket(self, host):
        try:
            with host.connect() as line:
                while True:
                    words, text = self.command()
                    answer = line.do(words)
                    if answer is None:
                        return
                    self.take(words, text, answer)
        except OSError:
            pass

    def by_ctl(self, lab):
        """The same through dais ctl -, many at a time."""
        batch = [(w, t) for w, t in (self.command() for _ in range(400)) if t]
        ctl = lab.popen("ctl", "-", stdin=subprocess.PIPE)
        out = lab.finish(ctl, "".join(" ".join(w) + "\n" for w, _ in batch).encode())
        lines = out.out.splitlines()
        for (words, text), line in zip(batch, lines):
            if line.startswith("ok "):
                self.take(words, text, {"ok": True, "seq": int(line[3:])})
        return out


def lost(driver, host):
    """What was acknowledged and is not in the logs; also counts what was read."""
    logs = [host.log, host.log.with_name(host.name + ".chairs.dais")]
    texts = []
    for log in logs:
        data = log.read_bytes()
        mark = Path(str(log) + ".mark")
        state, n, _, _, _ = reader.read(data, reader.read_mark(mark.read_bytes()) if mark.exists() else None)
        if state not in ("whole", "torn"):
            return [f"{log.name} is {state}"]
        texts.append([line.decode("utf-8", "replace") for line in data.split(b"\n")[:n]])
    gone = []
    for chairs, seq, text in driver.acked:
        mine = texts[chairs]
        if seq >= len(mine) or (text and f'"{text}"' not in mine[seq]):
            gone.append((chairs, seq, text))
    return gone


def garbage(random, log):
    last = log.read_bytes().split(b"\n")[-2]
    return random.choice(
        [
            random.randbytes(random.randint(1, 300)),
            b"\0" * random.randint(1, 5000),
            last[: random.randint(1, len(last) - 1)],
            b'{"seq":',
            b"no record at all\n",
        ]
    )


def settle_floor(host, running):
    """Somebody speaks (or is paused) when this returns, and nothing is on its way."""
    with host.connect() as line:
        if not line.get()["segment"]:
            line.do("segment next")
        line.do("floor give p1")
        line.do("floor resume")
        if not running:
            line.do("floor pause")
    return looked(host)


def looked(host):
    """What it says, and between which moments it was asked: a machine may be busy."""
    t0 = time.monotonic()
    return host.status(), t0, time.monotonic()


def check_clock(before, after, running):
    (a, t0, t1), (b, t2, t3) = before, after
    a, b = a["floor"], b["floor"]
    if not a or not b or a["turn"] != b["turn"] or a["state"] != b["state"]:
        return f"{a} before, {b} after"
    low, high = ((t2 - t1) * 1000 - 100, (t3 - t0) * 1000 + 100) if running else (0, 0)
    gone = b["elapsed_ms"] - a["elapsed_ms"]
    return "" if low <= gone <= high else f"{gone} ms more, not {low:.0f} to {high:.0f}"


def one_round(tap, lab, driver, path, number):
    """A host is started, asked, killed; the next round starts it again. Findings, in words."""
    found = []
    host = lab.host(path)
    if not host.ready():
        return [f"does not start: {host.told()}"], host
    quiet, running = number % 3 == 0, number % 2 == 0
    delay = tap.random.uniform(0, 0.25)
    if quiet:
        before = settle_floor(host, running)
        host.kill()
        if number == 0:
            until(lambda: time.monotonic() > before[2] + 1.5)
        again = lab.host(path)
        if not again.ready():
            return [f"does not resume: {again.told()}"], again
        wrong = check_clock(before, looked(again), running)
        found += [wrong] if wrong else []
        host = again
    killer = threading.Timer(delay, host.p.kill)
    killer.start()
    if number % 5 == 4:
        driver.by_ctl(lab)
    else:
        driver.by_socket(host)
    killer.join()
    host.p.wait()
    gone = lost(driver, host)
    found += [f"lost {gone[:5]}"] if gone else []
    bad = sanitized(host.told())
    return found + ([bad] if bad else []), host


def torn_tail(tap, lab, host, path):
    """Rubbish behind the last record: kept beside the log, named in it, and the session goes on."""
    junk = garbage(tap.random, host.log)
    whole = host.log.read_bytes()
    n = whole.count(b"\n")
    with open(host.log, "ab") as f:
        f.write(junk)
    verify = lab.run("verify", host.log)
    if verify.code != 3 or f"line {n + 1}" not in verify.err:
        return f"verify: {verify} for {junk[:60]!r} at line {n + 1}"
    again = lab.host(path)
    if not again.ready():
        return f"does not resume with {junk[:60]!r}: {again.told()}"
    until(lambda: again.status()["saved"])
    again.kill()
    hosts = [r for r in read_log(again.log) if r["kind"] == "session.host"]
    name = hosts[-1]["data"].get("torn")
    if not name or (again.log.parent / name).read_bytes() != junk:
        return f"torn {name!r} for {junk[:60]!r}"
    if name not in again.told():
        return f"{name} is not told: {again.told()!r}"
    return "" if again.log.read_bytes().startswith(whole) else "the log before it changed"


def rounds(tap, lab):
    path = lab.write("k.yaml", agenda([f"人{i}" for i in range(PEOPLE)], segments=60))
    driver, found, torn, end, played = Driver(tap), [], [], time.monotonic() + BUDGET, 0
    while played < ROUNDS and time.monotonic() < end:
        wrong, host = one_round(tap, lab, driver, path, played)
        found += [f"round {played}: {w}" for w in wrong]
        if wrong:
            break
        # A kill of its own may have torn the end; then that is the case.
        if played % 4 == 1 and not log_fault(host.log):
            torn.append(torn_tail(tap, lab, host, path))
        played += 1
    tap.check(not found, f"{played} kills: {len(driver.acked)} acknowledged records are there", "\n".join(found))
    tap.check(len(driver.acked) > played, "something was acknowledged between the kills", driver.acked[-3:])
    tap.check(not any(torn), f"{len(torn)} torn ends were kept, named and told", "\n".join(filter(None, torn)))
    tap.check(not driver.odd, "nothing was refused that had no reason", driver.odd[:5])
    last = lab.host(path)
    if not tap.check(last.ready(), "the session goes on after all of them", last.told()):
        tap.done()
    tap.same(last.end(), 0, "and ends")
    tap.same(log_fault(last.log), "", "its log is whole")
    tap.same(log_fault(last.log.with_name("k.chairs.dais")), "", "and the chairs' log")
    records = read_log(last.log)
    epochs = [r["data"]["epoch"] for r in records if r["kind"] == "session.host"]
    tap.same(epochs, list(range(1, len(epochs) + 1)), "each start of hosting is an epoch")
    return path


def births(tap, lab):
    """Killed while it is being born, a session is either not there or complete."""
    found = []
    for i in range(12):
        path = lab.write(f"b{i}.yaml", agenda([f"人物{k}" for k in range(700)], segments=1))
        host = lab.host(path)
        timer = threading.Timer(tap.random.uniform(0.005, 0.12), host.p.kill)
        timer.start()
        timer.join()
        host.p.wait()
        again = lab.host(path)
        if not again.ready():
            found.append(f"{i}: {again.told()}")
            continue
        people = again.status()["people"]
        if people != 700:
            found.append(f"{i}: {people} people")
        again.end()
        found += [f"{i}: {log_fault(log)}" for log in (again.log, again.log.with_name(f"b{i}.chairs.dais")) if log_fault(log)]
    tap.check(not found, "12 sessions killed at their birth begin or go on with everybody", "\n".join(found))


def chairs_tail(tap, lab, path):
    chairs = path.with_name("k.chairs.dais")
    with open(chairs, "ab") as f:
        f.write(b"{rubbish")
    host = lab.host(path)
    tap.check(host.ready(), "a torn end of the chairs' log does not stop the session", host.told())
    host.end()
    kept = [p.read_bytes() for p in path.parent.glob("k.chairs.dais.torn-*")]
    tap.check(b"{rubbish" in kept, "it is kept as well", kept)
    tap.same(log_fault(chairs), "", "and the chairs' log is whole again")
    named = [r["data"].get("torn") for r in read_log(chairs) if r["kind"] == "session.host"]
    tap.check(len(named) == 1 and named[0].startswith("k.chairs.dais.torn-"), "and names what was cut off", named)


def unnamed_tail(tap, lab, path):
    """A start that saved a torn end and died before it could say so: the next one says it."""
    log = path.with_suffix(".dais")
    orphan = next(n for n in (f"{log.name}.torn-{i}" for i in range(1, 1000)) if not log.with_name(n).exists())
    log.with_name(orphan).write_bytes(b"{saved by a start that died")
    host = lab.host(path)
    tap.check(host.ready() and orphan in host.told(), "a torn end that nobody named is told", host.told())
    host.end()
    tap.same([r["data"].get("torn") for r in read_log(log) if r["kind"] == "session.host"][-1], orphan, "and named")
    again = lab.host(path)
    tap.check(again.ready() and orphan not in again.told(), "once", again.told())
    again.end()


def damage(tap, lab, path):
    log = path.with_suffix(".dais")
    good = log.read_bytes()
    lines = good.split(b"\n")
    middle = len(lines) // 2
    offset = sum(len(line) + 1 for line in lines[:middle])
    cases = {
        "a changed letter": good[: offset + 60] + bytes([good[offset + 60] ^ 1]) + good[offset + 61 :],
        "a line that is gone": b"\n".join(lines[:middle] + lines[middle + 1 :]),
        "two lines in the wrong order": b"\n".join(lines[:middle] + [lines[middle + 1], lines[middle]] + lines[middle + 2 :]),
        "the last line twice": good + lines[-2] + b"\n",
        "an end that is gone": b"\n".join(lines[: len(lines) - 4]) + b"\n",
    }
    for name, bytes_ in cases.items():
        log.write_bytes(bytes_)
        before = sorted(p.name for p in path.parent.iterdir())
        out = lab.run("run", "--headless", path)
        line = len(lines) if "twice" in name else middle + 1
        named = f"line {line}" in out.err or ("end" in name and "missing" in out.err)
        tap.check(out.code == 3 and named and "dais: " in out.err, f"{name}: refused with 3 and its line", out)
        tap.check(log.read_bytes() == bytes_, f"{name}: the file is untouched")
        tap.same(sorted(p.name for p in path.parent.iterdir()), before, f"{name}: and nothing is beside it that was not")
        seen = lab.run("verify", log)
        where = "byte" in seen.err or "end" in name
        tap.check(seen.code == 3 and where, f"{name}: verify tells where", seen)
        report = lab.run("report", log)
        tap.check(report.code == 3 and "试" in report.out, f"{name}: the report has what can be trusted", report)
    log.write_bytes(good)
    chairs = path.with_name("k.chairs.dais")
    kept = chairs.read_bytes()
    chairs.write_bytes(kept[:400] + b"X" + kept[401:])
    out = lab.run("run", "--headless", path)
    tap.check(out.code == 3 and "chairs" in out.err, "a damaged chairs' log is refused too", out)
    chairs.write_bytes(kept)
    fresh = lab.host(path, "--new")
    tap.check(fresh.ready() and "k.1.dais" in fresh.told(), "--new begins another session and says where the old log is", fresh.told())
    fresh.end()
    tap.check(path.with_name("k.1.dais").read_bytes() == good, "the old log is kept as it was")
    tap.same(kinds(read_log(log))[:2], ["session.open", "session.host"], "the new one is new")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = rounds(tap, lab)
        births(tap, lab)
        chairs_tail(tap, lab, path)
        unnamed_tail(tap, lab, path)
        damage(tap, lab, path)
    tap.done()


main(*sys.argv[1:])
