"""Who includes whom: a room sees base, session and itself, and only app sees
all; and what touches the outside world stands in a file that is named for it."""

from fnmatch import fnmatch

from house import end, find, lines_matching, name, sources, without_comments

# The room behind each door.
DOORS = {
    "base": "decode diag i18n library log pinyin str text utf8 yaml",
    "session": "canon command event session",
    "agenda": "agenda",
    "journal": "journal",
    "replay": "replay",
    "report": "report",
    "link": "link",
    "ui": "ui",
}
ROOM_OF = {door: room for room, doors in DOORS.items() for door in doors.split()}
ROOMS = [*DOORS, "app"]

# What C has without an operating system: any file may use it.
PURE = {f"{h}.h" for h in "assert errno inttypes limits stdalign stdarg stdbool stddef stdint stdlib string".split()}

EVERY_ROOM_BUT_SESSION = [f"{room}/*" for room in ROOMS if room != "session"]

# Every other header, and the files that may include it (ROOM/FILE).
OWNERS = {
    "uv.h": ["app/*", "*/uv_*"],
    "curses.h": ["ui/curses_*"],
    "term.h": ["ui/curses_*"],
    "yaml.h": ["*/yaml_*"],
    "unicode/*": ["*/icu_*"],
    "jansson.h": ["*/json_*"],
    "sodium.h": ["*/sodium_*", "journal/record*"],
    "sodium/*": ["*/sodium_*", "journal/record*"],
    "openssl/*": ["*/tls_*"],
    "libintl.h": ["*/gettext_*"],
    "locale.h": ["*/gettext_*"],
    "langinfo.h": ["*/gettext_*"],
    "wchar.h": ["base/icu_*", "ui/grid.c", "ui/curses_*"],
    # For snprintf in memory, names of types, the order of bytes; that nothing is printed or opened is outputs.py's to see.
    "stdio.h": EVERY_ROOM_BUT_SESSION,
    "sys/types.h": EVERY_ROOM_BUT_SESSION,
    "endian.h": EVERY_ROOM_BUT_SESSION,
    # What the processor has beyond C.
    "*mmintrin.h": ["journal/crc32c.c", "journal/sha256.c"],
    "sys/platform/x86.h": ["journal/sha256.c"],
}
# Whatever is not named above belongs to the operating system.
SYSTEM = ["app/*", "base/log.c", "*/posix_*", "*/uv_*", "ui/curses_*"]


def check(path, room):
    here = f"{room}/{path.name}"
    text = without_comments(path.read_text("utf-8"), keep_strings=True)
    for line, match in lines_matching(path, r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', text):
        system, header = match[1] == "<", match[2]
        place = f"{name(path)}:{line}"
        if not system and header.startswith("dais/"):
            door = ROOM_OF.get(header[5:].removesuffix(".h"))
            if door is None:
                find(place, f"{header} is not in the table of doors")
            elif room != "app" and door not in (("base",) if room == "base" else ("base", "session", room)):
                find(place, f"{room} must not see {door} ({header})")
        elif not system:
            if "/" in header or not (path.parent / header).exists():
                find(place, f"{header} is not in {room}'s own folder")
        elif header not in PURE:
            owners = next((files for pattern, files in OWNERS.items() if fnmatch(header, pattern)), SYSTEM)
            if path.parts[-2] == "dais" or not any(fnmatch(here, owner) for owner in owners):
                find(place, f"<{header}> is for {', '.join(owners)}")


for path in sources("src/*/*.c", "src/*/*.h"):
    if path.parent.name not in ROOMS:
        find(name(path), f"{path.parent.name} is not a room")
    else:
        check(path, path.parent.name)
for path in sources("include/dais/*.h"):
    room = ROOM_OF.get(path.stem)
    if room is None:
        find(name(path), "this door is not in the table of doors")
    else:
        check(path, room)
end()
