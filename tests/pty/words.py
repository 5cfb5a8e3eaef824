"""The command line: every mistake gets a sentence and an exit code (formats.md
5), nothing hangs, and nothing is overwritten. Agendas of every kind and size.
"""

import json
import os
import re
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, kinds, log_fault, read_log, sanitized, unsafe, until  # noqa: E402

SECONDS = 15  # after which a command hangs


def told(tap, out, code, words, name):
    """A mistake's exit code and its sentence: "dais: …" on standard error, and nothing else."""
    good = out.code == code and re.search(words, out.err) and not out.out
    good = good and out.err.endswith("\n") and unsafe(out.raw_err) is None and not sanitized(out.raw_err)
    return tap.check(good, f"{name}: {code} and a sentence", f"wanted {code} {words!r}, found {out!r}")


USAGE = [
    (["rnu"], "Did you mean run"),
    (["xyzzy"], "--help"),
    (["--headless"], "--help"),
    (["run"], "missing"),
    (["run", "a", "b"], "too many"),
    (["run", "a", "--headles"], "Did you mean --headless"),
    (["run", "a", "--nwe"], "Did you mean --new"),
    (["run", "a", "-x"], "no option -x"),
    (["run", "a", "--rehearse"], "needs a value"),
    (["run", "a", "--new=no"], "--new"),
    (["status", "--jsno"], "Did you mean --json"),
    (["status", "--json=1"], "--json"),
    (["status", "x"], "too many"),
    (["status", "-s"], "needs a value"),
    (["list", "x"], "too many"),
    (["list", "--json"], "no option"),
    (["ctl"], "missing"),
    (["ctl", "--jsn", "undo"], "Did you mean --json"),
    (["report"], "missing"),
    (["report", "x", "--format", "pdf"], "md"),
    (["report", "x", "--lang", "fr"], "zh-CN"),
    (["report", "x", "--fromat", "md"], "Did you mean --format"),
    (["verify"], "missing"),
    (["verify", "a", "b"], "too many"),
    (["check"], "missing"),
    (["new"], "missing"),
    (["demo", "x"], "too many"),
] + [(["run", "a", "--rehearse", v], "2x to 1000x") for v in ("1x", "0", "1001x", "-5x", "fast", "", "20y", "2.5x", "99999999999999999999")]


def usage(tap, lab):
    for args, words in USAGE:
        told(tap, lab.run(*args, seconds=SECONDS), 2, words, f"dais {' '.join(args)}")
    bare = lab.run()
    tap.check(bare.code == 2 and "run" in bare.out + bare.err, "dais alone lists what there is, and ends with 2", bare)
    for args in (["--help"], ["--version"], ["help"], ["-h"]):
        out = lab.run(*args)
        tap.check(out.code == 0 and "dais" in out.out and not out.err, f"dais {args[0]}", out)
    for name in ("demo", "new", "check", "run", "ctl", "status", "list", "report", "verify"):
        out = lab.run(name, "--help")
        tap.check(out.code == 0 and f"dais {name}" in out.out and not out.err, f"dais {name} --help", out)
    tap.same(sorted(p.name for p in lab.folder.iterdir()), ["home", "run", "state"], "none of these makes a file")


def files(tap, lab):
    lab.path("folder").mkdir()
    os.mkfifo(lab.path("fifo"))
    lab.write("empty", "")
    lab.write("words", "what is this\n")
    lab.write("binary", bytes(range(256)) * 10)
    with open(lab.path("sparse"), "wb") as f:
        f.truncate(10 * 2**30)
    os.symlink("loop", lab.path("loop"))
    kinds_ = {
        "nowhere": "no such file", "nowhere/x": "no such file", "folder": "folder", "fifo": "ordinary|no session log",
        "/dev/zero": "ordinary|no session log", "/dev/null": "ordinary|no session log", "empty/x": "no folder", "sparse": "large|no session log", "loop": "symbolic|link",
        "empty": ".", "words": ".", "binary": ".", "": ".", "x" * 300: "long",
    }  # fmt: skip
    for name, words in kinds_.items():
        for args in (["check", name], ["run", "--headless", name], ["report", name], ["verify", name]):
            told(tap, lab.run(*args, seconds=SECONDS), 3, words, f"{args[0]} {name[:20] or 'nothing'}")
    lab.path("sparse").unlink()
    found = sorted(p.name for p in lab.folder.iterdir() if p.name not in ("home", "run", "state"))
    tap.same(found, ["binary", "empty", "fifo", "folder", "loop", "words"], "none of these leaves anything behind")


def unreadable(tap, lab):
    """As somebody who may not; root may everything, so root becomes nobody for it."""
    path = lab.write("secret.yaml", agenda())
    path.chmod(0)
    become = None
    if os.geteuid() == 0:
        lab.folder.chmod(0o755)

        def become():
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

        try:
            may = lab.run("--version", preexec_fn=become).code == 0
        except PermissionError:  # the build stands in a folder of root's own
            may = False
        if not may:
            lab.folder.chmod(0o700)
            tap.skip("an unreadable file", "nobody may not run this program here")
            return
    for args in (["check", path], ["run", "--headless", path], ["report", path], ["verify", path]):
        told(tap, lab.run(*args, preexec_fn=become), 3, "may not be read", f"{args[0]} of what may not be read")
    out = lab.run("new", lab.path("denied.yaml"), preexec_fn=become)
    if become:
        told(tap, out, 1, "may not be", "new where one may not write")
    lab.folder.chmod(0o700)


def new(tap, lab):
    for lang, word in (("C.UTF-8", "forum:"), ("zh_CN.UTF-8", "forum:")):
        path = lab.path(f"{lang[:2]}.yaml")
        made = lab.run("new", path, env={"LC_ALL": lang, "LANGUAGE": "zh_CN" if lang[:2] == "zh" else ""})
        tap.check(made.code == 0 and not made.err and word in path.read_text("utf-8"), f"new, {lang}", made)
        checked = lab.run("check", path)
        tap.check(checked.code == 0, f"what new writes can be run, {lang}", checked)
    path = lab.path("C..yaml")
    before = path.read_bytes()
    told(tap, lab.run("new", path), 1, "there already", "new over a file")
    tap.check(path.read_bytes() == before, "new leaves it alone")
    os.symlink(lab.path("target"), lab.path("link"))
    told(tap, lab.run("new", lab.path("link")), 1, "there already|symbolic", "new through a link")
    tap.check(not lab.path("target").exists(), "new follows no link")
    told(tap, lab.run("new", lab.path("no/where.yaml")), 1, "no such file", "new in no folder")


def hosts(tap, lab):
    path = lab.write("a.yaml", agenda())
    for args in (["ctl", "undo"], ["status"], ["status", "-f"], ["ctl", "-"]):
        told(tap, lab.run(*args, stdin=""), 1, "no session runs", f"{' '.join(args)} without a session")
    told(tap, lab.run("status", "-s", "nothere"), 1, "does not answer|no session", "status of no such session")
    told(tap, lab.run("run", path), 1, "terminal", "the console without a terminal")
    tap.check(not path.with_suffix(".dais").exists(), "and no session was begun")
    host = lab.host(path)
    tap.check(host.ready(), "a session", host.told())
    told(tap, lab.run("run", "--headless", path, seconds=SECONDS), 1, "another dais hosts", "a second host")
    told(tap, lab.run("run", "--headless", "--new", path, seconds=SECONDS), 1, "another dais hosts", "a second host with --new")
    host.do("segment next", "floor give 甲", "note add 正在说")
    draft = lab.run("report", host.log, "--lang", "en")
    tap.check(draft.code == 0 and "DRAFT" in draft.out and "甲" in draft.out and "正在说" in draft.out, "report of a running session", draft)
    o = json.loads(lab.run("report", host.log, "--format", "json").out)
    until(lambda: host.status()["floor"]["elapsed_ms"] > 100)
    later = json.loads(lab.run("report", host.log, "--format", "json").out)
    turn = later["turns"][0]
    tap.check(turn["state"] == "running" and turn["spoken_ms"] > o["turns"][0]["spoken_ms"], "the running turn is in it, up to now", turn)
    tap.check(lab.run("verify", host.log).code == 0, "verify of a running session")
    b = lab.host(lab.write("b.yaml", agenda()))
    tap.check(b.ready(), "another session", b.told())
    for args in (["ctl", "undo"], ["status"], ["status", "--json", "--follow"]):
        out = lab.run(*args, seconds=SECONDS)
        told(tap, out, 2, r"several.*-s", f"{' '.join(args)} with two sessions")
        tap.check("a" in out.err.split(":")[-1] and "b" in out.err.split(":")[-1], f"{' '.join(args)} names both", out)
    named = lab.run("ctl", "-s", "b", "note", "add", "x")
    tap.check(named.code == 0 and b.status()["notes"] == 1 and host.status()["notes"] == 1, "-s names one", named)
    listed = lab.run("list")
    tap.check(re.search("^a .*running", listed.out, re.M) and re.search("^b .*running", listed.out, re.M), "list has both", listed)
    tap.same(b.end(), 0, "the other one ends")
    finished(tap, lab, path, host)


def finished(tap, lab, path, host):
    log = host.log
    told(tap, lab.run("run", "--headless", log, seconds=SECONDS), 3, r"\S", "a log for an agenda")
    told(tap, lab.run("check", log), 3, r"\S", "check of a log")
    tap.check(not lab.path("a.dais.dais").exists(), "which begins nothing")
    host.do("floor end", "session close")
    tap.same(host.end(None), 0, "a session that was closed ends")
    before = log.read_bytes()
    told(tap, lab.run("run", "--headless", path), 1, "finished.*--new", "a finished session")
    tap.check(log.read_bytes() == before, "and it is left as it is")
    whole = lab.run("verify", log)
    tap.check(whole.code == 0 and "closed" in whole.out, "verify of a finished session", whole)
    report(tap, lab, log)
    told(tap, lab.run("run", "--new", path), 1, "terminal", "--new without a terminal")
    tap.check(log.read_bytes() == before and not lab.path("a.1.dais").exists(), "which moves nothing")
    again = lab.host(path, "--new")
    tap.check(again.ready() and "a.1.dais" in again.told(), "--new begins another session", again.told())
    tap.check(lab.path("a.1.dais").read_bytes() == before, "the finished one is kept")
    tap.check(lab.path("a.1.chairs.dais").exists(), "with its chairs' log")
    tap.same(again.end(), 0, "the new one ends")
    tap.check(lab.run("verify", lab.path("a.1.dais")).code == 0, "the kept one is whole under its new name")
    gone(tap, lab, path)


def report(tap, lab, log):
    out = lab.run("report", log, "-o", lab.path("r.md"))
    tap.check(out.code == 0 and not out.out and "甲" in lab.path("r.md").read_text("utf-8"), "report -o", out)
    told(tap, lab.run("report", log, "-o", lab.path("r.md")), 1, "there already", "report -o over a file")
    told(tap, lab.run("report", log, "-o", lab.path("no/r.md")), 1, "no such file", "report -o in no folder")
    data = log.read_bytes()
    cut = lab.write("cut.dais", data[: len(data) - 200])
    verify = lab.run("verify", cut)
    told(tap, verify, 3, r"line \d+", "verify of a log that is cut off")
    out = lab.run("report", cut)
    tap.check(out.code == 3 and "甲" in out.out and "torn" in out.err, "report of it: what there is, and a warning", out)
    tap.check(cut.read_bytes() == data[: len(data) - 200], "neither changes it")


def gone(tap, lab, path):
    """A log holds its agenda."""
    path.unlink()
    host = lab.host(path)
    tap.check(host.ready(), "a session resumes without its agenda", host.told())
    tap.same(host.end(), 0, "and ends")
    lab.write("a.yaml", agenda(segments=5))
    host = lab.host(path)
    tap.check(host.ready() and "has changed" in host.told(), "or with another one, and says so", host.told())
    tap.same(host.end(), 0, "and ends again")


def streams(tap, lab):
    path = lab.write("s.yaml", agenda())
    host = lab.host(path)
    tap.check(host.ready(), "a session for the streams", host.told())
    for args in (["status"], ["status", "--json"], ["ctl", "note", "add", "x"], ["report", host.log], ["verify", host.log], ["list"], ["check", path], ["--help"], ["run", "--help"], ["--version"]):
        with open("/dev/full", "wb") as full:
            out = lab.run(*args, stdout=full)
        told(tap, out, 1, "disk is full", f"{args[0]} into a full disk")
        out = lab.run(*args, preexec_fn=lambda: os.close(1))
        told(tap, out, 1, "standard output", f"{args[0]} without standard output")
    told(tap, lab.run("report", host.log, "-o", "/dev/full"), 1, "there already", "report -o /dev/full")
    out = lab.run("ctl", "-", preexec_fn=lambda: os.close(0))
    tap.check(isinstance(out.code, int) and out.code >= 0, "ctl - without standard input ends", out)
    out = lab.run("rnu", preexec_fn=lambda: os.close(2))
    tap.same(out.code, 2, "without standard error the code is the same")
    tap.same(host.end(), 0, "it ends")

    # Whoever opens files while 0, 1 and 2 are free gets them: nothing that is said may land in the log.
    def bare():
        os.closerange(0, 3)

    for _ in range(2):
        host = lab.host(path, preexec_fn=bare)
        tap.check(host.ready(), "a host without any stream")
        tap.same(lab.run("ctl", "note", "add", "x").code, 0, "can be asked")
        tap.same(host.end(), 0, "and ends")
        tap.same(log_fault(host.log), "", "its log has only records")


def rehearsal(tap, lab):
    path = lab.write("re.yaml", agenda())
    host = lab.host(path, "--rehearse", "500x")
    tap.check(host.ready() and "rehearsal" in host.told(), "a rehearsal says so", host.told())
    tap.check(lab.path("re.rehearsal.dais").exists() and not lab.path("re.dais").exists(), "it has a log of its own")
    host.do("segment next", "floor give 甲")
    t = until(lambda: (lambda s: s if s["floor"]["elapsed_ms"] > 200_000 else None)(host.status()))
    tap.check(t and t["rehearsal"] is True, "minutes go by in moments", t)
    tap.same(host.end(), 0, "it ends")
    first = read_log(host.log)
    tap.check(first[0]["data"]["rehearsal"] is True, "its log is marked as one", first[0]["data"])
    again = lab.host(path, "--rehearse", "20")
    tap.check(again.ready(), "it resumes, at another speed", again.told())
    # At another speed up to a tick is not vouched for.
    tap.check(again.status()["t"] >= t["t"] - 10_000, "where it was", (again.status(), t))
    tap.same(again.end(), 0, "and ends")
    tap.same(log_fault(host.log), "", "its log is whole")
    real = lab.host(path)
    tap.check(real.ready() and real.status()["rehearsal"] is False and real.status()["segment"] is None, "the real session begins at its beginning")
    tap.same(real.end(), 0, "and ends")
    tap.check("ehears" in lab.run("report", host.log, "--lang", "en").out, "the report of a rehearsal says so")


PEOPLE_FIELDS = ", title: 教授, affiliation: 山西大学计算机与信息技术学院, note: 会前已沟通"


def crowd(n, more=""):
    lines = "".join(f"  - {{id: p{i}, name: 人物{i}{more}}}\n" for i in range(n))
    return f"dais: 1\nforum: {{title: 大会}}\npeople:\n{lines}agenda:\n  - {{kind: point, title: q, duration: 10m, invited: [p0, p{n - 1}]}}\n"


def sizes(tap, lab):
    for n, more in ((500, ""), (500, PEOPLE_FIELDS), (5000, PEOPLE_FIELDS)):
        name = f"n{n}{'f' if more else ''}"
        path = lab.write(f"{name}.yaml", crowd(n, more))
        tap.check(lab.run("check", path).code == 0, f"{name}: check")
        host = lab.host(path)
        if not tap.check(host.ready(), f"{name}: starts", host.told()):
            continue
        tap.same(host.status()["people"], n, f"{name}: everybody is there")
        answers = host.do("segment next", f"queue add 人物{n // 2}", "floor next", "floor end")
        tap.check(all(a["ok"] for a in answers), f"{name}: anybody can speak", answers)
        host.kill()
        again = lab.host(path)
        tap.check(again.ready(), f"{name}: resumes", again.told())
        tap.same(again.status()["people"], n, f"{name}: with everybody")
        tap.same(again.end(), 0, f"{name}: ends")
        tap.same(log_fault(again.log), "", f"{name}: its log is whole")
        longest = max(map(len, again.log.read_bytes().split(b"\n")))
        tap.check(longest < 65536, f"{name}: no line is longer than 64 KiB", longest)
        o = json.loads(lab.run("report", again.log, "--format", "json").out)
        tap.same([(len(o["people"])), {p["affiliation"] for p in o["people"]} == {""}], [n, not more], f"{name}: everybody is in the report")
    too = lab.write("n50000.yaml", crowd(50000, ", title: x"))
    told(tap, lab.run("run", "--headless", too, seconds=SECONDS), 3, "too many|large|1 MiB", "50,000 people are told to be too many")


GOOD = {
    "English only": agenda(["Ann", "Bob O'Neill"]).replace("试", "A debate").replace("题", "Question "),
    "mixed scripts": agenda(["Zoë 张", "Ελένη", "Михаил", "さくら", "김철수", "مريم", "नेहा"]),
    "BOM": "\ufeff" + agenda(),
    "CRLF": agenda().replace("\n", "\r\n"),
    "no newline at the end": agenda().rstrip("\n"),
}
BAD = {
    "GB18030": (agenda().encode("gb18030"), "GB18030"),
    "UTF-16": (agenda().encode("utf-16"), "UTF-16"),
    "an unknown key": (agenda().replace("title: 试", "titel: 试"), "title"),
    "a key twice": (agenda().replace("  title: 试", "  title: 试\n  title: 试"), "twice|again|already"),
    "no title": (agenda().replace("  title: 试\n", "  venue: x\n"), "title"),
    "no segments": (agenda(segments=0), "agenda|segment"),
    "no version": (agenda().replace("dais: 1\n", ""), "dais"),
    "another version": (agenda().replace("dais: 1", "dais: 2"), "version|1"),
    "a broken duration": (agenda().replace("10m", "10 parsecs"), "10 parsecs|duration"),
    "a negative duration": (agenda().replace("10m", "-10m"), "10m|duration"),
    "an unknown kind": (agenda().replace("kind: point", "kind: pint"), "point"),
    "an unknown person": (agenda() + "  - {kind: keynote, title: t, duration: 1m, speakers: [nobody]}\n", "nobody"),
    "an ambiguous person": (agenda(["甲", "甲"]) + "  - {kind: keynote, title: t, duration: 1m, speakers: [甲]}\n", "甲"),
    "an id twice": (agenda().replace("p1", "p0"), "p0"),
    "a tab": (agenda().replace("  title", "\ttitle"), "(?i)tab"),
    "an open quote": (agenda().replace("title: 试", 'title: "试'), "(?i)quote"),
    "an open bracket": (agenda().replace("duration: 10m}", "duration: 10m"), r"\S"),
    "an alias": (agenda() + "x: *a\n", r"\S"),
    "a tag": (agenda().replace("title: 试", "title: !!binary aGk="), r"\S"),
    "a second document": (agenda() + "---\ndais: 1\n", "document"),
    "a missing roster": (re.sub(r"people:\n(  - .*\n)+", "people: {file: nowhere.csv}\n", agenda()), "nowhere.csv"),
    "a roster that is a folder": (re.sub(r"people:\n(  - .*\n)+", "people: {file: home}\n", agenda()), "home"),
    "a list for a text": (agenda().replace("title: 试", "title: [a, b]"), "title|text"),
    "a NUL": (agenda().replace("试", "试\0"), r"\S"),
    "nothing but a scalar": ("hello", r"\S"),
    "a wrong date": (agenda(extra="").replace("  title: 试", "  title: 试\n  date: 2026-02-30"), "2026-02-30|date"),
    "deep nesting": ("[" * 5000, r"\S"),
    "1 MiB and more": (agenda() + "#" * (1 << 20), "large|1 MiB"),
}


def agendas(tap, lab):
    for name, text in GOOD.items():
        path = lab.write("good.yaml", text)
        out = lab.run("check", path)
        tap.check(out.code == 0 and ("BOM" in out.err if name == "BOM" else not out.err), f"an agenda, {name}", out)
        host = lab.host(path)
        tap.check(host.ready(), f"{name}: runs", host.told())
        tap.same(host.end(), 0, f"{name}: ends")
        tap.same(log_fault(host.log), "", f"{name}: its log is whole")
        for p in lab.folder.glob("good.*"):
            p.unlink()
    for name, (text, words) in BAD.items():
        path = lab.write("bad.yaml", text)
        for args in (["check", path], ["run", "--headless", path]):
            told(tap, lab.run(*args, seconds=SECONDS), 3, words, f"{args[0]} of an agenda with {name}")
        tap.same([p.name for p in lab.folder.glob("bad.*")], ["bad.yaml"], f"{name}: no log is made")
        for p in lab.folder.glob("bad.*"):
            p.unlink()
    many = agenda().replace("title: 试", "titel: 试").replace("speech: 3m", "speech: 3 moons").replace("kind: point, id: s0", "kind: pint, id: s0")
    out = lab.run("check", lab.write("many.yaml", many.replace("id: p1", "id: P 1")))
    places = re.findall(r"^\S*many\.yaml:(\d+):(\d+): ", out.err, re.M)
    tap.check(out.code == 3 and len(places) >= 4 and places == sorted(places, key=lambda p: int(p[0])), "all problems are told at once, in order", out)
    tap.check("^" in out.err, "with a caret under the place", out)


def locales(tap, lab):
    for lang in ("zh_CN.UTF-8", "C", "nowhere_NO.UTF-8", ""):
        env = {"LC_ALL": lang, "LANGUAGE": "zh_CN" if lang[:2] == "zh" else ""}
        out = lab.run("check", "nowhere", env=env)
        tap.check(out.code == 3 and out.err.startswith("dais: ") and unsafe(out.raw_err) is None, f"a sentence with LC_ALL={lang}", out)


def homeless(tap, lab):
    """Without a home, a state folder or a runtime folder a session runs all the same."""
    path = lab.write("h.yaml", agenda())
    for gone_ in ({"HOME": "", "XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "/proc/nowhere", "HOME": "/nowhere"}):
        host = lab.host(path, env=gone_)
        tap.check(host.ready(), f"a session with {gone_}", host.told())
        tap.check(lab.run("list", env=gone_).code == 0, "and a list")
        tap.same(host.end(signal.SIGINT), 0, "and an end")
    tap.check("session.close" not in kinds(read_log(lab.path("h.dais"))), "ending is not closing")


def main(dais, *_):
    tap = Tap()
    for case in (usage, files, unreadable, new, hosts, streams, rehearsal, sizes, agendas, locales, homeless):
        with Lab(dais) as lab:
            case(tap, lab)
    tap.done()


main(*sys.argv[1:])
