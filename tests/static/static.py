"""What can be known about the program without running it: clang-tidy, cppcheck
and gcc's own analyzer over each file of src, as the build compiles it.

static.py PROJECT BUILD [--only tidy|cppcheck|analyzer] [FILE…]

Nothing it prints is harmless: a finding is mended, or the line it is about
says why it is none. FILE is a part of a path; without one, all are read.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What one compiler knows and the other's front end refuses, and what only a real build needs.
NOT_FOR_CLANG = {"-ftrivial-auto-var-init=zero", "-fstack-clash-protection"}
NOT_FOR_READING = re.compile(r"-(M[DQFPT]*|o|c|g.*|O.*|f(sanitize|profile|coverage|test-coverage|diagnostics-color).*|-coverage|[UD]_FORTIFY_SOURCE.*)$")
WITH_VALUE = {"-MF", "-MQ", "-MT", "-o"}


def command_of(entry):
    """The flags of a compile command that say what the file means."""
    words = shlex.split(entry["command"])[1:]
    kept = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in WITH_VALUE:
            skip = True
        elif not NOT_FOR_READING.match(word) and word != entry["file"]:
            kept.append(word)
    return kept


def entries_of(project, build, parts):
    database = json.loads((build / "compile_commands.json").read_text("utf-8"))
    found = {}
    for entry in database:
        path = (Path(entry["directory"]) / entry["file"]).resolve()
        inside = path.is_relative_to(project / "src")
        if inside and path.suffix == ".c" and (not parts or any(part in str(path) for part in parts)):
            found[path] = (Path(entry["directory"]), command_of(entry))
    return sorted(found.items())


def run(words, where):
    result = subprocess.run(words, cwd=where, capture_output=True, text=True, errors="replace", check=False)
    return result.returncode, result.stdout, result.stderr


def tidy(project, path, where, flags):
    flags = [flag for flag in flags if flag not in NOT_FOR_CLANG]
    code, out, err = run(["clang-tidy", "--quiet", f"--config-file={project / '.clang-tidy'}", str(path), "--", *flags], where)
    return out.strip() or (err.strip() if code else "")


def cppcheck(project, path, where, flags):
    wanted = [flag for flag in flags if flag.startswith(("-D", "-I"))]
    code, out, err = run(
        [
            "cppcheck", "--quiet", "--std=c11", "--enable=warning,portability,performance", "--inline-suppr",
            "--library=posix", f"--suppressions-list={HERE / 'cppcheck.txt'}", "--error-exitcode=9",
            "--template={file}:{line}: {severity}: {message} [{id}]", *wanted, str(path),
        ],
        where,
    )  # fmt: skip
    return (out + err).strip()


def analyzer(project, path, where, flags):
    # Where inlining has happened, the analyzer sees the paths that a run takes.
    flags = [flag for flag in flags if flag != "-Werror" and not flag.startswith("-fdiagnostics-")]
    code, out, err = run(["gcc", "-fanalyzer", "-O1", *flags, "-fdiagnostics-plain-output", "-fdiagnostics-path-format=none", "-c", "-o", "/dev/null", str(path)], where)
    return err.strip()


TOOLS = {"tidy": ("clang-tidy", tidy), "cppcheck": ("cppcheck", cppcheck), "analyzer": ("gcc", analyzer)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("--only", choices=TOOLS, action="append")
    parser.add_argument("files", nargs="*")
    options = parser.parse_intermixed_args()
    project = options.project.resolve()
    entries = entries_of(project, options.build.resolve(), options.files)
    if not entries:
        sys.exit("static.py: the build compiles no such file")
    os.nice(10)
    found = 0
    for name in options.only or TOOLS:
        program, look = TOOLS[name]
        if not shutil.which(program):
            print(f"{name}: {program} is not installed; skipped")
            continue
        findings = 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for text in pool.map(lambda entry: look(project, entry[0], *entry[1]), entries):
                if text:
                    findings += 1
                    print(text, flush=True)
        print(f"{name}: {len(entries)} files, {findings} with findings", flush=True)
        found += findings
    sys.exit(1 if found else 0)


main()
