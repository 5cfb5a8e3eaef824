"""dais ctl and dais status: answers only for what is saved, refusals by their
code, many who ask at once, the state as formats.md 4 has it, and how a host
without a screen ends. What people typed never reaches a terminal raw.
"""

import json
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, agenda, kinds, log_fault, read_log, sanitized, unsafe, until  # noqa: E402

TWINS = ("甲", "乙", "同名", "同名", "戊", "己")


def session(tap, lab, name, **more):
    path = lab.write(f"{name}.yaml", agenda(**more))
    host = lab.host(path)
    tap.check(host.ready(), f"{name}: starts", host.told())
    return host


def close(tap, host, number=signal.SIGTERM):
    tap.same(host.end(number), 0, f"{host.name}: ends with 0")
    tap.same(sanitized(host.told()), "", f"{host.name}: nothing from a sanitizer")
    tap.same(log_fault(host.log), "", f"{host.name}: its log is whole")


REFUSED = [
    # what is asked, its code; None: accepted, on the way to the next
    ("undo", "nothing-to-undo"),
    ("undo 0", "cannot-undo"),
    ("floor next", "empty-queue"),
    ("segment next", None),
    ("floor next", "empty-queue"),
    ("queue add 无此人", "unknown-person"),
    ("queue add 同名", "ambiguous-person"),
    ("queue add p2", None),
    ("queue remove 99", "unknown-id"),
    ("segment go nowhere", "unknown-id"),
    ("note edit 5 x", "unknown-id"),
    ("queue limit 1", None),
    ("floor next", None),
    ("floor end", None),
    ("queue add p2", "limit"),
    ("queue add p2 --override", None),
    ("queue close", None),
    ("queue add 甲", "closed"),
    ("queue open", None),
    ("queue add 甲 --basis 1", "stale"),
    ("queue add 甲 --as orator", "bad-argument"),
    ("queue ad 甲", "bad-argument"),
    ("floor extend 1y", "bad-argument"),
    ("", "bad-argument"),
    ("floor give 甲 --for 99999999999999999999m", "bad-argument"),
    ("undo 99999", "unknown-id|cannot-undo"),
]


def refusals(tap, lab):
    host = session(tap, lab, "no", people=TWINS)
    for line, code in REFUSED:
        before = host.status()["seq"]
        out = lab.run("ctl", line)
        if code is None:
            tap.check(out.code == 0 and re.fullmatch(r"ok \d+\n", out.out) and not out.err, f"ctl {line}", out)
            continue
        good = out.code == 1 and re.fullmatch(rf"refused ({code}): \S.*\n", out.out) and not out.err
        tap.check(good, f"ctl {line!r} is refused: {code}", out)
        tap.same(host.status()["seq"], before, f"ctl {line!r} changes nothing")
        o = json.loads(lab.run("ctl", "--json", line).out)
        known = {"ok", "refused", "why", "column"}
        tap.check(o["ok"] is False and re.fullmatch(code, o["refused"]) and o["why"] and set(o) <= known, f"{line!r} as JSON", o)
    o = json.loads(lab.run("ctl", "--json", "queue", "add", "戊").out)
    tap.check(o == {"ok": True, "seq": host.status()["synced"]}, "an ok as JSON is ok and seq", o)
    words = lab.run("ctl", "note", "add", "--plain", "两 个  词")
    tap.check(words.code == 0, "a word of the shell stays one word", words)
    tap.same(read_log(host.log)[-1]["data"]["text"], "两 个  词", "with its blanks")
    who = lab.run("ctl", "--by", "小键盘", "note", "add", "x")
    tap.check(who.code == 0 and read_log(host.log)[-1]["by"] == "小键盘", "--by stands in the log", who)
    close(tap, host)


def from_stdin(tap, lab):
    host = session(tap, lab, "stdin")
    lines = "segment next\r\n\n# a comment\n  queue add 甲\nqueue add 无此人\nｆloor nonsense\nqueue add 乙　--as　question\nfloor next"
    out = lab.run("ctl", "-", stdin=lines)
    heads = [re.match(r"ok \d+$|refused [a-z-]+", s) for s in out.out.splitlines()]
    found = [h and h.group().split()[0] for h in heads]
    tap.same(found, ["ok", "ok", "refused", "refused", "ok", "ok"], "ctl - answers every line but blank ones and comments")
    tap.same(out.code, 1, "and ends with 1 where one was refused")
    tap.same(lab.run("ctl", "-", stdin="floor end\n").code, 0, "with 0 where none was")
    empty = lab.run("ctl", "-", stdin="")
    tap.check(empty.code == 0 and not empty.out, "and says nothing to nothing", empty)
    many = lab.run("ctl", "-", stdin="".join(f"note add --plain 行{i}\n" for i in range(700)))
    tap.same((many.code, len(many.out.splitlines())), (0, 700), "700 lines at once get 700 answers")
    bad = lab.run("ctl", "-", stdin=b"note add \xff\xfe\nnote add after\n")
    tap.check(bad.code == 1 and "refused" in bad.out + bad.err or bad.err, "bytes that are no text are refused", bad)
    long = lab.run("ctl", "note", "add", "长" * 3000)
    tap.check(long.code == 1 and "refused" in long.out, "a note beyond 8 KiB is refused", long)
    huge = lab.run("ctl", "-", stdin="note add " + "x" * 100000 + "\n")
    tap.check(huge.code == 1 and unsafe(huge.raw_out + huge.raw_err) is None, "a line beyond 64 KiB is refused", huge)
    closed = lab.run("ctl", "note", "add", "x", stdin=b"")
    tap.same(closed.code, 0, "ctl does not need standard input")
    tap.check(host.status()["seq"] == host.status()["synced"], "everything is saved")
    close(tap, host)


STATUS = {
    "session": str, "title": str, "seq": int, "synced": int, "saved": bool, "t": int, "offset_ms": int,
    "expected_end": (str, None), "segment": (dict, None), "floor": (dict, None), "queue": list, "next": (dict, None),
    "consoles": list, "people": int, "notes": int,
}  # fmt: skip
SEGMENT = {"id": str, "kind": str, "title": str, "elapsed_ms": int, "budget_ms": int, "number": int, "of": int}
FLOOR = {
    "turn": int, "person": str, "name": str, "title": str, "affiliation": str, "as": str, "state": str, "elapsed_ms": int,
    "allotted_ms": int,
}  # fmt: skip
ENTRY = {
    "entry": int, "person": str, "name": str, "as": str, "attending": str, "about": str, "waiting_ms": int, "spoken": int,
    "spoken_ms": int,
}  # fmt: skip
NEXT = {"entry": int, "why": str}


def shape(o, wanted):
    """What of an object is not as it should be."""
    wrong = []
    for key, kind in wanted.items():
        kinds_ = kind if isinstance(kind, tuple) else (kind,)
        types = [k for k in kinds_ if k]
        if key not in o:
            wrong.append(f"{key} is missing")
        elif not (type(o[key]) in types or (o[key] is None and None in kinds_)):
            wrong.append(f"{key} is {o[key]!r}")
    return wrong


def status(tap, lab):
    host = session(tap, lab, "state", people=("甲", "乙", "丙"), extra="")
    o = json.loads(lab.run("status", "--json").out)
    tap.same(shape(o, STATUS), [], "status before anything has its fields")
    tap.same((o["segment"], o["floor"], o["next"], o["queue"], o["people"], o["session"]), (None, None, None, [], 3, "state"), "and nothing in them")
    host.do("segment next", "queue add 甲 --about 题", "queue add 乙 --online", "floor next", "queue add 丙", "note add 一", "note add ~密")
    out = lab.run("status", "--json")
    o = json.loads(out.out)
    tap.same(out.out.count("\n"), 1, "status --json is one line")
    wrong = shape(o, STATUS) + shape(o["segment"], SEGMENT) + shape(o["floor"], FLOOR) + shape(o["next"], NEXT)
    wrong += [w for q in o["queue"] for w in shape(q, ENTRY)]
    tap.same(wrong, [], "every field has its type")
    tap.same((o["segment"]["id"], o["segment"]["kind"], o["segment"]["number"], o["segment"]["of"], o["segment"]["budget_ms"]), ("s0", "point", 1, 3, 600000), "the segment")
    tap.same((o["floor"]["name"], o["floor"]["as"], o["floor"]["state"], o["floor"]["allotted_ms"]), ("甲", "speech", "running", 180000), "the floor")
    tap.same([(q["name"], q["as"], q["attending"]) for q in o["queue"]], [("乙", "speech", "online"), ("丙", "speech", "site")], "the queue")
    tap.same(o["next"]["entry"], o["queue"][0]["entry"], "who is next")
    tap.same((o["notes"], o["saved"], o["seq"] == o["synced"]), (1, True, True), "notes that only chairs may see are not counted")
    tap.check(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$", o["expected_end"]), "the expected end has its zone", o["expected_end"])
    host.do("floor pause")
    tap.same(host.status()["floor"]["state"], "paused", "a pause")
    host.do("floor end")
    tap.same(host.status()["floor"]["state"], "ended", "an end")
    words = lab.run("status")
    tap.check(words.code == 0 and "甲" in words.out and "saved" in words.out, "status in words", words)
    follow(tap, lab, host)
    tap.same(log_fault(host.log), "", "state: its log is whole")


def follow(tap, lab, host):
    p = lab.popen("status", "--json", "--follow")
    text = lab.popen("status", "-f")
    first = json.loads(p.stdout.readline())
    tap.check(text.stdout.readline(), "and so it does in words")
    tap.same(first["seq"], host.status()["seq"], "--follow tells the state at once")
    seen = []
    for i in range(20):
        seq = host.do(f"note add --plain 跟{i}")[0]["seq"]
        o = json.loads(p.stdout.readline())
        seen.append((o["seq"], o["synced"], o["saved"]) == (seq, seq, True))
    tap.check(all(seen), "a line for each change, once it is saved", seen)
    answer = host.do("session close")[0]
    tap.check(answer["ok"], "the session closes", answer)
    out = lab.finish(p)
    last = [json.loads(s) for s in out.out.splitlines()]
    tap.check(out.code == 0 and last and last[-1]["closed"], "the last line says closed, and --follow ends with 0", out)
    words = lab.finish(text)
    tap.check(words.code == 0 and len(words.out.splitlines()) >= 20 and "closed" in words.out, "in words, a line each", words)
    tap.same(host.end(None), 0, "the host ends by itself once the session is closed")


def crowd(tap, lab):
    """Twenty who ask at once: each is answered, and exactly what was accepted is in the log."""
    clients, each = 20, 50
    host = session(tap, lab, "crowd")
    host.do("segment next")
    ps = [lab.popen("ctl", "--by", f"c{c}", "-", stdin=subprocess.PIPE) for c in range(clients)]
    outs = [None] * clients

    def drive(c):
        lines = [f"note add --plain 客{c}第{i}" if i % 5 else "floor next" if i % 2 else "message send x" for i in range(each)]
        outs[c] = lab.finish(ps[c], ("\n".join(lines) + "\n").encode())

    threads = [threading.Thread(target=drive, args=(c,)) for c in range(clients)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    answers = [o.out.splitlines() for o in outs]
    tap.same([len(a) for a in answers], [each] * clients, "twenty clients get fifty answers each")
    tap.check(not any(o.err for o in outs), "and nobody a complaint", [o.err for o in outs if o.err][:3])
    records = read_log(host.log)
    wrong, accepted = [], 0
    for c, lines in enumerate(answers):
        for i, line in enumerate(lines):
            if i % 5 and not line.startswith("ok "):
                wrong.append(line)
            if i % 5 and line.startswith("ok "):
                accepted += 1
                r = records[int(line[3:])]
                if r["data"].get("text") != f"客{c}第{i}" or r["by"] != f"c{c}":
                    wrong.append((line, r))
    tap.check(not wrong, "each answer names its record, by whoever asked", wrong[:5])
    tap.same(kinds(records).count("note.add"), accepted, "what was accepted is in the log, and nothing else")
    tap.same(log_fault(host.log.with_name("crowd.chairs.dais")), "", "the chairs' log is whole")
    close(tap, host)


def long_queue(tap, lab):
    """A status holds the whole queue, however long that is."""
    people = [f"来宾{i}" for i in range(700)]
    host = session(tap, lab, "long", people=people)
    host.do("segment next", *[f"queue add {p} --about 关于一个很长的问题,说来话长" for p in people])
    out = lab.run("status", "--json", "-s", "long")
    tap.same(out.code, 0, "status of a long queue")
    tap.check(len(out.raw_out) > 100000, "it is longer than a log's line", len(out.out))
    tap.same(len(json.loads(out.out)["queue"]), 700, "and has everybody who waits")
    close(tap, host)


def two_chairs(tap, lab):
    """Two press next for the same moment: one turn, and one "already done"."""
    times = 200
    host = session(tap, lab, "two", people=[f"人{i}" for i in range(times + 1)])
    host.do("segment next", *[f"queue add p{i}" for i in range(times + 1)])
    results, turns = [], []
    with host.connect() as a, host.connect() as b:
        for i in range(times):
            basis = a.get()["seq"]
            first, second = (a, b) if i % 2 else (b, a)
            first.say(do=f"floor next --basis {basis}", id=str(i))
            second.say(do=f"floor next --basis {basis}", id=str(i))
            answers = [first.hear(), second.hear()]
            results.append(sorted(x.get("refused", "ok") for x in answers))
            turns.append(a.get()["floor"]["turn"])
    tap.check(all(r == ["ok", "stale"] for r in results), f"{times} times, of two who press next one is stale", results[:5])
    tap.same(turns, list(range(turns[0], turns[0] + times)), "and there is never a turn too many")
    tap.same(kinds(read_log(host.log)).count("turn.start"), times, "in the log neither")
    close(tap, host)


def signals(tap, lab):
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        host = session(tap, lab, f"sig{int(number)}")
        host.do("segment next", "floor give 甲")
        before, at = host.status()["floor"]["elapsed_ms"], time.monotonic()
        acked = []

        def drive():
            try:
                with host.connect() as line:
                    for i in range(100000):
                        answer = line.do(f"note add --plain 注{i}")
                        if answer is None:
                            return
                        acked.append((answer["ok"] and answer["seq"], f"注{i}"))
            except OSError:
                pass

        t = threading.Thread(target=drive)
        t.start()
        until(lambda: len(acked) > 20)
        close(tap, host, number)
        t.join()
        records = read_log(host.log)
        missing = [a for a in acked if records[a[0]]["data"].get("text") != a[1]]
        tap.check(acked and not missing, f"{host.name}: whatever was acknowledged while it ended is there", missing[:3])
        tap.check(not host.socket.exists(), f"{host.name}: its socket is gone")
        listed = lab.run("list")
        tap.check(re.search(rf"^{host.name} .*unfinished", listed.out, re.M), f"{host.name}: it is listed as unfinished", listed)
        again = lab.host(host.log.with_suffix(".yaml"))
        tap.check(again.ready(), f"{host.name}: it resumes", again.told())
        gone = (time.monotonic() - at) * 1000
        off = again.status()["floor"]["elapsed_ms"] - before - gone
        tap.check(abs(off) < 300, f"{host.name}: and the speaker's clock went on", f"{off} ms off")
        again.do("session close")
        tap.same(again.end(None), 0, f"{host.name}: closes")


HOSTILE = "坏\x1b[31m\x07\x9b2J\u202e\u200b\n\r\x7f\x85\u2028尾\U000e0041"


def hostile(tap, lab):
    """Nothing that people typed moves anybody's cursor."""
    folder = lab.path("h\x1b[2Jx\u202ey")
    folder.mkdir()
    path = folder / "n\x1b]0;t\x07\u202e.yaml"
    path.write_text(agenda(), "utf-8")
    host = lab.host(path, name="?")
    socket = until(lambda: next(iter((lab.folder / "run" / "dais").glob("*.sock")), None))
    host.name = socket.name.removesuffix(".sock") if socket else "?"
    tap.check(host.ready(), "hostile: a session in a folder with such a name starts", host.told())
    runs = [lab.run("ctl", "segment", "next")]
    tap.same(runs[0].code, 0, "hostile: it can be asked")
    asked = [
        ["people", "add", HOSTILE, "--title", HOSTILE, "--affiliation", HOSTILE],
        ["note", "add", HOSTILE], ["queue", "add", HOSTILE], ["floor", "next"], ["note", "add", "--plain", HOSTILE],
        ["queue", "add", "甲", "--about", HOSTILE], ["mark", "photo", HOSTILE], ["message", "send", HOSTILE],
        ["queue", "add", "x" + HOSTILE], [HOSTILE, HOSTILE], ["segment", "go", HOSTILE], ["floor", "extend", HOSTILE],
        ["queue", "order", HOSTILE], ["queue", "add", "--" + HOSTILE],
    ]  # fmt: skip
    for words in asked:
        runs += [lab.run("ctl", *words), lab.run("ctl", "--json", *words)]
    runs += [lab.run("ctl", "-", stdin="\n".join(["note add " + HOSTILE.replace("\n", ""), "queue add " + HOSTILE]))]
    runs += [lab.run("ctl", "--by", HOSTILE, "note", "add", "x")]
    for args in (["status"], ["status", "--json"], ["list"], ["status", "-s", HOSTILE], ["ctl", "-s", HOSTILE, "undo"]):
        runs.append(lab.run(*args))
    log = path.with_suffix(".dais")
    for args in (["report", log], ["report", log, "--format", "json"], ["report", log, "--lang", "en"], ["verify", log]):
        runs.append(lab.run(*args))
    for args in ([HOSTILE], ["run", "--" + HOSTILE], ["run", HOSTILE], ["check", HOSTILE], ["report", HOSTILE], ["verify", HOSTILE]):
        runs.append(lab.run(*args))
    runs += [lab.run("new", folder), lab.run("run", log), lab.run("report", log, "--format", HOSTILE), lab.run("run", path, "--rehearse", HOSTILE)]
    bad = lab.write("bad.yaml", f"dais: 1\nforum: {{title: x, {HOSTILE.splitlines()[0]}: y}}\n\x1b[2J: [\u202e]\n")
    runs += [lab.run("check", bad), lab.run("run", "--headless", path, "--new")]
    found = [(i, unsafe(o.raw_out) or unsafe(o.raw_err)) for i, o in enumerate(runs)]
    found = [f for f in found if f[1]]
    tap.check(not found, f"hostile: {len(runs)} commands say nothing that a terminal obeys", "\n".join(map(repr, found)))
    broken = [sanitized(o.raw_err) for o in runs if sanitized(o.raw_err) or not isinstance(o.code, int) or o.code < 0]
    tap.check(not broken, "hostile: and none of them breaks", broken)
    tap.check(HOSTILE in [r["data"].get("name") for r in read_log(log)], "hostile: the log keeps what was typed, escaped")
    tap.same(unsafe(log.read_bytes()), None, "hostile: so that it is safe to cat")
    tap.same(host.end(), 0, "hostile: ends")
    told = host.told().encode()
    again = lab.host(path, name=host.name)
    tap.check(again.ready(), "hostile: resumes", again.told())
    with open(log, "ab") as f:
        f.write(b"\x1b[2J rubbish")
    runs = [lab.run("verify", log), lab.run("report", log)]
    tap.same([unsafe(o.raw_out) or unsafe(o.raw_err) for o in runs], [None, None], "hostile: neither where the log is damaged")
    again.end()
    tap.same(unsafe(told + again.told().encode()), None, "hostile: nor does the host")


def main(dais, *_):
    tap = Tap()
    for case in (refusals, from_stdin, status, crowd, long_queue, two_chairs, signals, hostile):
        with Lab(dais) as lab:
            case(tap, lab)
    tap.done()


main(*sys.argv[1:])
