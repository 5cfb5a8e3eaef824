"""No number runs over: every parser over what is kept for fuzzing, and changes of
it, in a build where clang watches each sum, product, shift and conversion,
signed or not. A wrap that is meant stands in integers.txt with its reason.

integers.py PROJECT BUILD [TRIES]
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WATCH = f"-fsanitize=integer,undefined -fno-sanitize=function -fsanitize-ignorelist={HERE / 'integers.txt'}"
NOT_THESE = {"console", "views"}  # a whole console's pictures, which the other tests of ui look at with a sanitizer too


def build_all(project, build):
    env = {**os.environ, "CC": "clang", "LC_ALL": "C.UTF-8"}
    if not (build / "build.ninja").exists():
        options = ["-Db_lundef=false", f"-Dc_args={WATCH}", "-Dc_link_args=-fsanitize=integer,undefined"]
        subprocess.run(["meson", "setup", build, project, *options], check=True, env=env, stdout=subprocess.DEVNULL)
    names = sorted(p.stem for p in (project / "tests/fuzz").glob("*.c") if p.stem not in NOT_THESE)
    subprocess.run(["ninja", "-C", build, "--quiet", *(f"tests/fuzz/try-{name}" for name in names)], check=True)
    return names


def main():
    project, build = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve() / "integers"
    tries = sys.argv[3] if len(sys.argv) > 3 else "200"
    if not shutil.which("clang"):
        print("integers: clang is not installed; skipped")
        return
    os.nice(10)
    bad = set()
    for name in build_all(project, build):
        done = subprocess.run(
            [build / "tests/fuzz" / f"try-{name}", f"-{tries}", project / "tests/fuzz/corpus" / name],
            cwd=build, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        found = set(re.findall(r"^(?:\.\./)*(\S+: runtime error: .*)", done.stderr, re.M))
        print(f"integers: {name}: {len(found)} findings", flush=True)
        bad |= found
        if done.returncode:
            bad.add(f"{name} ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    for finding in sorted(bad):
        print(finding)
    sys.exit(1 if bad else 0)


main()
