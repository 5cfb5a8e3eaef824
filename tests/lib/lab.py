"""What tests of the whole program share: a world of their own, hosts in it, and TAP.

A test makes a Lab, starts hosts and other commands in it and checks what comes
out. Nothing waits for a fixed time: until() asks again until an answer comes or
its deadline is over. Whatever a test started is gone when its Lab is.
"""

import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fault"))

import reader  # noqa: E402

PATIENCE = 60  # seconds; only a program that hangs takes so long
SANITIZER = re.compile(rb"(ERROR: \w+Sanitizer|runtime error:|: Assertion .* failed)")


class Tap:
    """Counts and prints; done() ends the program."""

    def __init__(self):
        self.n = self.bad = 0
        self.group = ""
        self.seed = int(os.environ.get("DAIS_SEED") or random.randrange(2**32))
        self.random = random.Random(self.seed)
        print(f"# DAIS_SEED={self.seed}")

    def check(self, good, name, detail=""):
        self.n += 1
        self.bad += not good
        name = re.sub(r"[\0-\x1f#]", "?", str(name))
        print(f"{'ok' if good else 'not ok'} {self.n} - {name}", flush=True)
        if not good:
            for line in str(detail)[:4000].splitlines():
                print(f"#   {ascii(line)}")
            sys.stdout.flush()
        return good

    def same(self, found, wanted, name):
        return self.check(found == wanted, name, f"found  {found!r}\nwanted {wanted!r}")

    def skip(self, name, why):
        self.n += 1
        print(f"ok {self.n} - {name} # SKIP {why}", flush=True)

    def done(self):
        print(f"1..{self.n}", flush=True)
        sys.exit(1 if self.bad else 0)


class Out:
    """What a command came to."""

    def __init__(self, code, out, err):
        self.code, self.raw_out, self.raw_err = code, out, err
        self.out, self.err = out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    def __repr__(self):
        return f"exit {self.code}, out {self.out[:600]!r}, err {self.err[:900]!r}"


def until(what, seconds=PATIENCE, pause=0.005):
    """what()'s first true answer, or its last one where the time is over."""
    end = time.monotonic() + seconds
    while True:
        found = what()
        if found or time.monotonic() > end:
            return found
        time.sleep(pause)


class Lab:
    def __init__(self, dais, **more):
        self.dais = str(dais)
        self.before = []  # words before the program's: on another machine, say
        self.folder = Path(tempfile.mkdtemp(prefix="dais-"))
        self.procs = []
        for name in ("home", "state", "run"):
            (self.folder / name).mkdir(mode=0o700)
        kept = {k: v for k, v in os.environ.items() if k == "PATH" or k.endswith("SAN_OPTIONS")}
        self.env = {
            **kept,
            "HOME": str(self.folder / "home"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "TZ": "CST-8",
            "LC_ALL": "C.UTF-8",
            **more,
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for p in self.procs:
            if p.poll() is None:
                p.kill()
            p.wait()
            for stream in (p.stdin, p.stdout, p.stderr):
                if stream:
                    stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return self.folder / name

    def write(self, name, text):
        path = self.path(name)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def popen(self, *args, env=None, **more):
        p = subprocess.Popen(
            [*self.before, self.dais, *map(str, args)],
            env={**self.env, **(env or {})},
            cwd=self.folder,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
        )
        self.procs.append(p)
        return p

    def finish(self, p, stdin=None, seconds=PATIENCE):
        try:
            out, err = p.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            p.kill()
            out, err = p.communicate()
            return Out("timeout", out or b"", err or b"")
        return Out(p.returncode, out or b"", err or b"")

    def run(self, *args, stdin=None, env=None, seconds=PATIENCE, **more):
        if isinstance(stdin, str):
            stdin = stdin.encode()
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
        return self.finish(self.popen(*args, env=env, **more), stdin, seconds)

    def host(self, agenda, *args, **more):
        return Host(self, agenda, *args, **more)


class Host:
    """A session without a screen; ready() once it answers."""

    def __init__(self, lab, agenda, *args, env=None, name=None, preexec_fn=None):
        self.lab = lab
        self.log = Path(str(agenda).removesuffix(".yaml") + (".rehearsal.dais" if "--rehearse" in args else ".dais"))
        self.name = name or self.log.name.removesuffix(".dais")
        self.errors = tempfile.TemporaryFile()
        self.p = lab.popen(
            "run", "--headless", agenda, *args, env=env, stdout=self.errors, stderr=self.errors, preexec_fn=preexec_fn
        )

    @property
    def socket(self):
        return self.lab.folder / "run" / "dais" / (self.name + ".sock")

    def connect(self):
        return Line(self.socket, self.p)

    def ready(self):
        """True once it serves; False where it ended instead."""

        def answers():
            if self.p.poll() is not None:
                return "gone"
            try:
                with self.connect() as line:
                    return line.get() and "up"
            except OSError:
                return None

        return until(answers) == "up"

    def status(self):
        with self.connect() as line:
            return line.get()

    def do(self, *commands):
        """The answers to commands, one after the other."""
        with self.connect() as line:
            return [line.do(c) for c in commands]

    def told(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def end(self, number=signal.SIGTERM):
        if number is not None and self.p.poll() is None:
            self.p.send_signal(number)
        try:
            return self.p.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.wait()
            return "timeout"

    def kill(self):
        self.p.kill()
        self.p.wait()


class Line:
    """One connection to a host."""

    def __init__(self, path, p=None):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.settimeout(PATIENCE)
        self.held = b""
        self.id = 0
        try:
            self.s.connect(str(path))
        except OSError:
            self.s.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.s.close()

    def say(self, **request):
        self.s.sendall(json.dumps(request).encode() + b"\n")

    def hear(self):
        """The next answer, or None at the end."""
        while b"\n" not in self.held:
            more = self.s.recv(65536)
            if not more:
                return None
            self.held += more
        line, self.held = self.held.split(b"\n", 1)
        return json.loads(line)

    def ask(self, **request):
        self.say(**request)
        return self.hear()

    def get(self):
        return self.ask(get="status")

    def do(self, command):
        self.id += 1
        how = {"words": command} if isinstance(command, (list, tuple)) else {"do": command}
        return self.ask(id=str(self.id), by="test", **how)


# ---- logs, read by somebody who knows formats.md and nothing else ----

# C0, DEL, C1, soft hyphen, bidi controls, zero-width and tag characters, line ends, noncharacters.
INVISIBLE = (
    "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
)
HIDDEN = re.compile(f"[\0-\x1f{INVISIBLE}]")
# What a terminal would obey, or hide; line ends and tabs are what text is made of.
UNSAFE = re.compile(f"[\0-\x08\x0b-\x1f{INVISIBLE}]")


def canon(value):
    """Canonical JSON, in the order in which the fields came."""
    if isinstance(value, dict):
        return "{" + ",".join(canon(k) + ":" + canon(v) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canon, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} has no place in a log")

    def escape(match):
        units = match.group().encode("utf-16-be")
        return "".join("\\u%02x%02x" % (units[i], units[i + 1]) for i in range(0, len(units), 2))

    return '"' + HIDDEN.sub(escape, value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def no_twins(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


ENVELOPE = ["seq", "safe", "t", "at", "by", "kind", "data", "crc", "hash"]
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d\Z")


def read_log(path, before=bytes(32)):
    """The records of a log; ValueError where it is not exactly what a writer may write.

    Before: the last hash of the log that this one continues.
    """
    # The mark first: somebody may be writing, and the log is always at least as long as its mark says.
    mark = Path(str(path) + ".mark")
    mark = reader.read_mark(mark.read_bytes()) if mark.exists() else None
    data = Path(path).read_bytes()
    state, n, _, bad, _ = reader.read(data, mark, before)
    if state != "whole":
        raise ValueError(f"{path} is {state}: {n} records, line {bad}")
    records, last = [], 0
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        text = line.decode("utf-8")
        r = json.loads(text, object_pairs_hook=no_twins)
        if list(r) != ENVELOPE or canon(r) != text:
            raise ValueError(f"line {number} is not canonical: {text[:300]}")
        if r["t"] < last or not AT.match(r["at"]) or not 0 <= r["safe"] <= r["seq"]:
            raise ValueError(f"line {number}: its times or numbers are wrong")
        last = r["t"]
        records.append(r)
    return records


def log_fault(path):
    """What is wrong with a log, or an empty string."""
    try:
        read_log(path)
    except ValueError as e:
        return str(e)
    return ""


def kinds(records):
    return [r["kind"] for r in records]


# ---- what may reach a terminal ----

def unsafe(raw):
    """The first thing among bytes that a terminal would obey, or None."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        return f"not UTF-8: {raw[max(0, e.start - 20) : e.end + 20]!r}"
    found = UNSAFE.search(text)
    return found and f"{found.group()!r} in {text[max(0, found.start() - 40) : found.end() + 20]!r}"


def agenda(people=("甲", "乙", "丙", "丁"), segments=3, extra=""):
    """A small agenda: points, and people p0, p1 …"""
    lines = ["dais: 1", "forum:", "  title: 试", "timing:", "  speech: 3m", "people:"]
    lines += [f"  - {{id: p{i}, name: {name}}}" for i, name in enumerate(people)]
    lines += ["agenda:"]
    lines += [f"  - {{kind: point, id: s{i}, title: 题{i}, duration: 10m}}" for i in range(segments)]
    return "\n".join(lines) + "\n" + extra


def sanitized(*texts):
    """A sanitizer's or an assertion's finding among what was told on standard error."""
    for text in texts:
        raw = text.encode() if isinstance(text, str) else text
        found = SANITIZER.search(raw)
        if found:
            return raw[found.start() : found.start() + 2000].decode("utf-8", "replace")
    return ""
