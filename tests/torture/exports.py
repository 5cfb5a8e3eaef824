"""Reports and checks of a log while each system call in turn fails, does half, or
is the last: what was written is whole or is not there, a failure is a sentence
and an exit code, and the log is not touched.

DAIS_EXPORTS=N tries so many of the combinations, 0 all of them.
"""

import errno
import itertools
import signal
import sys

from world import count, preloaded

from lab import Lab, Tap, agenda

SAMPLES = count("DAIS_EXPORTS", 150)
HOWS = [(e, ever) for e in (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EINTR, -1) for ever in (False, True)]
HOWS = [(e, ever) for e, ever in HOWS if (e, ever) != (errno.EINTR, True)] + [(0, False)]  # who is interrupted for ever waits for ever
WAYS = [(f, "new") for f in ("md", "html", "csv", "json")] + [("md", "out"), ("verify", "out")]
SECONDS = 30


def words(way, log, out):
    what, where = way
    if what == "verify":
        return ["verify", log]
    return ["report", log, "-f", what, *(["-o", out] if where == "new" else [])]


def calls(lab, shim, way, log, out):
    """How many calls it makes when nothing is wrong, and what comes out."""
    told = lab.path("calls")
    done = lab.run(*words(way, log, out), env=preloaded(lab, shim, DAIS_CALLS=told), seconds=SECONDS)
    text = out.read_bytes() if way[1] == "new" else done.raw_out
    out.unlink(missing_ok=True)
    return int(told.read_text()), text


def judge(way, how, done, out, whole):
    error, ever = how
    text = out.read_bytes() if out.exists() else None
    if done.code == -signal.SIGKILL and error == 0:
        return ""
    if done.code == 0 and (text if way[1] == "new" else done.raw_out) != whole:
        return "it says that all is well, and it is not all there"
    if done.code != 0 and text is not None and text != whole and not ever:
        return "half a file is left"
    if done.code not in (0, 1, 3):
        return f"exit {done.code}"
    if done.code != 0 and not done.err.startswith("dais: ") and not ever:
        return f"no sentence: {done.err!r}"
    return ""


def main(dais, _, shim):
    tap = Tap()
    with Lab(dais) as lab:
        host = lab.host(lab.write("e.yaml", agenda()))
        tap.check(host.ready(), "a session", host.told())
        host.do("segment next", "floor give p0", *(f"note add 第{i}句话" for i in range(40)), "floor end", "session close")
        tap.same(host.end(), 0, "that ends")
        log, out, wrong, tried = host.log, lab.path("out"), [], 0
        before = {p.name: p.read_bytes() for p in log.parent.glob("e.*")}
        whole = {way: calls(lab, shim, way, log, out) for way in WAYS}
        cases = [(way, n, how) for way in WAYS for n, how in itertools.product(range(1, whole[way][0] + 1), HOWS)]
        every = len(cases)
        tap.random.shuffle(cases)
        for way, n, how in cases[: SAMPLES or every]:
            env = preloaded(lab, shim, DAIS_CALL=n, DAIS_CALL_ERROR=how[0], **({"DAIS_CALL_EVER": 1} if how[1] else {}))
            done = lab.run(*words(way, log, out), env=env, seconds=SECONDS)
            bad = judge(way, how, done, out, whole[way][1])
            wrong += [f"{way}, call {n}, {how}: {bad}, {done}"] if bad else []
            out.unlink(missing_ok=True)
            tried += 1
        tap.check(not wrong, f"{tried} faults of {every}, in reports and checks: whole or not there, and told", "\n".join(wrong[:8]))
        tap.check({p.name: p.read_bytes() for p in log.parent.glob("e.*")} == before, "the log is as it was")
    tap.done()


main(*sys.argv[1:])
