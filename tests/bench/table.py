"""Every benchmark of dais, beside its peers, in one table.

table.py --tools FOLDER --dais DAIS [--quick] [--only WORD]

What is measured is printed by programs as lines of "what, whose, unit, value"
with tabs between. Here stand the goals. Goals are ratios to a peer that was
measured in turn, or bounds that a person would notice. The misses come first,
and none of them fails a run: the machine may have had other things to do.
"""

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EVENTS, QUICK_EVENTS = 1_000_000, 50_000
JQ_EVENTS = 10_000
LISTENERS = 1000

# what: (reference, at most so many times it), or (None, at most so much), or (reference, at least …, "least").
GOALS = {
    "start to the first full frame": ("floor", 2),
    "at rest, no clock runs: wakeups": (None, 1.1),
    "a clock runs: wakeups": (None, 1.1),
    "a clock runs: bytes": (None, 60),
    "a clock runs: CPU": ("floor", 1.5),
    "key to frame, moving in a list: p50": ("floor", 1.5),
    "a key in a list: CPU": ("floor", 2),
    "a key in a list: pieces of its frame": (None, 1),
    "a key in a text: pieces of its frame": (None, 1),
    "a key in the picker: pieces of its frame": (None, 1),
    "Pss after the keys": (None, 14 * 1024),
    "a change of size: CPU": ("floor", 2),
    "append, one record a sync: pair by pair": (None, 1.4),
    "append, burst": (None, 60000, "least"),
    "verify a log": ("SHA-256 alone (libsodium)", 1 / 0.7),
    "open and fold a log": ("jansson (parses only)", 0.25),
    "open and fold a log, beside jq": ("jq", 0.03),
    "seek anywhere: the longest": (None, 16),
    "seek one event back: the longest": (None, 16),
    "seek where 10,000 people spoke: the longest": (None, 16),
    "undo of the last act: the longest": (None, 16),
    "undo of an act at the begin of it all": (None, 16),
    "10,000 people: a key in the picker: CPU": (None, 5000),
    "10,000 people: first letter": ("tenth letter", 1.5),
    f"a delivery to {LISTENERS}, one at a time: CPU": ("bare libuv", 1.3),
    f"a delivery to {LISTENERS}, in a burst: CPU": ("redis", 1),
    "a command, by length of the log": ("10^3", 1.3),
    "a picture after a command": ("10^3", 1.3),
    "a picture after a second": ("10^3", 1.3),
}
LONGEST = ("10^6", "10^5", "10^4")


class Figures:
    def __init__(self):
        self.rows, self.order, self.notes = {}, [], []

    def add(self, what, who, unit, value):
        if (what, unit) not in self.rows:
            self.order.append((what, unit))
        self.rows.setdefault((what, unit), {})[who] = value

    def take(self, text):
        for line in text.splitlines():
            parts = line.split("\t")
            if len(parts) == 4:
                self.add(parts[0], parts[1], parts[2], float(parts[3]))
            elif len(parts) == 2:
                self.notes.append(": ".join(parts))


def run(figures, command, folder):
    """The figures of a program, and a word where it has none."""
    print(f"# {Path(command[1] if 'python' in command[0] else command[0]).name} …", file=sys.stderr, flush=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    figures.take(done.stdout)
    if done.returncode:
        figures.notes.append(f"{Path(command[0]).name} failed: {done.stderr.strip() or done.returncode}")


def child_cost(command, stdout=subprocess.DEVNULL):
    """Seconds of CPU of a command, and its peak in KiB."""
    child = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def jq(figures, log, folder):
    if not shutil.which("jq"):
        figures.notes.append("left out: jq is not installed")
        return
    short = folder / "short.dais"
    with open(log, "rb") as whole, open(short, "wb") as out:
        out.writelines(line for _, line in zip(range(JQ_EVENTS), whole))
    status, seconds, _ = child_cost(["jq", "-n", "-f", str(Path(__file__).parent / "fold.jq"), str(short)])
    ours = figures.rows.get(("open and fold a log", "us/event"), {}).get("dais")
    if status == 0 and ours:
        figures.add("open and fold a log, beside jq", "dais", "us/event", ours)
        figures.add("open and fold a log, beside jq", "jq", "us/event", seconds / JQ_EVENTS * 1e6)
    elif status:
        figures.notes.append(f"jq ended with {status}")


def exports(figures, dais, log, events):
    """A report is made piece by piece: it needs little more than the folded log."""
    for what, command in (
        ("dais verify", [dais, "verify", str(log)]),
        ("dais report --format csv", [dais, "report", "--format", "csv", str(log)]),
        ("dais report --format json", [dais, "report", "--format", "json", str(log)]),
    ):
        status, seconds, peak = child_cost(command)
        if status == 0:
            figures.add(f"{what}: CPU", "dais", "us/event", seconds / events * 1e6)
            figures.add(f"{what}: peak", "dais", "MiB", peak / 1024)
        else:
            figures.notes.append(f"{what} ended with {status}")


def rename_crowd(figures):
    """The big roster is another run of the same program, not a peer of it."""
    for what, unit in list(figures.order):
        row = figures.rows[(what, unit)]
        big = [who for who in row if who.endswith(" people")]
        for who in big:
            value = row.pop(who)
            if what == "first letter in the picker: CPU":
                figures.add("10,000 people: first letter", "dais", unit, value)
            elif what == "tenth letter in the picker: CPU":
                figures.add("10,000 people: first letter", "tenth letter", unit, value)
            else:
                figures.add(f"10,000 people: {what}", "dais", unit, value)
        if not row:
            del figures.rows[(what, unit)]
            figures.order.remove((what, unit))


def number(value):
    if value is None:
        return "-"
    if value and abs(value) < 0.01:
        return f"{value:.4f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def judge(what, row):
    """Our value, the peer's name, the ratio, the goal in words, and whether it is reached."""
    ours = row.get("dais", next((row[who] for who in LONGEST if who in row), None))
    goal = GOALS.get(what)
    if not goal or ours is None:
        return ours, None, "", None
    reference, limit, *least = goal
    if reference is None:
        return ours, None, f"{'>=' if least else '<='} {limit:g}", ours >= limit if least else ours <= limit
    peer = row.get(reference)
    if not peer:
        return ours, None, f"<= {limit:.2g} x {reference}, which is missing", None
    ratio = row.get(f"dais / {reference}", ours / peer)
    return ours, ratio, f"<= {limit:.2g} x {reference}", ratio <= limit


def table(figures):
    lines = {True: [], False: [], None: []}
    for what, unit in figures.order:
        row = figures.rows[(what, unit)]
        ours, ratio, goal, reached = judge(what, row)
        main = "dais" if "dais" in row else next((who for who in LONGEST if who in row), "")
        others = ", ".join(f"{who} {number(value)}" for who, value in row.items() if who != main and not who.startswith("dais /"))
        word = {True: "yes", False: "MISSED", None: ""}[reached]
        lines[reached].append(f"| {what} | {number(ours)} {unit} | {number(ratio) if ratio is not None else ''} | {goal} | {word} | {others} |")
    print("| what | dais | ratio | goal | reached | others, in turn |\n|---|---|---|---|---|---|")
    for reached in (False, True, None):
        for line in lines[reached]:
            print(line)
    judged = len(lines[True]) + len(lines[False])
    print(f"\n{len(lines[True])} of {judged} goals reached")


def measure(figures, options, folder):
    def tool(name):
        return str(Path(options.tools) / name)

    events = QUICK_EVENTS if options.quick else EVENTS
    log = folder / "log.dais"
    few = ["--startups", "5", "--idle", "3"] if options.quick else ["--startups", "15", "--rounds", "3", "--idle", "6"]
    steps = [
        ("tty", lambda: run(figures, [sys.executable, str(Path(__file__).parent / "tty.py"), options.dais, tool("floor"), "--figures", *few], folder)),
        ("append", lambda: run(figures, [tool("append")], options.tools)),
        ("open", lambda: run(figures, [tool("open-log"), str(log), "2" if options.quick else "3"], folder)),
        ("jq", lambda: jq(figures, log, folder)),
        ("seek", lambda: run(figures, [tool("seek-log"), str(log)], folder)),
        ("export", lambda: exports(figures, options.dais, log, events)),
        ("growth", lambda: run(figures, [tool("growth"), "3" if options.quick else "4"], folder)),
        ("fan", lambda: run(figures, [tool("fan"), str(LISTENERS)], folder)),
    ]
    steps = [step for step in steps if not options.only or step[0] in options.only]
    if any(name in ("open", "jq", "seek", "export") for name, _ in steps):
        run(figures, [tool("make-log"), str(log), str(events)], folder)
    for _, step in steps:
        step()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tools", required=True)
    parser.add_argument("--dais", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", help="tty, append, open, jq, seek, export, growth, fan")
    options = parser.parse_args()
    options.dais, options.tools = os.path.abspath(options.dais), os.path.abspath(options.tools)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    figures, begun, load = Figures(), time.monotonic(), os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="dais-table-"))
    try:
        measure(figures, options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    rename_crowd(figures)
    machine = [note for note in figures.notes if note.startswith("machine: ")]
    print(machine[0] if machine else f"machine: {os.cpu_count()} x {platform.machine()}, Linux {platform.release()}")
    print(f"load {load:.1f} at first, {os.getloadavg()[0]:.1f} at last, {time.monotonic() - begun:.0f} s; medians; logs of "
          f"{QUICK_EVENTS if options.quick else EVENTS} events; terminal of 120 x 36\n")
    table(figures)
    for note in dict.fromkeys(figures.notes):
        if not note.startswith("machine: "):
            print(f"{note}")


if __name__ == "__main__":
    main()
