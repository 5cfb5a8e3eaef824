"""A terminal that believes nothing: it understands the sequences that the
console has a use for, and takes a note of every byte that is anything else.
What it shows is held as cells, so that two pictures can be compared.
"""

import codecs
import re
import unicodedata

from lab import INVISIBLE

# What a screen program may send: each needs a meaning below. All else is a fault.
SEQUENCE = re.compile(
    r"\x1b(?:"
    r"\[(?P<private>\??)(?P<numbers>[0-9;:]*)(?P<final>[@-~])"
    r"|\](?P<string>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\)"
    r"|k(?P<name>[^\x00-\x1f\x7f-\x9f]*)\x1b\\"
    r"|(?P<charset>[()][B0])"
    r"|(?P<plain>[=>78MDE])"
    r")"
)
# A picture that was given up in the middle of a sequence: the Escape behind it is where a terminal goes on.
CUT = re.compile(r"\x1b(?:\[\??[0-9;:]*|[\]k][^\x00-\x1f]*|[()])?(?=\x1b)")
HALF = re.compile(r"\x1b(?:\[\??[0-9;:]*|[\]k][^\x00-\x1f]*\x1b?|[()])?\Z")
RUN = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
FORBIDDEN = re.compile(f"[{INVISIBLE}]")
MODES = {"1", "7", "12", "25", "1000", "1002", "1006", "1049", "2004", "2026"}
CURSOR_MOVES = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0)}
BLANK = (" ", "")


def width(char):
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self.half = ""
        self.faults = []
        self.modes = {"7", "25"}
        self.titles, self.title, self.bells = 0, "", 0
        self.name = ""  # of screen's window
        self.frames = self.cuts = 0
        self.look = ""
        self.cells = self.blank()
        self.main = None
        self.x = self.y = 0
        self.kept = (0, 0, "")
        self.wraps = False
        self.last = " "
        self.top, self.bottom = 0, rows - 1

    def blank(self):
        return [[BLANK] * self.columns for _ in range(self.rows)]

    # ---- what is seen ----

    def line(self, y):
        return "".join(c for c, _ in self.cells[y]).rstrip()

    def lines(self):
        return [self.line(y) for y in range(self.rows)]

    def text(self):
        return "\n".join(self.lines())

    def picture(self):
        """Everything that a person sees, colours and cursor too."""
        cursor = (self.x, self.y) if "25" in self.modes else None
        return [list(row) for row in self.cells], cursor

    @property
    def alternate(self):
        return "1049" in self.modes

    def resize(self, columns, rows):
        """As a terminal does it: what was there stays where it was, cut or with room beside it."""
        old, self.columns, self.rows = self.cells, columns, rows
        self.cells = self.blank()
        for y, row in enumerate(old[:rows]):
            self.cells[y][: min(columns, len(row))] = row[:columns]
        self.x, self.y = min(self.x, columns - 1), min(self.y, rows - 1)
        self.top, self.bottom, self.wraps = 0, rows - 1, False
        if self.main:
            self.main = (self.blank(), 0, 0)

    # ---- what comes ----

    def fault(self, what, where=""):
        if len(self.faults) < 50:
            self.faults.append(f"{what!r} {where!r}".strip())

    def feed(self, data):
        try:
            text = self.half + self.decoder.decode(data)
        except UnicodeDecodeError as e:
            if e.object[e.end : e.end + 1] == b"\x1b":
                self.cuts += 1
            else:
                self.fault(e.object[max(0, e.start - 20) : e.end + 20], "is not UTF-8")
            self.decoder.reset()
            text = self.half + data.decode("utf-8", "replace")
        self.half, at = "", 0
        while at < len(text):
            run = RUN.match(text, at)
            if run:
                self.write(run.group())
                at = run.end()
            elif text[at] != "\x1b":
                self.control(text[at])
                at += 1
            else:
                found = SEQUENCE.match(text, at)
                if found:
                    self.sequence(found)
                    at = found.end()
                elif HALF.match(text, at):
                    self.half = text[at:]
                    return
                elif CUT.match(text, at):
                    self.cuts += 1
                    at = CUT.match(text, at).end()
                else:
                    self.fault(text[at : at + 20])
                    at += 1

    def write(self, text):
        bad = FORBIDDEN.search(text)
        if bad:
            self.fault(bad.group(), text[max(0, bad.start() - 20) : bad.end() + 20])
        for char in text:
            self.put(char)

    def put(self, char):
        wide = width(char)
        if wide == 0:
            x = self.x if self.wraps else self.x - 1
            while x > 0 and self.cells[self.y][x][0] == "":
                x -= 1
            if x >= 0:
                base, look = self.cells[self.y][x]
                self.cells[self.y][x] = (base + char, look)
            return
        if self.wraps or self.x + wide > self.columns:
            self.x = 0
            self.down()
        self.wraps = False
        row = self.cells[self.y]
        self.split(row, self.x)
        self.split(row, self.x + wide)
        row[self.x] = (char, self.look)
        if wide == 2 and self.x + 1 < self.columns:
            row[self.x + 1] = ("", self.look)
        self.last = char
        self.x += wide
        if self.x >= self.columns:
            self.x, self.wraps = self.columns - 1, "7" in self.modes

    def split(self, row, x):
        """A wide character of which one half is overwritten loses the other one too."""
        if 0 < x < self.columns and row[x][0] == "":
            row[x - 1] = (" ", row[x - 1][1])
            row[x] = (" ", row[x][1])

    def down(self):
        if self.y == self.bottom:
            self.scroll(1)
        elif self.y < self.rows - 1:
            self.y += 1

    def scroll(self, n, top=None):
        top = self.top if top is None else top
        for _ in range(min(abs(n), self.rows)):
            fresh = [(" ", self.look)] * self.columns
            if n > 0:
                del self.cells[top]
                self.cells.insert(self.bottom, fresh)
            else:
                del self.cells[self.bottom]
                self.cells.insert(top, fresh)

    def control(self, c):
        self.wraps = self.wraps and c in "\x07\x0e\x0f"
        if c == "\r":
            self.x = 0
        elif c == "\n":
            self.down()
        elif c == "\b":
            self.x = max(0, self.x - 1)
        elif c == "\t":
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
        elif c == "\x07":
            self.bells += 1
        elif c not in "\x0e\x0f":
            self.fault(c)

    # ---- sequences ----

    def sequence(self, found):
        if found["string"] is not None:
            number, _, text = found["string"].partition(";")
            self.title = text
            if number != "2" or FORBIDDEN.search(text):
                self.fault(found.group())
        elif found["name"] is not None:
            self.name = found["name"]
            if FORBIDDEN.search(self.name):
                self.fault(found.group())
        elif found["plain"] == "M":
            if self.y == self.top:
                self.scroll(-1)
            else:
                self.y = max(0, self.y - 1)
        elif found["plain"] == "D":
            self.down()
        elif found["plain"] == "7":
            self.kept = (self.x, self.y, self.look)
        elif found["plain"] == "8":
            self.x, self.y, self.look = self.kept
            self.wraps = False
        elif found["final"]:
            numbers = [int(n) if n.isdigit() else 0 for n in found["numbers"].split(";")]
            if found["private"]:
                self.mode(found)
            elif found["final"] == "m":
                self.colour(found["numbers"])
            elif not self.act(found["final"], numbers):
                self.fault(found.group())

    def mode(self, found):
        if found["final"] == "c" and found["numbers"] in ("0", "1", "8"):
            return  # how the Linux console's cursor looks
        for number in found["numbers"].split(";"):
            if number not in MODES or found["final"] not in "hl":
                self.fault(found.group())
            elif found["final"] == "h":
                if number == "1049" and not self.alternate:
                    self.main, self.cells = (self.cells, self.x, self.y), self.blank()
                self.modes.add(number)
            else:
                if number == "1049" and self.alternate:
                    self.cells, self.x, self.y = self.main
                    self.main = None
                self.frames += number == "2026" and "2026" in self.modes
                self.modes.discard(number)

    def colour(self, numbers):
        """Looks are kept as sorted words, so that how they were reached makes no difference."""
        look = dict(w.split("=", 1) for w in self.look.split(",") if w)
        parts = re.split("[;:]", numbers or "0")
        while parts:
            n = int(parts.pop(0) or 0)
            if n == 0:
                look = {}
            elif n in (38, 48):
                kind = parts.pop(0)
                take = 1 if kind == "5" else 4 if parts and parts[0] == "" else 3
                look[str(n)] = ".".join(parts[:take])
                del parts[:take]
            elif n in (39, 49):
                look.pop(str(n - 1), None)
            elif 30 <= n <= 37 or 90 <= n <= 97:
                look["38"] = str(n)
            elif 40 <= n <= 47 or 100 <= n <= 107:
                look["48"] = str(n)
            elif n == 22:
                look.pop("1", None)
                look.pop("2", None)
            elif 23 <= n <= 29:
                look.pop(str(n - 20), None)
            elif n == 10:
                pass  # the first font
            elif 1 <= n <= 9:
                look[str(n)] = "on"
            else:
                self.fault(f"CSI {numbers} m")
        self.look = ",".join(f"{k}={v}" for k, v in sorted(look.items()))

    def clear(self, y, start, end):
        row = self.cells[y]
        self.split(row, start)
        self.split(row, end)
        # Erasing takes the ground's colour and nothing else of the look.
        ground = ",".join(w for w in self.look.split(",") if w.startswith("48="))
        for x in range(start, min(end, self.columns)):
            row[x] = (" ", ground)

    def act(self, final, numbers):
        n = numbers[0] or 1
        self.wraps = self.wraps and final in "hlb"
        if final in CURSOR_MOVES:
            dx, dy = CURSOR_MOVES[final]
            self.x, self.y = self.x + dx * n, self.y + dy * n
        elif final in "Hf":
            self.y, self.x = n - 1, (numbers[1] or 1) - 1 if len(numbers) > 1 else 0
        elif final in "G`":
            self.x = n - 1
        elif final == "d":
            self.y = n - 1
        elif final == "Z":
            self.x = max(0, ((self.x + 7) // 8 - n) * 8)
        elif final == "J":
            self.erase_screen(numbers[0])
        elif final == "K":
            start = self.x if numbers[0] == 0 else 0
            self.clear(self.y, start, self.x + 1 if numbers[0] == 1 else self.columns)
        elif final == "X":
            self.clear(self.y, self.x, self.x + n)
        elif final == "b":
            for _ in range(n):
                self.put(self.last)
        elif final in "@P":
            self.shift(final, n)
        elif final in "LM":
            if self.top <= self.y <= self.bottom:
                self.scroll(n if final == "M" else -n, self.y)
        elif final in "ST":
            self.scroll(n if final == "S" else -n)
        elif final == "r":
            bottom = numbers[1] if len(numbers) > 1 and numbers[1] else self.rows
            self.top, self.bottom = n - 1, min(bottom, self.rows) - 1
            if self.top >= self.bottom:
                self.top, self.bottom = 0, self.rows - 1
            self.x = self.y = 0
        elif final == "t":
            return self.titled(numbers)
        else:
            return final in "hl" and numbers in ([4], [34])
        self.x, self.y = max(0, min(self.x, self.columns - 1)), max(0, min(self.y, self.rows - 1))
        return True

    def titled(self, numbers):
        self.titles += 1 if numbers[0] == 22 else -1
        return numbers[0] in (22, 23)

    def erase_screen(self, how):
        for y in range(self.rows):
            if how == 2 or (y > self.y and how == 0) or (y < self.y and how == 1):
                self.clear(y, 0, self.columns)
            elif y == self.y:
                self.clear(y, self.x if how == 0 else 0, self.columns if how == 0 else self.x + 1)

    def shift(self, final, n):
        row, blank = self.cells[self.y], (" ", self.look)
        n = min(n, self.columns - self.x)
        self.split(row, self.x)
        if final == "@":
            row[self.x : self.x] = [blank] * n
            if row[self.columns][0] == "":
                row[self.columns - 1] = blank
            del row[self.columns :]
        else:
            self.split(row, self.x + n)
            del row[self.x : self.x + n]
            row.extend([blank] * n)
