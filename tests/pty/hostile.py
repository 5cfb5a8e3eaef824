"""Nothing that a person writes reaches the terminal as an order, and nothing
that a terminal says by itself is taken for a key.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, RIGHT, Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, unsafe, until  # noqa: E402

# Orders to a terminal, and characters that hide or turn what stands around them.
ORDERS = [
    "\x1b[2J", "\x1b]0;owned\x07", "\x1b]52;c;cm0gLXJm\x07", "\x1bP+q544e\x1b\\", "\x1b[6n", "\x1b[?1049l", "\x1bc",
    "\x9b2J", "\x9d0;owned\x9c", "\x90q\x9c", "\x07\x08\x0d\x7f", "\x00", "\x0e\x0f",
]  # fmt: skip
TURNERS = ["\u202e倒", "\u2066隔\u2069", "零\u200b宽", "\u200f右", "\ufeff头", "软\xad连", "\u2028行", "注\ufff9", "标\U000e0041", "\u200d连"]
FENCE = "\x1b[200~", "\x1b[201~"
# What terminals answer and nobody asked for; some hold letters that are keys.
ANSWERS = [
    "\x1b[?62;22c", "\x1b[>1;95;0c", "\x1b[12;40R", "\x1b[0n", "\x1b]52;c;bmVuZQ==\x07", "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1bP>|nexte(1)\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b[?2026;2$y", "\x1b[I", "\x1b[O", "\x1b]4;1;rgb:ee/ee/ee\x07", "\x1b_Gi=1;nnn\x1b\\",
    "\x1b[8;36;120t", "\x1b[>0q", "\x1b[?1u", "\x1b[99;999999999999;x", "\x1b^nnn\x1b\\", "\x1bXeee\x1b\\",
]  # fmt: skip


def settled(c):
    """Everything that was typed before has been taken: a resize comes behind it and draws all anew."""
    return c.redrawn()


def name_of(text):
    return "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}" for c in text)


def by_agenda(tap, lab):
    """Every order and every turner in a title, a name, a unit: run, or refused in a harmless sentence."""
    ran = 0
    for i, text in enumerate(ORDERS + TURNERS):
        path = lab.write(f"h{i}.yaml", agenda().replace("甲", f'"甲{name_of(text)}乙"').replace("题0", f'"题{name_of(text)}"'))
        with Console(lab, "run", path, name=f"h{i}") as c:
            if c.ready():
                ran += 1
                c.do("segment next", "floor give p0")
                c.keys("a")
                c.sees("Add to the queue")
                c.keys(ESCAPE, "?", ESCAPE)
                settled(c)
                c.leave()
            else:
                tap.same(c.exit(), 3, f"{text!r} in an agenda is refused")
            tap.same(c.screen.faults, [], f"{text!r} in an agenda is harmless")
            tap.same(c.left_behind(), "", f"{text!r} in an agenda: the terminal is as it was")
    tap.check(ran >= len(TURNERS), f"{ran} of these sessions ran")


def by_socket(tap, lab, path):
    said = [text for text in ORDERS + TURNERS if text != "\x00"]  # a line with a NUL is no JSON that the host takes
    with Console(lab, "run", path, name="t") as c:
        tap.check(c.ready(), "it starts", c.screen.text())
        c.do("segment next", "floor give p0")
        for text in said:
            c.do(["people", "add", f"客{text}人", "--title", text + "长"], ["note", "add", f"注{text}记"])
            c.do(["mark", "moment", text], ["message", "send", f"{text}话"], ["note", "add", f"{text}: 句"])
            c.do(["queue", "add", "p1", "--about", text], ["queue", "remove", "1"])
        c.keys("a客", ESCAPE, "5kkkkz", ESCAPE, "?", ESCAPE, ":", text, ENTER, ESCAPE)
        tap.same(settled(c), "", "after hostile commands the picture is the right one")
        tap.same(c.screen.faults, [], "names and notes from others are harmless")
        tap.check("owned" not in c.screen.title, "the window's title is the forum's", c.screen.title)
        tap.same(c.leave(), 0, "it ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")
    tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole")
    tap.same(unsafe(path.with_suffix(".dais").read_bytes()), None, "and harmless to look at")


def quiet(c):
    """What the session knows: unchanged means that nothing was obeyed."""
    s = c.status()
    floor = s["floor"] or {}
    return [s["seq"], len(s["queue"]), floor.get("turn"), floor.get("state"), floor.get("allotted_ms"), (s["segment"] or {}).get("id")]


def notes(path):
    """What the log holds; where a command is just being written, once it is whole."""

    def whole():
        try:
            return read_log(path.with_suffix(".dais"))
        except ValueError:
            return None

    return [r["data"]["text"] for r in until(whole) if r["kind"] == "note.add"]


def pastes(tap, lab, path):
    with Console(lab, "run", path, name="p") as c:
        c.ready()
        c.do("segment next", "floor give p0", "floor pause")
        before = quiet(c)
        c.keys(FENCE[0], "n e ] q\r:session close\r\r", FENCE[1])
        settled(c)
        tap.same(quiet(c), before, "a paste in normal mode is no keys")
        tap.check(c.sees("Note this?"), "it is asked what to do with it", c.screen.text())
        c.keys(ENTER)
        c.misses("Note this?")
        tap.same(quiet(c), before, "and left by the harmless answer")
        c.keys("q")
        c.sees("Leave this console?")
        c.keys(FENCE[0], "\r\x1b[C\r\r", FENCE[1])
        settled(c)
        tap.check(c.p.poll() is None, "a paste answers no dialog")
        c.keys(ESCAPE)
        for text in ORDERS + TURNERS:
            c.keys("i", FENCE[0], f"贴{text}完", FENCE[1], ENTER, ENTER, ESCAPE)
        settled(c)
        tap.same(c.screen.faults, [], "what is pasted into notes is harmless")
        c.keys("i")
        c.sees("note 甲")
        big(tap, c, path)
        c.keys(ESCAPE)
        tap.same(c.leave(), 0, "it ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")
    tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole")


def big(tap, c, path):
    """64 KiB of Chinese with lines that would be commands: all of it becomes notes, or it is told that it does not."""
    line = "天地玄黄宇宙洪荒n e]q :session close\r\n"
    text = (line * (65536 // len(line.encode()) + 1)).encode()[:65535].decode("utf-8", "ignore")
    before, had = quiet(c), len(notes(path))
    c.keys(FENCE[0], text, FENCE[1])
    settled(c)
    tap.same(quiet(c), before, "none of 64 KiB was executed")
    c.keys(ENTER)
    tap.check(c.sees("Too long for one note"), "a text that is no note is told", c.screen.text())
    tap.same(quiet(c), before, "and nothing is noted before somebody says how")
    c.keys(RIGHT, ENTER)
    c.until(lambda: len(notes(path)) >= had + 8, 20)
    c.until(lambda: quiet(c)[0] <= c.saved(), 20)
    found = notes(path)[had:]
    tap.same("".join("".join(found).split()), "".join(text.split()), f"all of it stands in {len(found)} notes")
    tap.check(all(len(n.encode()) <= 8192 for n in found), "none of them too long", [len(n) for n in found])
    had = len(notes(path))
    c.keys(ESCAPE, "i", FENCE[0], "多" * 30000, FENCE[1])
    tap.check(c.sees("the rest was left out"), "what is beyond 64 KiB is told", c.screen.text())
    c.keys(ESCAPE)
    settled(c)
    tap.same(len(notes(path)), had, "and nothing of it was noted")


def answers(tap, lab, path):
    with Console(lab, "run", path, name="a") as c:
        c.ready()
        c.do("segment next", "floor give p0", "floor pause", "queue add p1", "queue add p2")
        before = quiet(c)
        for answer in ANSWERS:
            c.keys(answer)
        settled(c)
        tap.same(quiet(c), before, "what a terminal answers is no command")
        for answer in ANSWERS:  # and in pieces
            for byte in answer:
                c.keys(byte)
        settled(c)
        tap.same(quiet(c), before, "not in pieces either")
        c.keys("i", *ANSWERS, "清白", ENTER)
        c.until(lambda: notes(path))
        tap.same(notes(path), ["清白"], "nor is it text")
        c.keys(ESCAPE)
        tap.same(c.screen.faults, [], "nothing strange was sent")
        tap.same(c.leave(), 0, "it ends")


def everything(tap, lab, path):
    """All bytes, all pairs of some, and what is no UTF-8: no crash, no strange byte, the log whole."""
    with Console(lab, "run", path, name="e") as c:
        c.ready()
        r = tap.random
        noise = [bytes([b]) for b in range(256) if b != 0x1A] * 4 + [r.randbytes(r.randint(1, 30)).replace(b"\x1a", b"") for _ in range(800)]
        r.shuffle(noise)
        for part in noise:
            if c.p.poll() is not None:
                break
            c.keys(part)
        c.keys(b"\x1b[201~", ESCAPE, ESCAPE)
        tap.check(c.p.poll() in (None, 0), "it lives through random bytes", c.p.poll())
        tap.same(c.screen.faults, [], "and sends nothing strange")
        c.p.poll() is None and c.p.terminate()
        tap.same(c.exit(), 0, "and ends")
        tap.same(c.left_behind(), "", "and gives the terminal back")
    tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        by_agenda(tap, lab)
        for name, part in {"t": by_socket, "p": pastes, "a": answers, "e": everything}.items():
            part(tap, lab, lab.write(f"{name}.yaml", agenda()))
    tap.done()


main(*sys.argv[1:])
