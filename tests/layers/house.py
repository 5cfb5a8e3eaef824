"""What the tests of the layers share: where sources are, what C looks like
without its comments, and how a test ends.

Every test takes the project's folder as its first argument, prints each
finding as file:line: sentence, and exits with 1 if there was one.
"""

import re
import subprocess
import sys
from pathlib import Path

SKIPPED = 77  # meson's exit code for it
root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
findings = []


def find(where, sentence):
    findings.append(f"{where}: {sentence}")


def end():
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


def skip(why):
    print("skipped:", why)
    sys.exit(SKIPPED)


def name(path):
    """A path as a person writes it: from the project's folder."""
    return path.relative_to(root).as_posix()


def sources(*patterns):
    found = [p for pattern in patterns for p in root.glob(pattern) if p.is_file()]
    if not found:
        find(root, f"nothing matches {patterns}: the test looks at nothing")
    return sorted(found)


PIECES = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def without_comments(text, keep_strings=False):
    """C text with its comments (and its strings' insides) blanked; lines stay where they are."""

    def blank(match):
        piece = match.group()
        if piece[0] == "/":
            return " " + "\n" * piece.count("\n")
        return piece if keep_strings else piece[0] * 2

    return PIECES.sub(blank, text)


def lines_matching(path, pattern, text=None):
    """(line number, match) for each match of pattern in the code of a file."""
    code = without_comments(path.read_text("utf-8")) if text is None else text
    for match in re.finditer(pattern, code, re.MULTILINE):
        yield code.count("\n", 0, match.start()) + 1, match


def objects(build, room="*"):
    """Object files of rooms, each with its source; those of sources that are gone are left out."""
    found = []
    for path in sorted(Path(build).glob(f"src/{room}/*.p/*.o")):
        source = root / "src" / path.parent.parent.name / path.name.removesuffix(".o")
        if source.exists():
            found.append((path, source))
    if not found:
        find(build, f"no object files of src/{room}: the test looks at nothing")
    return found


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
