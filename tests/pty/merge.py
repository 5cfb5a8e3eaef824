"""A host that comes back after another console has taken over: what only its log
holds is shown, is carried over once and marked as late, or is set aside and
named; and whoever is killed in the midst of that loses nothing and doubles nothing."""

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, Tap  # noqa: E402
from join import Desk, share  # noqa: E402
from lab import Lab, log_fault, read_log, sanitized, until  # noqa: E402
from peer import Cable, Invite, Room, free_port  # noqa: E402

CTRL_U = "\x15"
AGENDA = """dais: 1
forum:
  title: 试
people:
  - {id: p0, name: 赵一}
  - {id: p1, name: 钱二}
agenda:
  - {kind: point, id: s0, title: 题, duration: 10m}
  - {kind: award, id: s1, title: 奖, duration: 5m, recipients: [p0, p1], presenters: [p1]}
  - {kind: point, id: s2, title: 题二, duration: 10m}
"""
BEFORE = ("segment next", "floor give p0", "note add 都有的", "note add 都有的私事 --mark private")
TAIL = (
    "note add ?一 --person p0",
    "note add 二",
    "note add =三",
    "floor give p1",
    "note add 四",
    "note add ~五，只给主席",
    "note edit 1 都有的，改过",
    "award give p0",
    "people add 孙三 --title 客人",
    "note add 六 --person 孙三",
    "mark moment 一刻",
    "message send 说一声",
    "note add 说错了",
    "undo",
)
ADOPTED = ["一", "二", "三", "四", "六"]


def chairs(log):
    return log.with_name(log.name.replace(".dais", ".chairs.dais"))


def texts(log, kind="note.add", key="text"):
    return [r["data"].get(key) for r in read_log(log) if r["kind"] == kind]


class Scene:
    """A host that died with a tail, and the online chair that goes on."""

    def __init__(self, tap, lab, room, name="taiyuan", tail=TAIL, other=lambda: None):
        self.tap, self.lab, self.name = tap, lab, name
        for folder in ("away", "far"):
            lab.path(folder).mkdir(mode=0o700, exist_ok=True)
        self.far = {"XDG_RUNTIME_DIR": str(lab.path("far"))}
        self.host = lab.host(lab.write(f"{name}.yaml", AGENDA))
        tap.check(self.host.ready(), "a session runs", self.host.told())
        port = free_port()
        cable = Cable(room, port)
        invite = share(self.host, "online-chair", port).by_way_of(cable.port)
        argv = ["/bin/sh", "-c", 'cd away && exec "$@"', "sh", lab.dais, "join", invite.text, "--name", "王梅"]
        self.online = Desk(lab, f"online-{name}", argv=argv, env=self.far)
        self.host.do(*BEFORE)
        tap.check(self.online.ready() and self.online.holds(self.host.log), "the online chair holds the log", self.online.screen.text())
        self.other = other()
        tap.check(not self.other or self.other.ready(), "others are there")
        cable.cut()
        answers = self.host.do(*tail)
        tap.check(all(a["ok"] for a in answers), "the line is cut, and the host goes on", answers)
        tap.check(not self.other or self.other.holds(self.host.log), "who is not cut off has it all")
        self.host.kill()
        self.takes_over()
        self.invite = Invite(self.ctl("share", "online-chair", f"127.0.0.1:{free_port()}"))

    def takes_over(self):
        self.online.sees("CUT OFF since")
        self.online.keys(CTRL_U, ":takeover really", ENTER)
        self.tap.check(self.online.sees("This console is the host now"), "the online chair takes over", self.online.screen.text())
        self.log = self.lab.path(f"away/{self.name}.dais")
        self.ctl("note", "add", "之后")

    def ctl(self, *words):
        return self.lab.run("ctl", *words, env=self.far).out.strip()

    def back(self, *more, **how):
        """The old chair, on his own machine, with the invite that he was sent."""
        return Desk(self.lab, "state", "join", self.invite.text, "--name", "老主席", *more, **how)

    def merged(self, desk, wanted=ADOPTED):
        return desk.until(lambda: [t for t in texts(self.log) if t in wanted] == wanted, 20)

    def end(self):
        self.tap.same(sanitized(bytes(self.online.raw)), "", "nothing came from a sanitizer")
        if self.online.p.poll() is None:
            self.tap.same(self.online.leave(), 0, "the host ends")
        self.tap.same([log_fault(x) for log in (self.host.log, self.log) for x in (log, chairs(log))], [""] * 4, "all four logs are whole")


def shows(desk, command="merge"):
    desk.keys(ESCAPE)
    desk.command(command)
    desk.sees("What only another log holds")
    return desk.screen.text()


def states(text):
    """What the list says of each."""
    return {int(n): rest for n, rest in re.findall(r"(?m)^ *(\d+)  \d\d:\d\d:\d\d  (.*?) *$", text)}


def told(tap, s, desk):
    found = desk.sees(re.compile(r"(\d+) records are only in taiyuan\.dais"))
    tap.check(found and found.group(1) == "12", "the old chair is told how many only his log holds", desk.screen.text())
    tap.check(until(lambda: "12 records that only taiyuan.dais holds" in chairs(s.log).read_text()), "and so are the other chairs, in their log")
    list_ = states(shows(desk))
    tap.same(len(list_), 12, "he sees each of them")
    tap.check("的话" not in str(list_) and "说错了" not in str(list_), "without what had been taken back", list_)
    tap.check("can only be set aside" in list_[4] and "the floor for 钱二" in list_[4], "and which are bound to their moment", list_)
    desk.keys(ESCAPE)


def adopted(tap, s, desk):
    desk.command("merge adopt all")
    tap.check(s.merged(desk), "the notes are carried over, in order", texts(s.log))
    tap.check(desk.sees("1 refused"), "what this seat may not do is refused", desk.screen.text())
    tap.check("may not do this" in shows(desk) and "chair pass" in desk.screen.text(), "and it is said what helps", desk.screen.text())
    desk.keys(ESCAPE)
    s.ctl("chair", "pass", "p1")
    desk.until(lambda: "chair.pass" in desk.copy().read_text())
    desk.command("merge adopt 8")
    tap.check(until(lambda: texts(s.log, "award.give", "recipient") == ["p0"]), "with the chair passed it is done", desk.screen.text())
    desk.command("merge rest 时过了")
    tap.check(desk.until(lambda: "时过了" in chairs(s.log).read_text()), "the rest is set aside, with a reason")
    aside = [t for t in texts(chairs(s.log), "message.send") if t.startswith("Not carried over")]
    tap.check(len(aside) == 1 and "the floor for 钱二 (时过了)" in aside[0] and str(s.host.log) in aside[0] and "note" not in aside[0],
              "one message names it, and where the log lies", aside)  # fmt: skip


def in_the_log(tap, s):
    log = read_log(s.log)
    late = [r for r in log if r["by"] == "老主席"]
    tap.check(all(r["data"].get("late", 0) > 0 for r in late), "all that was carried over is marked as late", late)
    asked = [r["data"]["req"] for r in [*log, *read_log(chairs(s.log))] if "req" in r["data"]]
    tap.same(len(asked), len(set(asked)), "and stands there once")
    tap.same([t for t in texts(s.log, "note.edit")], ["都有的，改过"], "a changed note is changed")
    tap.same([r["data"]["name"] for r in log if r["kind"] == "person.add"], ["孙三"], "who came is on the roster")
    tap.check("私事" not in s.log.read_text() and "只给主席" not in s.log.read_text(), "what only chairs may see is not in the session's log")
    tap.check("五，只给主席" in texts(chairs(s.log)), "but in theirs")
    notes = {r["data"]["text"]: r["data"] for r in log if r["kind"] == "note.add"}
    tap.same((notes["二"]["turn"], notes["四"].get("turn"), notes["四"]["person"]), (1, None, "p1"), "notes belong to the turn that both logs know")


def again(tap, s):
    size = s.log.stat().st_size
    with s.back() as desk:
        desk.ready()
        desk.command("merge adopt all")
        tap.check(desk.sees("nothing is left"), "a second time there is nothing to be done", desk.screen.text())
        tap.check("only in" not in desk.screen.text(), "and nothing to be told")
        list_ = states(shows(desk))
        tap.check(len(list_) == 12 and all(re.search("is there|set aside$", v) for v in list_.values()), "the list says what became of each", list_)
        tap.same(desk.leave(), 0, "he leaves")
        tap.check("only in" not in desk.screen.text(), "without a word", desk.screen.text())
        tap.same(sanitized(bytes(desk.raw)), "", "nothing came from a sanitizer")
    tap.check(not [r for r in s.log.read_bytes()[size:].splitlines() if b"req" in r], "and nothing was written")


def whole(tap, lab, room):
    s = Scene(tap, lab, room)
    old = s.host.log.read_bytes(), chairs(s.host.log).read_bytes()
    with s.back() as desk:
        tap.check(desk.ready(), "the old chair joins", desk.screen.text())
        told(tap, s, desk)
        tap.same(desk.leave(), 0, "he leaves")
        tap.check("12 records are only in taiyuan.dais" in desk.screen.text(), "what is undecided is said once more", desk.screen.text())
    with s.back() as desk:
        desk.ready()
        adopted(tap, s, desk)
        tap.same(desk.leave(), 0, "he leaves")
        tap.same(sanitized(bytes(desk.raw)), "", "nothing came from a sanitizer")
    in_the_log(tap, s)
    again(tap, s)
    out = lab.run("run", "--headless", "taiyuan.yaml")
    tap.check(out.code == 1 and "this session went on at" in out.err, "the old log is not hosted again by mistake", out)
    tap.check("elsewhere" in lab.run("list").out, "and the list says so", lab.run("list"))
    tap.check("12 records that" in chairs(s.log).read_text() and chairs(s.log).read_text().count("records that only") == 1, "the chairs were told once")
    tap.same((s.host.log.read_bytes(), chairs(s.host.log).read_bytes()), old, "the old logs are as they were")
    s.end()


def started_again(tap, lab, room):
    """The old host is started once more, apart, before its chair learns of the takeover."""
    s = Scene(tap, lab, room, "again", tail=("note add 甲",))
    old = lab.host(lab.path("again.yaml"))
    tap.check(old.ready() and old.do("note add 乙")[0]["ok"], "the old host goes on for itself")
    with s.back() as desk:
        tap.check(desk.sees("is still hosted on this machine"), "to join is to be told to end it", desk.screen.text())
        old.end()
        desk.leave()
    with s.back() as desk:
        tap.check(desk.sees(re.compile("2 records are only in again")), "then both its hostings are looked at", desk.screen.text())
        desk.command("merge drop 1 不要了")
        desk.command("merge adopt 2")
        tap.check(s.merged(desk, ["乙"]), "one is carried over", desk.screen.text())
        tap.check(desk.until(lambda: "甲” (赵一) (不要了)" in chairs(s.log).read_text()), "one is dropped, which the chairs are told", chairs(s.log).read_text())
        tap.check("甲" not in texts(s.log), "and is not there")
        desk.command("merge adopt 1")
        tap.check(s.merged(desk, ["甲"]), "who thinks again can have it", desk.screen.text())
        tap.same(desk.leave(), 0, "he leaves")
    s.end()


MANY = [f"话{n:02}" for n in range(40)]


def takes_part(s, desk):
    """Joined, and merging; whatever became of that."""
    desk.ready()
    desk.command("merge adopt all")


def killed(tap, lab, room):
    """Whoever is killed at any step of the merging: nothing is lost and nothing is there twice."""
    s = Scene(tap, lab, room, "killed", tail=[f"note add {t}" for t in MANY] + ["note add ~私", "mark photo 照", "floor end"])
    kills = 0
    while not set(MANY) <= set(texts(s.log)) and kills < 40:
        with s.back() as desk:
            takes_part(s, desk)
            have = len(texts(s.log))
            more = tap.random.randrange(1, 8)
            desk.until(lambda: len(texts(s.log)) >= have + more, 10)
            desk.p.kill()
            kills += 1
    tap.check(kills > 3, f"the old chair's console is killed {kills} times while it merges")
    with s.back() as desk:
        takes_part(s, desk)
        tap.check(desk.until(lambda: "私" in texts(chairs(s.log)) and "照" in str(texts(s.log, "mark.add")), 20), "the last one comes to an end", desk.screen.text())
        tap.same(desk.leave(), 0, "he leaves")
    tap.same([t for t in texts(s.log) if t in MANY], MANY, "each note is there once, in order")
    tap.same((texts(chairs(s.log)).count("私"), len(texts(s.log, "mark.add"))), (1, 1), "and so is what is of the moment, or for chairs")
    tap.same(chairs(s.log).read_text().count("records that only killed.dais"), 1, "the chairs were told once")
    s.end()


def host_killed(tap, lab, room):
    """The new host is killed while the old chair merges, and started again."""
    s = Scene(tap, lab, room, "fresh", tail=[f"note add {t}" for t in MANY])
    with s.back() as desk:
        takes_part(s, desk)
        desk.until(lambda: len(texts(s.log)) > 10, 10)
        s.online.p.kill()
        s.online.p.wait()
        tap.check(desk.sees("CUT OFF since"), "the new host is killed while he merges", desk.screen.text())
        state = {"XDG_STATE_HOME": str(s.online.state)}
        host = lab.popen("run", "--headless", str(lab.path("away/fresh.yaml")), env={**s.far, **state})
        tap.check(s.merged(desk, MANY), "once it is started again, the merging goes on to its end", (texts(s.log), desk.screen.text()))
        tap.same(texts(s.log, "session.host", "why"), ["start", "takeover", "resume"], "it was hosted three times")
        tap.same(desk.leave(), 0, "he leaves")
        host.terminate()
        host.wait()
    s.end()


def scribes_copy(tap, lab, room):
    """Nobody's host: a scribe's copy holds more than the new host ever got, and a note that never left."""
    s = Scene(tap, lab, room, "scribe", tail=("note add 一", "note add ~只给主席", "note add 二"),
              other=lambda: Desk(lab, "near", "join", "scribe", "--as", "scribe", "--name", "书记"))  # fmt: skip
    with s.other as desk:
        tap.check(desk.sees("CUT OFF since") and "二" in desk.copy().read_text(), "a scribe has what the new host lacks", desk.screen.text())
        desk.command("note add 没送出的")
        tap.check(desk.until(lambda: desk.copy("outbox").exists() and "没送出的" in desk.copy("outbox").read_text()), "and writes on")
        desk.leave()
    invite = Invite(s.ctl("share", "scribe", f"127.0.0.1:{s.invite.port}"))
    with Desk(lab, "near", "join", invite.text, "--name", "书记") as desk:
        desk.ready()
        tap.check(desk.sees(re.compile("3 records are only in")), "invited anew, the scribe is told", desk.screen.text())
        tap.check(until(lambda: "2 records that only" in chairs(s.log).read_text()), "and so are the chairs")
        list_ = states(shows(desk))
        tap.check(len(list_) == 3 and "没送出的" in list_[3] and "只给主席" not in str(list_), "it is what a scribe may see", list_)
        desk.keys(ESCAPE)
        desk.command("merge adopt all")
        tap.check(s.merged(desk, ["一", "二", "没送出的"]), "the notes are carried over", texts(s.log))
        tap.same(desk.leave(), 0, "the scribe leaves")
        tap.same(sanitized(bytes(desk.raw)), "", "nothing came from a sanitizer")
    with s.back() as desk:
        desk.ready()
        tap.check(desk.sees(re.compile(r"1 record is only in scribe\.dais")), "the old chair still has one that only chairs see", desk.screen.text())
        list_ = states(shows(desk))
        tap.same(["is there" in v for v in list_.values()], [True, False, True], "what the scribe carried over is there for him too")
        desk.keys(ESCAPE)
        desk.command("merge adopt all")
        tap.check(desk.until(lambda: "只给主席" in texts(chairs(s.log))), "he carries that over", desk.screen.text())
        tap.same(desk.leave(), 0, "he leaves")
    tap.same([t for t in texts(s.log) if t in ("一", "二", "没送出的")], ["一", "二", "没送出的"], "each stands there once")
    s.end()


def diverged(tap, lab, room):
    """The new host's log comes to the old host's machine: who stayed there finds it under the same name."""
    s = Scene(tap, lab, room, "moves", tail=("note add 一", "note add 二"),
              other=lambda: Desk(lab, "stays", "join", "moves", "--as", "scribe", "--name", "书记"))  # fmt: skip
    s.online.leave()
    for path in lab.folder.glob("moves*.dais*"):
        path.rename(path.with_name("old." + path.name))
    for path in lab.path("away").glob("moves*.dais*"):
        path.rename(lab.path(path.name))
    host = lab.host(lab.path("moves.yaml"))
    tap.check(host.ready(), "the new host's log is hosted on the old one's machine", host.told())
    with s.other as desk:
        tap.check(desk.sees(re.compile(r"2 records are only in \S+aside-1")), "what a console held beyond it is set aside and told", desk.screen.text())
        desk.command("merge adopt all")
        tap.check(desk.until(lambda: texts(host.log)[-2:] == ["一", "二"]), "and merged", desk.screen.text())
        tap.same(desk.leave(), 0, "it ends")
    host.end()
    tap.same([log_fault(host.log), log_fault(chairs(host.log))], ["", ""], "the logs are whole")


def elsewhere(tap, lab, room):
    """Without the state folder: the log was carried to another machine, and is named."""
    s = Scene(tap, lab, room, "named", tail=("note add 甲",))
    with Desk(lab, "else", "join", s.invite.text, "--name", "老主席", "--log", "no.dais") as desk:
        tap.check(desk.sees("no.dais cannot be read"), "a log that is not there is said", desk.screen.text())
        desk.leave()
    with Desk(lab, "else", "join", s.invite.text, "--name", "老主席", "--log", "named.dais") as desk:
        tap.check(desk.sees("1 record is only in named.dais"), "a log can be named", desk.screen.text())
        desk.command("merge adopt 1")
        tap.check(s.merged(desk, ["甲"]), "and merged", desk.screen.text())
        tap.same(desk.leave(), 0, "he leaves")
    lab.write("torn.dais", s.host.log.read_bytes() + b'{"seq":')
    with Desk(lab, "else", "join", s.invite.text, "--name", "老主席", "--log", "torn.dais") as desk:
        desk.ready()
        tap.check("the end is torn off" in shows(desk), "what of a log cannot be read is said", desk.screen.text())
        desk.leave()
    damaged = bytearray(s.host.log.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    lab.write("damaged.dais", bytes(damaged))
    with Desk(lab, "else", "join", s.invite.text, "--name", "老主席", "--log", "damaged.dais") as desk:
        tap.check(desk.sees(re.compile(r"damaged\.dais: line \d+ is damaged")), "also where nothing is left of it", desk.screen.text())
        desk.leave()
    other = lab.host(lab.write("other.yaml", AGENDA))
    other.ready()
    other.end()
    with Desk(lab, "else", "join", s.invite.text, "--name", "老主席", "--log", "other.dais") as desk:
        tap.check(desk.sees("other.dais is another session's log"), "another session's is not taken", desk.screen.text())
        desk.leave()
    s.end()


def closed(tap, lab, room):
    """The debate is over before the old host comes back: no network, two files."""
    s = Scene(tap, lab, room, "late", tail=(*TAIL[:9], "people set p1 --title 教授", "note add \"带\\引号\" --plain"))
    before = lab.run("merge", s.log, "late.dais")
    tap.check(before.code == 0 and "dais join --log late.dais" in before.out, "while it runs: dais join", before)
    s.ctl("session", "close")
    s.online.p.terminate()
    s.online.exit()
    old = s.host.log.read_bytes(), s.log.read_bytes()
    out = lab.run("merge", s.log, "late.dais")
    tap.same((out.code, len(states(out.out))), (0, 11), "after the close it is listed")
    tap.check("--commands" in out.out and "the note “二” (赵一)" in out.out, "with what helps", out)
    lines = lab.run("merge", s.log, "late.dais", "--commands")
    tap.check(len(lines.out.splitlines()) == 7 and "只给主席" not in lines.out, "as commands: notes and spellings", lines)
    done = lab.run("amend", s.log, "-", stdin=lines.raw_out)
    tap.same((done.code, done.err), (0, ""), "dais amend takes them")
    tap.same(lab.run("merge", s.log, "late.dais", "--commands").out, "", "once")
    report = lab.run("report", s.log).out
    tap.check(all(t in report for t in ("一", "二", "三", "四", "都有的，改过", "7 corrections")), "the report has them", report)
    tap.same((s.host.log.read_bytes(), s.log.read_bytes()), old, "neither log is changed")
    tap.same(lab.run("merge", s.log, s.log).out.count("holds nothing"), 1, "a log lacks nothing of itself")
    lab.write("other2.yaml", AGENDA)
    other = lab.host(lab.path("other2.yaml"))
    other.ready()
    other.end()
    tap.check(lab.run("merge", s.log, "other2.dais").code == 1, "two sessions are not merged")
    tap.check(lab.run("merge", s.log, "none.dais").code == 3 and lab.run("merge", s.log).code == 2, "what is not there is told")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab, Room() as room:
        only = os.environ.get("DAIS_ONLY", "whole again killed fresh scribe moves named late")
        for name, play in (("whole", whole), ("again", started_again), ("killed", killed), ("fresh", host_killed),
                           ("scribe", scribes_copy), ("moves", diverged), ("late", closed), ("named", elsewhere)):  # fmt: skip
            if name in only:
                play(tap, lab, room)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
