"""The Taiyuan forum with a full house: the chair at a terminal, the online chair
over TLS, two scribes, the hall's stage and fifty observers, some of them real
consoles, here, over TLS and over ssh, the others the protocol alone. The online
chair brings the remote speakers in by its keys. Some go and come back under
way. At the end there is one log, byte for byte, and a second one that only the
chairs have.
"""

import os
import re
import sys
import time
from pathlib import Path

from console import ENTER, RIGHT, Console, Tap
from forum import ORDER, SECRETS, play
from join import Desk, read_lines, share, ssh_here
from lab import Lab, kinds, log_fault, read_log, sanitized, unsafe, until
from peer import OPENSSL, Room, free_port, here, quote, stdio, tls

OBSERVERS = int(os.environ.get("DAIS_OBSERVERS") or 50)
FAR = min(6, OBSERVERS // 8)  # of them other people's TLS
CONSOLES = ("here", "here", "tls", "tls", "ssh", "ssh")
ZH = {"LANGUAGE": "zh_CN", "LANG": "C.UTF-8", "LC_ALL": ""}
GUESTS = ("远客一", "远客二", "远客三")
BACK = 3  # observers that go and come back


class House:
    """Everybody of the session."""

    def __init__(self, tap, lab, room, path):
        self.tap, self.lab, self.room = tap, lab, room
        self.log, self.private = lab.path("taiyuan.dais"), lab.path("taiyuan.chairs.dais")
        self.chair = Console(lab, "run", path, name="taiyuan", env=ZH)
        self.chair.ready()
        self.port = free_port()
        self.online = Desk(lab, "online", "join", self.invite("online-chair").text, "--name", "王梅", env=ZH)
        self.scribes = [
            Desk(lab, "scribe", "join", "taiyuan", "--as", "scribe", "--name", "书记甲"),
            Desk(lab, "remote", "join", "ssh://li@far/taiyuan", "--as", "scribe", "--name", "书记乙", env=ssh_here(lab)),
        ]
        self.stage = Desk(lab, "stage", "stage", env=ZH)
        self.lookers = [self.looker(i, how) for i, how in enumerate(CONSOLES)]
        self.peers = []
        self.turn = 0

    def invite(self, seat):
        return share(self.chair, seat, self.port)

    def looker(self, i, how):
        to = {"here": "taiyuan", "ssh": "ssh://li@far/taiyuan"}
        where = [self.invite("observer").text] if how == "tls" else [to[how], "--as", "observer"]
        env = {**(ZH if i % 2 else {}), **(ssh_here(self.lab) if how == "ssh" else {})}
        return Desk(self.lab, f"looker{i}", "join", *where, "--name", f"看客{i}", env=env)

    def fill(self):
        """The rest of the observers, those with TLS one after the other as the host wants them."""
        for i in range(FAR if OPENSSL else 0):
            peer = tls(self.room, self.lab, self.invite("observer"), name=f"远望{i}")
            self.until(lambda p=peer: p.live is not None or p.ended)
            self.peers.append(peer)
        self.peers += [stdio(self.room, self.lab, "taiyuan", "observer", f"管道{i}", only="observer") for i in range(2)]
        while len(self.peers) + len(self.lookers) < OBSERVERS:
            self.peers.append(here(self.room, self.chair, "observer"))

    @property
    def keepers(self):
        """Who only looks on keeps no copy."""
        return [self.online, *self.scribes]

    @property
    def desks(self):
        return [*self.keepers, self.stage, *self.lookers]

    def pump(self):
        self.chair.pump()
        for desk in self.desks:
            desk.pump()

    def until(self, what, seconds=60):
        return until(lambda: self.pump() or what(), seconds)

    def records(self):
        return len(read_lines(self.log)) + len(read_lines(self.private))

    def keys(self, console, *keys):
        """Pressed there; done once the host has something new."""
        before = self.records()
        console.keys(*keys)
        return self.until(lambda: self.records() > before, 20)

    def asks(self, console, words):
        return self.keys(console, ":", " ".join(quote(w) for w in words), ENTER)

    def act(self, command):
        words = command.split() if isinstance(command, str) else command
        if words[:2] == ["queue", "add"] and "--online" in words or words[0] == "message" or SECRETS[2] in words:
            return self.asks(self.online, words)
        if words[:2] == ["note", "add"] and not words[2].startswith("~"):
            self.turn += 1
            return self.asks(self.scribes[self.turn % 2], words)
        return self.asks(self.chair, words) if words[0] != "session" else self.close(words)

    def close(self, words):
        self.chair.keys(":", " ".join(words), ENTER)
        self.until(lambda: re.search("Close the session|结束会议", self.chair.screen.text()), 20)
        return self.keys(self.chair, RIGHT, ENTER)


def arrive(tap, house):
    tap.check(house.until(lambda: all(d.saved() >= 0 for d in [house.online, *house.scribes, *house.lookers])),
              "an online chair, two scribes and observers join, by TLS, here and over ssh", "\n".join(d.screen.text() for d in house.desks))  # fmt: skip
    house.fill()
    tap.check(house.until(lambda: all(p.live is not None for p in house.peers)), f"{len(house.peers)} more observers are let in", [bytes(p.raw[:300]) for p in house.peers if p.live is None])
    tap.check(house.until(lambda: "观点论坛" in house.stage.screen.text()), "the stage shows the forum", house.stage.screen.text())
    tap.check("王梅" in house.chair.do("seats")[0]["text"], "the chair sees who has which seat", house.chair.do("seats"))


def bring_in(tap, house):
    """The online chair knows more people than the agenda: named, made ready and queued, by keys."""
    online = house.online
    for name in GUESTS:
        good = house.asks(online, ["people", "add", name, "--online", "--affiliation", "远方大学"])
        tap.check(good and house.until(lambda n=name: n in online.screen.text()), f"the online chair brings in {name}", online.screen.text())
    online.keys("6")
    for name in GUESTS:
        for _ in range(20):
            if online.sees(re.compile("▸. " + name), 0.3):
                break
            online.keys("j")
        marked = house.keys(online, "s")
        queued = house.keys(online, ENTER)
        tap.check(marked and queued, f"and by two keys marks {name} ready and queues them", online.screen.text())
    for _ in GUESTS:  # two presses of one key at once are one; there is another one between
        house.keys(house.chair, "j", "n")
        house.asks(house.scribes[0], ["note", "add", "线上发言"])


def come_and_go(tap, house):
    """Some are gone for a while: without a word, and with what they had."""
    for i in range(BACK):
        old = house.peers.pop()
        old.close()
        house.peers.append(here(house.room, house.chair, "observer", old.name, console=old.console, have=old))
    dead = house.lookers.pop(0)
    dead.p.kill()
    dead.p.wait()
    dead.hang_up()
    house.lookers.append(house.looker(0, "here"))


def afternoon(tap, house):
    done, segments = [], 0
    for command in play():
        if command[:2] == ["segment", "next"]:
            if ORDER[segments] == "award1":
                come_and_go(tap, house)
            elif ORDER[segments] == "award2":  # the second point is nearly over
                bring_in(tap, house)
            segments += 1
        done.append((bool(house.act(command)), command))
    tap.check(all(good for good, _ in done), f"{len(done)} acts by the chair, the online chair and the scribes", [c for good, c in done if not good])


def one_log(tap, house):
    log, private = house.log, house.private
    tap.same([log_fault(log), log_fault(private)], ["", ""], "the host's logs are whole")
    records = read_log(log)
    tap.same(kinds(records)[-1], "session.close", "the forum ran to its end")
    online = [r for r in records if r["kind"] == "queue.add" and r["data"]["attending"] == "online"]
    tap.same([r["by"] for r in online], ["王梅"] * (2 + len(GUESTS)), "all online speakers were queued by the online chair")
    spoke = {r["data"]["person"] for r in records if r["kind"] == "turn.start"}
    tap.check(all(r["data"]["person"] in spoke for r in online), "and all of them had the floor")
    asked = [r["data"]["req"] for r in [*records, *read_log(private)] if "req" in r["data"]]
    tap.check(len(asked) > 20 and len(set(asked)) == len(asked), "each request of a console stands there once", len(asked))
    for desk in house.keepers:
        tap.check(desk.holds(log), f"{desk.state.name}: its copy is the host's log, byte for byte", desk.screen.text())
    seen = house.until(lambda: all(d.saved() == len(records) - 1 for d in house.lookers), 20)
    tap.check(seen, f"{len(house.lookers)} observers' consoles show its last record", [d.screen.text() for d in house.lookers])
    tap.check(house.until(lambda: all(p.log() == log.read_bytes() for p in house.peers), 20), f"{len(house.peers)} observers have the same bytes", [len(p.lines["session"]) for p in house.peers])
    tap.same([p.faults for p in house.peers if p.faults], [], "each line of it verified as it came")
    tap.check(house.online.copy("copy.chairs.dais").read_bytes() == private.read_bytes(), "the online chair has the chairs' log, byte for byte")


def only_chairs(tap, house):
    secrets = [s.encode() for s in SECRETS]
    tap.check(all(any(s in c.raw for c in (house.chair, house.online)) for s in secrets[1:]), "the chairs see what is theirs alone", house.online.screen.text())
    for desk in [*house.scribes, house.stage, *house.lookers]:
        kept = [str(p) for p in desk.state.rglob("*") if p.is_file() and ("chairs" in p.name or any(s in p.read_bytes() for s in secrets))]
        shown = [s for s in SECRETS if s in desk.raw.decode("utf-8", "replace")]
        tap.same((kept, shown), ([], []), f"{desk.state.name}: nothing that only chairs may see")
    tap.check(not any(s in p.raw for s in secrets for p in house.peers) and not any(p.lines["chairs"] for p in house.peers), "nor with the other observers")


def leave(tap, house):
    """The session is closed; the chair's console is the last to go."""
    for desk in [*house.desks, house.chair]:
        if desk is house.stage:
            desk.keys("q")
            code = desk.exit()
        else:
            code = desk.leave()
        found = (code, desk.left_behind(), desk.screen.faults, unsafe(desk.screen.text().encode()), sanitized(bytes(desk.raw)))
        tap.same(found, (0, "", [], None, ""), f"{getattr(desk, 'state', house.log).name}: ends, gives the terminal back, was harmless to it")
        desk.hang_up()


def resident(pid):
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) if found else 0


def main(dais, agenda, *_):
    tap = Tap()
    at = time.monotonic()
    with Lab(dais) as lab, Room() as room:
        house = House(tap, lab, room, lab.write("taiyuan.yaml", Path(agenda).read_bytes()))
        arrive(tap, house)
        print(f"# everybody is in after {time.monotonic() - at:.1f} s; the chair's console holds {resident(house.chair.p.pid)} KiB")
        afternoon(tap, house)
        one_log(tap, house)
        only_chairs(tap, house)
        print(f"# over after {time.monotonic() - at:.1f} s with {house.records()} records; the chair's console holds {resident(house.chair.p.pid)} KiB")
        leave(tap, house)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
