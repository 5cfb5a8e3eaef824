"""The Taiyuan forum with everybody there: an online chair on another machine
who brings the remote speakers in, a scribe on this one, a scribe over ssh, the
hall's stage and observers. In the end all have one log, byte for byte, and what
only chairs may see is with the chairs.
"""

import os
import re
import stat
import sys
from pathlib import Path

from console import ENTER, Console, Tap
from forum import NAMES, SECRETS, play
from lab import Lab, log_fault, read_log, sanitized, unsafe, until
from peer import Invite, Room, free_port, here, quote, stdio

OBSERVERS = int(os.environ.get("DAIS_OBSERVERS") or 8)  # many.py has a full house
# What ssh does, without another machine: the command runs here, as the account's shell would run it.
SSH = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift 2\nSSH_CONNECTION="192.0.2.7 4711 192.0.2.1 22" exec "$DAIS_HERE" %s\n'


class Desk(Console):
    """A joined console, with a state folder of its own."""

    def __init__(self, lab, state, *args, **more):
        self.state = lab.path(state)
        self.state.mkdir(mode=0o700, exist_ok=True)
        super().__init__(lab, *args, env={"XDG_STATE_HOME": str(self.state), **more.pop("env", {})}, **more)

    def command(self, line):
        self.keys(":", line, ENTER)

    @property
    def folders(self):
        return sorted((self.state / "dais" / "joined").glob("*"))

    def copy(self, name="copy.dais"):
        return self.folders[0] / name if self.folders else self.state / "none"

    def holds(self, log, name="copy.dais", seconds=20):
        """True once its copy is that log."""
        return self.until(lambda: self.copy(name).exists() and self.copy(name).read_bytes() == Path(log).read_bytes(), seconds)


def ssh_here(lab, more=""):
    """A folder for PATH in which ssh leads to this machine."""
    folder = lab.path("bin")
    folder.mkdir(exist_ok=True)
    script = folder / "ssh"
    script.write_text(SSH % ('stdio "$3"' + more))
    script.chmod(0o755)
    return {"PATH": f"{folder}:{lab.env['PATH']}", "DAIS_HERE": lab.dais}


def share(host, seat, port=None):
    """An invite onto a seat, from the chair."""
    where = f" 127.0.0.1:{port}" if port else ""
    return Invite(host.do(f"share {seat}{where}")[0]["text"])


class Hall:
    """Host and consoles of the forum."""

    def __init__(self, lab, room, path):
        self.lab = lab
        self.host = lab.host(path)
        self.host.ready()
        invite = share(self.host, "online-chair", free_port())
        self.online = Desk(lab, "online", "join", invite.text, "--name", "王梅")
        self.invite = invite
        self.scribe = Desk(lab, "scribe", "join", "taiyuan", "--as", "scribe", "--name", "书记甲")
        self.remote = Desk(lab, "remote", "join", "ssh://li@far/taiyuan", "--as", "scribe", "--name", "书记乙", env=ssh_here(lab))
        self.stage = Desk(lab, "stage", "stage")
        self.desks = [self.online, self.scribe, self.remote]
        self.observers = [here(room, self.host, "observer") for _ in range(OBSERVERS)]
        self.piped = stdio(room, lab, "taiyuan", "scribe", "管道", only="scribe")
        self.turn = 0

    def pump(self):
        for desk in [*self.desks, self.stage]:
            desk.pump()

    def until(self, what):
        return until(lambda: self.pump() or what())

    def asks(self, desk, words):
        """Typed there; done once the host has it."""
        seq = {lane: len(read_lines(log)) for lane, log in self.logs.items()}
        desk.command(" ".join(quote(w) for w in words))
        return self.until(lambda: any(len(read_lines(log)) > seq[lane] for lane, log in self.logs.items()))

    @property
    def logs(self):
        return {"session": self.host.log, "chairs": self.host.log.with_name("taiyuan.chairs.dais")}

    def act(self, command):
        """Who does what at such a forum. False where it was not done."""
        words = command.split() if isinstance(command, str) else command
        if words[:2] == ["queue", "add"] and "--online" in words:
            return self.asks(self.online, words)
        if words[0] == "message" or SECRETS[2] in words:
            return self.asks(self.online, words)
        if words[:2] == ["note", "add"] and not words[2].startswith("~"):
            self.turn += 1
            return self.asks([self.scribe, self.remote][self.turn % 2], words)
        self.pump()
        return self.host.do(words)[0]["ok"]


def read_lines(path):
    return path.read_bytes().split(b"\n")[:-1]


def arrive(tap, hall):
    tap.check(all(d.ready() for d in hall.desks), "three consoles join: by invite, on this machine, over ssh",
              "\n".join(d.screen.text() for d in hall.desks))  # fmt: skip
    tap.check(hall.stage.sees("观点论坛"), "the stage shows the forum", hall.stage.screen.text())
    tap.check(all(o.ready() for o in [*hall.observers, hall.piped]), f"{OBSERVERS} observers look on")
    tap.check(hall.until(lambda: "4 consoles" in hall.online.screen.text()), "the online chair sees who is here", hall.online.screen.text())
    seats = hall.host.do("seats")[0]["text"]
    good = re.search(r"1  online-chair +taken +王梅", seats) and "ssh 192.0.2.7" in seats and hall.invite.key not in seats
    tap.check(good, "and the chair, from where, and no key that was used", seats)


def afternoon(tap, hall):
    done = []
    for command in play():
        if isinstance(command, str) and command.startswith("session close"):
            tap.check(hall.until(lambda: all(d.saved() >= 0 for d in hall.desks)), "everybody is still there")
        done.append((bool(hall.act(command)), command))
    tap.check(all(good for good, _ in done), f"{len(done)} acts by the host, the online chair and the scribes", [c for good, c in done if not good])
    tap.same(hall.host.end(None), 0, "the host ends with the close")
    tap.same(sanitized(hall.host.told()), "", "and nothing came from a sanitizer")


def one_log(tap, hall):
    log, chairs = hall.logs["session"], hall.logs["chairs"]
    tap.same([log_fault(log), log_fault(chairs)], ["", ""], "the host's logs are whole")
    records = read_log(log)
    online = [r for r in records if r["kind"] == "queue.add" and r["data"]["attending"] == "online"]
    tap.same([(NAMES[r["data"]["person"]], r["by"]) for r in online], [("韩英", "王梅"), ("许骁哲", "王梅")], "the online chair brought the online speakers in")
    tap.same({r["by"] for r in records if r["kind"] == "note.add"}, {"书记甲", "书记乙"}, "the notes are the scribes'")
    asked = [r["data"]["req"] for r in [*records, *read_log(chairs)] if "req" in r["data"]]
    tap.check(len(asked) > 20 and len(set(asked)) == len(asked), "each of what they asked stands there once", len(asked))
    for desk, what in zip(hall.desks, ("by invite", "on this machine", "over ssh")):
        tap.check(desk.holds(log), f"{what}: its copy is the host's log, byte for byte", desk.screen.text())
    tap.check(hall.online.holds(chairs, "copy.chairs.dais"), "and the online chair's of the chairs' log")
    for desk in (hall.scribe, hall.remote, hall.stage):
        private = [p for p in desk.state.rglob("*") if p.is_file() and any(s.encode() in p.read_bytes() for s in SECRETS)]
        private += [p for p in desk.state.rglob("*chairs*")]
        tap.same(private, [], "nobody else keeps what only chairs may see")
        tap.check(not any(s in desk.raw.decode("utf-8", "replace").replace("\n", "") for s in SECRETS), "or shows it")
    watchers = [*hall.observers, hall.piped]
    tap.check(all(o.holds(log, seconds=20) for o in watchers), "all observers have that log", [len(o.lines["session"]) for o in watchers])
    tap.same([o.faults for o in watchers if o.faults], [], "each line of it verified as it came")
    tap.check(not any(s.encode() in o.raw for s in SECRETS for o in watchers), "and nothing that only chairs may see")


def secret(tap, hall):
    """Keys and copies are nobody else's to read."""
    open_to_others = []
    for state in [hall.lab.path("state"), *[d.state for d in [*hall.desks, hall.stage]]]:
        for p in [state, *state.rglob("*")]:
            if stat.S_IMODE(p.lstat().st_mode) & 0o077:
                open_to_others.append(str(p))
    tap.same(open_to_others, [], "nothing of it can be read by others")
    kept = {p.name for p in hall.online.copy().parent.iterdir()}
    tap.check({"key", "id", "copy.dais"} <= kept, "the online chair keeps the key that is its own", kept)
    keys = [hall.invite.key, (hall.online.copy("key")).read_text()]
    tap.check(keys[0] != keys[1], "which is not the invite's")
    with_keys = [
        str(p.relative_to(hall.lab.folder))
        for p in hall.lab.folder.rglob("*")
        if p.is_file() and any(k.encode() in p.read_bytes() for k in keys) and p.name != "key" and not p.name.startswith("seats-")
    ]
    tap.same(with_keys, [], "no key stands in a log or another file")
    shown = [d.name for d in [*hall.desks, hall.stage] if any(k.encode() in d.raw for k in keys)]
    tap.same(shown + [k for k in keys if k in hall.host.told()], [], "or on a screen")


def leave(tap, hall):
    for desk in [*hall.desks, hall.stage]:
        if desk is hall.stage:
            desk.keys("q")
            code = desk.exit()
        else:
            code = desk.leave()
        tap.same((code, desk.left_behind(), desk.screen.faults), (0, "", []), "it ends and gives the terminal back")
        tap.same((unsafe(desk.screen.text().encode()), sanitized(bytes(desk.raw))), (None, ""), "harmless to it")
        desk.hang_up()


def main(dais, agenda, *_):
    tap = Tap()
    os.umask(0)  # nothing may depend on it
    with Lab(dais) as lab, Room() as room:
        hall = Hall(lab, room, lab.write("taiyuan.yaml", Path(agenda).read_bytes()))
        cmdline = Path(f"/proc/{hall.online.p.pid}/cmdline")
        arrive(tap, hall)
        tap.check(hall.invite.key.encode() not in cmdline.read_bytes(), "a list of processes does not show the invite", cmdline.read_bytes())
        for who, pid in (("host", hall.host.p.pid), ("console", hall.online.p.pid)):
            told = Path(f"/proc/{pid}")
            tap.check(hall.invite.key.encode() not in (told / "environ").read_bytes(), f"nor does the environment of the {who}")
            tap.check(re.search(r"^Max core file size +0 +0 ", (told / "limits").read_text(), re.M), f"and the {who} leaves no core", (told / "limits").read_text())
        afternoon(tap, hall)
        one_log(tap, hall)
        secret(tap, hall)
        leave(tap, hall)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
