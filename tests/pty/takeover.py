"""The host's machine is gone: the online chair's console goes on as the host, by
an explicit act, with both logs, and the old host's epoch is over."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from console import ENTER, Tap  # noqa: E402
from join import Desk, share  # noqa: E402
from lab import Lab, agenda, log_fault, read_log, sanitized, until  # noqa: E402
from peer import free_port, greet  # noqa: E402

CTRL_U = "\x15"


def refused(tap, desk):
    desk.command("takeover really")
    tap.check(desk.sees("the host is there"), "not while the host is there", desk.screen.text())


def takes(tap, lab, host, desk):
    before = host.log.read_bytes()
    host.p.kill()
    host.p.wait()
    tap.check(desk.sees("CUT OFF since"), "the line is cut", desk.screen.text())
    desk.keys(CTRL_U, "note add 断线时", ENTER)
    outbox = desk.copy("outbox")
    tap.check(desk.until(lambda: outbox.exists() and "断线时" in outbox.read_text()), "a note waits", desk.screen.text())
    desk.keys(CTRL_U, ":takeover", ENTER)
    tap.check(desk.sees("make sure that it is gone"), "it asks to make sure", desk.screen.text())
    desk.keys(CTRL_U, "takeover really", ENTER)
    tap.check(desk.sees("This console is the host now"), "then it is the host", desk.screen.text())
    log = lab.path("away/taiyuan.dais")
    tap.check(until(log.exists), "the log lies where the chair is")
    late = [r for r in read_log(log) if r["data"].get("text") == "断线时"]
    tap.check(len(late) == 1 and late[0]["by"] == "王梅" and late[0]["data"]["late"] > 0 and late[0]["data"]["req"], "the note is in it, marked as late", late)
    tap.same(outbox.read_text(), "", "and waits no more")
    tap.check(log.read_bytes().startswith(before), "it carries on the old host's, byte for byte")
    return log


def hostings(log):
    return [r["data"] for r in read_log(log) if r["kind"] == "session.host"]


def split(tap, lab):
    """Two chairs who cannot see each other both take over: who is the later one is settled, and the other stops."""
    host = lab.host(lab.write("hall.yaml", agenda(("赵一", "钱二"))))
    tap.check(host.ready(), "another session runs", host.told())
    host.do("segment next", "note add 开始")
    desks = []
    for side, port in (("east", free_port()), ("west", None)):
        for folder in (f"{side}-run", f"{side}-log"):
            lab.path(folder).mkdir(mode=0o700)
        argv = ["/bin/sh", "-c", f'cd {side}-log && exec "$@"', "sh", lab.dais, "join", share(host, "online-chair", port).text, "--name", side]
        desks.append(Desk(lab, side, argv=argv, env={"XDG_RUNTIME_DIR": str(lab.path(f"{side}-run"))}))
    for desk in desks:
        tap.check(desk.ready() and desk.holds(host.log), "a chair holds the log", desk.screen.text())
    host.p.kill()
    host.p.wait()
    epochs, logs = [], []
    for side, desk in zip(("east", "west"), desks):
        tap.check(desk.sees("CUT OFF since"), f"{side}: the line is cut", desk.screen.text())
        desk.keys(CTRL_U, ":takeover really", ENTER)
        tap.check(desk.sees("This console is the host now"), f"{side}: it is the host", desk.screen.text())
        logs.append(lab.path(f"{side}-log/hall.dais"))
        tap.check(until(lambda: len(hostings(logs[-1])) == 2), f"{side}: its log says so", desk.screen.text())
        epochs.append(hostings(logs[-1])[-1]["epoch"])
    tap.check(min(epochs) >= 10**9 and epochs[0] != epochs[1], "their epochs are not the same", epochs)
    later, earlier = sorted(range(2), key=lambda i: epochs[i], reverse=True)
    sockets = [lab.path(f"{side}-run") / "dais/hall.sock" for side in ("east", "west")]
    log = greet(sockets[later], seat="observer", name="看客")["log"]
    for at, other, answer in ((later, earlier, None), (earlier, later, "old-host")):
        told = greet(sockets[at], seat="online-chair", name="met", log=log, epoch=epochs[other])
        tap.same(told.get("refused"), answer, "who followed the other one is taken" if not answer else "but not by the earlier one")
    tap.check(desks[earlier].sees("went on elsewhere"), "whose chair is told", desks[earlier].screen.text())
    for desk, log in zip(desks, logs):
        tap.same((desk.leave(), log_fault(log)), (0, ""), "it ends, and its log is whole")


def main(dais, *_):
    tap = Tap()
    with Lab(dais) as lab:
        split(tap, lab)
        path = lab.write("taiyuan.yaml", agenda(("赵一", "钱二")))
        host = lab.host(path)
        tap.check(host.ready(), "a session runs", host.told())
        invite = share(host, "online-chair", free_port())
        for folder in ("away", "far"):
            lab.path(folder).mkdir(mode=0o700)
        env = {"XDG_RUNTIME_DIR": str(lab.path("far"))}
        argv = ["/bin/sh", "-c", 'cd away && exec "$@"', "sh", lab.dais, "join", invite.text, "--name", "王梅"]
        with Desk(lab, "online", argv=argv, env=env) as desk:
            host.do("segment next", "floor give p0", "note add ~只给主席", "note add 说了什么")
            tap.check(desk.ready() and desk.sees("说了什么"), "the online chair is there", desk.screen.text())
            tap.check(desk.holds(host.log), "and holds the log")
            refused(tap, desk)
            log = takes(tap, lab, host, desk)
            desk.keys("i", "之后的话", ENTER)
            tap.check(until(lambda: "之后的话" in log.read_text()), "the debate goes on")
            out = lab.run("ctl", "note", "add", "从外面", env=env)
            tap.check(out.out.startswith("ok "), "other programs reach it", out)
            tap.same(sanitized(bytes(desk.raw).decode("utf-8", "replace")), "", "nothing from a sanitizer")
            tap.same(desk.leave(), 0, "it ends")
        first, second = hosts = hostings(log)
        tap.same(([h["why"] for h in hosts], first["epoch"]), (["start", "takeover"], 1), "each hosting is an epoch")
        tap.check(second["epoch"] >= 10**9 and second["epoch"] % 1000 == 0, "of a round that no start of the old host comes to", second)
        tap.same((log_fault(log), log_fault(log.with_name("taiyuan.chairs.dais"))), ("", ""), "both logs are whole")
        secret = log.with_name("taiyuan.chairs.dais").read_text()
        tap.check("只给主席" in secret, "what only chairs may see came along")
    tap.done()


main(*sys.argv[1:])
