"""Small enough to read: a function has at most 70 lines with its braces, a
file at most 500. A line aims at 100 columns and ends by 120. Says how long
the doors are."""

from house import end, find, name, sources

FUNCTION, FILE, COLUMNS, TAB = 70, 500, 120, 8

total = 0
for path in sources("src/*/*.[ch]", "include/dais/*.h"):
    lines = path.read_text("utf-8").splitlines()
    door = path.parent.name == "dais"
    total += len(lines) if door else 0
    if len(lines) > FILE:
        find(name(path), f"{len(lines)} lines; a file has at most {FILE}")
    begun = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            begun = number
        elif line == "}" and begun:
            if number - begun + 1 > FUNCTION:
                find(f"{name(path)}:{begun}", f"{number - begun + 1} lines; a function has at most {FUNCTION}")
            begun = None
        # A door may hold a contract in one long line; code may not.
        if not door and len(line.expandtabs(TAB)) > COLUMNS:
            find(f"{name(path)}:{number}", f"{len(line.expandtabs(TAB))} columns; a line has at most {COLUMNS}")
print(f"the doors have {total} lines in all")
end()
