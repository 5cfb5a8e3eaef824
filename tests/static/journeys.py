"""The journeys of tests/pty again, with a checker looking on: valgrind's memcheck,
or ThreadSanitizer in a build that has it. What the checker says of any process of
dais is a finding. A test that fails as well is told; under valgrind it fails nothing
as long as nearly all pass, for at a twentieth of the speed a host rightly refuses
what comes late, and the same tests run without a checker elsewhere.

journeys.py PROJECT BUILD valgrind|thread [JOURNEY…]
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
JOURNEYS = {
    "valgrind": ["forum", "chair", "join"],
    "thread": ["forum", "disk", "chair", "summary", "replay", "join", "back", "takeover", "copies"],
}
WITH_SHIM = {"disk", "summary", "copies", "forum"}
WRAPPER = """#!/bin/sh
exec valgrind --quiet --leak-check=full --show-leak-kinds=definite,indirect,possible --errors-for-leak-kinds=definite,indirect,possible \\
	--track-fds=yes --trace-children=no --num-callers=25 --suppressions={suppressions} --log-file={folder}/%p.log {dais} "$@"
"""

# valgrind's own log is a descriptor that dais inherits; what was told of standard ones is no finding.
OWN_LOG = re.compile(r"==\d+== Open file descriptor \d+: \S+/\d+\.log\n==\d+==    <inherited from parent>\n")
# Its command line is not dais' own to write over.
OF_VALGRIND = re.compile("a list of processes does not show the invite")
NOTHING = re.compile(r"==\d+== (FILE DESCRIPTORS: .*)?\n")


def environment(kind, folder, dais):
    env = {**os.environ, "DAIS_OBSERVERS": "3"}
    if kind == "thread":
        env["TSAN_OPTIONS"] = f"log_path={folder}/report:exitcode=66:second_deadlock_stack=1:suppressions={HERE / 'thread.txt'}"
        return env, dais
    wrapper = folder / "dais"
    wrapper.write_text(WRAPPER.format(suppressions=HERE / "valgrind.txt", folder=folder, dais=dais))
    wrapper.chmod(0o755)
    return env, wrapper


def told(folder):
    """What the checker wrote, by process."""
    for path in sorted(folder.iterdir()):
        if path.name == "dais":
            continue
        text = OWN_LOG.sub("", path.read_text("utf-8", "replace"))
        if NOTHING.sub("", text).strip():
            yield path.name, text


def main():
    project, build, kind, *wanted = sys.argv[1:]
    project, build = Path(project).resolve(), Path(build).resolve()
    dais = build / "src" / "app" / "dais"
    os.nice(10)
    bad = 0
    for journey in wanted or JOURNEYS[kind]:
        with tempfile.TemporaryDirectory(prefix="journey-") as folder:
            folder = Path(folder)
            env, program = environment(kind, folder, dais)
            args = [program, project / "src/app/taiyuan.yaml", build / "tests/pty/faulty.so"][: 3 if journey in WITH_SHIM else 2]
            start = time.monotonic()
            result = subprocess.run(
                [sys.executable, "-B", project / "tests/pty" / f"{journey}.py", *args], env=env, capture_output=True, text=True, errors="replace", check=False
            )
            lines = result.stdout.splitlines()
            failed = [line for line in lines if line.startswith("not ok") and not OF_VALGRIND.search(line)]
            passed = sum(line.startswith("ok ") for line in lines)
            code = 0 if result.returncode == 1 and "\n1.." in result.stdout else result.returncode
            late = kind == "valgrind" and len(failed) * 10 <= passed
            reports = list(told(folder))
            for name, text in reports:
                print(f"---- {journey} {name}\n{text}")
            if failed or code:
                print(f"---- {journey} ended with {result.returncode}", *(line for line in lines if not line.startswith("ok ")), result.stderr[-2000:], sep="\n")
            print(f"{kind}: {journey}: {passed} tests passed, {len(failed)} failed, {len(reports)} processes with findings, {time.monotonic() - start:.0f} s", flush=True)
            bad += bool(code or reports or (failed and not late))
    sys.exit(1 if bad else 0)


main()
