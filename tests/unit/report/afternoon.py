"""The CCF YOCSEF Taiyuan forum as its report tells it, with times: the lines
that fold reads. Prints them if it is run."""

POINTS = {
    "point1": [
        ("wangyz", 372, ["大模型在学术界和产业界被过度关注,因为它颠覆了传统的思维和认知。", "大模型生成结果的可靠性检测依旧是个尚未解决的问题。"]),
        ("chen", 425, ["大模型因为包含大量的模型参数从而具有很好的下游任务匹配能力,甚至具备一定的推理能力。", "大语言模型和大图像模型之间并不互通;SAM在几十个医学图像分割数据集上效果都不好。"]),
        ("zhanggh", 221, ["不是每个研究人员都需要开发新的大模型,训练大模型对算力资源的要求比较高。"]),
        ("yao", 141, ["大模型有助于总结论文的创新点,但是对于我们认知之外的生成知识无法判断其正确性。"]),
        ("wangmy", 305, ["在医疗领域,大模型还没有特别成熟的案例,但是AI影像辅助阅片已经优于人工阅片。"]),
        ("weiwei", 188, ["大模型对自然语言处理、计算机视觉等研究方向有非常大的冲击。"]),
        ("hanying", 166, ["很多用户在利用虚拟数字人进行直播带货,他们可以24小时不停歇地工作。"]),
    ],
    "point2": [
        ("zhanghu", 401, ["大模型的出现给高校的研究工作提供了便利,但是也带来很大的冲击,同时也对创新提出了更高的要求。", "?在没有开源的条件下,我们是否应该研究大模型的内部架构"]),
        ("song", 388, ["不仅仅把它当作一个工具,还要把它当作人来看待。", "未来如何控制大模型的演化是一个重要的研究领域。"]),
        ("dong", 195, ["我们可以深入探索模型内部的可解释性,增加模型内部的可信度。"]),
        ("chen", 240, ["使用大模型生成的图片是否涉及侵权,这些都需要科研人员自己来分析和判断。"]),
    ],
    "point3": [
        ("lizhe", 290, ["目前算力资源紧张,供需矛盾导致算力服务涨价严重。"]),
        ("wangmy", 181, ["人类在某些方面的优势还是不可替代的。"]),
        ("xuxz", 204, ["青椒不需要自己开发大模型,小模型也能够满足细分领域的研究需求。"]),
        ("zhai", 97, ["不能完全依赖大模型的生成结果,因为它有可能一本正经地胡说八道。"]),
        ("zhanggy", 233, ["只有不到10%可以被采纳。", "=应该注重大模型和搜索引擎的结合"]),
        ("zhanggh", 170, ["如何测试大模型的能力边界是很好的研究方向。"]),
        ("liyi", 212, ["!学习如何使用大模型:提示词工程", "大模型是青年教师职业发展上弯道超车的一个机会。"]),
    ],
}
TALKS = {
    "talk1": (1985, ["ChatGPT的关键技术主要是预训练语言模型和指令微调。", "介绍了参数高效的微调方法LoRA和特定NLP任务的指令构建。", '"只有当模型参数达到一定规模时才会出现涌现能力']),
    "talk2": (1751, ["GPT类大模型逐渐成为一种通用技术,已经影响到80%的工作岗位。", "大模型加速了高等教育的变革。"]),
}
AWARDS = {
    "award0": [("feng", "yao"), ("wangli", "xu")],
    "award1": [("wangyz", "hu,yao"), ("chen", "hu,yao")],
    "award2": [("zhanghu", "yao,xu"), ("song", "yao,xu")],
    "award3": [("lizhe", "yao,xu"), ("wangmy", "yao,xu")],
}
ORDER = ["opening", "talk1", "talk2", "award0", "point1", "award1", "point2", "award2", "point3", "award3", "closing", "photo"]


class Afternoon:
    def __init__(self):
        self.t, self.lines = 95_000, []

    def say(self, command, seconds=0):
        self.lines.append(f"{self.t} {command}")
        self.t += seconds * 1000

    def note(self, text):
        self.say("note add " + text, 3)

    def point(self, segment):
        for person, _, _ in POINTS[segment]:
            self.say(f"queue add {person}" + (" --online" if person in ("hanying", "xuxz") else ""))
        for i, (person, seconds, notes) in enumerate(POINTS[segment]):
            self.t += 9_000
            self.say("floor next", 20)
            for text in notes:
                self.note(text)
            self.t += (seconds - 20 - 3 * len(notes)) * 1000 // 2
            if segment == "point2" and i == 0:
                self.say("queue add dong --as question")
                self.say("floor next", 22)
                self.note("?参数不公开,结论还能复现吗")
                self.say("floor end")
            if segment == "point3" and i == 1:
                self.say("floor pause", 48)
                self.say("floor resume")
            self.t += (seconds - 20 - 3 * len(notes)) * 1000 // 2
        if segment == "point3":
            self.say("note add 李哲: 预计明年7月份左右算力服务价格会显著下降")
        self.say("floor end", 30)

    def segment(self, name):
        self.say("segment next --leave", 5)
        if name == "opening":
            self.say("floor give yao", 251)
            self.say("floor give xu", 240)
            self.note("~算力赞助商希望少提价格")
        if name in TALKS:
            seconds, notes = TALKS[name]
            self.t += 60_000
            for text in notes:
                self.note(text)
            self.t += seconds * 1000
        for person, by in AWARDS.get(name, []):
            self.say(f"award give {person} --by {by}", 62)
        if name in POINTS:
            self.point(name)
        if name == "closing":
            self.say("floor give hu", 30)
            self.note("希望本次论坛为中国科学院和地方高校的科教融合搭建一个良好的交流平台。")
            self.t += 400_000
        if name == "photo":
            self.t += 90_000
            self.say("mark photo 参会人员合影", 100)


def afternoon(upto=None, close=True):
    """The lines, and the time at their end."""
    a = Afternoon()
    for name in ORDER:
        a.segment(name)
        if name == upto:
            return a.lines, a.t
    if close:
        a.say("session close --why 圆满结束")
    return a.lines, a.t


if __name__ == "__main__":
    print("\n".join(afternoon()[0]))
