"""The line to the host is cut in mid-debate: it is said, notes are kept and
come late but once and in their order, nothing that is bound to its moment comes
late. Also where the console is killed meanwhile, where a relay hangs, where the
host dies and comes back, and where it comes back with another log.
"""

import os
import re
import signal
import sys
import time

from console import ESCAPE, Tap
from join import Desk, share, ssh_here
from lab import Lab, agenda, kinds, log_fault, read_log, sanitized, until
from peer import Cable, Room, free_port, here

SECONDS = float(os.environ.get("DAIS_CUT") or 3)  # that a line is cut
NOTES = 20
CUT = re.compile(r"CUT OFF since \d\d:\d\d:\d\d")


def begin(lab, room, name):
    """A host in mid-debate and an online chair behind a cable."""
    path = lab.write(f"{name}.yaml", agenda())
    host = lab.host(path)
    host.ready()
    host.do("segment next", "queue add 甲", "queue add 乙", "floor next")
    cable = Cable(room, free_port())
    invite = share(host, "online-chair", cable.to[1]).by_way_of(cable.port)
    desk = Desk(lab, name + "-state", "join", invite.text, "--name", "王梅")
    return path, host, cable, invite, desk


def type_notes(desk, stem):
    for i in range(NOTES):
        desk.command(f"note add {stem}{i}")
        desk.pump()


def outbox(desk):
    path = desk.copy("outbox")
    return path.read_bytes().count(b"\n") if path.exists() else 0


def notes(host, stem):
    return [r for r in read_log(host.log) if r["kind"] == "note.add" and r["data"]["text"].startswith(stem)]


def refused_while_cut(tap, desk, host, what):
    before = host.status()["seq"]
    for line in ("queue add 丙", "queue close", "message send 听得到吗"):
        desk.command(line)
        tap.check(desk.sees("only notes are kept", 10), f"{what}: {line} is refused at once", desk.screen.text())
        desk.keys(ESCAPE)
        desk.misses("only notes are kept", 10)
    return before


def came_late(tap, host, stem, least, what):
    found = notes(host, stem)
    tap.same([r["data"]["text"] for r in found], [f"{stem}{i}" for i in range(NOTES)], f"{what}: all {NOTES} notes came, once, in order")
    late = [r["data"].get("late", 0) for r in found]
    tap.check(late and min(late) >= least * 1000, f"{what}: marked late by as much as they were", (late, least))
    tap.check(len({r["data"].get("req") for r in found}) == NOTES, f"{what}: each of its own request")


def cut(tap, lab, room, how):
    """how: the ends notice, or they do not."""
    what = "a cut line" if how == "cut" else "a silent line"
    path, host, cable, invite, desk = begin(lab, room, how)
    tap.check(desk.ready(), f"{what}: it joins", desk.screen.text())
    desk.command("note add 之前")
    tap.check(desk.sees("之前") and desk.misses("note waits"), f"{what}: a note before it", desk.screen.text())
    # It is kept until a second machine has it on its disk, which is this one.
    tap.check(desk.until(lambda: outbox(desk) == 0, 20), f"{what}: which is on two machines", outbox(desk))
    getattr(cable, how)()
    at = time.monotonic()
    tap.check(desk.sees(CUT, 12), f"{what}: says so and since when", desk.screen.text())
    if how == "hold":  # nothing is lost of what is typed before it is noticed either
        tap.check(time.monotonic() - at < 8, f"{what}: within seconds", time.monotonic() - at)
    tap.check("甲" in desk.screen.text() and "之前" in desk.screen.text(), f"{what}: the last state stays visible", desk.screen.text())
    type_notes(desk, "断")
    tap.check(desk.until(lambda: outbox(desk) == NOTES, 20), f"{what}: the notes are on its disk", outbox(desk))
    typed = time.monotonic()
    before = refused_while_cut(tap, desk, host, what)
    host.do("note add 主场一", "floor next", "note add 主场二")
    desk.until(lambda: time.monotonic() > at + SECONDS, SECONDS)
    late = time.monotonic() - typed
    cable.mend()
    tap.check(desk.until(lambda: not CUT.search(desk.screen.text()) and len(notes(host, "断")) >= NOTES, 20), f"{what}: is back by itself", desk.screen.text())
    came_late(tap, host, "断", late, what)
    tap.check(desk.sees(f"断{NOTES - 1} (late)"), f"{what}: and say so on the screen", desk.screen.text())
    records = read_log(host.log)
    tap.same([k for k in kinds(records[before:]) if k.startswith("queue")], [], f"{what}: and no command came late")
    tap.check(desk.until(lambda: outbox(desk) == 0, 20), f"{what}: nothing waits any more", outbox(desk))
    desk.command("queue add 丙")
    tap.check(desk.until(lambda: len(host.status()["queue"]) == 1), f"{what}: commands work again", desk.screen.text())
    tap.check(desk.holds(host.log), f"{what}: its copy is whole", desk.screen.text())
    killed(tap, lab, room, host, cable, invite, desk, what)


def killed(tap, lab, room, host, cable, invite, desk, what):
    """It is killed while cut, and started again: by the same invite, of which it has the key."""
    cable.cut()
    desk.sees(CUT, 12)
    type_notes(desk, "死")
    desk.until(lambda: outbox(desk) == NOTES, 20)
    desk.p.kill()
    desk.p.wait()
    desk.hang_up()
    cable.mend()
    again = Desk(lab, desk.state.name, "join", invite.text, "--name", "王梅")
    tap.check(again.ready(), f"{what}: a killed console joins again", again.screen.text())
    tap.check(again.until(lambda: len(notes(host, "死")) >= NOTES, 20), f"{what}: with the notes it had", again.screen.text())
    came_late(tap, host, "死", 0.001, what + ", killed")
    tap.check(again.until(lambda: outbox(again) == 0, 20) and again.holds(host.log), f"{what}: and all is well", again.screen.text())
    tap.same((again.leave(), again.left_behind()), (0, ""), f"{what}: it ends")
    again.hang_up()
    tap.same(host.end(), 0, f"{what}: the host ends")
    tap.same((log_fault(host.log), sanitized(host.told(), bytes(desk.raw), bytes(again.raw))), ("", ""), f"{what}: its log is whole")


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            return [int(n) for n in f.read().split()]
    except OSError:
        return []


def relay(tap, lab):
    """ssh hangs: the console notices, goes on with another one, and leaves nobody behind."""
    path = lab.write("relay.yaml", agenda())
    host = lab.host(path)
    host.ready()
    host.do("segment next", "floor give 甲")
    with Desk(lab, "relay-state", "join", "ssh://far/relay", "--as", "scribe", "--name", "书记", env=ssh_here(lab)) as desk:
        tap.check(desk.ready(), "a relay: joins", desk.screen.text())
        first = children(desk.p.pid)
        os.kill(first[0], signal.SIGSTOP)
        desk.command("note add 半路")
        tap.check(desk.sees(CUT, 12), "a relay that hangs is a cut line", desk.screen.text())
        type_notes(desk, "停")
        tap.check(desk.until(lambda: not CUT.search(desk.screen.text()), 20), "it goes on with another one", desk.screen.text())
        tap.check(desk.until(lambda: len(notes(host, "停")) >= NOTES and notes(host, "半路"), 20), "and everything comes", desk.screen.text())
        came_late(tap, host, "停", 0.001, "a relay")
        tap.same(len(notes(host, "半路")), 1, "what was on its way then is there once")
        tap.same(desk.leave(), 0, "a relay: ends")
        tap.check(until(lambda: not any(os.path.exists(f"/proc/{p}") for p in first), 10), "no process is left", first)
    host.end()


def lingering(tap, lab):
    """An ssh that leaves something behind which keeps its standard error open, as its shared connections do."""
    path = lab.write("linger.yaml", agenda())
    host = lab.host(path)
    host.ready()
    env = ssh_here(lab)
    script = lab.path("bin") / "ssh"
    script.write_text(script.read_text().replace("shift 2\n", 'shift 2\nsleep 300 </dev/null >/dev/null &\necho $! >>"$DAIS_LEFT"\n'))
    env["DAIS_LEFT"] = str(lab.path("left"))
    try:
        with Desk(lab, "linger-state", "join", "ssh://far/linger", "--as", "scribe", "--name", "书记", env=env) as desk:
            tap.check(desk.ready(), "a shared ssh: joins", desk.screen.text())
            os.kill(children(desk.p.pid)[0], signal.SIGKILL)
            tap.check(desk.until(lambda: len(lab.path("left").read_text().split()) > 1, 12), "a shared ssh: dials again", desk.screen.text())
            desk.command("note add 又来")
            tap.check(desk.until(lambda: notes(host, "又来"), 12), "a shared ssh: is back", desk.screen.text())
            tap.same(desk.leave() if desk.p.poll() is None else desk.p.returncode, 0, "a shared ssh: it can be left")
    finally:
        for pid in lab.path("left").read_text().split():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                pass
    ssh_here(lab)
    host.end()


def host_dies(tap, lab, room):
    """The host is killed and started again: everybody is back by themselves, with the keys they had."""
    path = lab.write("dies.yaml", agenda())
    host = lab.host(path)
    host.ready()
    host.do("segment next", "floor give 甲")
    port = free_port()
    invite, spare = share(host, "online-chair", port), share(host, "scribe")
    with Desk(lab, "dies-far", "join", invite.text, "--name", "王梅") as far, Desk(
        lab, "dies-near", "join", "dies", "--as", "scribe", "--name", "书记"
    ) as near:
        tap.check(far.ready() and near.ready(), "a host: two join", far.screen.text())
        acked = []
        watcher = here(room, host, "scribe", "看着")
        watcher.ready()
        tries = [watcher.ask(f"note add 认{i}") for i in range(200)]
        far.command("note add 远")
        until(lambda: sum("seq" in a for a in watcher.answers.values()) > 20)
        host.kill()
        acked = {a: m["seq"] for a, m in watcher.answers.items() if "seq" in m}
        tap.check(far.sees(CUT) and near.sees(CUT), "a host that dies is a cut line", far.screen.text())
        far.command("note add 无人")
        near.command("note add 无主")
        host = lab.host(path)
        tap.check(host.ready(), "it is started again", host.told())
        back = all(d.until(lambda: not CUT.search(d.screen.text()), 20) for d in (near, far))
        tap.check(back, "a host that is back: both are back by themselves", f"{far.screen.text()}\n{near.screen.text()}\n{host.told()}")
        tap.check(until(lambda: [d.pump() for d in (near, far)] and notes(host, "无人") and notes(host, "无主"), 20), "with what was typed meanwhile", far.screen.text())
        records = read_log(host.log)
        by_req = {}
        for r in records:
            if "req" in r["data"]:
                by_req.setdefault(r["data"]["req"], []).append(r["seq"])
        tap.check(all(len(v) == 1 for v in by_req.values()), "nothing twice", by_req)
        tap.check(acked and all(by_req.get(a) == [seq] for a, seq in acked.items()), f"nothing lost of {len(acked)} that were acknowledged", acked)
        again = here(room, host, "scribe", "看着", console=watcher.console, have=watcher)
        tap.check(again.ready(), "one that has the lines goes on where it was", again.refused)
        one = again.do("note add 认0", ask=tries[0])
        tap.check(one.get("seq") == by_req[tries[0]][0], "and what it asks again is not done again", one)
        tap.check(again.holds(host.log) and again.faults == [], "and its log is the host's", again.faults)
        third = Desk(lab, "dies-third", "join", spare.text, "--name", "后来")
        tap.check(third.ready(), "an invite from before still works", third.screen.text())
        third.hang_up()
        tap.check(far.holds(host.log) and near.holds(host.log), "their copies are the host's log", (far.screen.text(), near.screen.text()))
        for d in (far, near):
            tap.same(d.leave(), 0, "a host: a console ends")
    tap.same(host.end(), 0, "a host: ends")


def other_log(lab, folder, hosts):
    """A session of the same name that was hosted so often."""
    lab.path(folder).mkdir()
    path = lab.write(f"{folder}/dies.yaml", agenda())
    for _ in range(hosts):
        host = lab.host(path, name="dies")
        host.ready()
        until(lambda: host.status()["saved"])  # an epoch that never was on the disk is none
        host.kill()
    return path


def another_log(tap, lab):
    """A host of that name with a log that is another: the copy makes room and is kept."""
    second, third = other_log(lab, "second", 3), other_log(lab, "third", 5)
    host = lab.host(second, name="dies")
    host.ready()
    host.do("segment next", "note add 新")
    with Desk(lab, "dies-near", "join", "dies", "--as", "scribe", "--name", "书记") as near:
        old = near.copy().read_bytes()
        tap.check(near.sees("set aside"), "another log: it is said", near.screen.text())
        tap.check(near.sees("新"), "and the new one is shown", near.screen.text())
        near.command("note add 接着")
        tap.check(near.until(lambda: notes(host, "接着"), 10), "and works", near.screen.text())
        tap.check(near.holds(host.log), "its copy is the new one", near.screen.text())
        tap.same([p.read_bytes() for p in near.copy().parent.glob("copy.dais.aside-1")], [old], "the old one is kept")
        host.kill()
        near.sees(CUT)
        near.command("note add 搁着")
        near.until(lambda: outbox(near) == 1)
        host = lab.host(third, name="dies")
        host.ready()
        host.do("segment next")
        tap.check(near.until(lambda: near.p.poll() is not None or notes(host, "搁着"), 20) and near.p.poll() is None,
                  "also while it runs: a note that waited comes to the new one", near.screen.text())  # fmt: skip
        if near.p.poll() is None:
            tap.check(near.holds(host.log), "and its copy is that", near.screen.text())
            tap.check(near.copy("copy.dais.aside-2").exists(), "and the one before is kept")
            tap.same(near.leave(), 0, "another log: it ends")
        tap.same(sanitized(bytes(near.raw)), "", "nothing came from a sanitizer")
    host.end()


def namesakes(tap, lab):
    """Two consoles of one name on one machine are two, each with its copy."""
    host = lab.host(lab.write("names.yaml", agenda()))
    host.ready()
    with Desk(lab, "names-state", "join", "names", "--as", "scribe", "--name", "名" * 40) as a:
        tap.check(a.ready(), "a long name is shortened", a.screen.text())
        with Desk(lab, "names-state", "join", "names", "--as", "scribe", "--name", "名" * 40) as b:
            tap.check(b.ready(), "a second console of that name joins", b.screen.text())
            host.do("segment next")
            tap.check(a.sees("Point 1 of 3") and b.sees("Point 1 of 3"), "and the first one stays", a.screen.text())
            copies = [f / "copy.dais" for f in a.folders]
            tap.check(until(lambda: [a.pump(), b.pump()] and [c.read_bytes() for c in copies] == [host.log.read_bytes()] * 2, 10), "each keeps a copy", copies)
            tap.same((a.leave(), b.leave()), (0, 0), "both end")
    host.end()


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab, Room() as room:
        only = os.environ.get("DAIS_ONLY", "cut hold relay linger host names")
        for how in ("cut", "hold"):
            if how in only:
                cut(tap, lab, room, how)
        if "relay" in only:
            relay(tap, lab)
        if "linger" in only:
            lingering(tap, lab)
        if "host" in only:
            host_dies(tap, lab, room)
            another_log(tap, lab)
        if "names" in only:
            namesakes(tap, lab)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
