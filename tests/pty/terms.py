"""Every kind of terminal, at every size, in every locale, with a log that is
harmless or one that is not: each byte that reaches the terminal is one that a
screen has a use for, and it ends with 0 or in a sentence. A sample of them,
drawn anew each time; DAIS_TERMS=N draws so many, and DAIS_TERMS=all all of them.
"""

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, ESCAPE, RIGHT, TAB, Console, Tap  # noqa: E402
from lab import Lab, agenda, log_fault, sanitized, unsafe  # noqa: E402

SAMPLES = 60
SECONDS = 20  # for one of them; a machine may be busy
UNSET = None
TERMS = [
    "xterm", "xterm-256color", "xterm-direct", "tmux-256color", "screen", "screen-256color", "linux", "vt100", "vt220",
    "dumb", "no-such-term", UNSET, "",
]  # fmt: skip
REFUSED = {"dumb", "no-such-term", UNSET, ""}
SIZES = [(0, 0), (1, 1), (80, 1), (1, 80), (2, 2), (10, 3), (80, 24), (60, 20), (30, 8), (200, 50)]
# The one that nobody has and the empty one too.
LOCALES = ["zh_CN.UTF-8", "en_US.UTF-8", "C.UTF-8", "C", "POSIX", "xx_YY.UTF-8", "zh_CN.GBK", ""]
CASES = [("clean", "run"), ("hostile", "run"), ("hostile", "replay"), ("raw", "run"), ("raw", "replay")]
ORDERS = ["\x1b[2J", "\x1b]0;owned\x07", "\x1b]52;c;cm0=\x07", "\x1bP+q\x1b\\", "\x1b[6n", "\x1bc", "\x9b2J", "\x07\x7f", "\u202e倒", "\u200b零", "\x1bkowned\x1b\\"]


def logs(tap, lab):
    """Three sessions: one of plain words, one of orders to a terminal, and one whose file was filled with them."""
    for name in ("clean", "hostile"):
        texts = ORDERS if name == "hostile" else ["很长的话" * 9, "a word"]
        host = lab.host(lab.write(f"{name}.yaml", agenda()))
        tap.check(host.ready(), f"the {name} session starts", host.told())
        host.do("segment next", "floor give p0")
        for text in texts:
            host.do(["people", "add", f"客{text}人", "--title", text], ["note", "add", f"注{text}记"], ["message", "send", text])
            host.do(["queue", "add", f"客{text}人", "--about", text], ["mark", "moment", text])
        tap.same(host.end(), 0, f"the {name} session is left")
        tap.same(log_fault(host.log), "", f"its log is whole")
    data = lab.path("hostile.dais").read_bytes()
    lab.write("raw.yaml", agenda())
    lab.path("raw.dais").write_bytes(re.sub(rb"\\u001b", b"\x1b", data))


def locales(lab):
    """Those that can be made here, in a folder of their own; the others are not installed, which is a case too."""
    tool, folder = shutil.which("localedef"), lab.path("locales")
    folder.mkdir()
    made = []
    for name in ("zh_CN.UTF-8", "en_US.UTF-8", "zh_CN.GBK") if tool else ():
        place, charset = name.split(".")
        done = subprocess.run([tool, "-i", place, "-f", charset, str(folder / name)], capture_output=True)
        if done.returncode in (0, 1) and (folder / name).exists():
            made.append(name)
    print(f"# locales made: {' '.join(made) or 'none'}")
    return {"LOCPATH": str(folder)} if made else {}


def known(term):
    tool = shutil.which("infocmp")
    return term not in REFUSED and (not tool or subprocess.run([tool, term], capture_output=True).returncode == 0)


def use(c):
    """What a person does who looks around."""
    c.until(lambda: c.screen.frames or c.p.poll() is not None or len(c.raw) > 200, SECONDS)
    for keys in ("i张三说\x1b[200~贴\x1b[201~", ESCAPE, "a客", ESCAPE, TAB + TAB, "?", ESCAPE, ":queue ", ESCAPE, "z1z", "\x0c"):
        c.keys(keys)
        c.pump()


def ends(c, way):
    c.keys(ESCAPE, ESCAPE, "q", RIGHT, ENTER) if way == "run" else c.keys(ESCAPE, "q")
    if c.exit(SECONDS) == "runs":
        c.p.send_signal(signal.SIGTERM)
        return "ends only by SIGTERM" if c.exit(SECONDS) != "runs" else "does not end"
    return c.p.returncode


def judge(c, code, wanted, term):
    """What is wrong with how it went, in words; empty if nothing."""
    said = c.raw.decode("utf-8", "replace").replace("\r\n", "\n")
    found = [f"sent {f}" for f in c.screen.faults[:3]]
    if code not in wanted:
        found.append(f"exit {code}, not {wanted}: {said[-900:]!r}")
    if code in (1, 3) and not re.search(r"^dais: .*[^ ]$", said, re.M):
        found.append(f"no sentence: {said[-900:]!r}")
    found += [c.left_behind(), sanitized(bytes(c.raw))]
    if "owned" in c.screen.title + c.screen.name:
        found.append("a title of somebody else's")
    if b"\x1bk" in c.raw and not (term or "").startswith("screen"):
        found.append("a name for screen's window")
    return "; ".join(f for f in found if f)


def sample(lab, usable, places, term, size, locale, log, way):
    argv = [lab.dais, way, str(lab.path(f"{log}.{'yaml' if way == 'run' else 'dais'}"))]
    if term is UNSET:
        argv = ["/usr/bin/env", "-u", "TERM", *argv]
    env = {**places, "LC_ALL": "", "LANG": locale, "TERM": term or ""}
    unreadable = log == "raw" and way == "run"
    with Console(lab, argv=argv, size=size, name=log, env=env) as c:
        if term not in usable:
            return judge(c, c.exit(SECONDS), (1, 3) if unreadable else (1,), term)
        if unreadable:
            return judge(c, c.exit(SECONDS), (3,), term)
        use(c)
        return judge(c, ends(c, way), (0, 3) if log == "raw" else (0,), term)


def main(dais, *_):
    tap = Tap()
    usable = {term for term in TERMS if known(term)}
    every = [(*case, *tap.random.choice(CASES)) for case in itertools.product(TERMS, SIZES, LOCALES)]
    tap.random.shuffle(every)
    if os.environ.get("DAIS_TERMS") != "all":
        every = every[: int(os.environ.get("DAIS_TERMS") or SAMPLES)]
    with Lab(dais) as lab:
        logs(tap, lab)
        places = locales(lab)
        for term, size, locale, log, way in every:
            name = f"{way} of a {log} log, TERM={term} {size[0]}x{size[1]} LANG={locale}"
            tap.same(sample(lab, usable, places, term, size, locale, log, way), "", name)
        for name in ("clean", "hostile"):
            tap.same(log_fault(lab.path(f"{name}.dais")), "", f"the {name} log is whole after all of it")
            tap.same(unsafe(lab.path(f"{name}.dais").read_bytes()), None, "and harmless to look at")
    tap.done()


main(*sys.argv[1:])
