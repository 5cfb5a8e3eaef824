"""Consoles that are not ours: written from the protocol's text alone, they
greet, keep every line byte for byte, answer pings and ask with ids. A room
runs any number of them in one thread. Also a stretch of cable that can be cut.
"""

import base64
import hashlib
import hmac
import itertools
import json
import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fault"))

import reader  # noqa: E402
from lab import PATIENCE, canon, until  # noqa: E402

LANES = ("session", "chairs")


class Room:
    """The thread that all sockets of a test live in."""

    def __init__(self):
        self.selector = selectors.DefaultSelector()
        self.lock = threading.RLock()
        self.things = []
        self.read_end, self.write_end = os.pipe()
        os.set_blocking(self.read_end, False)
        self.selector.register(self.read_end, selectors.EVENT_READ, lambda _: os.read(self.read_end, 4096))
        self.over = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.wake()
        self.thread.join(PATIENCE)
        for thing in list(self.things):
            thing.close()
        os.close(self.read_end)
        os.close(self.write_end)
        self.selector.close()

    def wake(self):
        os.write(self.write_end, b"x")

    def run(self):
        while not self.over:
            ready = self.selector.select(0.5)
            with self.lock:
                for key, mask in ready:
                    fd = key.fileobj if isinstance(key.fileobj, int) else key.fileobj.fileno()
                    if fd >= 0 and fd in self.selector.get_map():
                        key.data(mask)

    def watch(self, sock, mask, call):
        """With mask 0 it is not watched any more."""
        with self.lock:
            if sock.fileno() < 0:
                return
            known = sock in self.selector.get_map()
            if known and mask:
                self.selector.modify(sock, mask, call)
            elif known:
                self.selector.unregister(sock)
            elif mask:
                self.selector.register(sock, mask, call)
        self.wake()


class Peer:
    """One console over a connected socket."""

    names, ids = itertools.count(1), itertools.count(1)

    def __init__(self, room, sock, seat=None, name=None, console=None, have=None, p=None, said=b"", **more):
        self.room, self.sock, self.p = room, sock, p
        self.name = name or f"peer{next(Peer.names)}"
        self.console = console or hashlib.sha256(os.urandom(16)).hexdigest()[:16]
        self.raw = bytearray()  # everything that ever came
        self.held, self.out = b"", said
        self.lines = {lane: list(have.lines[lane]) if have else [] for lane in LANES}
        self.hash = {lane: have.hash[lane] if have else bytes(32) for lane in LANES}
        self.lane = None
        self.welcome = self.refused = self.live = self.bye = self.key = None
        self.answers, self.here, self.posts, self.faults, self.acked = {}, None, {}, [], 0
        self.clock = None  # the host's, and ours at that moment
        self.ended = self.deaf = False
        self.asks = 0
        sock.setblocking(False)
        room.things.append(self)
        if seat:
            self.hello(seat, **more)
        with room.lock:
            self.step()

    def hello(self, seat, **more):
        greeting = {"hello": 1, "session": "x", "seat": seat, "name": self.name, "id": self.console}
        if self.lines["session"]:
            greeting |= {"epoch": 1, "seq": len(self.lines["session"]) - 1, "hash": self.hash["session"].hex()}
        if self.lines["chairs"]:
            greeting |= {"chairs": len(self.lines["chairs"]) - 1, "chairs_hash": self.hash["chairs"].hex()}
        self.say(**{**greeting, **more})

    # ---- the socket; in the room's thread ----

    def step(self, mask=0):
        if self.ended:
            return
        try:
            if mask & selectors.EVENT_READ:
                data = self.sock.recv(1 << 18)
                if not data:
                    return self.end()
                self.take(data)
            if self.out and not self.ended:
                self.out = self.out[self.sock.send(self.out) :]
        except BlockingIOError:
            pass
        except OSError:
            return self.end()
        self.room.watch(self.sock, (0 if self.deaf else selectors.EVENT_READ) | (selectors.EVENT_WRITE if self.out else 0), self.step)

    def end(self):
        self.room.watch(self.sock, 0, None)
        self.ended = True

    def take(self, data):
        self.raw += data
        lines = (self.held + data).split(b"\n")
        self.held = lines.pop()
        for line in lines:
            try:
                self.hear(line)
            except (ValueError, KeyError, TypeError) as e:
                self.faults.append(f"{e!r}: {line[:200]!r}")

    def hear(self, line):
        if line.startswith(b'{"seq":'):
            return self.record(line)
        m = json.loads(line)
        if canon(m).encode() != line:
            self.faults.append(f"not canonical: {line[:200]!r}")
        kind = next(iter(m))
        if kind == "ping":
            if "now" in m:
                self.clock = (m["now"], time.monotonic())
            self.out += b'{"pong":%d}\n' % m["ping"]
        elif kind == "lane":
            self.lane = m["lane"]
        elif kind == "answer":
            self.answers[m["answer"]] = m
        elif kind == "post":
            self.posts[m["post"]] = m["text"]
        elif kind in ("welcome", "refused", "here", "bye", "key", "stable"):
            setattr(self, kind, m)
        elif kind == "live":
            self.live = m["live"]
        elif kind != "pong":
            self.faults.append(f"unknown: {line[:200]!r}")

    def record(self, line):
        lane = self.lane
        r = reader.Record(line)
        self.hash[lane] = hashlib.sha256(self.hash[lane] + r.chained).digest()
        if r.seq != len(self.lines[lane]) or self.hash[lane] != r.hash:
            self.faults.append(f"{lane} breaks at {len(self.lines[lane])}: {line[:100]!r}")
        self.lines[lane].append(line)

    # ---- what a test says and hears ----

    def send(self, data):
        with self.room.lock:
            self.out += data
            self.step()

    def say(self, **message):
        self.send(json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")

    def now(self):
        """The host's clock, as a console knows it."""
        return int(self.clock[0] + (time.monotonic() - self.clock[1]) * 1000)

    def ask(self, command, ask=None, **more):
        self.asks += 1
        ask = ask or f"{self.console}-{next(Peer.ids)}"
        if isinstance(command, (list, tuple)):
            command = " ".join(quote(w) for w in command)
        if self.clock and "made" not in more:
            more["made"] = self.now()
        self.say(ask=ask, do=command, **more)
        return ask

    def answer(self, ask, seconds=PATIENCE):
        until(lambda: ask in self.answers or self.ended, seconds, 0.0005)
        return self.answers.get(ask)

    def do(self, command, **more):
        return self.answer(self.ask(command, **more)) or {"code": "no answer"}

    def ready(self, seconds=PATIENCE):
        """It is live and knows the clock; False where it was not let in."""
        until(lambda: (self.live is not None and self.clock) or self.ended, seconds)
        return self.live is not None and not self.ended

    def over(self, seconds=PATIENCE):
        return until(lambda: self.ended, seconds)

    def log(self, lane="session"):
        with self.room.lock:
            return b"".join(line + b"\n" for line in self.lines[lane])

    def holds(self, log, lane="session", seconds=PATIENCE):
        """True once what it has of a lane is that file, byte for byte."""
        return until(lambda: self.log(lane) == Path(log).read_bytes(), seconds, 0.02)

    def close(self):
        with self.room.lock:
            if self in self.room.things:
                self.room.things.remove(self)
                if not self.ended:
                    self.end()
                self.sock.close()
        if self.p and self.p.poll() is None:
            self.p.kill()
        if self.p:
            self.p.wait()


def quote(word):
    """One word of the command language."""
    return word if re.fullmatch(r"[^\s'\"\\]+", word) else "'" + word.replace("'", "'\\''") + "'"


def here(room, host, seat, name=None, **more):
    """A console on this machine."""
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(PATIENCE)
    s.connect(str(host.socket))
    return Peer(room, s, seat, name, **more)


def stdio(room, lab, session, seat, name=None, only=None, **more):
    """A console as ssh brings it: over a process of dais stdio."""
    ours, theirs = socket.socketpair()
    p = lab.popen("stdio", session, *(["--as", only] if only else []), stdin=theirs, stdout=theirs)
    theirs.close()
    return Peer(room, ours, seat, name, p=p, **more)


# ---- other machines: keys as link.md has them ----


class Invite:
    def __init__(self, text):
        found = re.fullmatch(r"dais://(\[[^]]*\]|[^:/]+):(\d+)/([^#]*)#([a-z-]+)\.([\w-]{43})\.([\w-]{4})", text.strip())
        if not found:
            raise ValueError(text)
        host, port, session, self.seat, self.key, self.check = found.groups()
        self.host, self.port, self.session = host.strip("[]"), int(port), unquote(session)
        self.text = text.strip()

    def by_way_of(self, port):
        """The same over another port: the check does not vouch for where it leads."""
        return Invite(self.text.replace(f":{self.port}/", f":{port}/", 1))

    def wrong(self):
        """Somebody else's key, on the same seat."""
        other = Invite(self.text)
        other.key = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        return other

    def derive(self, info):
        secret = base64.urlsafe_b64decode(self.key + "=")
        extracted = hmac.digest(bytes(32), secret, "sha256")
        return hmac.digest(extracted, info.encode() + b"\1", "sha256")

    def identity(self):
        mine = self.derive(f"dais id 1|{self.session}")
        return f"{self.seat}-{base64.urlsafe_b64encode(mine[:6]).decode().rstrip('=')}@exec"

    def psk(self):
        client, server = self.identity().split("@")
        return self.derive(f"dais psk 1|{self.session}|{client}|{server}").hex()


OPENSSL = shutil.which("openssl")


def tls(room, lab, invite, seat=None, name=None, args=("-tls1_3",), keyed=True, **more):
    """A console of another machine, by somebody else's TLS."""
    ours, theirs = socket.socketpair()
    key = ["-psk", invite.psk(), "-psk_identity", invite.identity()] if keyed else []
    p = subprocess.Popen(
        [OPENSSL, "s_client", "-quiet", "-connect", f"{invite.host}:{invite.port}", *args, *key],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=lab.env,
    )
    lab.procs.append(p)
    theirs.close()
    return Peer(room, ours, seat or invite.seat, name, p=p, **more)


def greet(path, **hello):
    """What a console that says this on a host's socket is answered first."""
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(str(path))
        s.sendall(json.dumps({"hello": 1, **hello}, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
        with s.makefile() as lines:
            return json.loads(lines.readline())


def free_port(address="127.0.0.1"):
    with socket.socket() as s:
        s.bind((address, 0))
        return s.getsockname()[1]


class Cable:
    """A port that leads to another one, until it is cut: silently, or so that both ends notice."""

    def __init__(self, room, to, host="127.0.0.1"):
        self.room, self.to = room, (host, to)
        self.port = free_port()
        self.state = "whole"
        self.pairs = []  # (socket, socket, bytes for the second)
        self.came = 0
        self.listener = None
        room.things.append(self)
        self.listen()

    def listen(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(64)
        self.listener.setblocking(False)
        self.room.watch(self.listener, selectors.EVENT_READ, self.accept)

    def accept(self, _):
        try:
            a, _ = self.listener.accept()
        except OSError:
            return
        self.came += 1
        b = socket.socket()
        try:
            b.connect(self.to)
        except OSError:
            a.close()
            b.close()
            return
        for x, y in ((a, b), (b, a)):
            x.setblocking(False)
            flow = [x, y, bytearray()]
            self.pairs.append(flow)
        for flow in self.pairs[-2:]:
            self.room.watch(flow[0], selectors.EVENT_READ if self.state == "whole" else 0, lambda mask, f=flow: self.carry(f, mask))

    def back(self, flow):
        return next((f for f in self.pairs if f[0] is flow[1]), None)

    def carry(self, flow, mask):
        """What x says goes to y; where y does not take it, x is not read."""
        other = self.back(flow)
        try:
            if mask & selectors.EVENT_READ and not flow[2]:
                data = flow[0].recv(1 << 16)
                if not data:
                    return self.drop(flow)
                flow[2] += data
            for f in (flow, other):
                if f and f[2]:
                    del f[2][: f[1].send(f[2])]
        except BlockingIOError:
            pass
        except OSError:
            return self.drop(flow)
        for f in (flow, other):
            if f:
                mask = (0 if f[2] else selectors.EVENT_READ) | (selectors.EVENT_WRITE if self.back(f) and self.back(f)[2] else 0)
                self.room.watch(f[0], mask, lambda m, f=f: self.carry(f, m))

    def drop(self, flow):
        for f in [f for f in self.pairs if flow[0] in f[:2]]:
            self.pairs.remove(f)
            self.room.watch(f[0], 0, None)
        flow[0].close()
        flow[1].close()

    def hold(self):
        """Nothing passes, and nobody is told."""
        with self.room.lock:
            self.state = "held"
            for f in self.pairs:
                self.room.watch(f[0], 0, None)

    def cut(self):
        """Both ends notice, and who dials again finds nobody."""
        with self.room.lock:
            self.state = "cut"
            while self.pairs:
                self.drop(self.pairs[0])
            self.room.watch(self.listener, 0, None)
            self.listener.close()

    def mend(self):
        with self.room.lock:
            if self.state == "cut":
                self.listen()
            self.state = "whole"
            for f in list(self.pairs):
                self.carry(f, 0)

    def close(self):
        with self.room.lock:
            if self in self.room.things:
                self.room.things.remove(self)
            if self.state != "cut":
                self.cut()
