"""Nothing is left lying about: no promises for later, no places of one
machine, no blanks at the end of a line."""

import re

from house import end, find, name, root

LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
PLACES = re.compile(r"(?<![\w.$}])/(work|home|root|tmp/b-)\b[/\w]|\.\./" + r"shared\b")
CODE = {".c", ".h", ".py", ".sh", ".build", ".in"}
TEXT = CODE | {".md", ".po", ".yaml", ".scd"}
PLAIN = {"bootstrap", "LICENSE", "POTFILES", "LINGUAS", "run", ".gitignore", ".editorconfig", ".clang-format", ".clang-tidy"}

for path in sorted(root.rglob("*")):
    parts = path.relative_to(root).parts
    if parts[0] == ".git" or parts[0].startswith("build") and len(parts) > 1 or not path.is_file():
        continue
    # What tests feed to the program may be as untidy as it likes.
    if path.suffix not in (CODE if parts[0] == "tests" else TEXT) and path.name not in PLAIN:
        continue
    text = path.read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{name(path)}:{number}"
        if LATER.search(line):
            find(place, "says what is not done; do it, or leave it out")
        if PLACES.search(line) and path.name != "tidy.py":
            find(place, "names a place of one machine")
        if line != line.rstrip():
            find(place, "ends in blanks")
    if text and not text.endswith("\n"):
        find(name(path), "its last line has no end")
end()
