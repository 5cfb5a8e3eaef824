"""What three bad peers cost the chair: one that never reads, one that asks
without end, one that says what is not so. Keys at the chair's console are timed
to their frame with them at this session and with them at another one, so that
the machine has the same to do; in turn, in one run, and each twice, so that the
noise is known. No time fails the test: that every key is answered and the
memory stays bounded does.
"""

import os
import re
import select
import sys
import time
from pathlib import Path

from console import ESCAPE, Console, Tap
from lab import Lab, agenda, log_fault, sanitized
from peer import Room, here

ROUNDS = int(os.environ.get("DAIS_ROUNDS") or 2)  # each there, here, there, here
KEYS = int(os.environ.get("DAIS_KEYS") or 30)
CLEAR = "\x15"
MEMORY_KIB = 16 << 10  # that all of it may cost
LIES = [
    b'{"ask":"lie-%d","do":"session close","made":1}\n', b'{"ask":"lie-%d","do":"floor next","made":1}\n',
    b'{"held":%d,"chairs":%d}\n', b'{"typing":true}\n', b'{"pong":%d}\n', b'{"ask":"lie-%d","do":"floor give p2"}\n',
]  # fmt: skip


class Bad:
    """The three, for as long as they last; who is sent away comes back."""

    def __init__(self, room, host):
        self.room, self.host, self.n, self.came = room, host, 0, 0
        self.peers = {}

    def act(self):
        for kind, seat in (("stuck", "observer"), ("flood", "scribe"), ("liar", "observer")):
            peer = self.peers.get(kind)
            if not peer or peer.ended:
                if peer:
                    peer.close()
                peer = self.peers[kind] = here(self.room, self.host, seat, kind)
                self.came += 1
            with self.room.lock:
                peer.deaf = kind == "stuck"
                if kind == "stuck":
                    peer.step()
                    continue
                if len(peer.out) > 1 << 16:
                    continue
            self.n += 1
            if kind == "flood":
                peer.send(b"".join(b'{"ask":"f-%d-%d","do":"note add x","made":1}\n{"ping":7}\n' % (self.n, i) for i in range(50)))
            else:
                lie = LIES[self.n % len(LIES)]
                peer.send(lie.replace(b"%d", b"%d" % (self.n + 10**6)))

    def go(self):
        for peer in self.peers.values():
            peer.close()
        self.peers = {}


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1))


def spent(pid):
    """Milliseconds on a processor, and waiting for one, so far: where others have the machine, that is what a key waits for."""
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
        return int(ran) / 1e6, int(waited) / 1e6
    except (OSError, ValueError):
        return 0.0, 0.0


def key(console, text):
    """Seconds from a key to the end of the frame that shows it, or None."""
    while console.pump():
        pass
    sent = time.monotonic()
    os.write(console.master, text.encode())
    while time.monotonic() < sent + 10:
        if select.select([console.master], [], [], 0.5)[0] and console.pump():
            at = time.monotonic()
            if "2026" not in console.screen.modes and console.typed(text):
                return at - sent
    return None


class Chair(Console):
    line = ""

    def typed(self, text):
        return "› " + self.line + text in self.screen.text()


def measure(chair, bad):
    """Letters into a note, one after the other."""
    times = []
    chair.keys("i")
    chair.sees("›", 10)
    chair.keys(CLEAR)
    chair.until(lambda: re.search("› *\n", chair.screen.text()), 10)
    chair.line = ""
    for i in range(KEYS):
        if bad:
            bad.act()
        letter = "abcdefghij"[i % 10]
        times.append(key(chair, letter))
        chair.line += letter
    chair.keys(ESCAPE)
    return times


def figures(what, times, cost):
    good = sorted(t * 1000 for t in times if t is not None)
    p = lambda q: good[min(len(good) - 1, int(q * len(good)))]  # noqa: E731
    print(f"# {what}: median {p(0.5):.2f} ms, p90 {p(0.9):.2f}, p99 {p(0.99):.2f}, most {good[-1]:.2f} ({len(good)} keys);"
          f" a key's own CPU {cost[0] / len(good):.2f} ms, waiting for one {cost[1] / len(good):.2f} ms")  # fmt: skip


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab, Room() as room:
        path = lab.write("peers.yaml", agenda())
        with Chair(lab, "run", path, name="peers") as chair:
            tap.check(chair.ready(), "the chair's console", chair.screen.text())
            first = ["segment next", "floor give 甲", *["note add --plain " + "长" * 500] * 100]
            chair.do(*first)
            good = here(room, chair, "scribe", "好")
            good.ready()
            measure(chair, None)
            before = resident(chair.p.pid)
            decoy = lab.host(lab.write("decoy.yaml", agenda()))
            decoy.ready()
            decoy.do(*first)
            bad, away = Bad(room, chair), Bad(room, decoy)
            order = {"none": None, "elsewhere": away, "here": bad, "elsewhere again": away, "here again": bad}
            times, costs = {what: [] for what in order}, {what: [0.0, 0.0] for what in order}
            for _ in range(ROUNDS):
                for what, who in order.items():
                    began = spent(chair.p.pid)
                    times[what] += measure(chair, who)
                    costs[what] = [sum_ + b - a for sum_, a, b in zip(costs[what], began, spent(chair.p.pid))]
                    if who:
                        who.go()
            after = resident(chair.p.pid)
            for what, list_ in times.items():
                figures("bad peers " + what, list_, costs[what])
            print(f"# {bad.n} acts of the bad ones, who came {bad.came} times; memory {before} KiB before, {after} KiB after; load {os.getloadavg()[0]:.1f}")
            tap.same([what for what, list_ in times.items() if None in list_], [], f"each of {len(times) * ROUNDS * KEYS} keys has its frame")
            if b"__asan_init" in Path(dais).read_bytes():
                tap.skip("memory is bounded", "a sanitizer keeps what was freed")
            else:
                tap.check(after - before < MEMORY_KIB, "memory is bounded", (before, after))
            tap.check("seq" in good.do("note add 还好") and good.holds(lab.path("peers.dais")) and not good.faults, "a good peer does not notice", good.faults)
            log = lab.path("peers.dais").read_bytes()
            tap.check(b"session.close" not in log and log.count(b'"kind":"turn.start"') == 1, "and no lie was believed")
            tap.same((chair.leave(), chair.left_behind(), sanitized(bytes(chair.raw))), (0, "", ""), "the console ends")
        tap.same(log_fault(lab.path("peers.dais")), "", "its log is whole")
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
