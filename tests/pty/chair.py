"""The whole Taiyuan forum, chaired by keys alone: in tmux, at 120 by 36, with
what a hand at a keyboard does and nothing else. What comes out is held against
the same facts as when a script had asked for it.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from forum import AWARDS, ORDER, POINTS, QUESTIONS, SECRETS, TALKS, check_json, check_log, check_md  # noqa: E402
from lab import Lab, Line, Tap, until  # noqa: E402

# What a hand in a hurry types for somebody; the list's first row must be them.
TYPED = {
    "王元卓": "wangyz", "陈俊颖": "chen", "张光华": "zhanggh", "姚姗姗": "姚姗姗", "王明宇": "wangmy", "魏巍": "魏",
    "韩英": "hany", "张虎": "zhanghu", "宋昌": "song", "董云云": "dong", "李哲": "lizhe", "许骁哲": "xuxz", "翟双姣": "zhai",
    "张国业": "张国", "李毅": "liy", "徐双": "徐", "胡欣宇": "hu",
}  # fmt: skip


class Desk:
    """tmux with a server of its own, one pane in it, and somebody who types."""

    def __init__(self, tap, lab, path, size=(120, 36)):
        self.tap, self.lab, self.log = tap, lab, path.with_suffix(".dais")
        self.server = lab.path("tmux")
        self.code = lab.path("exit-code")
        run = f"'{lab.dais}' run '{path}'; echo $? >'{self.code}.new'; mv '{self.code}.new' '{self.code}'"
        columns, rows = map(str, size)
        self.tmux("start-server", ";", "set-option", "-g", "default-terminal", "tmux-256color", ";",
                  "new-session", "-d", "-x", columns, "-y", rows, "/bin/sh", "-c", run)  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def tmux(self, *args):
        out = subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", str(self.server), "-u", *args],
            env={**self.lab.env, "TERM": "xterm-256color"}, stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip
        return out.stdout.decode("utf-8", "replace")

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def status(self):
        try:
            with Line(self.lab.folder / "run" / "dais" / (self.log.name.removesuffix(".dais") + ".sock")) as line:
                return line.get()
        except OSError:
            return None

    # ---- a hand ----

    def key(self, *names):
        self.tmux("send-keys", *names)

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def expect(self, what, name):
        """Waits for something; only what does not come is worth a line."""
        found = until(what, seconds=20, pause=0.002)
        if not found:
            self.tap.check(False, name, self.screen())
            raise SystemExit(1)
        return found

    def sees(self, text):
        self.expect(lambda: text in self.screen(), f"{text} is on the screen")

    def count(self, field, more=1):
        """After this many more of them, whatever was typed is done."""
        before = self.status()[field]
        return lambda: self.status()[field] == before + more

    def floor(self):
        return (self.status().get("floor") or {}).get("name")

    def note(self, *texts):
        """Notes are typed one after the other; Escape goes back to the keys."""
        self.key("i")
        for text in texts:
            self.type(text)
            self.key("Enter")
        # With news of the focus behind it, an Escape is one at once; what is typed next cannot join it.
        self.key("-H", "1b", "1b", "5b", "49")

    def command(self, line):
        self.key(":")
        self.type(line)
        self.key("Enter")

    def add(self, name):
        self.key("a")
        self.type(TYPED[name])
        self.expect(lambda: re.search(f"▸ *{name}", self.screen()), f"a and {TYPED[name]} find {name} first")
        done = lambda: self.status()["queue"] and self.status()["queue"][-1]["name"] == name  # noqa: E731
        self.key("Enter")
        self.expect(done, f"{name} is in the queue")

    def next(self, name):
        self.key("n")
        self.expect(lambda: self.floor() == name, f"n gives {name} the floor")
        self.sees(name)


def speak(desk, segment):
    """A point: everybody is added, then they speak one after the other."""
    for name, _, _ in POINTS[segment]:
        desk.add(name)
    for i, (name, _, text) in enumerate(POINTS[segment]):
        desk.next(name)
        noted = desk.count("notes")
        desk.note(text)
        desk.expect(noted, f"the note on {name} is there")
        if segment == "point2" and i == 0:
            desk.key("m")
            desk.type(SECRETS[1])
            desk.key("Enter")
            noted = desk.count("notes", 2)  # what only chairs may see is in no status
            desk.note("?在没有开源的条件下,是否应该研究大模型的内部架构", "宋昌: 还要把它当作人来看待", "~" + SECRETS[2])
            desk.expect(noted, "a question, a note on somebody else and one for the chairs")


def give(desk, segment):
    for recipient, presenters in AWARDS[segment]:
        desk.sees(f"▶ {recipient}")
        if len(presenters) == 1:  # not both of those who were planned
            desk.command(f"award give {recipient} --by {presenters[0]}")
        else:
            desk.key("w")
        desk.sees(f"✓ {recipient}")
    desk.sees("All certificates are handed over")


def play(desk):
    for number, segment in enumerate(ORDER):
        desk.key("]")
        desk.expect(lambda: (desk.status()["segment"] or {}).get("id") == segment, f"] goes to {segment}")
        if segment in QUESTIONS:
            desk.sees(QUESTIONS[segment])
            speak(desk, segment)
        elif segment in AWARDS:
            give(desk, segment)
        elif segment in TALKS:
            desk.expect(lambda: desk.floor() == TALKS[segment][0], f"{TALKS[segment][0]} has the floor")
            noted = desk.count("notes")
            desk.note(TALKS[segment][1])
            desk.expect(noted, "the talk is noted")
        elif segment == "opening":
            desk.next("姚姗姗")
            desk.note("~" + SECRETS[0])
            desk.sees("~ " + SECRETS[0])
            desk.next("徐双")
            desk.command("people set 韩英 --online")
            desk.command("people set xuxz --online")
        elif segment == "closing":
            desk.next("胡欣宇")
            noted = desk.count("notes")
            desk.note("为中国科学院和地方高校的科教融合搭建一个良好的交流平台")
            desk.expect(noted, "the closing words")
        else:
            desk.command("mark photo 参会人员合影")
            desk.sees("marked at")


def close(tap, desk):
    desk.command("session close --why 圆满结束")
    desk.sees("Close the session?")
    desk.key("Enter")
    desk.expect(lambda: "Close the session?" not in desk.screen(), "Enter takes the harmless answer")
    tap.check("session.close" not in desk.log.read_text("utf-8"), "Enter alone closes nothing")
    desk.command("session close --why 圆满结束")
    desk.sees("Close the session?")
    desk.key("Right")
    desk.key("Enter")
    desk.sees("the session is closed")
    desk.key("q")
    desk.sees("Leave this console?")
    desk.key("Right")
    desk.key("Enter")
    until(desk.code.exists)
    tap.same(desk.code.read_text().strip(), "0", "the console of a closed session ends with 0")


def main(dais, agenda):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("taiyuan.yaml", Path(agenda).read_bytes())
        with Desk(tap, lab, path) as desk:
            desk.sees("● saved")
            play(desk)
            tap.check(True, "the whole afternoon was chaired by keys")
            close(tap, desk)
        check_log(tap, desk)
        whole = lab.run("verify", desk.log)
        tap.check(whole.code == 0 and "whole" in whole.out, "dais verify agrees", whole)
        check_md(tap, lab, desk, "zh-CN")
        check_md(tap, lab, desk, "en")
        check_json(tap, lab, desk)
        left = os.listdir(lab.folder / "run" / "dais")
        tap.check(not [f for f in left if f.endswith(".sock")], "no socket is left", left)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
