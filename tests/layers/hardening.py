"""The installed program is what its flags promise, read from the ELF file, from
what the compiler wrote into it, and from the objects that went in; and it
refuses to run with somebody else's rights.

hardening.py PROJECT BUILD BINARY
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

from house import end, find, name, objects, run

BUILD, BINARY = sys.argv[2:4]
# What leaves no trace in the file but the compiler's own note of how it was called.
GCC_FLAGS = [
    "-fstack-protector-strong", "-fstack-clash-protection", "-fcf-protection", "-ftrivial-auto-var-init=zero",
    "-fno-strict-aliasing",
]  # fmt: skip
# Of these the C library has one that looks at the room there is; none that does not may format text behind a pointer.
CHECKED = ["__memcpy_chk", "__snprintf_chk", "__vsnprintf_chk"]
UNCHECKED = r"\b(v?sprintf|strcpy|strcat|stpcpy|gets|vsnprintf|system|popen|execl\w*|execvp\w*|mktemp|tmpnam)\b"


def installed(folder):
    """What `meson install` puts in place: the built one, without the paths of the build."""
    run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--tags", "runtime", "--destdir", str(folder))
    found = [path for path in folder.rglob(Path(BINARY).name) if path.is_file()]
    if len(found) != 1:
        find(BINARY, f"is installed {len(found)} times")
    return str(found[0]) if found else BINARY


def look_at_file(binary):
    headers = run("readelf", "-hlW", binary)
    dynamic = run("readelf", "-dW", binary)
    if not re.search(r"Type:\s+DYN", headers) or not re.search(r"FLAGS_1.*\bPIE\b", dynamic):
        find(binary, "is not position independent")
    if "GNU_RELRO" not in headers:
        find(binary, "its relocations stay writable (no RELRO)")
    if not re.search(r"FLAGS_1.*\bNOW\b", dynamic) or not re.search(r"BIND_NOW", dynamic):
        find(binary, "binds its symbols late (no BIND_NOW)")
    if not re.search(r"GNU_STACK\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+RW\s", headers):
        find(binary, "its stack can be executed")
    if re.search(r"LOAD\s.*\sRWE\s", headers):
        find(binary, "has memory that can be written and executed")
    if needed := re.findall(r"NEEDED.*\[(lib(?:ssl|crypto|icui18n)\.[^]]*)", dynamic):
        find(binary, f"is linked with {', '.join(needed)}, which costs each start and is opened at need (library.h)")
    if re.search(r"\((RPATH|RUNPATH|TEXTREL)\)|\bTEXTREL\b", dynamic):
        find(binary, "names folders to load libraries from, or patches its own text")


def look_at_symbols(binary):
    imports = re.sub(r"@\S+", "", run("nm", "-D", "--undefined-only", binary))
    if "__stack_chk_fail" not in imports:
        find(binary, "has no stack protector")
    for symbol in CHECKED:
        if not re.search(rf"\b{symbol}\b", imports):
            find(binary, f"is not fortified: no {symbol}")
    for match in re.finditer(UNCHECKED, imports):
        find(binary, f"calls {match.group()}, which looks at nothing")


def look_at_compiler():
    """Nothing in the file tells of these; the compiler says so in its notes for the debugger, gcc with its flags."""
    for entry in json.loads((Path(BUILD) / "compile_commands.json").read_text("utf-8")):
        if "/src/" in entry["file"] and "-D_FORTIFY_SOURCE=3" not in entry["command"].split():
            find(entry["file"], "is compiled without -D_FORTIFY_SOURCE=3")
    for path, source in objects(BUILD):
        notes = run("readelf", "--debug-dump=info", str(path))
        for producer in re.findall(r"DW_AT_producer\s*:.*: (GNU C.*)", notes)[:1]:
            for flag in GCC_FLAGS:
                if flag not in producer:
                    find(name(source), f"is compiled without {flag}")
        # The program itself has no such note on Debian 12: the C library's own start files lack it, so the linker leaves it off.
        if os.uname().machine == "x86_64" and not re.search(r"x86 feature: IBT, SHSTK", run("readelf", "-nW", str(path))):
            find(name(source), "its jumps are not guarded (no IBT, SHSTK note)")


def refuses(binary, folder):
    """Whose rights it would get decides: a copy that belongs to somebody else, with the bit and without."""
    other = 65534
    program = folder / "setuid"
    shutil.copy(binary, program)
    if os.geteuid() != 0 or os.statvfs(folder).f_flag & os.ST_NOSUID:
        print("# setuid was not tried: that takes root and a folder where the bit counts")
        return
    folder.chmod(0o755)
    for way, owner, bit in (("setuid", (other, 0), stat.S_ISUID), ("setgid", (0, other), stat.S_ISGID), ("plain", (other, other), 0)):
        os.chown(program, *owner)
        program.chmod(0o755 | bit)
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
        refused = done.returncode != 0 and "must not be setuid" in done.stderr and not done.stdout
        if refused != (bit != 0):
            find(binary, f"{way}: answers {done.returncode}, {(done.stdout + done.stderr)[:200]!r}")


with tempfile.TemporaryDirectory(prefix="hardening-") as place:
    program = installed(Path(place))
    look_at_file(program)
    look_at_symbols(program)
    look_at_compiler()
    refuses(program, Path(place))
end()
