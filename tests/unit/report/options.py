"""dais report as it is asked for: formats, offsets, files, and what is refused.

options.py DAIS
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "lib"))

from lab import Lab, Tap, agenda, sanitized  # noqa: E402

FORMATS = ["md", "html", "csv", "vtt", "chapters", "json"]
COMMANDS = ["segment next", "floor give p0", "note add =1+1 <b>", "floor end", "segment next --leave", "floor give p1", "session close"]


def refused(tap, out, words, name):
    told = all(w in out.err for w in words) and out.err.startswith("dais: ") and out.err.count("\n") == 1
    tap.check(out.code == 2 and not out.raw_out and told, name, out)


def told(log, format, out, why):
    """Formats without a place to say that they are drafts have it said on standard error; nothing else is there."""
    draft = f"dais: {log}: a draft. {why}"
    return out.err.startswith(draft) and out.err.count("\n") == 1 if format in ("csv", "chapters") else not out.err


def main(dais):
    tap = Tap()
    with Lab(dais) as lab:
        host = lab.host(lab.write("t.yaml", agenda(("甲", "-乙"))))
        tap.check(host.ready(), "a session", host.told())
        for command in COMMANDS[:2]:
            lab.run("ctl", *command.split())
        for format in FORMATS:
            out = lab.run("report", host.log, "--format", format, "--lang", "en")
            good = out.code == 0 and told(host.log, format, out, "The session is still open")
            tap.check(good and ("甲" in out.out or format == "chapters"), f"{format}: of a session that runs", out)
            if format in ("md", "html", "vtt", "json"):
                tap.check("DRAFT" in out.out or json.loads(out.out)["draft"] is True, f"{format}: a draft")
        for command in COMMANDS[2:]:
            lab.run("ctl", *command.split())
        tap.same(host.end(None), 0, "the session ends")
        log = host.log
        begins = {"md": "# 试", "html": "<!DOCTYPE html>", "csv": "\ufeffsegment,", "vtt": "WEBVTT\n", "chapters": "00:00:00 ", "json": "{"}
        for format, first in begins.items():
            out = lab.run("report", log, "-f", format, "--lang", "en")
            tap.check(out.code == 0 and told(log, format, out, "Not approved yet.") and out.out.startswith(first), format, out)
            file = lab.path("r." + format)
            written = lab.run("report", log, f"--format={format}", "-o", file, "--lang", "en")
            tap.check(written.code == 0 and not written.raw_out and file.read_bytes() == out.raw_out, f"{format}: the same in a file", written)
        vtt = [lab.run("report", log, "-f", "vtt", f"--offset={o}") for o in ("1h", "+60m", "1:00:00")]
        tap.check("\n01:00:0" in vtt[0].out and len({v.out for v in vtt}) == 1, "vtt: an offset, three ways to write it", vtt)
        out = lab.run("report", log, "-f", "vtt", "--offset", "-1h")
        tap.check(out.code == 0 and "-->" not in out.out and out.err.startswith("dais: left out") and "2" in out.err, "vtt: a recording that began too late", out)
        out = lab.run("report", log, "-f", "chapters", "--offset", "5m", "--lang", "en")
        tap.check(out.out.startswith("00:00:00 Before the beginning\n00:05:0"), "chapters: what was recorded before", out)
        refused(tap, lab.run("report", log, "--format", "pdf"), ["pdf", *FORMATS], "an unknown format: all are named")
        refused(tap, lab.run("report", log, "--format", ""), FORMATS, "an empty format")
        for offset in ("", "1", "1x", "--5m", "25h", "1:99"):
            refused(tap, lab.run("report", log, "-f", "vtt", f"--offset={offset}"), [offset, "offset"], f"no offset: {offset!r}")
        for format in ("md", "html", "csv", "json"):
            refused(tap, lab.run("report", log, "-f", format, "--offset", "1m"), [format, "vtt", "chapters"], f"{format}: has no times of a recording")
        tap.same(sanitized(host.told()), "", "nothing came from a sanitizer")
    tap.done()


main(Path(sys.argv[1]).resolve())
