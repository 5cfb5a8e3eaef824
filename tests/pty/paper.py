"""What the README says can be done is done: its commands are run, its options,
acts, themes and keys are the program's. And --help is the same as the manual's
table, in lines that fit.
"""

import re
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, until  # noqa: E402

README = (Path(__file__).resolve().parent.parent.parent / "README.md").read_text("utf-8")
# A line of a block: the command, and behind two blanks what it is for.
BLOCK = re.compile(r"^    (dais .*?)(?:   *[^ ].*)?$", re.M)
INLINE = re.compile(r"`(dais [^`]*)`")
SCREEN = {"join", "stage", "replay", "demo"}  # these want a terminal
LASTING = {"--follow", "--headless"}


def tables(lab):
    rows = {}
    sub = None
    for line in lab.run("complete", "--tables").out.splitlines():
        kind, *row = line.split("\t")
        rows.setdefault(kind, []).append(row)
        if kind == "subcommand":
            sub = row[0]
        elif kind == "option":
            rows.setdefault(f"options of {sub}", []).extend(filter(None, row[:2]))
    return rows


def commands():
    """Each command that is shown, once; alternatives one by one."""
    found = []
    for line in BLOCK.findall(README) + INLINE.findall(README):
        line = line.replace("…", "X").split("<")[0].strip()
        way = re.search(r"\S+(?:\|\S+)+", line)
        found += [line.replace(way.group(), w) for w in way.group().split("|")] if way else [line]
    return list(dict.fromkeys(found))


def known(tap, rows, lines):
    subs = {r[0] for r in rows["subcommand"]}
    for line in lines:
        words = shlex.split(line)[1:]
        if words and words[0] in ("--help", "--version"):
            continue
        strange = [w for w in words[:1] if w not in subs]
        options = rows.get(f"options of {words[0]}", []) + ["--help"] if words else []
        if words and words[0] != "ctl":
            strange += [w for w in words if re.match(r"--?[a-z]", w) and w not in options]
        tap.same(strange, [], f"README: {line}")


def done(tap, lab, lines, name, sample):
    """Those that need no terminal, in the order of the text."""
    path = lab.path("forum.yaml")
    path.write_bytes(Path(sample).read_bytes())
    host = lab.host(path)
    tap.check(host.ready(), "README: dais run forum.yaml --headless", host.told())
    host.do("segment next", "queue add 张虎")
    for line in [x for x in lines if shlex.split(x)[1] in ("list", "status", "ctl", "check")]:
        words = [w for w in shlex.split(line)[1:] if w not in LASTING]
        out = lab.run(*words, stdin="note add 一句话\n")
        tap.check(out.code == 0 and out.out, f"README: {line} is done", out)
    host.do("floor end", "note add 二", "note add 三", "session close")
    until(lambda: host.p.poll() is not None)
    for line in [x for x in lines if shlex.split(x)[1] in ("verify", "report", "amend") and len(shlex.split(x)) > 2]:
        out = lab.run(*shlex.split(line)[1:])
        tap.same(out.code, 0, f"README: {line} is done")
    made = lab.run("new", "new.yaml")
    tap.check(made.code == 0 and lab.run("check", "new.yaml").code == 0, "README: dais new", made)


def words_of(tap, rows):
    config = README[README.index("    theme: ember") :]
    block = config[: config.index("\n\n")]
    acts = set(re.findall(r"[a-z-]+", " ".join(re.findall(r"# (?:or an act: )?(.*)", block[block.index("or an act") - 2 :]))))
    tap.same(sorted(acts), sorted(r[0] for r in rows["act"]), "README: the acts that keys are bound to")
    shown = block.split("\n")
    tap.same([k for k in ("theme", "language", "bells", "keys") if not any(s.strip().startswith(k + ":") for s in shown)], [],
             "README: every setting")  # fmt: skip
    tap.same(sorted(r[0] for r in rows["setting"]), ["bells", "keys", "language", "theme"], "and there are no others")
    themes = [r[0] for r in rows["theme"]]
    tap.same([t for t in themes if f"`{t}`" not in README], [], "README: every theme")
    keys = {r[0] for r in rows["key"]} | {"Space", "Enter", "Tab", "+", "-", "→", "←", ".", ",", "g", "s", "f", "p"}
    tours = README[README.index("## A tour for whoever chairs") : README.index("## A tour of the rooms")]
    strange = [k for k in re.findall(r"`(\S|Space|Enter|Tab|Esc|PgUp|PgDn)`", tours) if k not in keys and not re.match("[\u4e00-\u9fff]", k)]
    tap.same(strange, [], "README: every key")
    spoken = set(re.findall(r"`:([a-z]+)", README))
    tap.same(sorted(spoken - {r[0] for r in rows["console"] + rows["joined"] + rows["command"]}), [], "README: what is typed behind the colon")


def helps(tap, lab, rows):
    for name, usage, text, more in rows["subcommand"]:
        out = lab.run(name, "--help")
        flat = " ".join(out.out.split())
        tap.check(f"usage: dais {name} {usage}".strip() in flat and text in flat, f"dais {name} --help says what the manual says", out)
        long = [line for line in out.out.splitlines() if len(line) > 80 and not line.startswith("usage:")]
        tap.same(long, [], f"dais {name} --help fits into 80 columns")
        lost = [o for o in rows.get(f"options of {name}", []) if o not in out.out]
        tap.same(lost, [], f"dais {name} --help has every option")


def main(dais, sample, *_):
    tap = Tap()
    with Lab(dais) as lab:
        rows, lines = tables(lab), commands()
        tap.check(len(lines) > 20, "the README shows commands", lines)
        known(tap, rows, lines)
        done(tap, lab, lines, "forum", sample)
        words_of(tap, rows)
        helps(tap, lab, rows)
    tap.done()


main(*sys.argv[1:])
