"""What the tests run of the program: lines of each room, and every line and branch
of the log core, of the session and of its codec that none of them reaches.

coverage.py PROJECT BUILD [--keep] [FILE…]

It builds in BUILD/coverage, and runs all tests but those of the layers and the
benchmarks. A line that is not reached either gets a test or an entry with its
reason in coverage.txt: FILE: text of the line: reason. --keep takes the counts
that are there. FILE is a part of a path: only these are listed.
"""

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Part of a path, least lines, least branches, in percent of what is not explained; None: only told.
GOALS = [("src/journal/", 100, 100), ("src/session/codec.c", 95, None), ("src/session/canon.c", 95, None), ("src/session/", 95, None)]
LISTED = ("src/journal/", "src/session/")


def build_and_run(project, build):
    env = {**os.environ, "CC": "gcc", "LC_ALL": "C.UTF-8"}
    if not (build / "build.ninja").exists():
        options = ["-Db_coverage=true", "-Doptimization=0", "-Dwerror=false"]
        subprocess.run(["meson", "setup", build, project, *options], check=True, env=env, stdout=subprocess.DEVNULL)
    for path in build.rglob("*.gcda"):
        path.unlink()
    subprocess.run(["ninja", "-C", build, "--quiet"], check=True)
    # Branches are counted for tests that pass; which do not is for the normal run to say.
    subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--no-suite", "layers", "--timeout-multiplier", "4", "--quiet"], check=False)


def counts(project, build):
    """{file: {line: (count, [branch counts], [throw])}}, added up over all programs that hold the file."""
    found = defaultdict(dict)
    with tempfile.TemporaryDirectory() as folder:
        notes = [str(p) for p in build.glob("src/**/*.gcda")]
        for at in range(0, len(notes), 50):
            subprocess.run(["gcov", "--json-format", "--branch-probabilities", *notes[at : at + 50]], cwd=folder, check=True, capture_output=True)
            for path in Path(folder).glob("*.gcov.json.gz"):
                take(project, build, json.loads(gzip.decompress(path.read_bytes())), found)
                path.unlink()
    return found


def take(project, build, data, found):
    for file in data["files"]:
        path = (build / file["file"]).resolve()
        if not path.is_relative_to(project / "src"):
            continue
        lines = found[path.relative_to(project).as_posix()]
        for line in file["lines"]:
            n = line["line_number"]
            branches = [b["count"] for b in line["branches"]]
            was = lines.get(n, (0, [0] * len(branches)))
            if len(was[1]) == len(branches):
                branches = [a + b for a, b in zip(was[1], branches)]
            lines[n] = (was[0] + line["count"], branches)


def reasons():
    """{(file, text of the line): reason}; what no run can reach, and why."""
    found = {}
    path = HERE / "coverage.txt"
    for line in path.read_text("utf-8").splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            file, text, why = line.split(" | ")
            found[file, text.replace(r"\|", "|")] = why
    return found


def explained(known, file, text):
    # What an assert does when it fails is no branch of the program.
    return "assert(" in text or (file, text) in known


def look(project, found, parts):
    known, used = reasons(), set()
    totals = {}
    for file, lines in sorted(found.items()):
        text = (project / file).read_text("utf-8").splitlines()
        score = [0, 0, 0, 0]
        for n, (count, branches) in sorted(lines.items()):
            line = text[n - 1].strip() if n <= len(text) else ""
            missing = sum(b == 0 for b in branches)
            excused = (not count or missing) and explained(known, file, line)
            if excused:
                used.add((file, line))
                continue
            score = [score[0] + 1, score[1] + (count > 0), score[2] + len(branches), score[3] + len(branches) - missing]
            if (not count or missing) and file.startswith(LISTED) and any(part in file for part in parts or [""]):
                print(f"{file}:{n}: {'not reached' if not count else f'{missing} of {len(branches)} branches not taken'}: {line}")
        totals[file] = score
    for key in sorted(set(known) - used):
        print(f"coverage.txt: {key[0]}: reached or gone, needs no reason any more: {key[1]}")
    return totals


def part(totals, start):
    """Percent of lines and of branches."""
    score = [sum(column) for column in zip([0, 0, 0, 0], *(s for file, s in totals.items() if file.startswith(start)))]
    return [100 * done / all if all else 100 for all, done in ((score[0], score[1]), (score[2], score[3]))], score


def main():
    project, build = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    words = sys.argv[3:]
    keep = "--keep" in words
    if build.name != "coverage" and not keep:
        build = build / "coverage"
    os.nice(10)
    if not keep:
        build_and_run(project, build)
    totals = look(project, counts(project, build), [w for w in words if w != "--keep"])
    bad = False
    print(f"{'':24} lines          branches")
    for start in sorted({"/".join(file.split("/")[:2]) + "/" for file in totals}):
        (lines, branches), score = part(totals, start)
        print(f"{start:24} {lines:6.2f} % {score[0]:6} {branches:6.2f} % {score[2]:6}")
    for start, least, least_branches in GOALS:
        (lines, branches), _ = part(totals, start)
        short = lines < least or branches < (least_branches or 0)
        bad |= short
        print(f"{'SHORT' if short else 'good'}: {start}: {lines:.2f} % of lines (goal {least}), {branches:.2f} % of branches (goal {least_branches or '-'})")
    sys.exit(1 if bad else 0)


main()
