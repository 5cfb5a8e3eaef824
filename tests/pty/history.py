"""What everybody saw, held against what is there in the end. Rounds of trouble
by chance: lines are cut, silenced and slowed, consoles and the host are killed
or stopped, and all the while people write. What a console has of the log is a
beginning of the host's, always; what anybody was told is saved is there after
the host is back; and nothing is there twice.
"""

import os
import random
import signal
import sys
import time

from console import Tap
from join import Desk, share
from lab import Lab, agenda, log_fault, read_log, sanitized, until
from peer import Cable, Room, free_port, here

ROUNDS = int(os.environ.get("DAIS_ROUNDS") or 20)
STEPS = 14


class World:
    def __init__(self, tap, lab, room):
        self.tap, self.lab, self.room = tap, lab, room
        self.path = lab.write("history.yaml", agenda())
        self.errors = []
        self.host = lab.host(self.path)
        self.host.ready()
        self.host.do("segment next", "queue limit 0", "floor give 甲")
        self.cable = Cable(room, free_port())
        self.far_invite = share(self.host, "online-chair", self.cable.to[1]).by_way_of(self.cable.port).text
        self.desks = {who: self.desk(who) for who in ("far", "near")}
        self.peers = [here(room, self.host, seat, f"{seat}{i}") for i, seat in enumerate(("scribe", "scribe", "online-chair", "observer"))]
        self.seats = ["scribe", "scribe", "online-chair", "observer"]
        self.gone = []  # peers that are over: what they had and what they were told
        self.seen = {"far": -1, "near": -1}
        self.count, self.last = {}, []
        self.n = 0

    def desk(self, who):
        args = [self.far_invite] if who == "far" else ["history", "--as", "scribe"]
        return Desk(self.lab, who, "join", *args, "--name", who)

    def pump(self):
        for who, desk in self.desks.items():
            while desk.pump():
                pass
            self.seen[who] = max(self.seen[who], desk.saved())

    def until(self, what, seconds):
        return until(lambda: self.pump() or what(), seconds, 0.02)

    # ---- what happens ----

    def again(self, i):
        old = self.peers[i]
        try:
            new = here(self.room, self.host, self.seats[i], old.name, console=old.console, have=old)
        except OSError:
            return
        old.close()
        self.gone.append((old.name, old.answers, old.faults))
        self.peers[i] = new

    def write(self):
        self.n += 1
        if self.tap.random.random() < 0.3:
            who = self.tap.random.choice(list(self.desks))
            self.desks[who].command(f"note add {who}{self.n}")
            return
        i = self.tap.random.randrange(3)
        if self.peers[i].ended or self.peers[i].asks > 30:
            self.again(i)
        line = self.tap.random.choice(["note add 话", "note add 话", "mark moment 刻", "message send 说"] + (["queue add 乙 --override", "queue remove 1"] if i == 2 else []))
        self.peers[i].ask(line if line[:5] == "queue" else f"{line}{self.n}")

    def kill_host(self):
        self.pump()
        told = max(self.seen.values())
        self.host.kill()
        until(lambda: all(p.ended for p in self.peers), 10)
        held = [(p.name, p.log(lane), lane) for p in self.peers for lane in ("session", "chairs")]
        if sanitized(self.host.told()):
            self.errors.append(("sanitizer", self.host.told()[-2000:]))
        self.host = self.lab.host(self.path)
        if not self.host.ready():
            self.errors.append(("the host does not come back", self.host.told()))
            return
        logs = self.logs()
        self.errors += [(name, lane, "had what is not there") for name, log, lane in held if not logs[lane].startswith(log)]
        if logs["session"].count(b"\n") <= told:
            self.errors.append(("shown as saved and not there", told))

    def trouble(self):
        kinds = ["cut", "hold", "mend", "mend", "peer", "peer", "desk", "stop", "slow"] + ["host"] * 2
        kind = self.tap.random.choice(kinds)
        self.count[kind] = self.count.get(kind, 0) + 1
        self.last = [*self.last[-9:], kind]
        if kind in ("cut", "hold") and self.cable.state == "whole" or kind == "mend" and self.cable.state != "whole":
            getattr(self.cable, kind)()
        elif kind == "peer":
            self.again(self.tap.random.randrange(len(self.peers)))
        elif kind == "desk":
            who = self.tap.random.choice(list(self.desks))
            desk = self.desks[who]
            self.pump()
            desk.p.kill()
            desk.p.wait()
            if sanitized(bytes(desk.raw)):
                self.errors.append((who, bytes(desk.raw)[-2000:]))
            desk.hang_up()
            self.desks[who] = self.desk(who)
        elif kind == "stop":
            p = self.tap.random.choice([self.host.p, self.desks["near"].p])
            p.send_signal(signal.SIGSTOP)
            time.sleep(self.tap.random.random() * 0.2)
            p.send_signal(signal.SIGCONT)
        elif kind == "slow":
            peer = self.tap.random.choice(self.peers)
            with self.room.lock:
                peer.deaf = not peer.deaf
                peer.step()
        elif kind == "host":
            self.kill_host()

    # ---- what has to be so ----

    def logs(self):
        chairs = self.host.log.with_name("history.chairs.dais")
        return {"session": self.host.log.read_bytes(), "chairs": chairs.read_bytes() if chairs.exists() else b""}

    def chain(self):
        """Whoever has something of the log has its beginning."""
        held = [(p.name, p.log(lane), lane) for p in self.peers for lane in ("session", "chairs")]
        held += [(who, d.copy().read_bytes(), "session") for who, d in self.desks.items() if d.copy().exists()]
        logs = self.logs()
        self.errors += [(name, lane, "is not a beginning of the log") for name, log, lane in held if not logs[lane].startswith(log)]

    def calm(self):
        if self.cable.state != "whole":
            self.cable.mend()
        for i, peer in enumerate(self.peers):
            with self.room.lock:
                peer.deaf = False
                peer.step()
            if peer.ended:
                self.again(i)
        self.host.do("note add --plain 静")

        def one():
            log = self.host.log.read_bytes()
            for i, peer in enumerate(self.peers):
                if peer.ended:
                    self.again(i)
            return all(p.log() == log for p in self.peers) and all(d.copy().exists() and d.copy().read_bytes() == log for d in self.desks.values())

        if not self.until(one, 40):
            now = time.monotonic()
            peers = [(p.name, [len(p.lines[lane]) for lane in p.lines], p.ended, p.live, p.refused, p.clock and round(now - p.clock[1], 1)) for p in self.peers]
            logs = {lane: log.count(b"\n") for lane, log in self.logs().items()}
            self.errors.append(("not one log", logs, peers, self.last, {w: d.screen.text() for w, d in self.desks.items()}))

    def round(self):
        for _ in range(STEPS):
            self.tap.random.choice([self.write, self.write, self.write, self.trouble])()
            self.until(lambda: True, 0)
            if self.tap.random.random() < 0.3:
                self.chain()
        self.calm()
        return not self.errors

    def account(self):
        """The whole of it: what was answered stands where it was said, and once."""
        by_req = {}
        chairs = self.host.log.with_name("history.chairs.dais")
        for lane, path in (("session", self.host.log), ("chairs", chairs)):
            for r in read_log(path):
                if "req" in r["data"]:
                    by_req.setdefault(r["data"]["req"], []).append(r["seq"])
        told = [*self.gone, *((p.name, p.answers, p.faults) for p in self.peers)]
        acked = {ask: m["seq"] for _, answers, _ in told for ask, m in answers.items() if "seq" in m}
        self.tap.same([a for a, seq in acked.items() if by_req.get(a) != [seq]], [], f"{len(acked)} that were told it is done: each is there, where it was said, once")
        self.tap.same([k for k, v in by_req.items() if len(v) != 1], [], f"{len(by_req)} requests in the log, none twice")
        refused = {ask for _, answers, _ in told for ask, m in answers.items() if "seq" not in m}
        self.tap.same([a for a in refused if a in by_req], [], f"{len(refused)} that were refused are not there")
        self.tap.same([f for _, _, faults in told for f in faults], [], "every line verified as it came")


def main(dais, *_):
    tap = Tap()
    at, left = time.monotonic(), float(os.environ.get("DAIS_SECONDS") or 3600)
    with Lab(dais) as lab, Room() as room:
        world = World(tap, lab, room)
        tap.check(world.until(lambda: all(d.saved() >= 0 for d in world.desks.values()) and all(p.live is not None for p in world.peers), 20), "two consoles and four peers are there")
        done = 0
        while done < ROUNDS and time.monotonic() - at < left:
            tap.random = random.Random(tap.seed + done)
            done += 1
            if not world.round():
                print(f"# round {done}, seed {tap.seed + done - 1}")
                break
        tap.same(world.errors, [], f"{done} rounds of trouble: everybody has a beginning of one chain, and in the end all of it")
        print(f"# {world.n} writes; {' '.join(f'{k} {v}' for k, v in sorted(world.count.items()))}; {time.monotonic() - at:.0f} s")
        world.account()
        for desk in world.desks.values():
            tap.same((desk.leave(), sanitized(bytes(desk.raw)), desk.screen.faults), (0, "", []), "a console ends")
            desk.hang_up()
        tap.same(world.host.end(), 0, "the host ends")
        tap.same((log_fault(world.host.log), sanitized(world.host.told())), ("", ""), "its log is whole")
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
