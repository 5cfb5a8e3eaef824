"""What shells are offered, through dais complete and through the shells' own
scripts; and what the man pages say, which is what --help says."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda  # noqa: E402

SHELL = Path(__file__).resolve().parent.parent.parent / "src/app/shell"

# What stands where, and of what there are few.
PAGES = {
    "subcommand": "dais.1", "option": "dais.1", "setting": "dais.1", "theme": "dais.1", "act": "dais.1", "sample": "dais.1",
    "command": "dais-commands.7", "console": "dais-commands.7", "joined": "dais-commands.7", "replay": "dais-commands.7",
}  # fmt: skip
FEW = {"setting", "console", "joined", "theme"}


def offered(lab, *words):
    out = lab.run("complete", *words)
    return [line.split("\t")[0] for line in out.out.splitlines()] if out.code == 0 and not out.err else out


def words(tap, lab, log):
    for given, wanted in [
        (["re"], ["replay", "report"]),
        (["zz"], []),
        (["no-such", ""], []),
        (["report", "x.dais", "--form"], ["--format"]),
        (["report", "x.dais", "--format", "c"], ["csv", "chapters"]),
        (["report", "x.dais", "-f", "v"], ["vtt"]),
        (["ctl", "-s", "sh"], ["shells"]),
        (["ctl", "queue", "a"], ["add"]),
        (["ctl", "queue", "add", "欧"], ["欧阳娜娜"]),
        (["ctl", "-s", "shells", "queue", "add", "欧"], ["欧阳娜娜"]),
        (["ctl", "segment", "go", "s"], ["s0", "s1", "s2"]),
        (["ctl", "--json", "floor", "tog"], ["toggle"]),
    ]:
        tap.same(offered(lab, *given), wanted, f"complete {' '.join(given)}")
    tap.same(lab.run("complete", "run", "").out, "\tyaml\n", "an agenda is a file of its kind")
    tap.same(lab.run("complete", "report", "x", "-o", "").out, "\t*\n", "an output is any file")
    tap.same(lab.run("complete", "join", "--log", "").out, "\tdais\n", "another log is a log")
    tap.same(lab.run("complete", "merge", "a.dais", "").out, "\tdais\n", "and so is what is merged")
    options = [line.split("\t") for line in lab.run("complete", "--tables").out.splitlines()]
    taken = [r[1] for r in options if r[0] == "option" and r[3] in ("SEAT", "LOG", "FILE", "FORMAT", "SESSION", "LANGUAGE", "FACTOR")]
    tap.same([o for o in set(taken) if not any(lab.run("complete", s, o, "").out for s in ("run", "join", "report", "ctl", "stdio"))], [], "what an option takes is offered")
    tap.same(offered(lab, "ctl", "queue", "add", "Ann"), ["Ann Lee"], "a name with a blank comes without quotes")
    tap.check("note" in offered(lab, "amend", str(log), "n"), "and of a log's own language")


def bash(tap, lab):
    lab.write("a.yaml", "x")
    lab.write("b c.yaml", "x")
    lab.write("d.txt", "x")
    for given, wanted in [
        (["re"], ["replay", "report"]),
        (["ctl", "queue", "add", "Ann"], [r"Ann\ Lee"]),
        (["check", ""], ["a.yaml", "b c.yaml", "home", "run", "shells.yaml", "state"]),
        (["report", "x", "-f", "m"], ["md"]),
    ]:
        script = (
            f'source "{SHELL}/dais.bash"\ncompopt() {{ :; }}\n'
            'COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))\n_dais\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
        )
        p = subprocess.run(["bash", "-c", script, "bash", lab.dais, *given], env=lab.env, cwd=lab.folder, capture_output=True, timeout=60)
        tap.same((sorted(p.stdout.decode().split("\n")[:-1]), p.stderr), (wanted, b""), f"bash: {' '.join(given)}")


def others(tap):
    for shell, script in [("zsh", "_dais"), ("fish", "dais.fish")]:
        if not shutil.which(shell):
            tap.skip(f"{shell} reads its script", f"no {shell} here")
            continue
        p = subprocess.run([shell, "-n", SHELL / script], capture_output=True, timeout=60)
        tap.same((p.returncode, p.stderr), (0, b""), f"{shell} reads its script")


def pages(tap, lab, folder):
    if not (folder / "dais.1").exists():
        tap.skip("man pages", "they are made where scdoc is")
        return
    text = {n: re.sub(r"\\&", "", (folder / n).read_text().replace("\\-", "-")) for n in ("dais.1", "dais-commands.7", "dais-agenda.5", "dais-log.5")}
    tables = [line.split("\t") for line in lab.run("complete", "--tables").out.splitlines()]
    for kind, page in PAGES.items():
        rows = [r for r in tables if r[0] == kind]
        tap.check(len(rows) > (8 if kind not in FEW else 2), f"there are rows of {kind}", rows)
        lost = [r[1] for r in rows if r[1] not in text[page]]
        tap.same(lost, [], f"{page} has every {kind}")
    tap.same([n for n, t in text.items() if re.search(r"@\w+@|\{\d\}", t)], [], "every table is filled")
    for name in text:
        p = subprocess.run(["man", "--warnings", "-l", folder / name], env={**lab.env, "MANWIDTH": "80"}, capture_output=True, timeout=60) if shutil.which("man") else None
        if p is None:
            tap.skip(f"{name} can be shown", "no man here")
        else:
            tap.same((p.returncode, p.stderr, len(p.stdout) > 500), (0, b"", True), f"{name} can be shown")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        host = lab.host(lab.write("shells.yaml", agenda(people=("欧阳娜娜", "Ann Lee", "甲"))))
        tap.check(host.ready(), "a session runs", host.told())
        words(tap, lab, host.log)
        if shutil.which("bash"):
            bash(tap, lab)
        else:
            tap.skip("bash", "no bash here")
        others(tap)
        pages(tap, lab, Path(dais).resolve().parent)
        tap.same(host.end(), 0, "and ends")
    tap.done()


main(*sys.argv[1:])
