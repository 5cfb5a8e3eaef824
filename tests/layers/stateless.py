"""No room keeps a variable of its own: whatever can change hangs from one
struct. Constant tables pass, also those that the loader relocates.

stateless.py PROJECT BUILD
"""

import sys
from fnmatch import fnmatch

from house import end, find, name, objects, run

# The hook that restores the terminal of a dying program; what a library that is one big variable needs;
# and the table of one that is opened at need.
ALLOWED = ["src/base/log.c", "src/ui/curses_*.c", "src/link/tls_library.c"]
CHANGING = (".data", ".bss", ".tdata", ".tbss", "*COM*")

for path, source in objects(sys.argv[2]):
    if any(fnmatch(name(source), allowed) for allowed in ALLOWED):
        continue
    for line in run("nm", "--format=sysv", "--defined-only", path).splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 7:
            continue
        section = cells[6]
        changing = section in CHANGING or section.startswith((".data.", ".bss.")) and not section.startswith(".data.rel.ro")
        if changing and cells[3] != "SECTION":
            find(name(source), f"{cells[0]} can change ({section})")
end()
