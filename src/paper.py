"""Fills the tables of a man page: paper.py DAIS PAGE.scd OUT. What dais knows of
its commands, options and keys comes from dais, in English."""

import os
import subprocess
import sys

# What means something to scdoc at any place of a line.
MARKS = str.maketrans({c: "\\" + c for c in "\\*_[]#"})


def plain(text):
    return text.translate(MARKS)


def tables(dais):
    env = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    out = subprocess.run([dais, "complete", "--tables"], env=env, check=True, capture_output=True)
    return [line.split("\t") for line in out.stdout.decode().splitlines()]


def entry(head, *texts):
    return f"*{plain(head[0])}* {plain(head[1])}".rstrip() + "\n" + "".join(f"\t{plain(t)}\n" for t in texts if t) + "\n"


def subcommands(rows):
    out = ""
    for kind, *row in rows:
        if kind == "subcommand":
            name, usage, help, more = row
            out += entry((f"dais {name}", usage), (help + ". " + more).rstrip(". ") + ".")
        elif kind == "option":
            name, short, value, help = row
            both = f"{short}, {name}" if short else name
            out += f"\t*{plain(both)}* {plain(value)}".rstrip() + f"\n\t\t{plain(help)}\n\n"
    return out


def listed(rows, wanted, words):
    return "".join(entry((" ".join(r[1 : 1 + words]).strip(), r[1 + words]), r[2 + words]) for r in rows if r[0] == wanted)


def keys(rows):
    return "".join(entry((key, ""), help.split(": {0}")[0]) for kind, key, help in (r for r in rows if r[0] == "key") if help)


def samples(rows):
    return "```\n" + "".join(f"{line}\n" for kind, line, *_ in rows if kind == "sample") + "```\n"


def names(rows, wanted):
    return ", ".join(f"_{plain(r[1])}_" for r in rows if r[0] == wanted)


def main(dais, page, out):
    rows = tables(dais)
    text = open(page, encoding="utf-8").read()
    for name, filled in {
        "subcommands": subcommands(rows),
        "commands": listed(rows, "command", 2),
        "replay": listed(rows, "replay", 1),
        "console": listed(rows, "console", 1),
        "joined": listed(rows, "joined", 1),
        "keys": keys(rows),
        "settings": listed(rows, "setting", 1),
        "samples": samples(rows),
        "themes": names(rows, "theme"),
        "acts": names(rows, "act"),
    }.items():
        text = text.replace(f"@{name}@", filled.rstrip())
    with open(out, "w", encoding="utf-8") as f:
        f.write(text)


main(*sys.argv[1:])
