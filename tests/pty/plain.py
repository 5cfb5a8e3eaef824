"""dais status --follow --plain: a session in sentences, for who hears it instead
of seeing it. One for each change that matters, none twice, and none of them a
sign or a colour.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, until  # noqa: E402

AGENDA = agenda().replace("speech: 3m", "speech: 1m\n  warn: [59s, 57s]")
ZH = {"LANGUAGE": "zh_CN", "LANG": "C.UTF-8", "LC_ALL": ""}


class Ear:
    """What is said, from a file that the program writes: what came since the last look."""

    def __init__(self, lab, name, **env):
        self.path = lab.path(name)
        self.out = open(self.path, "wb")
        self.p = lab.popen("status", "--follow", "--plain", stdout=self.out, env=env or None)
        self.at = 0

    def all(self):
        return Path(self.path).read_text(encoding="utf-8")

    def wait(self, words):
        """Up to a line with these words."""
        until(lambda: words in self.all()[self.at:] and self.all().endswith("\n"))
        text = self.all()
        new, self.at = text[self.at:], len(text)
        return new.splitlines()


def sentences(tap, lab):
    host = lab.host(lab.write("ear.yaml", AGENDA))
    tap.check(host.ready(), "the session starts", host.told())
    ear = Ear(lab, "ear.txt")
    first = ear.wait("Nothing has begun")
    tap.check(first[0].endswith(".") and first[-1] == "Nothing has begun yet.", "it begins with how it stands", first)
    host.do("segment next")
    said = ear.wait("Now ")
    tap.check(len(said) == 1 and re.search(r"planned for \d+ minutes?: 题0\.$", said[0]), "a segment, and its time in words", said)
    host.do("queue add 甲")
    tap.same(ear.wait("甲"), ["Next is 甲."], "who is next")
    host.do("queue add 乙")
    host.do("note add what is said")
    host.do("floor next")
    said = ear.wait("Next is 乙")
    tap.same(said, ["甲 has the floor for 1 minute.", "Next is 乙."], "notes and who waits behind are not told, the floor is")
    tap.same(ear.wait("59 seconds"), ["59 seconds left for 甲."], "the time left at a warning")
    tap.same(ear.wait("57 seconds"), ["57 seconds left for 甲."], "and at the next one")
    host.do("floor pause")
    tap.check(re.fullmatch(r"甲 is paused after \d+ seconds\.", ear.wait("paused")[0]), "a pause")
    host.do("floor extend +30s")
    said = ear.wait("1 minute 30 seconds")
    tap.check(len(said) == 1 and re.fullmatch(r"甲 now has 1 minute 30 seconds, .* of it left\.", said[0]), "more time", said)
    host.do("floor resume")
    said = ear.wait("goes on")
    tap.check(len(said) == 1 and said[0].startswith("甲 goes on, with 1 minute 2"), "it goes on", said)
    host.do("floor end")
    said = ear.wait("ended after")
    tap.check(len(said) == 1, "the end of a turn", said)
    zh = Ear(lab, "zh.txt", **ZH)
    now = lab.run("status", "--plain")
    tap.check(now.code == 0 and len(now.out.splitlines()) == 4, "once, without --follow", now)
    until(lambda: zh.all().count("\n") >= 4)
    host.do("session close")
    tap.same(ear.wait("closed"), ["The session is closed."], "the close is the last that is said of it")
    until(lambda: ear.p.poll() is not None)
    tap.same(ear.p.returncode, 0, "and the end of what is followed")
    text = ear.all()
    tap.check("\x1b" not in text and not re.search(r"[●⚑▶✓‖]|\d:\d\d", text), "no colours, no signs, no clock figures", text)
    lines = text.splitlines()
    tap.check(all(a != b for a, b in zip(lines, lines[1:])), "nothing is said twice", lines)
    until(lambda: zh.p.poll() is not None)
    if re.search("[\u4e00-\u9fff]", lab.run("--help", env=ZH).out):
        tap.check(not re.search(r"\b(has|the|is)\b", zh.all()), "in Chinese all of it is", zh.all())
    else:
        tap.skip("in Chinese all of it is", "there is no catalogue")


def wrong(tap, lab):
    out = lab.run("status", "--json", "--plain")
    tap.check(out.code == 2 and "--plain" in out.err and not out.out, "--json and --plain are not one", out)


def main(dais, *_):
    tap = Tap()
    for case in (wrong, sentences):
        with Lab(dais) as lab:
            case(tap, lab)
    tap.done()


main(*sys.argv[1:])
