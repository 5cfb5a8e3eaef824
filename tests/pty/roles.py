"""Who may do what: every command by every seat before a session begins, while
it runs and once it is closed, against the table of the product; what only
chairs may see; and two chairs who press next for the same moment.
"""

import os
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Line, Tap, agenda, kinds, log_fault, read_log, sanitized, until  # noqa: E402
from console import ESCAPE, Console  # noqa: E402
from join import Desk, share  # noqa: E402
from peer import Room, free_port, here  # noqa: E402

NEXTS = os.environ.get("DAIS_NEXTS")
TURNS = int(NEXTS or 200)  # that the protocol asks for
PRESSES = int(NEXTS or 20)  # of keys at three consoles
READING = 0.25  # seconds
TURN, REFUSED = b'"kind":"turn.start"', "nothing was done"
SEATS = ("chair", "online-chair", "scribe", "stage", "observer")
CHAIR, CHAIRS, WRITERS = SEATS[:1], SEATS[:2], SEATS[:3]
# The table of the product, command by command: a new one is missing here until somebody says who may; and how each command is asked here.
MAY = {
    "floor next": CHAIR, "floor give": CHAIR, "floor toggle": CHAIR, "floor pause": CHAIR, "floor resume": CHAIR, "floor extend": CHAIR,
    "floor correct": CHAIR, "floor end": CHAIR, "segment next": CHAIR, "segment prev": CHAIR, "segment go": CHAIR, "segment extend": CHAIR,
    "segment skip": CHAIR, "agenda fit": CHAIR, "award give": CHAIR, "undo": CHAIR, "session close": CHAIR, "chair pass": CHAIR,
    "report review": CHAIR, "report approve": CHAIR,
    "queue add": CHAIRS, "queue move": CHAIRS, "queue remove": CHAIRS, "queue close": CHAIRS, "queue open": CHAIRS, "queue order": CHAIRS,
    "queue limit": CHAIRS, "queue interrupt": CHAIRS, "people add": CHAIRS, "people set": CHAIRS,
    "note add": WRITERS, "note edit": WRITERS, "note remove": WRITERS, "mark photo": WRITERS, "mark moment": WRITERS, "message send": WRITERS,
}  # fmt: skip
LINES = {
    "segment go": "1", "segment extend": "1m", "segment skip": "s2", "floor give": "p2", "floor extend": "10s", "floor correct": "1s",
    "queue add": "{person}", "queue move": "{entry} top", "queue remove": "{entry}", "queue order": "fifo", "queue limit": "0",
    "queue interrupt": "pause", "people add": "新人{n}", "people set": "p3 --title 教授{n}", "note add": "话{n}", "note edit": "{note} 改{n}",
    "note remove": "{note}", "award give": "p1 --by p2", "message send": "说{n}", "chair pass": "p1",
    "report review": "p1", "report approve": "p1",
}  # fmt: skip
# What has to be so for a chair to be obeyed, each by the host's own chair.
BEFORE = {
    "floor next": ["queue add {person}"], "floor toggle": ["floor give p2"], "floor pause": ["floor give p2", "floor resume"],
    "floor resume": ["floor give p2", "floor pause"], "floor extend": ["floor give p2"], "floor correct": ["floor give p2"],
    "floor end": ["floor give p2"], "queue move": ["queue add {person}", "queue add p0 --override"], "queue remove": ["queue add {person}"],
    "queue close": ["queue open"], "queue open": ["queue close"], "queue limit": ["queue limit 3"], "queue order": ["queue order alternate"],
    "queue interrupt": ["queue interrupt charge"], "note edit": ["note add 旧"], "note remove": ["note add 旧"],
    "segment prev": ["segment go 2"], "segment next": ["segment go 1"], "segment go": ["segment go 2"], "segment extend": ["segment go 1"],
}  # fmt: skip
PEOPLE = 60
SECRET = ("密事一", "密事二", "密事三")


def commands(lab):
    """Every command that there is, as the program tells."""
    rows = [s.split("\t") for s in lab.run("complete", "--tables").out.splitlines() if s.startswith("command\t")]
    return [f"{r[1]} {r[2]}".strip() for r in rows]


class Matrix:
    def __init__(self, tap, lab, room, state):
        self.tap, self.lab, self.room, self.state = tap, lab, room, state
        path = lab.write(f"{state}.yaml", agenda([f"人{i}" for i in range(PEOPLE)], segments=4))
        self.host = lab.host(path)
        self.host.ready()
        self.n = 0
        self.peers = {seat: self.join(seat) for seat in SEATS}
        self.line = self.host.connect()

    def join(self, seat, old=None):
        peer = here(self.room, self.host, seat, seat + "席", have=old, console=old and old.console)
        peer.ready()
        return peer

    def fill(self, line):
        """A command with what it needs put in."""
        status = self.line.get()
        waiting = {q["person"] for q in status["queue"]} | {(status["floor"] or {}).get("person")}
        person = next(f"p{i}" for i in range(PEOPLE) if f"p{i}" not in waiting)
        entry = status["queue"][-1]["entry"] if status["queue"] else 1
        return line.format(person=person, entry=entry, note=self.note, n=self.n)

    note = 1

    def ask(self, seat, command):
        """The answer's code, or ok. A peer may not say more than a burst."""
        peer = self.peers[seat]
        if peer.asks > 30:
            peer.close()
            peer = self.peers[seat] = self.join(seat, peer)
        before = BEFORE.get(command, []) if self.state in ("running", "handed") else []
        for line in ["queue limit {n}"] if command == "undo" and self.state != "closed" else before:
            own = line.startswith("note") and seat in WRITERS  # a scribe's own notes are what it may change
            (peer if own else self.line).do(self.fill(line))
            if line.startswith("note"):
                self.note = int(re.findall(rb'"note":(\d+)', self.host.log.read_bytes())[-1])
        if self.state == "handed" and not (self.line.get().get("chair") or ""):
            self.line.do("chair pass p1")
        self.n += 1
        answer = peer.do(self.fill(f"{command} {LINES.get(command, '')}".strip()))
        if "seq" in answer:
            return "ok"
        return "seat" if "seat" in answer["why"] and answer["code"] == "not-allowed" else answer["code"]

    def every(self):
        for command in commands(self.lab):
            if self.state in ("running", "handed") and command == "session close":
                continue
            found = {seat: self.ask(seat, command) for seat in reversed(SEATS)}
            yield command, found, MAY.get(command, ())


def complete(tap, lab, _):
    """A command that nobody put into the matrix is a fault of the matrix."""
    tap.same(sorted(commands(lab)), sorted(MAY), f"the matrix has all {len(MAY)} commands of the program, and no other")


def before(tap, lab, room):
    """Nothing has begun: the seats are the same, whatever there is to do."""
    m = Matrix(tap, lab, room, "before")
    wrong = []
    for command, found, may in m.every():
        if command == "chair pass":
            m.line.do("chair pass back")
        wrong += [(command, s, v) for s, v in found.items() if (v == "seat") != (s not in may)]
        if command == "session close":  # that was the end of it
            break
    tap.check(not wrong, f"before: each seat may what the table says ({m.n} asked)", wrong)
    tap.same(m.host.end(None), 0, "before: the host ends with the close")
    m.line.s.close()
    for peer in m.peers.values():
        peer.close()


def running(tap, lab, room):
    m = Matrix(tap, lab, room, "running")
    m.line.do("segment next")
    wrong = []
    for command, found, may in m.every():
        if command.startswith("report"):
            found = {s: ("ok" if v == "not-allowed" else v) for s, v in found.items()}
        if command == "chair pass":
            m.line.do("chair pass back")
        wrong += [(command, s, v) for s, v in found.items() if v != ("ok" if s in may else "seat")]
    tap.check(not wrong, f"running: each seat may what the table says, and it is done ({m.n} asked)", wrong)
    passed(tap, m)
    private(tap, m)
    for seat in SEATS[1:]:
        found = [m.peers[seat].do(c).get("code") for c in ("share scribe", "seats", "revoke 1", "stage blank")]
        tap.same(found, ["not-allowed"] * 4, f"running: {seat} does not invite, send away or steer the stage")
    close = [m.ask(seat, "session close") for seat in reversed(SEATS)]
    tap.same(close, ["seat"] * 4 + ["ok"], "running: only the chair closes")
    tap.same(m.host.end(None), 0, "running: and then the host ends")
    for peer in m.peers.values():
        peer.over()
    closed_lines(tap, m)
    m.line.s.close()


def passed(tap, m):
    """A passed chair is the online chair's, until it goes back; nobody else's."""
    for line in ("segment go 1", "queue limit 0", "queue add p4", "queue add p5", "queue add p6", "chair pass p1"):
        m.line.do(line)
    found = {seat: m.ask(seat, "floor end" if seat == "online-chair" else "floor next") for seat in SEATS[1:]}
    tap.same(found, {"online-chair": "ok", "scribe": "seat", "stage": "seat", "observer": "seat"}, "a passed chair: the online chair's alone")
    m.line.do("chair pass back")
    tap.same(m.ask("online-chair", "floor next"), "seat", "and once it is back, no more")


def handed(tap, lab, room):
    """The chair is passed for a while: every command, by every seat, once more."""
    m = Matrix(tap, lab, room, "handed")
    m.line.do("segment next")
    wrong = []
    for command, found, may in m.every():
        if command.startswith("report"):
            found = {s: ("ok" if v == "not-allowed" else v) for s, v in found.items()}
        may = CHAIRS if may == CHAIR else may
        # What the online chair has just done may be nothing to do again: not a matter of seats.
        done = {s: "ok" if v == "stale" and (s == "chair" or command == "chair pass") else v for s, v in found.items()}
        wrong += [(command, s, v) for s, v in done.items() if v != ("ok" if s in may else "seat")]
    tap.check(not wrong, f"a passed chair: the online chair may what the chair may, nobody else more ({m.n} asked)", wrong)
    tap.same([m.ask(seat, "session close") for seat in reversed(SEATS[1:])], ["seat"] * 3 + ["ok"], "a passed chair: closing too")
    tap.same(m.host.end(None), 0, "a passed chair: the host ends with it")
    m.line.s.close()
    for peer in m.peers.values():
        peer.close()


def private(tap, m):
    """What only chairs may see reaches nobody else, by whomever it was said."""
    line, (one, two, three) = m.line, SECRET
    line.do(["note", "add", "--mark", "private", one])
    tap.check("seq" in m.peers["online-chair"].do(["note", "add", "~" + two]), "the online chair's private note is taken")
    tap.same(m.peers["scribe"].do(["note", "add", "~" + two]).get("code"), "not-allowed", "a scribe's is not")
    tap.check("seq" in m.peers["scribe"].do(["message", "send", three]), "but its message")
    line.do("note add 公开")
    log = m.host.log.with_name("running.chairs.dais")
    for seat in CHAIRS:
        tap.check(m.peers[seat].holds(log, "chairs"), f"{seat} has the chairs' log, byte for byte")
    for seat in SEATS:
        tap.check(m.peers[seat].holds(m.host.log), f"{seat} has the session's log, byte for byte")
    for seat in SEATS[2:]:
        raw = bytes(m.peers[seat].raw).decode("utf-8", "replace")
        tap.same([s for s in SECRET if s in raw], [], f"{seat}: no byte of what only chairs may see")
        tap.same(m.peers[seat].lines["chairs"], [], f"{seat}: nor of their log")
    tap.check(all(s.encode() not in m.host.log.read_bytes() for s in SECRET), "nor the session's log")
    seen = {seat: m.peers[seat].here is not None for seat in SEATS}
    tap.same(seen, {s: s in WRITERS for s in SEATS}, "who is here is told to those who may write")
    tap.same([p.faults for p in m.peers.values() if p.faults], [], "every line verified as it came")


def closed_lines(tap, m):
    """A closed session is nobody's any more: whoever comes finds no host, and ctl neither."""
    out = m.lab.run("ctl", "-s", "running", "note", "add", "x")
    tap.check(out.code != 0, "closed: there is nobody to ask", out)


def closed(tap, lab, room):
    """A console keeps a closed session open: the host with a screen. Everything is refused, to every seat."""
    path = lab.write("closed.yaml", agenda([f"人{i}" for i in range(PEOPLE)], segments=4))
    with Console(lab, "run", path, name="closed") as c:
        c.ready()
        m = Matrix.__new__(Matrix)
        m.tap, m.lab, m.room, m.state, m.n, m.host = tap, lab, room, "closed", 0, c
        m.peers = {seat: m.join(seat) for seat in SEATS}
        m.line = Line(c.socket)
        m.line.do("segment next")
        m.line.do("session close")
        records = len(read_log(lab.path("closed.dais")))
        wrong = []
        for command, found, may in m.every():
            c.pump()
            wrong += [(command, s, v) for s, v in found.items() if v == "ok" or (v != "seat" and s in SEATS[3:])]
        tap.check(not wrong, f"closed: nobody may anything ({m.n} asked)", wrong)
        tap.same(len(read_log(lab.path("closed.dais"))), records, "closed: and the log is as it was")
        late = here(room, c, "observer")
        tap.check(late.ready() and late.holds(lab.path("closed.dais")), "closed: who comes late still reads it")
        m.line.s.close()
        for peer in [*m.peers.values(), late]:
            peer.close()
        tap.same(c.leave(), 0, "closed: the console ends")


def race(tap, lab, room):
    """Both chairs press next within a millisecond: one turn, and one "stale"."""
    host = lab.host(lab.write("race.yaml", agenda([f"人{i}" for i in range(TURNS + 1)], segments=2)))
    host.ready()
    host.do("segment next", "queue limit 0", "chair pass p0")
    for start in range(0, TURNS + 1, 300):
        host.do(*[f"queue add p{i}" for i in range(start, min(start + 300, TURNS + 1))])
    chair, online = [here(room, host, s, s + "席") for s in CHAIRS]
    chair.ready(), online.ready()
    seq = host.status()["seq"]
    results, apart, odd = [], [], []
    for i in range(TURNS):
        pair = [chair, online]
        for k, peer in enumerate(pair):
            if peer.asks >= 35:  # more at once would be slowed down
                peer.close()
                peer.ready()
                pair[k] = here(room, host, CHAIRS[k], peer.name, console=peer.console, have=peer)
        chair, online = pair
        until(lambda: all(p.live is not None and p.clock and len(p.lines["session"]) > seq for p in pair), pause=0.0005)
        first, second = tap.random.sample(pair, 2)
        with room.lock:  # both are on their way before an answer can be
            asks, at = [], time.monotonic()
            for peer in (first, second):
                asks.append(peer.ask(f"floor next --basis {seq}", ask=f"{peer.console}-r{i}"))
            apart.append(time.monotonic() - at)
        answers = [p.answer(a) or {} for p, a in zip((first, second), asks)]
        results.append(sorted(a.get("code", "ok") for a in answers))
        seq = max(a.get("seq", -1) for a in answers)
        if results[-1] != ["ok", "stale"]:
            odd.append((i, answers))
            if len(odd) > 3:
                break
    print(f"# both within {sorted(apart)[len(apart) // 2] * 1e6:.0f} us (median), {max(apart) * 1e6:.0f} us (most)")
    tap.check(not odd and len(results) == TURNS, f"{TURNS} times both press next, and one of them is stale", odd)
    tap.check(chair.holds(host.log) and online.holds(host.log), "both have one log")
    tap.same(host.end(), 0, "the host ends")
    records = read_log(host.log)
    turns = [r for r in records if r["kind"] == "turn.start"]
    tap.same([r["data"]["person"] for r in turns], [f"p{i}" for i in range(TURNS)], f"{TURNS} turns, never two")
    by = [sum(r["by"] == p.name for r in turns) for p in (chair, online)]
    tap.check(min(by) > 0 and sum(by) == TURNS, f"the one was first {by[0]} times, the other {by[1]}")
    tap.same(kinds(records).count("turn.end"), TURNS - 1, "each turn ended once")


def pressed(tap, lab, _):
    """The key itself at three consoles: the chair's own, one over TLS, one here."""
    path = lab.write("pressed.yaml", agenda([f"人{i}" for i in range(PEOPLE)], segments=2))
    log = lab.path("pressed.dais")
    with Console(lab, "run", path, name="pressed") as chair:
        chair.ready()
        consoles = [chair, Desk(lab, "far", "join", share(chair, "online-chair", free_port()).text, "--name", "远"),
                    Desk(lab, "near", "join", "pressed", "--as", "online-chair", "--name", "近")]  # fmt: skip
        tap.check(all(c.ready() for c in consoles), "three consoles are there", [c.screen.text() for c in consoles])
        chair.do("segment next", "queue limit 0", "chair pass p0")
        apart, odd = [], []
        while len(apart) < PRESSES and not odd:
            if len(chair.status()["queue"]) < 3:
                chair.do(*[f"queue add p{i} --override" for i in range(20)])
            found, took = press(tap, chair, consoles, log)
            if found != (1, 2):
                odd.append((len(apart), found, took, [c.screen.text() for c in consoles]))
            else:
                apart.append(took)
        apart.sort()
        tap.check(apart and not odd, f"{len(apart)} times three press next: one turn each time, and two who are told that nothing was done", odd)
        if apart:
            print(f"# three keys within {apart[len(apart) // 2] * 1e6:.0f} us (median), {apart[-1] * 1e6:.0f} us (most)")
        for desk in consoles[1:]:
            tap.check(desk.holds(log), "its copy is the log", desk.screen.text())
        for c in reversed(consoles):
            tap.same((c.leave(), sanitized(bytes(c.raw))), (0, ""), "it ends")
    tap.same(log_fault(log), "", "the log is whole")


def press(tap, chair, consoles, log):
    """n at all of them: (turns begun, consoles that were told no), and within how long."""
    seq, turns = len(read_log(log)) - 1, log.read_bytes().count(TURN)
    for c in consoles:
        c.keys(ESCAPE)  # clears what was said; and the same key again would be one that is held
    until(lambda: all(c.until(lambda c=c: c.saved() == seq and REFUSED not in c.screen.text(), 0) for c in consoles), 10)
    read = time.monotonic()  # nobody acts on a picture that came a moment ago
    until(lambda: time.monotonic() - read > READING)
    order = tap.random.sample(consoles, len(consoles))
    at = time.monotonic()
    for c in order:
        os.write(c.master, b"n")
    took = time.monotonic() - at

    def told():
        return sum(bool(c.until(lambda c=c: REFUSED in c.screen.text(), 0)) for c in consoles)

    # Who is refused hears so at once; the turn is in the log once the disk has it.
    until(lambda: told() == len(consoles) - 1 and log.read_bytes().count(TURN) > turns, 5)
    return (log.read_bytes().count(TURN) - turns, told()), took


def main(dais, *_):
    tap = Tap()
    tests = {"complete": complete, "before": before, "running": running, "handed": handed, "closed": closed, "race": race, "pressed": pressed}
    only = os.environ.get("DAIS_ONLY", " ".join(tests))
    with Lab(dais) as lab, Room() as room:
        for name, test in tests.items():
            if name in only:
                test(tap, lab, room)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
