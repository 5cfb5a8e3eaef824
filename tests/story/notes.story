# Notes: what was said, beside the turn that it was said in.
forum Forum
person zhanghu 张虎 affiliation=山西大学
person zhang2 张虎 affiliation=太原理工大学
person song 宋昌
person dong 董云云
segment point p1 10m
segment point p2 10m

== A note attaches itself to the turn, the speaker and the point.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 scribe: note add 还没有人发言
> 3 note.add note=1 mark=claim text=还没有人发言
? note 1 - claim "还没有人发言" by scribe turn 0 in p1
@0:02 chair: floor give 宋昌
> 4 turn.start turn=1 person=song as=speech allotted=180000
@0:10 scribe: note add 要把大模型当作人来看待
> 5 note.add note=2 turn=1 person=song mark=claim text=要把大模型当作人来看待
? note 2 宋昌 claim "要把大模型当作人来看待" by scribe turn 1 in p1

== What is typed while the next one is not called yet still belongs to whoever spoke last.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:30 chair: floor end
> 4 turn.end why=end
@0:40 scribe: note add 控制演化
> 5 note.add note=1 turn=1 person=song mark=claim text=控制演化
? note 1 宋昌 claim "控制演化" by scribe turn 1 in p1
@1:00 chair: segment next
> 6 segment.enter segment=p2 carry=0
@1:01 scribe: note add 新的问题
> 7 note.add note=2 mark=claim text=新的问题
? note 2 - claim "新的问题" by scribe turn 0 in p2

== A mark at the start of the line says what it is, full-width or not.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 scribe: note add ? 还要研究吗
> 4 note.add note=1 turn=1 person=song mark=question text=还要研究吗
@0:02 scribe: note add ？还要研究吗
> 5 note.add note=2 turn=1 person=song mark=question text=还要研究吗
@0:02 scribe: note add !查资料
> 6 note.add note=3 turn=1 person=song mark=action text=查资料
@0:02 scribe: note add ！ 查资料
> 7 note.add note=4 turn=1 person=song mark=action text=查资料
@0:02 scribe: note add = 成立小组
> 8 note.add note=5 turn=1 person=song mark=decision text=成立小组
@0:02 scribe: note add ＝成立小组
> 9 note.add note=6 turn=1 person=song mark=decision text=成立小组
@0:02 scribe: note add "一本正经地胡说八道
> 10 note.add note=7 turn=1 person=song mark=quote text=一本正经地胡说八道
@0:02 scribe: note add “一本正经地胡说八道”
> 11 note.add note=8 turn=1 person=song mark=quote text=一本正经地胡说八道
@0:02 scribe: note add 没有标记?
> 12 note.add note=9 turn=1 person=song mark=claim text=没有标记?

== "name: text" notes somebody else, with either colon, by name or id, and with the mark on either side.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 scribe: note add 董云云: 可解释性
> 4 note.add note=1 person=dong mark=claim text=可解释性
@0:02 scribe: note add 董云云:可解释性
> 5 note.add note=2 person=dong mark=claim text=可解释性
@0:02 scribe: note add 董云云：可解释性
> 6 note.add note=3 person=dong mark=claim text=可解释性
@0:02 scribe: note add dong: ? 可信度
> 7 note.add note=4 person=dong mark=question text=可信度
@0:02 scribe: note add ？dong：可信度
> 8 note.add note=5 person=dong mark=question text=可信度
@0:02 scribe: note add 可解释性 --person 董云云
> 9 note.add note=6 person=dong mark=claim text=可解释性

== A note on somebody else belongs to that person's last turn on this point.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 董云云
> 3 turn.start turn=1 person=dong as=speech allotted=180000
@0:30 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@0:40 scribe: note add 董云云: 补记
> 6 note.add note=1 turn=1 person=dong mark=claim text=补记
? note 1 董云云 claim "补记" by scribe turn 1 in p1
@1:00 chair: segment next
> 7 turn.end why=segment
> 8 segment.enter segment=p2 carry=0
@1:01 scribe: note add 董云云: 再补记
> 9 note.add note=2 person=dong mark=claim text=再补记
? note 2 董云云 claim "再补记" by scribe turn 0 in p2

== What only looks like a name is text.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 scribe: note add 结论:大模型有用
> 4 note.add note=1 turn=1 person=song mark=claim text=结论:大模型有用
@0:02 scribe: note add 14:30 开始
> 5 note.add note=2 turn=1 person=song mark=claim text="14:30 开始"
@0:02 scribe: note add https://example.org
> 6 note.add note=3 turn=1 person=song mark=claim text=https://example.org
@0:02 scribe: note add 董云云:
> 7 note.add note=4 turn=1 person=song mark=claim text=董云云:
# Two people bear this name, and neither has spoken.
@0:02 scribe: note add 张虎: 通用性
> 8 note.add note=5 turn=1 person=song mark=claim text="张虎: 通用性"
@0:02 scribe: note add zhang2: 通用性
> 9 note.add note=6 person=zhang2 mark=claim text=通用性

== --plain takes the line as it is, and --mark says what the line does not.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 scribe: note add --plain ? 董云云: 原样
> 4 note.add note=1 turn=1 person=song mark=claim text="? 董云云: 原样"
@0:02 scribe: note add --mark decision 成立
> 5 note.add note=2 turn=1 person=song mark=decision text=成立
@0:02 scribe: note add --mark decision ? 成立
> 6 note.add note=3 turn=1 person=song mark=decision text="? 成立"

== A note needs text, and has its limit.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 scribe: note add ?
! bad-argument: a note needs some text
@0:01 scribe: note add ~
! bad-argument: a note needs some text
@0:01 scribe: note add
! bad-argument: something is missing: note add TEXT [--person PERSON] [--mark claim|question|action|decision|quote|private] [--turn TURN] [--plain]
@0:01 scribe: note add 话 --person 无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:01 scribe: note add 话 --person 张虎
! ambiguous-person: several people are called 张虎; name one by id: zhanghu (山西大学), zhang2 (太原理工大学)

== A note for chairs alone never enters the session's log; a scribe can neither write nor touch one.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 chair: note add ~ 请他简短
> 0 (chairs) note.add note=1 turn=1 person=song mark=private text=请他简短
@0:03 online: note add ～ 好的
> 1 (chairs) note.add note=2 turn=1 person=song mark=private text=好的
? note 1 宋昌 private "请他简短" by chair turn 1 in p1 chairs only
? note 2 宋昌 private "好的" by online turn 1 in p1 chairs only
@0:04 scribe: note add ~ 我也要
! not-allowed: only chairs can write notes for chairs
@0:04 scribe: note add --mark private 我也要
! not-allowed: only chairs can write notes for chairs
@0:05 scribe: note edit 1 别的
! unknown-id: there is no note 1
@0:05 scribe: note remove 1
! unknown-id: there is no note 1
@0:06 online: note edit 1 请他非常简短
> 2 (chairs) note.edit note=1 text=请他非常简短 mark=private
? note 1 宋昌 private "请他非常简短" by chair turn 1 in p1 chairs only edited
@0:07 chair: note remove 2
> 3 (chairs) note.remove note=2
? note 2 none

== Making a note public moves it to the session's log, and undoing that moves it back.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 宋昌
> 3 turn.start turn=1 person=song as=speech allotted=180000
@0:02 chair: note add ~ 他说得对
> 0 (chairs) note.add note=1 turn=1 person=song mark=private text=他说得对
@1:00 chair: segment next
> 4 turn.end why=segment
> 5 segment.enter segment=p2 carry=0
@1:01 chair: note edit 1 = 他说得对
> 1 (chairs) note.remove note=1
> 6 note.add note=2 turn=1 person=song mark=decision text=他说得对
? note 1 none
? note 2 宋昌 decision "他说得对" by chair turn 1 in p1
@1:02 chair: undo
> 7 undo seq=6
> 2 (chairs) undo seq=1
? note 1 宋昌 private "他说得对" by chair turn 1 in p1 chairs only
? note 2 none

== What stands in the record that everybody holds cannot be made private.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: note add 公开的
> 3 note.add note=1 mark=claim text=公开的
@0:02 chair: note edit 1 ~ 不公开
! not-allowed: note 1 stands in the record that everybody holds; remove it and write one for chairs
? note 1 - claim "公开的" by chair turn 0 in p1

== A scribe edits their own notes, a chair any.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 han:scribe: note add 原文
> 3 note.add note=1 mark=claim text=原文
@0:02 dong:scribe: note edit 1 改过
! not-allowed: note 1 is han's; a scribe changes only their own
@0:02 dong:scribe: note remove 1
! not-allowed: note 1 is han's; a scribe changes only their own
@0:03 han:scribe: note edit 1 改过
> 4 note.edit note=1 text=改过 mark=claim
@0:04 online: note edit 1 ? 又改过
> 5 note.edit note=1 text=又改过 mark=question
? note 1 - question "又改过" by han turn 0 in p1 edited
@0:05 han:scribe: note edit 9 没有
! unknown-id: there is no note 9
@0:06 chair: note remove 1
> 6 note.remove note=1
@0:07 chair: note edit 1 没有了
! unknown-id: there is no note 1

== An edit keeps the mark unless it says another.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 scribe: note add ? 一
> 3 note.add note=1 mark=question text=一
@0:02 scribe: note edit 1 二
> 4 note.edit note=1 text=二 mark=question
? note 1 - question "二" by scribe turn 0 in p1 edited
@0:03 scribe: note edit 1 --mark claim 三
> 5 note.edit note=1 text=三 mark=claim
? note 1 - claim "三" by scribe turn 0 in p1 edited

== Of two people with one name the one is meant who spoke on this point.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give zhang2
> 3 turn.start turn=1 person=zhang2 as=speech allotted=180000
@0:30 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@0:31 scribe: note add 张虎: 通用性
> 6 note.add note=1 turn=1 person=zhang2 mark=claim text=通用性
? note 1 张虎 claim "通用性" by scribe turn 1 in p1
@1:00 chair: segment next
> 7 turn.end why=segment
> 8 segment.enter segment=p2 carry=0
@1:01 scribe: note add 张虎: 通用性
> 9 note.add note=2 mark=claim text="张虎: 通用性"
? note 2 - claim "张虎: 通用性" by scribe turn 0 in p2

== On a command line quotes around the whole text are the shell's; inside them, or typographic, they are a mark.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 scribe: note add "胡说八道"
> 3 note.add note=1 mark=claim text=胡说八道
@0:01 scribe: note add "\"胡说八道\""
> 4 note.add note=2 mark=quote text=胡说八道
@0:01 scribe: note add “胡说八道”
> 5 note.add note=3 mark=quote text=胡说八道
