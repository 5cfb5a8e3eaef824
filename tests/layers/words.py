"""Every word that a person sees can be translated, and is.

words.py PROJECT FOLDER: a folder for what gettext's tools write
"""

import re
import subprocess
import sys
from pathlib import Path

from house import end, find, name, root, sources, without_comments

po = root / "src/po"
listed = (po / "POTFILES").read_text("utf-8").split()
languages = (po / "LINGUAS").read_text("utf-8").split()
keywords = ["--keyword=", "--keyword=_", "--keyword=N_", "--keyword=i18n_plural:1,2"]


def tool(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", cwd=root,
                          env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"})  # fmt: skip
    return done.returncode, done.stdout.strip()


def check_list():
    for path in sources("src/*/*.[ch]", "include/dais/*.h"):
        code = without_comments(path.read_text("utf-8"), keep_strings=True)
        code = re.sub(r"^\s*#\s*define\s+N?_\(.*$", "", code, flags=re.MULTILINE)
        if re.search(r'(?<!\w)(N?_|i18n_plural)\(\s*"', code) and name(path) not in listed:
            find(name(path), "has words to translate, and is not in src/po/POTFILES")
    for file in listed:
        if not (root / file).is_file():
            find("src/po/POTFILES", f"{file} does not exist")
    if listed != sorted(set(listed)):
        find("src/po/POTFILES", "is not sorted, or names a file twice")


def entries(text):
    """The entries of a catalogue or template: {originals: translations}, each a tuple of one or more forms."""
    found = {}
    for block in re.split(r"\n\s*\n", re.sub(r'"\n"', "", text)):
        originals = tuple(re.findall(r'^msgid(?:_plural)? "(.*)"$', block, re.MULTILINE))
        if originals and originals != ("",):
            found[originals] = tuple(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', block, re.MULTILINE))
    return found


def places(text):
    return set(re.findall(r"\{\d\}", text))


def check_catalogue(language, wanted):
    catalogue = po / f"{language}.po"
    code, said = tool("msgfmt", "--check", "--statistics", "-o", "/dev/null", str(catalogue))
    if code or "fuzzy" in said or "untranslated" in said:
        find(name(catalogue), said)
    translated = entries(catalogue.read_text("utf-8"))
    for originals in sorted(wanted.keys() - translated.keys()):
        find(name(catalogue), f"lacks “{originals[0]}”")
    for originals, translations in translated.items():
        # A translation has the numbered places of its original, no more and no fewer.
        for translation in filter(None, translations):
            if places(" ".join(originals)) != places(translation):
                find(name(catalogue), f"other places than in “{originals[0]}”: “{translation}”")


check_list()
template = Path(sys.argv[2]) / "words.pot"
code, said = tool("xgettext", "--from-code=UTF-8", *keywords, "-o", str(template), *filter(lambda f: (root / f).is_file(), listed))
if code or said:
    find("src/po/POTFILES", said)
if "zh_CN" not in languages:
    find("src/po/LINGUAS", "lacks zh_CN")
wanted = entries(template.read_text("utf-8")) if template.exists() else {}
for language in languages:
    check_catalogue(language, wanted)
end()
