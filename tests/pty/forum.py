"""A real forum, run from its first word to its last: the CCF YOCSEF Taiyuan
forum of 15 July 2023 with the turns, certificates and notes of its published
report. What comes out is held against the same facts: by a reader of the log
that knows nothing but the format, and in the reports.
"""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "lib"))

from lab import Lab, Tap, kinds, log_fault, read_log, sanitized, unsafe  # noqa: E402

# Who held what, in the order of the report. The second name is how the test asks for the person.
POINTS = {
    "point1": [
        ("王元卓", "wangyz", "大模型在学术界和产业界被过度关注,因为它颠覆了传统的思维和认知"),
        ("陈俊颖", "陈俊颖", "大语言模型和大图像模型之间并不互通"),
        ("张光华", "zhanggh", "训练大模型对算力资源的要求比较高,对于普通科研人员来说有壁垒"),
        ("姚姗姗", "姚姗姗", "对于我们认知之外的生成知识无法判断其正确性"),
        ("王明宇", "wangmy", "AI影像辅助阅片已经优于人工阅片"),
        ("魏巍", "weiwei", "对自然语言处理、计算机视觉等研究方向有非常大的冲击"),
        ("韩英", "hanying", "虚拟数字人可以24小时不停歇地工作"),
    ],
    "point2": [
        ("张虎", "张虎", "大模型的出现给高校的研究工作提供了便利,但是也带来很大的冲击"),
        ("宋昌", "song", "未来如何控制大模型的演化是一个重要的研究领域"),
        ("董云云", "dong", "我们可以深入探索模型内部的可解释性"),
        ("陈俊颖", "chen", "大模型也存在着较大的学术伦理问题"),
    ],
    "point3": [
        ("李哲", "lizhe", "算力资源紧张,供需矛盾导致算力服务涨价严重"),
        ("王明宇", "wangmy", "在医疗领域,大模型还存在很多漏洞"),
        ("许骁哲", "xuxz", "小模型也能够满足细分领域的研究需求"),
        ("翟双姣", "zhai", "它有可能一本正经地胡说八道"),
        ("张国业", "zhanggy", "未来我们应该注重大模型和搜索引擎的结合"),
        ("张光华", "zhanggh", "如何测试大模型的能力边界是很好的研究方向"),
        ("李毅", "liyi", "大模型是青年教师职业发展上弯道超车的一个机会"),
    ],
}
TALKS = {"talk1": ("冯洋", "指出ChatGPT的关键技术主要是预训练语言模型和指令微调"), "talk2": ("王莉", "大模型加速了高等教育的变革")}
AWARDS = {
    "award0": [("冯洋", ["yao"]), ("王莉", ["xu"])],
    "award1": [("王元卓", ["hu", "yao"]), ("陈俊颖", ["hu", "yao"])],
    "award2": [("张虎", ["yao", "xu"]), ("宋昌", ["yao", "xu"])],
    "award3": [("李哲", ["yao", "xu"]), ("王明宇", ["yao", "xu"])],
}
QUESTIONS = {
    "point1": "生成式大模型的使用,会给研究工作带来哪些便利和挑战?",
    "point2": "大模型会对哪些研究方向造成冲击,该如何应对?",
    "point3": "面对大模型的高研究成本,青椒应如何调整研究模式?",
}
NAMES = {
    "yao": "姚姗姗", "xu": "徐双", "xuxz": "许骁哲", "hanying": "韩英", "hu": "胡欣宇", "feng": "冯洋", "wangli": "王莉",
    "wangyz": "王元卓", "chen": "陈俊颖", "zhanghu": "张虎", "song": "宋昌", "lizhe": "李哲", "wangmy": "王明宇",
    "zhanggh": "张光华", "zhanggy": "张国业", "weiwei": "魏巍", "dong": "董云云", "zhai": "翟双姣", "liyi": "李毅",
}  # fmt: skip
ORDER = ["opening", "talk1", "talk2", "award0", "point1", "award1", "point2", "award2", "point3", "award3", "closing", "photo"]
SECRETS = ["算力赞助商希望少提价格", "下一个让宋昌先说", "请把麦克风调小一点"]


def play():
    """The commands of the whole afternoon."""
    for segment in ORDER:
        yield ["segment", "next", "--leave"]
        if segment == "opening":
            yield "floor give 姚姗姗"
            yield "floor give xu"
            yield "note add ~" + SECRETS[0]
        if segment in TALKS:  # whose speaker has the floor with its beginning
            yield ["note", "add", TALKS[segment][1]]
        for recipient, presenters in AWARDS.get(segment, []):
            yield ["award", "give", recipient, "--by", ",".join(presenters)]
        for i, (_, person, _) in enumerate(POINTS.get(segment, [])):
            yield ["queue", "add", person] + (["--online"] if person in ("hanying", "xuxz") else [])
        for i, (name, _, text) in enumerate(POINTS.get(segment, [])):
            yield "floor next"
            yield ["note", "add", text]
            if segment == "point2" and i == 0:
                yield "note add ?在没有开源的条件下,是否应该研究大模型的内部架构"
                yield ["message", "send", SECRETS[1]]
                yield ["note", "add", "宋昌: 还要把它当作人来看待"]
                yield ["note", "add", "--mark", "private", SECRETS[2]]
        if segment == "closing":
            yield "floor next"
            yield ["note", "add", "为中国科学院和地方高校的科教融合搭建一个良好的交流平台"]
        if segment == "photo":
            yield "mark photo 参会人员合影"
    yield "session close --why 圆满结束"


def drive(tap, lab, host):
    commands = list(play())
    answers = []
    for command in commands:
        words = command.split() if isinstance(command, str) else command
        out = lab.run("ctl", *words)
        answers.append(out)
        if not re.fullmatch(r"ok \d+\n", out.out) or out.code or out.err:
            tap.check(False, f"dais ctl {' '.join(words)}", out)
    tap.check(all(o.code == 0 for o in answers), f"all {len(commands)} commands of the afternoon are accepted")
    tap.same(host.end(None), 0, "the host ends by itself with 0 once the session is closed")
    tap.same(sanitized(host.told()), "", "nothing came from a sanitizer")


def check_log(tap, host):
    chairs = host.log.with_name("taiyuan.chairs.dais")
    for log in (host.log, chairs):
        tap.same(log_fault(log), "", f"a second reader finds nothing wrong with {log.name}")
    records, private = read_log(host.log), read_log(chairs)
    tap.same(kinds(records).count("segment.enter"), 12, "twelve segments were entered")
    spoken = [r["data"]["person"] for r in records if r["kind"] == "turn.start"]
    by_name = {name: key for key, name in NAMES.items()}
    wanted = ["yao", "xu", "feng", "wangli"] + [by_name[n] for p in POINTS.values() for n, _, _ in p] + ["hu"]
    tap.same(spoken, wanted, "the turns stand in the log in the order of the report")
    tap.same(kinds(records).count("turn.end"), len(wanted), "each of them ended")
    tap.same(kinds(records)[-1], "session.close", "nothing follows the close")
    text = host.log.read_text("utf-8")
    tap.check(not any(s in text for s in SECRETS), "nothing that only chairs may see is in the session's log")
    held = [r["data"]["text"] for r in private[1:]]
    tap.same(held, SECRETS, "all of it is in the chairs' log")


def section(text, heading):
    """A report from a heading that holds this text to the next heading of any level."""
    found = re.search(r"^#+ .*" + re.escape(heading) + r".*\n((?:(?!#).*\n)*)", text, re.M)
    return found.group(1) if found else None


def plain(markdown):
    return re.sub(r"\\(.)", r"\1", markdown)


def check_md(tap, lab, host, lang):
    out = lab.run("report", host.log, *(["--lang", lang] if lang else []))
    tap.check(out.code == 0 and not out.err, f"report, {lang or 'in its own language'}", out)
    text = plain(out.out)
    for point, question in QUESTIONS.items():
        body = section(text, question)
        if not tap.check(body is not None, f"{lang}: {point} has its heading with its question"):
            continue
        at = [body.find(words) for _, _, words in POINTS[point]]
        tap.check(-1 not in at and at == sorted(at), f"{lang}: what was held on {point} stands in its order", f"{at} in {body}")
        starts = [re.search(r"^.*" + name, body, re.M) for name, _, _ in POINTS[point]]
        tap.check(all(starts), f"{lang}: everybody who spoke on {point} is named there")
        for (name, _, words), start in zip(POINTS[point], starts):
            # The last of the point's names before the words is the speaker's.
            before = body[: body.find(words)]
            last = max((before.rfind(n), n) for n in NAMES.values())[1]
            tap.check(last == name, f"{lang}: {point}: {words[:12]} is {name}'s", f"{last} in {before[-200:]}")
    for segment, certificates in AWARDS.items():
        for recipient, presenters in certificates:
            names = [NAMES[p] for p in presenters]
            line = [s for s in text.splitlines() if recipient in s and all(n in s for n in names)]
            tap.check(line, f"{lang}: the certificate for {recipient} from {' and '.join(names)}")
    for who, words in TALKS.values():
        tap.check(who in text and words in text, f"{lang}: {who}'s talk")
    for name in ["董云云", "许骁哲", "韩英", "胡欣宇"]:
        tap.check(name in text[text.rfind("\n#") :] or name in text[-400:], f"{lang}: {name} is credited at the end")
    for name in NAMES.values():
        tap.check(name in text, f"{lang}: {name} is named")
    for fact in ["山西广播电视台", "智慧生活报", "上海德拓信息技术股份有限公司", "山西大学计算机与信息技术学院"]:
        tap.check(fact in text, f"{lang}: {fact} is named")
    tap.check(not any(s in text for s in SECRETS), f"{lang}: nothing that only chairs may see")
    tap.same(unsafe(out.raw_out), None, f"{lang}: harmless to a terminal")
    return text


def check_json(tap, lab, host):
    out = lab.run("report", host.log, "--format", "json")
    tap.same(out.code, 0, "report as JSON")
    tap.check(not any(s in out.out for s in SECRETS), "JSON: nothing that only chairs may see")
    o = json.loads(out.out)
    for point, speakers in POINTS.items():
        tap.same([t["name"] for t in o["turns"] if t["segment"] == point], [n for n, _, _ in speakers], f"JSON: {point} in order")
        held = {(NAMES[n["person"]], n["text"]) for n in o["notes"] if n["segment"] == point}
        tap.check({(n, words) for n, _, words in speakers} <= held, f"JSON: {point}: what everybody held", held)
    tap.same(
        [(a["segment"], NAMES[a["recipient"]], a["presenters"]) for a in o["awards"]],
        [(s, r, p) for s, list_ in AWARDS.items() for r, p in list_],
        "JSON: all certificates",
    )
    question = [n for n in o["notes"] if n["mark"] == "question"]
    tap.same([NAMES[n["person"]] for n in question], ["张虎"], "JSON: a note that begins with ? is a question, and the speaker's")
    tap.same({t["attending"] for t in o["turns"] if t["person"] in ("hanying", "xuxz")}, {"online"}, "JSON: who was online")
    tap.same([s["state"] for s in o["segments"]], ["done"] * 12, "JSON: every segment is over once the session is")
    tap.same(o["forum"].get("written_by"), ["董云云", "许骁哲", "韩英"], "JSON: the credits")


def main(dais, agenda, *_):
    tap = Tap()
    with Lab(dais) as lab:
        path = lab.write("taiyuan.yaml", Path(agenda).read_bytes())
        checked = lab.run("check", path)
        tap.check(checked.code == 0 and "12" in checked.out and "19" in checked.out, "check: 12 segments, 19 people", checked)
        host = lab.host(path)
        tap.check(host.ready(), "the session starts", host.told())
        drive(tap, lab, host)
        check_log(tap, host)
        whole = lab.run("verify", host.log)
        tap.check(whole.code == 0 and "whole" in whole.out, "dais verify agrees", whole)
        check_md(tap, lab, host, "zh-CN")
        english = check_md(tap, lab, host, "en")
        own = lab.run("report", host.log)
        zh = lab.run("report", host.log, "--lang", "zh-CN")
        tap.check(own.out == zh.out, "the report's own language is the forum's")
        tap.check("by" in english.lower(), "the English one has English words")
        check_json(tap, lab, host)
        again = lab.run("run", "--headless", path)
        tap.check(again.code == 1 and "--new" in again.err, "a finished session does not run again", again)
        listed = lab.run("list")
        tap.check("taiyuan" not in listed.out, "a finished session is not listed", listed)
    tap.done()


if __name__ == "__main__":
    main(*sys.argv[1:])
