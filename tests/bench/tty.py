"""What a console costs on a terminal, beside programs that people know.

tty.py DAIS FLOOR [--startups N] [--rounds N] [--idle SECONDS] [--keys N] [--size 120x36] [--figures]

DAIS is taken in turn with FLOOR (floor.c: the libraries with almost no program
in them, and again with as many clocks as a console shows) and, where they are
installed, with vim in three windows and tmux, each with a clock that shows
seconds. One table, or with --figures what table.py makes one of; nothing fails
by a time.

start   from exec to the end of the first full frame, on a disk in memory
idle    bytes, CPU and wakeups (voluntary context switches) a second
key     from the key to the last byte of its answer; CPU and bytes
resize  CPU for one change of size
Pss     after the keys
"""

import argparse
import fcntl
import os
import platform
import re
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time
from pathlib import Path

ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[=>78M]")
QUIET = 0.003  # of silence ends the answer to a key
PIECE = 0.001  # between two pieces of one frame
MARK = "DAIS_BENCH"
TICK = 0.045  # a key is not sent so shortly before or after a clock's tick
PEOPLE = 10000


class Program:
    """A program in a terminal of its own, with a home of its own."""

    def __init__(self, peer, size):
        self.peer, self.size = peer, size
        self.home = tempfile.mkdtemp(prefix="dais-bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.mark = f"{MARK}={os.getpid()}-{time.monotonic_ns()}"
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": self.home,
            "XDG_RUNTIME_DIR": self.home,
            "TMUX_TMPDIR": self.home,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            MARK: self.mark.split("=", 1)[1],
        }
        command = peer["prepare"](Path(self.home))
        self.pid, self.fd, self.begun = self.begin(command)
        self.dead = False

    def begin(self, command):
        master, slave = os.openpty()
        self.set_size(master, *self.size)
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
                for fd in range(3):
                    os.dup2(slave, fd)
                os.close(master)
                os.chdir(self.home)
                os.write(theirs, struct.pack("d", time.monotonic()))
                os.execvpe(command[0], command, self.environment)
            finally:
                os._exit(127)
        os.close(slave)
        os.close(theirs)
        begun = struct.unpack("d", os.read(ours, 8))[0]
        os.close(ours)
        return pid, master, begun

    @staticmethod
    def set_size(fd, columns, rows):
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """The next bytes and when they came, or None after so long."""
        if self.dead or not select.select([self.fd], [], [], max(0, seconds))[0]:
            return None
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if not data:
            self.dead = True
            return None
        return data, time.monotonic()

    def drain(self, seconds):
        end, n = time.monotonic() + seconds, 0
        while not self.dead and time.monotonic() < end:
            got = self.read(end - time.monotonic())
            n += len(got[0]) if got else 0
        return n

    def start(self):
        """Milliseconds to the end of the first full frame, and its bytes."""
        seen, last, end = b"", None, self.begun + 10
        ready = re.compile(self.peer["ready"].encode())
        while time.monotonic() < end and not self.dead:
            got = self.read(PIECE if last else end - time.monotonic())
            if not got:
                if last:
                    break
                continue
            seen += got[0]
            if last or ready.search(ESCAPES.sub(b"", seen)):
                last = got[1]
        if not last:
            raise RuntimeError(f"{self.peer['name']} never showed {self.peer['ready']!r}")
        return {"start ms": (last - self.begun) * 1000, "frame B": len(seen)}

    def type(self, keys):
        for key in keys:
            os.write(self.fd, key.encode())
            self.drain(0.12)

    def processes(self):
        found = []
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                ours = self.mark.encode() in Path(f"/proc/{entry}/environ").read_bytes()
                if ours and Path(f"/proc/{entry}/comm").read_text().startswith(self.peer.get("only") or ""):
                    found.append(int(entry))
            except OSError:
                continue
        return found

    def used(self):
        """CPU in microseconds and voluntary context switches so far."""
        cpu = switches = 0
        for pid in self.processes():
            for task in Path(f"/proc/{pid}/task").glob("*"):
                try:
                    cpu += int((task / "schedstat").read_text().split()[0]) / 1000
                    status = (task / "status").read_text()
                except OSError:
                    continue
                switches += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])
        return cpu, switches

    def idle(self, seconds):
        cpu, switches = self.used()
        begun = time.monotonic()
        n = self.drain(seconds)
        took = time.monotonic() - begun
        after = self.used()
        self.idle_cpu = (after[0] - cpu) / took
        return {"idle B/s": n / took, "idle CPU us/s": self.idle_cpu, "wakeups/s": (after[1] - switches) / took}

    def key(self, key):
        """Milliseconds to the last byte of the answer, its bytes, and in how many pieces they came."""
        sent = time.monotonic()
        os.write(self.fd, key.encode())
        last, n, pieces = None, 0, 0
        while True:
            got = self.read(QUIET if last else 0.3)
            if not got:
                return ((last - sent) * 1000 if last else None), n, pieces
            n, last, pieces = n + len(got[0]), got[1], pieces + 1

    def keys(self, keys, count, prefix):
        for key in keys:
            self.key(key)
        took, sizes, counts = [], [], []
        cpu, begun = self.used()[0], time.monotonic()
        for i in range(count):
            while not TICK < time.time() % 1 < 1 - TICK:
                self.drain(0.01)
            ms, n, pieces = self.key(keys[i % len(keys)])
            if ms is not None:
                took.append(ms)
                sizes.append(n)
                counts.append(pieces)
            self.drain(0.003)
        spent = self.used()[0] - cpu - self.idle_cpu * (time.monotonic() - begun)
        return {
            prefix + "ms": statistics.median(took) if took else None,
            prefix + "CPU us": spent / count,
            prefix + "B": statistics.median(sizes) if sizes else None,
            prefix + "pieces": statistics.median(counts) if counts else None,
        }

    def letters(self, word, rounds):
        """CPU of the first letter of a word that is typed, and of its last."""
        first, last = [], []
        for _ in range(rounds):
            for i, letter in enumerate(word):
                before = self.used()[0]
                self.key(letter)
                if i in (0, len(word) - 1):
                    (last if i else first).append(self.used()[0] - before)
            for _ in word:
                self.key("\x7f")
        return {"first letter CPU us": statistics.median(first), "tenth letter CPU us": statistics.median(last)}

    def resize(self, count):
        columns, rows = self.size
        sizes = [(columns - 20, rows - 6), (80, 24), (columns + 20, rows + 8), (columns, rows - 1), (columns, rows)]
        cpu, begun = self.used()[0], time.monotonic()
        for i in range(count):
            self.set_size(self.fd, *(sizes[i % len(sizes)] if i < count - 1 else (columns, rows)))
            self.drain(0.008)
        self.drain(0.1)
        spent = self.used()[0] - cpu - self.idle_cpu * (time.monotonic() - begun)
        return {"resize CPU us": spent / count}

    def memory(self):
        total = 0
        for pid in self.processes():
            try:
                total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1])
            except OSError:
                continue
        return {"Pss KiB": total}

    def stop(self):
        """Ends what this run started, and only that."""
        for number, seconds in ((signal.SIGTERM, 0.3), (signal.SIGKILL, 1)):
            only, self.peer = self.peer, {**self.peer, "only": None}
            for pid in self.processes():
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
            end = time.monotonic() + seconds
            while time.monotonic() < end and self.processes():
                self.drain(0.01)
            self.peer = only
        os.close(self.fd)
        try:
            os.waitpid(self.pid, 0)
        except ChildProcessError:
            pass
        shutil.rmtree(self.home, ignore_errors=True)


def crowd(home):
    """An agenda with a great many people."""
    lines = ["dais: 1", "forum: {title: A crowd}", "people:"]
    family, given = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    for i in range(PEOPLE):
        name = family[i % 20] + given[i // 20 % 20] + given[i // 400 % 20]
        lines.append(f"  - {{id: p{i}, name: {name}}}")
    lines += ["agenda:", "  - {kind: point, id: one, title: A question}"]
    (home / "crowd.yaml").write_text("\n".join(lines) + "\n")


def peers(dais, floor):
    """What is measured. Where a program is not installed it is left out."""

    def dais_crowd(home):
        crowd(home)
        return [dais, "run", "crowd.yaml"]

    def vim(home):
        (home / "text").write_text("".join(f"line {i} of it\n" for i in range(200)))
        (home / "rc").write_text(
            "set nocompatible laststatus=2 noswapfile viminfo= statusline=%{strftime('%T')}\nsplit\nvsplit\n"
            "call timer_start(1000, {-> execute('redrawstatus!')}, {'repeat': -1})\n"
        )
        return ["vim", "-u", "NONE", "-N", "-S", "rc", "text"]

    def tmux(home):
        (home / "rc").write_text("set -g status-interval 1\nset -g status-right '%H:%M:%S'\n")
        return ["tmux", "-L", "bench", "-f", str(home / "rc"), "new-session", "cat"]

    adding = [w for who in ("chen", "song", "lizhe", "hu", "zhai") for w in (f":queue add {who}", "\r")]
    all_of_it = [
        {
            "name": "dais",
            "rests": True,
            "prepare": lambda home: [dais, "demo"],
            "ready": "Nothing has begun",
            "setup": ["]"] * 5 + [":floor give feng", "\r"] + adding,
            "keys": ["j", "k"],
            "more": [("note ", ["n"], ["a", "b", "\x7f", "\x7f"], ["\x1b"]), ("pick ", ["a"], ["w", "a", "\x7f", "\x7f"], ["\x1b"])],
        },
        {"name": "floor", "prepare": lambda home: [floor], "ready": "speaker 3", "setup": [], "keys": ["j", "k"]},
        {"name": "floor with as many clocks", "prepare": lambda home: [floor, "clocks"], "ready": "speaker 3", "setup": []},
    ]
    if shutil.which("vim"):
        more = [("note ", ["i"], ["a", "b", "\x7f", "\x7f"], ["\x1b"])]
        all_of_it.append({"name": "vim", "prepare": vim, "ready": "line 9", "setup": [], "keys": ["j", "k"], "more": more})
    if shutil.which("tmux"):
        all_of_it.append({"name": "tmux", "prepare": tmux, "ready": r"\d\d:\d\d:\d\d", "setup": [], "keys": ["a", "\x7f"], "only": "tmux"})
    big = {
        "name": f"dais, {PEOPLE} people",
        "prepare": dais_crowd,
        "ready": "Nothing has begun",
        "setup": ["]", "a"],
        "keys": ["w", "a", "n", "\x7f", "\x7f", "\x7f"],
    }
    return all_of_it, big


def session(peer, options):
    p = Program(peer, options.size)
    try:
        row = {}
        p.start()
        p.drain(0.5)
        rest = p.idle(options.idle) if peer.get("rests") else {}
        p.type(peer["setup"])
        p.drain(1.0)
        row.update({"resting " + kind.removeprefix("idle "): value for kind, value in rest.items()})
        row.update(p.idle(options.idle))
        if not peer.get("keys"):
            return row
        row.update(p.keys(peer["keys"], options.keys, "key "))
        for prefix, into, keys, out in peer.get("more", []):
            p.type(into)
            row.update(p.keys(keys, options.keys, prefix))
            p.type(out)
        row.update(p.memory())
        row.update(p.resize(40))
        return row
    finally:
        p.stop()


def crowded(peer, options):
    p = Program(peer, options.size)
    try:
        p.start()
        p.idle_cpu = 0
        p.drain(0.5)
        p.type(peer["setup"])
        while p.drain(0.5) and not p.dead:
            pass
        # The readings of so many names take their time; a key costs the same while they do.
        before = p.used()[0]
        while True:
            p.drain(0.3)
            after = p.used()[0]
            if after - before < 10000 or time.monotonic() - p.begun > 20:
                break
            before = after
        return {**p.keys(peer["keys"], options.keys, "pick "), **p.letters("wangweiwei", 5), **p.memory()}
    finally:
        p.stop()


def startup(peer, options):
    p = Program(peer, options.size)
    try:
        return p.start()
    finally:
        p.stop()


def attempt(measure, peer, options):
    """What was measured; empty, with a word on it, where the program did not come up."""
    try:
        return measure(peer, options)
    except (RuntimeError, OSError) as error:
        print(f"left out\t{error}")
        return {}


def middle(rows):
    out = {}
    for row in rows:
        for name, value in row.items():
            out.setdefault(name, []).append(value)
    return {name: statistics.median(v for v in values if v is not None) for name, values in out.items() if any(v is not None for v in values)}


# What table.py calls each of them.
NAMES = {
    "start ms": ("start to the first full frame", "ms"),
    "frame B": ("the first frame", "B"),
    "resting B/s": ("at rest, no clock runs: bytes", "B/s"),
    "resting CPU us/s": ("at rest, no clock runs: CPU", "us/s"),
    "resting wakeups/s": ("at rest, no clock runs: wakeups", "/s"),
    "idle B/s": ("a clock runs: bytes", "B/s"),
    "idle CPU us/s": ("a clock runs: CPU", "us/s"),
    "wakeups/s": ("a clock runs: wakeups", "/s"),
    "key ms": ("key to frame, moving in a list: p50", "ms"),
    "key CPU us": ("a key in a list: CPU", "us"),
    "key B": ("a key in a list: bytes", "B"),
    "key pieces": ("a key in a list: pieces of its frame", ""),
    "note ms": ("key to frame, typing text: p50", "ms"),
    "note CPU us": ("a key in a text: CPU", "us"),
    "note B": ("a key in a text: bytes", "B"),
    "note pieces": ("a key in a text: pieces of its frame", ""),
    "pick ms": ("key to frame, finding people: p50", "ms"),
    "pick CPU us": ("a key in the picker: CPU", "us"),
    "pick B": ("a key in the picker: bytes", "B"),
    "pick pieces": ("a key in the picker: pieces of its frame", ""),
    "first letter CPU us": ("first letter in the picker: CPU", "us"),
    "tenth letter CPU us": ("tenth letter in the picker: CPU", "us"),
    "Pss KiB": ("Pss after the keys", "KiB"),
    "resize CPU us": ("a change of size: CPU", "us"),
}


def figures(results, ratios):
    for name, row in results.items():
        for kind, value in row.items():
            print("\t".join([NAMES[kind][0], name, NAMES[kind][1], f"{value:.6g}"]))
    for kind, value in ratios.items():
        print("\t".join([NAMES[kind][0], "dais / floor", NAMES[kind][1], f"{value:.6g}"]))


def figure(value):
    return "-" if value is None else f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} x {model}, Linux {platform.release()}, load {os.getloadavg()[0]:.1f}"


def version(name):
    if not shutil.which(name):
        return ""
    out = subprocess.run([name, "-V" if name == "tmux" else "--version"], capture_output=True, text=True, check=False).stdout
    return (out.splitlines() or [""])[0]


def table(results, ratios):
    names = list(results)
    kinds = []
    for row in results.values():
        kinds += [kind for kind in row if kind not in kinds]
    print("# | " + " | ".join(["median", *names, "dais / floor"]) + " |")
    print("# |" + "---|" * (len(names) + 2))
    for kind in kinds:
        cells = [figure(results[name].get(kind)) for name in names]
        print("# | " + " | ".join([kind, *cells, figure(ratios.get(kind))]) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dais")
    parser.add_argument("floor")
    parser.add_argument("--startups", type=int, default=9)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--idle", type=float, default=4)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--size", type=lambda s: tuple(map(int, s.split("x"))), default=(120, 36))
    parser.add_argument("--figures", action="store_true")
    options = parser.parse_args()
    options.dais, options.floor = map(os.path.abspath, (options.dais, options.floor))
    all_of_it, big = peers(options.dais, options.floor)
    rows = {peer["name"]: [[], []] for peer in [*all_of_it, big]}
    for i in range(options.startups + 1):
        for peer in (peer for peer in all_of_it if peer.get("keys")):
            row = attempt(startup, peer, options)
            if i:
                rows[peer["name"]][0].append(row)
    for _ in range(options.rounds):
        for peer in all_of_it:
            rows[peer["name"]][1].append(attempt(session, peer, options))
    rows[big["name"]][1].append(attempt(crowded, big, options))
    results = {name: {**middle(starts), **middle(sessions)} for name, (starts, sessions) in rows.items()}
    # Each round's ratio by itself: what disturbs the machine disturbs neighbours alike.
    ratios = {}
    for which in (0, 1):
        for kind in {k for row in rows["floor"][which] for k in row}:
            pairs = [(a.get(kind), b.get(kind)) for a, b in zip(rows["dais"][which], rows["floor"][which])]
            found = [a / b for a, b in pairs if a is not None and b]
            if found:
                ratios[kind] = statistics.median(found)
    if options.figures:
        figures(results, ratios)
        return
    print(f"# terminal {options.size[0]}x{options.size[1]}; {machine()}")
    print("# " + "; ".join(filter(None, (version("vim"), version("tmux"), "floor: ncursesw and libuv"))))
    table(results, ratios)


if __name__ == "__main__":
    main()
