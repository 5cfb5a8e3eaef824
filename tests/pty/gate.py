"""The door to other machines from outside: wrong and used keys, seats that were
taken back, other protocols, and whoever wants to cost something. Each is turned
away, the chair is told, and nobody at the session notices.
"""

import os
import re
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from console import ESCAPE, Console  # noqa: E402
from join import Desk, share  # noqa: E402
from lab import Lab, Tap, agenda, log_fault, sanitized, unsafe, until  # noqa: E402
from peer import OPENSSL, Cable, Peer, Room, free_port, here, tls  # noqa: E402

CROWD = int(os.environ.get("DAIS_CROWD") or 300)  # connections that say nothing
MISSING = "there is no openssl command"


def start(tap, lab, name):
    host = lab.host(lab.write(f"{name}.yaml", agenda()))
    tap.check(host.ready(), f"{name}: starts", host.told())
    host.do("segment next", "floor give 甲")
    return host


def end(tap, host, *keys):
    tap.same(host.end(), 0, f"{host.name}: ends")
    told = host.told()
    tap.same((log_fault(host.log), sanitized(told), unsafe(told.encode())), ("", "", None), f"{host.name}: its log is whole, what it said harmless")
    tap.same([k for k in keys if k in told or k.encode() in host.log.read_bytes()], [], f"{host.name}: no key in what it said or in its log")


def told(host, words, seconds=10):
    return until(lambda: re.search(words, host.told()), seconds)


def works(host):
    """How long somebody on this machine waits for an answer, in ms."""
    at = time.monotonic()
    return host.do("note add --plain 量")[0]["ok"] and (time.monotonic() - at) * 1000


def other_tongues(tap, lab, room):
    """TLS 1.2, no key, plain HTTP, noise: refused and told."""
    host = start(tap, lab, "tongues")
    invite = share(host, "scribe", free_port())

    def say(data):
        with socket.create_connection(("127.0.0.1", invite.port), 10) as s:
            s.sendall(data)
            try:
                while s.recv(4096):
                    pass
            except ConnectionResetError:
                pass

    before = host.told().count("does not speak our language")
    say(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    tap.check(until(lambda: host.told().count("does not speak our language") > before, 10), "plain HTTP is refused and told", host.told())
    say(b'{"hello":1,"session":"tongues","seat":"chair","name":"x"}\n')
    say(tap.random.randbytes(4000))
    say(b"\x16\x03\x01\xff\xff" + b"\1" * 70000)
    tap.check(works(host), "noise is refused")
    if not OPENSSL:
        tap.skip("TLS 1.2, and TLS without a key", MISSING)
    else:
        for what, how in (
            ("TLS 1.2", {"args": ("-tls1_2", "-cipher", "PSK-AES128-GCM-SHA256:@SECLEVEL=0")}),
            ("TLS without a key", {"keyed": False}),
            ("TLS without forward secrecy", {"args": ("-tls1_3", "-allow_no_dhe_kex", "-groups", "X448")}),
            ("a suite with another hash", {"args": ("-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384")}),
        ):
            p = tls(room, lab, invite, **how)
            tap.check(p.over(10) and not p.raw, f"{what}: nothing is said to it", bytes(p.raw))
            p.close()
    good = Desk(lab, "tongues-state", "join", invite.text, "--name", "甲书记")
    tap.check(good.ready(20), "and the right key works after all of them", good.screen.text() + host.told())
    tap.same(good.leave(), 0, "tongues: the console ends")
    good.hang_up()
    end(tap, host, invite.key)


def keys(tap, lab, room):
    """An invite is used once; its seat can be taken back; nobody guesses."""
    if not OPENSSL:
        return tap.skip("wrong, used and revoked keys", MISSING)
    host = start(tap, lab, "keys")
    first, second = share(host, "scribe", free_port()), share(host, "online-chair")
    with Desk(lab, "keys-state", "join", first.text, "--name", "书记") as desk:
        tap.check(desk.ready(), "an invite lets in", desk.screen.text())
        tap.check(told(host, "书记 joined as scribe"), "and the chair hears who")
        again = tls(room, lab, first, name="别人")
        tap.check(again.over(10) and again.refused["refused"] == "used" and not again.welcome, "a used invite is refused", bytes(again.raw))
        tap.check(told(host, "invite was used again, from 127.0.0.1"), "and the chair is told", host.told())
        tap.same([k for k in again.lines.values() if k], [], "with not a line of the log")
        bigger = tls(room, lab, second, seat="chair")
        tap.check(bigger.over(10) and bigger.refused["refused"] == "not-allowed", "an invite is for its seat, not a bigger one", bytes(bigger.raw))
        tap.check(told(host, "was not let in as chair"), "and the chair is told of that", host.told())
        seat = re.search(r"^(\d+)  scribe", host.do("seats")[0]["text"], re.M).group(1)
        tap.check(host.do(f"revoke {seat}")[0]["ok"], "the seat is taken back")
        tap.check(desk.sees("your seat was taken back", 10), "its console hears so at once", desk.screen.text())
        text = host.do("seats")[0]["text"]
        tap.check("revoked" in text and "书记" not in text.split("\n")[-1], "and is gone", text)
        desk.command("note add 还在吗")
        desk.pump(0.2)
        tap.check("还在吗" not in host.log.read_text(), "what it asks then is not done")
        desk.leave()
    with Desk(lab, "keys-state", "join", first.text, "--name", "书记") as desk:
        tap.check(desk.sees("does not take this key", 10), "and it does not come back", desk.screen.text())
        desk.leave()
    wrong_keys(tap, lab, room, host, second)
    end(tap, host, first.key, second.key)


def wrong_keys(tap, lab, room, host, invite):
    """Five wrong tries, counted with the one before, and its address is not heard; who is in stays in."""
    inside = tls(room, lab, invite, name="里面")
    tap.check(inside.ready(10), "who has the right key is in", bytes(inside.raw) + host.told().encode())
    for _ in range(7):
        p = tls(room, lab, share(host, "observer").wrong())
        p.over(10)
        tap.check(not p.raw, "a wrong key: nothing is said to it", bytes(p.raw))
        p.close()
        if "tried five times" in host.told():
            break
    tap.check(told(host, "somebody at 127.0.0.1 has no right key"), "a wrong key is told", host.told())
    tap.check(told(host, "127.0.0.1 tried five times"), "and that it is not heard for a while", host.told())
    late = tls(room, lab, share(host, "observer"), name="晚")
    tap.check(late.over(10) and not late.welcome, "then not even a right key is", bytes(late.raw))
    tap.check("seq" in inside.do("note add 里面还在"), "who is in does not notice", inside.ended)


def crowd(tap, lab, room):
    """Slow, silent and half-open ones cost a bounded time and nothing else."""
    host = start(tap, lab, "crowd")
    invite = share(host, "scribe", free_port())
    calm = sorted(works(host) for _ in range(30))
    socks = []
    for _ in range(CROWD):
        s = socket.create_connection(("127.0.0.1", invite.port), 10)
        s.setblocking(False)
        socks.append(s)
    busy = sorted(works(host) for _ in range(30))
    print(f"# an answer took {calm[15]:.2f} ms alone, {busy[15]:.2f} ms with {CROWD} silent ones (medians)")
    tap.check(all(calm) and all(busy), f"{CROWD} that say nothing: who is at the session is answered", (calm, busy))

    def open_ones():
        n = 0
        for s in socks:
            try:
                n += s.recv(4096) != b""
            except BlockingIOError:
                n += 1
            except OSError:
                pass
        return n

    tap.check(until(lambda: open_ones() == 0, 10, 0.05), "within seconds they are all gone", open_ones())
    for s in socks:
        s.close()
    tap.check(told(host, "too many try to connect at once") and host.told().count("\n") < 40, "and the chair is told, not flooded", host.told())
    slow = socket.create_connection(("127.0.0.1", invite.port), 10)
    hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500)
    at, n = time.monotonic(), 0
    try:
        while n < len(hello) and time.monotonic() < at + 10:
            slow.sendall(hello[n : n + 1])
            n += 1
            slow.settimeout(0.1)
            try:
                if not slow.recv(1):
                    break
            except socket.timeout:
                pass
    except OSError:
        pass
    tap.check(time.monotonic() - at < 6, "a byte now and then: it is over in time", time.monotonic() - at)
    slow.close()
    tap.check(works(host), "and the session goes on")
    end(tap, host, invite.key)


def bad_lines(tap, lab, room):
    """Who was let in, over the socket, and says what no console says."""
    host = start(tap, lab, "lines")
    good = here(room, host, "scribe", "好人")
    tap.check(good.ready(), "a good one is in")
    deep = b"[" * 100000
    cases = {
        "a frame of 5 MB": b'{"ask":"a-1","do":"note add ' + b"x" * 5_000_000,
        "a line of 65 KiB": b'{"ask":"a-1","do":"note add ' + b"x" * 66000 + b'"}\n',
        "brackets without end": b'{"ask":' + deep[:60000] + b"\n",
        "deep objects": b'{"a":' * 9000 + b"1" + b"}" * 9000 + b"\n",
        "not UTF-8": b'{"ask":"a-1","do":"note add \xff\xfe"}\n',
        "a NUL": b'{"ask":"a-1","do":"note add \0"}\n',
        "a key twice": b'{"ask":"a-1","ask":"a-2","do":"note add x"}\n',
        "another greeting": b'{"hello":1,"session":"x","seat":"chair","name":"y"}\n',
        "a host's line": b'{"welcome":1,"session":"x","seat":"chair","name":"y"}\n',
        "a relay's line": b'{"relay":1,"seat":"chair"}\n',
        "an id that is none": b'{"ask":"a b","do":"note add x"}\n',
    }
    for what, data in cases.items():
        bad = here(room, host, "observer", "坏人")
        bad.ready()
        bad.send(data)
        tap.check(bad.over(10), f"{what}: it is gone", (len(data), bytes(bad.raw[-300:])))
        bad.close()
    for what, data in {"deep": deep + b"\n", "long": b"x" * 9000}.items():
        s = socket.socket(socket.AF_UNIX)
        s.connect(str(host.socket))
        bad = Peer(room, s, said=b'{"hello":' + data)
        tap.check(bad.over(10) and not bad.lines["session"], f"{what}, before a greeting: it is gone", bytes(bad.raw[-200:]))
        bad.close()
    tap.check("seq" in good.do("note add 还好") and good.holds(host.log) and not good.faults, "the good one does not notice", good.faults)
    deaf(tap, room, host, good)
    flood(tap, room, host, good)
    end(tap, host)


def deaf(tap, room, host, good):
    """One that never reads: it costs a window."""
    s = here(room, host, "observer", "聋")
    s.ready()
    with room.lock:
        s.deaf = True
        s.step()
    rss = lambda: int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{host.p.pid}/status").read_text()).group(1))  # noqa: E731
    before = rss()
    with host.connect() as line:
        for _ in range(300):
            line.do("note add --plain " + "长" * 1000)
    if b"__asan_init" in Path(host.lab.dais).read_bytes():
        tap.skip("one that never reads costs a window, no more", "a sanitizer keeps what was freed")
    else:
        tap.check(rss() - before < 4000, "one that never reads costs a window, no more", (before, rss()))
    tap.check(good.holds(host.log), "and the others have it all")
    s.close()


def flood(tap, room, host, good):
    """One that asks without end is slowed down; the others are not."""
    bad = here(room, host, "scribe", "急")
    bad.ready()
    bad.send(b"".join(b'{"ask":"f-%d","do":"note add x","made":1}\n' % i for i in range(3000)))
    until(lambda: bad.answers)
    times = sorted(works(host) for _ in range(30))
    print(f"# beside one that asks without end an answer took {times[15]:.2f} ms (median)")
    tap.check(all(times), "one that asks without end: others are answered", times)
    tap.check(len(bad.answers) < 300, "and it is heard slowly", len(bad.answers))
    tap.check("seq" in good.do("note add 好"), "the good one too")
    bad.close()


def half_open(tap, lab, room):
    """A line that dies without a word is noticed by the host as well."""
    if not OPENSSL:
        return tap.skip("a half-open line", MISSING)
    host = start(tap, lab, "half")
    cable = Cable(room, free_port())
    p = tls(room, lab, share(host, "scribe", cable.to[1]).by_way_of(cable.port), name="半")
    tap.check(p.ready(10), "half-open: it is in", bytes(p.raw))
    cable.hold()
    at = time.monotonic()
    tap.check(told(host, "the line to 半 ended", 15), "half-open: the host notices by itself", host.told())
    print(f"# a dead line was noticed after {time.monotonic() - at:.1f} s")
    p.close()
    end(tap, host)


# What the chair reads, in both languages.
EN = {
    "http": "127.0.0.1 does not speak our language", "old": "127.0.0.2 does not speak our language",
    "keyless": "127.0.0.3 does not speak our language", "seat": "书记 was not let in as chair: that seat is not yours",
    "wrong": "somebody at 127.0.0.1 has no right key", "used": "an invite was used again, from 127.0.0.1",
    "silent": "127.0.0.1 connected and said nothing", "looks": "看客 asked for something; but observer is a seat that only looks on",
    "five": "127.0.0.1 tried five times with a wrong key", "joined": "书记 joined as scribe",
}  # fmt: skip
ZH = {
    "http": "127.0.0.1 用的不是 dais 的协议", "old": "127.0.0.2 用的不是 dais 的协议", "keyless": "127.0.0.3 用的不是 dais 的协议",
    "seat": "未让 书记 以主席身份加入", "wrong": "127.0.0.1 有人用的密钥不对",
    "used": "有邀请码被再次使用，来自 127.0.0.1", "silent": "127.0.0.1 连上后没有回话", "looks": "看客提出了操作，但旁听席位只能旁观",
    "five": "127.0.0.1 五次密钥不对", "joined": "书记 以记录人身份加入",
}  # fmt: skip


class Chair(Console):
    """The chair's own screen: what it says below gives way to the next thing that happens."""

    def hears(self, tap, what, act):
        tap.check(self.words[what] not in self.screen.text(), f"{self.name}: which does not stand there before: {what}")
        act()
        return tap.check(self.sees(self.words[what], 15), f"{self.name}: the chair's screen shows: {what}", self.screen.text())


def shown(tap, lab, room, name, words, env):
    """Whoever is turned away is turned away before the eyes of the chair."""
    if not OPENSSL:
        return tap.skip(f"{name}: what the chair's screen shows", MISSING)
    with Chair(lab, "run", lab.write(f"{name}.yaml", agenda()), name=name, env=env) as chair:
        chair.words = words
        tap.check(chair.ready(), f"{name}: starts", chair.screen.text())
        first, second = share(chair, "scribe", free_port()), share(chair, "observer")
        gone, port = [], first.port

        def send(data):
            with socket.create_connection(("127.0.0.1", port), 10) as s:
                s.sendall(data)
                s.settimeout(10)
                try:
                    gone.append(s.recv(4096) == b"" or b"HTTP" not in data)
                except ConnectionResetError:
                    gone.append(True)

        def other(invite, **more):
            p = tls(room, lab, invite, **more)
            gone.append(p.over(15) and not p.welcome and not p.lines["session"])
            p.close()

        chair.hears(tap, "http", lambda: send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
        # What comes again from where it came from is counted, not told; these are other machines.
        chair.hears(tap, "old", lambda: other(first, args=("-bind", "127.0.0.2:0", "-tls1_2", "-cipher", "PSK-AES128-GCM-SHA256:@SECLEVEL=0")))
        chair.hears(tap, "keyless", lambda: other(first, keyed=False, args=("-bind", "127.0.0.3:0", "-tls1_3")))
        chair.hears(tap, "silent", lambda: send(b"\x16\x03\x01"))
        chair.hears(tap, "seat", lambda: other(first, seat="chair", name="书记"))
        with Desk(lab, f"{name}-state", "join", first.text, "--name", "书记", env=env) as desk:
            tap.check(desk.ready(), f"{name}: the right one comes in", desk.screen.text())
            tap.check(chair.sees(words["joined"], 15), f"{name}: the chair's screen shows who", chair.screen.text())
            chair.hears(tap, "used", lambda: other(first, name="别人"))
            looker = tls(room, lab, second, name="看客")
            looker.ready(10)
            chair.hears(tap, "looks", lambda: looker.do("note add x"))
            chair.hears(tap, "wrong", lambda: other(second.wrong()))
            chair.hears(tap, "five", lambda: [other(second.wrong()) for _ in range(6)])
            tap.check(all(gone), f"{name}: and none of them got a line", gone)
            tap.check(desk.p.poll() is None and "seq" in chair.do("segment next")[0], f"{name}: who is in stays in", desk.screen.text())
            tap.check(desk.holds(lab.path(f"{name}.dais")), f"{name}: and has the log", desk.screen.text())
            looker.close()
            tap.same(desk.leave(), 0, f"{name}: its console ends")
        tap.same((chair.leave(), chair.left_behind(), sanitized(bytes(chair.raw)), chair.screen.faults), (0, "", "", []), f"{name}: and the chair's")
        keys = [k for k in (first.key, second.key) if k.encode() in chair.raw]
        tap.same(keys, [], f"{name}: no key was on the chair's screen")


def in_english(tap, lab, room):
    shown(tap, lab, room, "door", EN, {})


def in_chinese(tap, lab, room):
    shown(tap, lab, room, "门", ZH, {"LANGUAGE": "zh_CN", "LANG": "C.UTF-8", "LC_ALL": ""})


def knocks(tap, lab, room):
    """Who knocks without end is told of, but what the chair reads stays readable."""
    host = start(tap, lab, "knocks")
    invite = share(host, "scribe", free_port())
    before, n, at = host.told().count("\n"), 0, time.monotonic()
    while n < CROWD and time.monotonic() < at + 30:
        try:
            with socket.create_connection(("127.0.0.1", invite.port), 10) as s:
                s.sendall(b"GET / HTTP/1.1\r\n\r\n")
                s.recv(4096)
        except ConnectionResetError:
            pass
        n += 1
    lines = host.told().count("\n") - before
    tap.check(0 < lines < 30 + time.monotonic() - at, f"{n} who speak HTTP, one after the other, are {lines} lines", host.told()[-300:])
    good = tls(room, lab, invite, name="对") if OPENSSL else None
    tap.check(not good or good.ready(10), "and the right key is let in meanwhile", host.told()[-300:])
    if good:
        good.close()
    end(tap, host, invite.key)


def main(dais, *_):
    tap = Tap()
    tests = {
        "tongues": other_tongues, "keys": keys, "crowd": crowd, "lines": bad_lines, "half": half_open, "english": in_english,
        "chinese": in_chinese, "knocks": knocks,
    }  # fmt: skip
    only = os.environ.get("DAIS_ONLY", " ".join(tests))
    with Lab(dais) as lab, Room() as room:
        for name, test in tests.items():
            if name in only:
                test(tap, lab, room)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
