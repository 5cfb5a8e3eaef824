"""Counts what meson's test logs say, for the last line of ./bootstrap test.

tally.py BROKEN FOLDER…: BROKEN builds did not come to their tests and count
as failures. A TAP program counts once for each of its tests. A folder that
ran no tests at all has failed too: silence is no success.
"""

import json
import re
import sys
from pathlib import Path

LINE = re.compile(r"^(not )?ok\b[^#\n]*(#\s*SKIP\b)?", re.IGNORECASE | re.MULTILINE)
GOOD = {"OK", "EXPECTEDFAIL"}


def count(entry, tap):
    """(passed, failed, skipped) of one meson test."""
    result = entry["result"]
    if result == "SKIP":
        return 0, 0, 1
    passed = failed = skipped = 0
    for bad, skip in LINE.findall(entry.get("stdout") or "") if tap else []:
        if skip:
            skipped += 1
        elif bad:
            failed += 1
        else:
            passed += 1
    if result in GOOD:
        passed = passed if passed + failed + skipped else 1
    elif not failed:
        failed = 1
    return passed, failed, skipped


def reasons(entry):
    """What a TAP program said on its failures; meson keeps that to itself."""
    said = (entry.get("stdout") or "").splitlines()
    after = False
    for before, line in zip(["", *said], said):
        after = line.startswith("not ok") or after and line.startswith("#")
        # A seed is told before the test that it was for.
        if after:
            yield from (seen for seen in (before, line) if seen is line or seen.startswith("# DAIS_SEED"))


def tap_names(folder):
    tests = json.loads((folder / "meson-info/intro-tests.json").read_text("utf-8"))
    return {test["name"] for test in tests if test.get("protocol") == "tap"}


def main():
    totals = [0, int(sys.argv[1]), 0]
    if totals[1]:
        print(f"{totals[1]} build(s) failed before their tests could run", file=sys.stderr)
    for folder in map(Path, sys.argv[2:]):
        log = folder / "meson-logs/testlog.json"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        if not lines:
            if not totals[1]:
                print(f"{folder} ran no tests", file=sys.stderr)
                totals[1] += 1
            continue
        tap = tap_names(folder)
        for entry in map(json.loads, lines):
            # A suite's test is logged as "project:suite / name".
            is_tap = entry["name"].rpartition(" / ")[2] in tap
            counted = count(entry, is_tap)
            totals = [a + b for a, b in zip(totals, counted)]
            if counted[1]:
                print(f"failed: {entry['name']} ({entry['result']}, {folder.name})", file=sys.stderr)
                for line in reasons(entry) if is_tap else []:
                    print("    " + line, file=sys.stderr)
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


sys.exit(main())
