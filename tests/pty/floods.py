"""More than a person types: a paste of a megabyte, a mouse that does not stop,
answers of a terminal without end. None of it is a command, and the console
answers to the next key.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, sanitized  # noqa: E402

MEGABYTE = 1 << 20
OPEN, CLOSE = "\x1b[200~", "\x1b[201~"
ANSWERS = ["\x1b[?62;22c", "\x1b[>1;95;0c", "\x1b[12;40R", "\x1b[0n", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[?2026;2$y", "\x1b[I", "\x1b[O"]


def quiet(c):
    s = c.status()
    floor = s["floor"] or {}
    return [s["seq"], len(s["queue"]), floor.get("turn"), floor.get("state"), (s["segment"] or {}).get("id")]


def alive(tap, c, what):
    c.count = getattr(c, "count", 0) + 1
    typed = f"zz{c.count}zz"
    c.keys(ESCAPE, ESCAPE, ESCAPE, ":", typed)
    tap.check(c.sees(":" + typed), f"{what}: the next key is answered", c.screen.text())
    c.keys(ESCAPE, ESCAPE)
    c.misses(typed)
    tap.same((c.screen.faults, sanitized(bytes(c.raw))), ([], ""), f"{what}: nothing strange was sent")


def pastes(tap, c):
    text = "天地玄黄 n e ] q\r:session close\r\x1b[2J" * (MEGABYTE // 50)
    before = quiet(c)
    c.keys(OPEN, text, CLOSE)
    tap.check(c.sees("Note this?"), "a megabyte in normal mode is asked about", c.screen.text())
    c.keys(ENTER)
    alive(tap, c, "a megabyte in normal mode")
    for where in ("i", "a", ":", "/", "?", "q"):
        c.keys(where, OPEN, text[: MEGABYTE // 4], CLOSE)
        alive(tap, c, f"a quarter of one behind {where}")
    tap.same(quiet(c), before, "and none of it was a command")
    c.keys("i", OPEN, "没有结尾", ESCAPE[:1])
    tap.check(c.sees("没有结尾"), "a paste whose end was lost is ended by Escape", c.screen.text())
    alive(tap, c, "a paste without an end")
    tap.same(quiet(c), before, "which was no command either")


def mice(tap, c):
    r = tap.random
    c.keys(ESCAPE)
    odd = [0, 1, 2, 5, 36, 37, 120, 121, 223, 1000, 99999, 999999, 9999999]
    for where in ("", "?", ":", "a", "i", "q"):
        c.keys(ESCAPE, ESCAPE, where)
        flood = [f"\x1b[<{r.choice([0, 1, 2, 3, 32, 35, 64, 65, 66, 96, 128, 200])};{r.choice(odd + [r.randint(1, 120)] * 9)};"
                 f"{r.choice(odd + [r.randint(1, 36)] * 9)}{r.choice('Mm')}" for _ in range(2000)]  # fmt: skip
        # Where it would sit on the button that leaves, it is let out.
        c.keys("".join(m for m in flood if where != "q" or m.startswith(("\x1b[<64", "\x1b[<65", "\x1b[<32", "\x1b[<35"))))
        c.keys("\x1b[M\x01\x01\x01", "\x1b[M\xff\xff\xff".encode("latin-1"), "\x1b[<;;M", "\x1b[<0;0;0M", "\x1b[<-1;-1;-1M")
        alive(tap, c, f"a flood of the mouse over {where or 'the panes'}")


def answers(tap, c):
    before = quiet(c)
    r = tap.random
    for where in ("", "i"):
        c.keys(ESCAPE, ESCAPE, where)
        c.keys("".join(r.choice(ANSWERS) for _ in range(20000)))
        c.keys("\x1b]52;c;", "bm5l" * (MEGABYTE // 4), "\x07")
        c.keys("\x1bP+r", "6e" * (MEGABYTE // 8), "\x1b\\")
        alive(tap, c, "answers that nobody asked for")
        tap.same(quiet(c), before, f"answers that nobody asked for{' while typing' * bool(where)} are no commands")
    c.keys("\x1b]52;c;bm5ubm5u")
    c.until(lambda: False, 1.2)  # as long as the rest of a sequence is waited for
    alive(tap, c, "an answer without an end")
    tap.same(quiet(c), before, "and was no command either")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("f.yaml", agenda())
        with Console(lab, "run", path, name="f") as c:
            tap.check(c.ready(), "it starts", c.screen.text())
            c.do("segment next", "floor give p0", "floor pause", "queue add p1")
            pastes(tap, c)
            answers(tap, c)
            tap.check(not any(r["kind"].startswith("note.") for r in read_log(path.with_suffix(".dais"))), "and nothing was noted")
            mice(tap, c)
            c.p.terminate()
            tap.same(c.exit(), 0, "it ends")
            tap.same(c.left_behind(), "", "and gives the terminal back")
        tap.same(log_fault(path.with_suffix(".dais")), "", "the log is whole")
    tap.done()


main(*sys.argv[1:])
