"""Everything that a release has to stand, as one table: what is promised, how
often it was tried, how often it did not hold.

    torture.py BUILD [--minutes N] [--only NAME]... [--list]

About an hour by itself; with fewer minutes everything is tried less often. The
output of each row goes to BUILD/torture/NAME.tap, with the seed that repeats it.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
FULL = 60  # minutes that the counts below are made for


class Row:
    def __init__(self, name, promise, script, tries, minutes=5, floor=1, **env):
        """tries: what in the output counts them; env: variables with a count for the whole hour, never below floor."""
        self.name, self.promise, self.script, self.tries = name, promise, script, tries
        self.minutes, self.floor, self.env = minutes, floor, env


ROWS = [
    Row("states", "power cut, every state of the disk: nothing acknowledged is lost", "torture-states", r"- (\d+) states after", DAIS_ARG=100000, floor=2000),
    Row("mutants", "a program that lacks one call is found out", "torture-states", r"ok [2-7] - a program", DAIS_ARG=3000, floor=2000),
    Row("power", "power cut on ext4 and xfs: what was told as saved is there", "torture/power.py", r"(\d+) power cuts on", 12, 10, DAIS_CUTS=760),
    Row("disks", "full, read-only, write errors of a real ext4: what was told is there", "torture/disks.py", r"^(?:not )?ok", 12, 1, DAIS_DISKS=20),
    Row("kill", "kill -9 of the host: nothing acknowledged is lost", "pty/kill.py", r"- (\d+) kills", 16, 20, DAIS_KILLS=750),
    Row("keykill", "kill -9 among keys: what the screen called saved is there", "pty/keykill.py", r"- (\d+) kills", 12, 20, DAIS_KILLS=750),
    Row("cut", "a line that is cut, a host that dies: nothing twice, nothing lost", "pty/cut.py", r"^(?:not )?ok", 3, 3, DAIS_CUT=20),
    Row("disk", "a full, failing or slow disk: never a false ok", "pty/disk.py", r"^(?:not )?ok", 2),
    Row("slow", "a sync of 5 s: each key is answered within 100 ms", "torture/slow.py", r"- (\d+) keys", 1, 5, DAIS_SLOW=30),
    Row("stall", "a terminal that nobody reads: the session goes on", "pty/stall.py", r"^(?:not )?ok", 3, 60, DAIS_STALL=60),
    Row("calls", "each system call of the log fails, or is the last: nothing told is lost", "torture-calls", r": (\d+) faults at", 15, 300, DAIS_ARG=6000),
    Row("exports", "each system call of a report fails: whole or not there, and told", "torture/exports.py", r"- (\d+) faults of", 3, 100, DAIS_EXPORTS=2000),
    Row("cuts", "a log cut at every byte: what is whole is trusted, the rest kept", "torture-damage", r"- (\d+) cuts", 5, 1, DAIS_ARG=5),
    Row("flips", "every bit of a log turned: noticed, and located to the line", "torture-damage", r"- (\d+) bits", 5, 1, DAIS_ARG=7),
    Row("lines", "lines and sectors lost, doubled, swapped: noticed and located", "torture-damage", r"- (\d+) lines", 3, 1, DAIS_ARG=14),
    Row("any", "damage of any kind: noticed and located", "torture-damage", r"- (\d+) damages", 3, 20000, DAIS_ARG=1000000),
    Row("alloc", "no memory in the log: ends by its word, nothing lost", "torture-alloc", r"each of (\d+) allocations"),
    Row("memory", "no memory anywhere: the terminal is given back", "torture/memory.py", r"- (\d+) times", 5, 40, DAIS_MEMORIES=300),
    Row("signals", "signals at any moment: saved, the terminal given back", "torture/signals.py", r"- (\d+) signals", 8, 40, DAIS_SIGNALS=500),
    Row("clocks", "clocks that are set, sleep, are wrong: the speaker's time is right", "torture/clocks.py", r"right$", 1),
    Row("restore", "however it ends, the terminal is as it was", "pty/restore.py", r"^(?:not )?ok", 2),
    Row("storm", "a thousand resizes a second among keys: the picture is right", "torture/storm.py", r"# (\d+) resizes", 2, 1000, DAIS_RESIZES=15000),
    Row("keyboard", "every byte, pair, paste, answer nobody asked for: none is an order", "torture/storm.py", r"# (\d+) bytes", 6, 20000, DAIS_STROKES=1000000),
    Row("sizes", "every size, terminal and tongue: the picture is right, or a sentence", "pty/sizes.py", r"^(?:not )?ok", 3),
    Row("terms", "13 terminals by sizes by locales by logs: no byte that is an order", "pty/terms.py", r"of a \w+ log, TERM", 15, 20, DAIS_TERMS=520),
    Row("inputs", "whatever is no such file: a sentence, and the file as it was", "pty/inputs.py", r"^(?:not )?ok", 3),
    Row("many", "a full house over sockets, TLS and ssh: one log, and what chairs have", "pty/many.py", r"^(?:not )?ok", 5, 20, DAIS_OBSERVERS=50),
    Row("history", "what every console saw, lines cut, hosts killed: one chain, nothing twice", "pty/history.py", r"- (\d+) rounds", 12, 20, DAIS_ROUNDS=1000),
    Row("merge", "a host comes back, two logs: merged, and nothing is lost", "pty/merge.py", r"^(?:not )?ok", 3),
    Row("gate", "a hostile crowd at the door: turned away, and nobody notices", "pty/gate.py", r"^(?:not )?ok", 5, 100, DAIS_CROWD=1000),
    Row("hostile", "no text reaches the terminal as an order", "pty/hostile.py", r"^(?:not )?ok", 2),
    Row("readers", "two readers of one format agree", "fault/reader.py", r"# (\d+) logs", 3, 500, DAIS_ARG=20000),
    Row("soak", "eight hours, three consoles, 20,000 events, kills: nothing grows", "torture/soak.py", r"- (\d+) events", 10, 4, DAIS_SOAK=8),
]  # fmt: skip


def scaled(row, minutes):
    return {k: str(max(row.floor, round(v * min(1, minutes / FULL)))) for k, v in row.env.items()}


def command(row, build, env):
    """How a row is run."""
    dais, agenda = build / "src/app/dais", TESTS.parent / "src/app/taiyuan.yaml"
    n = env.pop("DAIS_ARG", None)
    if row.name in ("states", "mutants"):
        return [build / "tests/torture" / row.script, *([n, "100"] if row.name == "states" else ["100", n])]
    if row.script == "torture-damage":
        return [build / "tests/torture" / row.script, row.name, n]
    if row.name == "calls":
        return [build / "tests/torture" / row.script, n]
    if row.script.startswith("torture-"):
        return [build / "tests/torture" / row.script]
    if row.name == "readers":
        return [sys.executable, "-B", TESTS / row.script, "--against", build / "tests/fault/journal-probe", n]
    shim = build / "tests/torture/world.so"
    args = {"exports": (agenda, build / "tests/torture/failing.so"), "disk": (agenda, build / "tests/pty/faulty.so"), "kill": (agenda, build / "tests/pty/faulty.so"), "slow": (build / "tests/pty/faulty.so", shim)}
    return [sys.executable, "-B", TESTS / row.script, dais, *args.get(row.name, (agenda, shim))]


def judge(row, text):
    """(tries, violations, what is worth saying) of a row's output."""
    found = [m.group(1) if m.groups() else 1 for m in re.finditer(row.tries, text, re.MULTILINE)]
    tries = sum(int(n) for n in found)
    lines = text.splitlines()
    if row.name == "states":  # what the mutants do is another row
        lines = [line for line in lines if " - a program" not in line]
    wrong = [line for line in lines if line.startswith("not ok")]
    skipped = [line.split("# SKIP ")[1] for line in lines if "# SKIP " in line]
    numbers = [line[2:] for line in lines if row.name == "soak" and line.startswith(("# host's", "# answers"))]
    return tries, wrong, [*wrong, *(f"skipped: {s}" for s in skipped), *numbers]


def run(row, build, minutes, out):
    env = {**{k: "0" for k in ("DAIS_RESIZES", "DAIS_STROKES") if row.script == "torture/storm.py"}, **scaled(row, minutes)}
    argv = command(row, build, env)
    at = time.monotonic()
    path = out / f"{row.name}.tap"
    with open(path, "wb") as f:
        try:
            code = subprocess.run([str(a) for a in argv], env={**os.environ, **env}, stdout=f, stderr=subprocess.STDOUT, timeout=row.minutes * 120 + 300).returncode
        except subprocess.TimeoutExpired:
            code = "out of time"
    tries, wrong, notes = judge(row, path.read_text("utf-8", "replace"))
    violations = len(wrong)
    # With few states some mutant passes; how they do is a row of its own.
    told = row.name == "states" and code == 1 and tries
    if code not in (0, 77) and not violations and not told:
        violations, notes = 1, [*notes, f"exit {code}"]
    return tries, violations, time.monotonic() - at, notes


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("build", type=Path)
    p.add_argument("--minutes", type=float, default=FULL)
    p.add_argument("--only", action="append", choices=[r.name for r in ROWS])
    p.add_argument("--list", action="store_true")
    given = p.parse_args()
    build = given.build.resolve()
    if not given.list and not list(build.glob("src/po/*/LC_MESSAGES/dais.mo")):
        p.error("some rows speak Chinese, and the words are not built: ninja first")
    out = build / "torture"
    out.mkdir(exist_ok=True)
    os.nice(10)
    rows = [r for r in ROWS if not given.only or r.name in given.only]
    print(f"{'row':9}{'promise':74}{'tries':>8}{'violations':>12}{'seconds':>9}")
    bad = 0
    for row in rows:
        if given.list:
            print(f"{row.name:9}{row.promise}")
            continue
        tries, violations, seconds, notes = run(row, build, given.minutes, out)
        bad += violations
        print(f"{row.name:9}{row.promise:74}{tries:8}{violations:12}{seconds:9.0f}", flush=True)
        for note in notes[:6]:
            print(f"{'':9}{ascii(note)[1:-1][:150]}", flush=True)
    print(f"{bad} violations" if bad else "no violations")
    sys.exit(1 if bad else 0)


main()
