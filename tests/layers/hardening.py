"""The binary is what its flags promise, read from the ELF file itself.

hardening.py PROJECT BINARY
"""

import re
import sys

from house import end, find, run

binary = sys.argv[2]
headers = run("readelf", "-hlW", binary)
dynamic = run("readelf", "-dW", binary)
imports = run("nm", "-D", "--undefined-only", binary)

if not re.search(r"Type:\s+DYN", headers) or not re.search(r"FLAGS_1.*\bPIE\b", dynamic):
    find(binary, "is not position independent")
if "GNU_RELRO" not in headers:
    find(binary, "its relocations stay writable (no RELRO)")
if not re.search(r"FLAGS_1.*\bNOW\b|BIND_NOW", dynamic):
    find(binary, "binds its symbols late (no BIND_NOW)")
if not re.search(r"GNU_STACK\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+RW\s", headers):
    find(binary, "its stack can be executed")
if re.search(r"LOAD\s.*\sRWE\s", headers):
    find(binary, "has memory that can be written and executed")
if "__stack_chk_fail" not in imports:
    find(binary, "has no stack protector")
if not re.search(r"__(?!stack_)\w+_chk\b", imports):
    find(binary, "is not fortified")
if re.search(r"\((RPATH|RUNPATH|TEXTREL)\)", dynamic):
    find(binary, "names folders to load libraries from, or patches its own text")
end()
