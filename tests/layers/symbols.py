"""No name is defined in two rooms: symbols.py SOURCE BUILD.

The rooms are linked statically, and a linker takes the first definition that
it meets without a word: the second room would call the first one's function.
"""
import subprocess
import sys
from pathlib import Path


def names(archive):
    out = subprocess.run(["nm", "-g", "--defined-only", archive], capture_output=True, text=True, check=True).stdout
    return {fields[2] for fields in (line.split() for line in out.splitlines()) if len(fields) == 3}


def main():
    archives = sorted(Path(sys.argv[2]).glob("src/*/lib*.a"))
    if not archives:
        sys.exit("no room was built")
    owner, bad = {}, 0
    for archive in archives:
        for name in sorted(names(archive)):
            if name in owner:
                print(f"{name} is defined in {owner[name]} and in {archive.parent.name}")
                bad += 1
            owner[name] = archive.parent.name
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
