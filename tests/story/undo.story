# Undo: a command is taken back whole, and the log keeps what was undone and who undid it.
forum Forum date=2023-07-15 start=14:00
person yao 姚姗姗
person zhanghu 张虎
person song 宋昌
person dong 董云云
segment point p1 10m invited=zhanghu,song
segment award award1 3m recipients=zhanghu presenters=yao
segment keynote talk 10m speakers=song
segment point p2 10m

== Next is two events and one command: its undo gives the floor back, as if it had never been taken.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:10 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@1:10 chair: floor next
> 6 turn.end why=next
> 7 turn.start turn=2 person=song entry=2 as=speech allotted=180000
? floor 宋昌 running 0:00 of 3:00
@1:15 chair: undo
> 8 undo seq=7
> 9 undo seq=6
? floor 张虎 running 1:05 of 3:00
? queue 2:宋昌:speech
? talk 宋昌 0 0:00

== Naming one event of a command takes back all of it.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:10 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@1:12 chair: undo 4
> 6 undo seq=5
> 7 undo seq=4
? floor 张虎 running 1:02 of 3:00

== Undo twice goes further back; undoing the undo brings it all again.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:11 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
? undo 4 queue.add
@0:12 chair: undo
> 5 undo seq=4
? queue 1:张虎:speech
? undo 3 queue.add
@0:13 chair: undo
> 6 undo seq=3
? queue empty
@0:14 chair: undo 5
> 7 undo seq=5
? queue 2:宋昌:speech
@0:15 chair: undo 5
! cannot-undo: event 5 was undone already
@0:15 chair: undo
> 8 undo seq=4
? queue empty

== The undo of next can be undone: whoever had the floor has it again.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@1:05 chair: undo
> 6 undo seq=5
> 7 undo seq=4
? floor 张虎 running 0:55 of 3:00
@1:10 chair: undo 6
> 8 undo seq=7
> 9 undo seq=6
? floor 宋昌 running 0:10 of 3:00
? turn 1 张虎 ended 0:50 of 3:00 paused 0:00 site in p1 from 0:10

== An undo of an undo fits only as long as what it brings back is not undone otherwise.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: undo 3
> 4 undo seq=3
@0:03 chair: undo 4
> 5 undo seq=4
@0:04 chair: undo 3
> 6 undo seq=3
@0:05 chair: undo 5
! cannot-undo: event 5 was undone already
? queue empty

== In the beginning there is nothing to undo.
@0:00 chair: undo
! nothing-to-undo: nothing has been done yet that could be undone
@0:00 chair: undo 0
! cannot-undo: session.open cannot be taken back
@0:00 chair: undo 1
! cannot-undo: session.host cannot be taken back
@0:00 chair: undo 99
! unknown-id: there is no event 99
@0:01 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:02 chair: undo
> 3 undo seq=2
? segment none
@0:03 chair: undo
! nothing-to-undo: nothing has been done yet that could be undone

== What others typed meanwhile is not what the chair wants back: a bare undo passes over their notes.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:30 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@0:31 scribe: note add 大模型是工具
> 6 note.add note=1 turn=2 person=song mark=claim text=大模型是工具
@0:32 chair: undo
> 7 undo seq=5
> 8 undo seq=4
? floor 张虎 running 0:31 of 3:00
# The note stays, without the turn that was not.
? note 1 宋昌 claim "大模型是工具" by scribe turn 0 in p1
@0:33 chair: note add 我的
> 9 note.add note=2 turn=1 person=zhanghu mark=claim text=我的
@0:34 chair: undo
> 10 undo seq=9
? note 2 none
@0:35 chair: undo 6
> 11 undo seq=6
? note 1 none

== What came later and needs it is named: it must be undone first.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue move 1 top
! stale: 张虎 stands there already
@0:03 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:04 chair: queue move 2 up
> 5 queue.move entry=2 place=0 as=speech
@0:05 chair: undo 4
! cannot-undo: what came later needs it: queue.move (event 5); undo that first
@0:06 chair: undo 5
> 6 undo seq=5
@0:06 chair: undo 3
> 7 undo seq=3

== An entry that spoke already cannot be taken out of the past.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: floor next
> 4 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:03 chair: undo 3
! cannot-undo: what came later needs it: turn.start (event 4); undo that first
@0:04 chair: floor end
> 5 turn.end why=end
@0:05 chair: undo 3
! cannot-undo: what came later needs it: turn.start (event 4); undo that first

== A walk-in who waits cannot be taken off the roster.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: people add 王五
> 3 person.add person=w1 name=王五 role=audience attending=site
@0:02 chair: queue add 王五
> 4 queue.add entry=1 person=w1 as=speech attending=site place=0
@0:03 chair: undo 3
! cannot-undo: what came later needs it: queue.add (event 4); undo that first
@0:04 chair: undo 4
> 5 undo seq=4
@0:05 chair: undo 3
> 6 undo seq=3
? person 王五 unknown

== An undo never turns a later act to somebody else.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@1:10 chair: floor pause
> 6 turn.pause
# Without event 4 and 5 the pause would stop 张虎.
@1:20 chair: undo 5
! cannot-undo: what came later needs it: turn.pause (event 6); undo that first
@1:21 chair: undo 3
! cannot-undo: what came later needs it: turn.end (event 4); undo that first
@1:22 chair: undo
> 7 undo seq=6
@1:22 chair: undo
> 8 undo seq=5
> 9 undo seq=4
? floor 张虎 running 1:21 of 3:00

== An undo never leaves two clocks running.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:10 chair: floor pause
> 4 turn.pause
@0:11 chair: queue add 宋昌 --as question
> 5 queue.add entry=1 person=song as=question attending=site place=0
@0:12 chair: floor next
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@0:20 chair: undo 4
! cannot-undo: what came later needs it: turn.start (event 6); undo that first
? floor 宋昌 running 0:08 of 0:30 as question over 张虎 paused 0:09 of 3:00

== A segment that was entered by mistake is left again with its queue and its turn as they were.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:03 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@2:00 chair: segment next --leave
> 6 turn.end why=segment
> 7 segment.enter segment=award1 carry=0
? queue empty
# Notes come all the time and are no reason.
@2:01 scribe: note add 大模型是工具
> 8 note.add note=1 mark=claim text=大模型是工具
@2:02 chair: undo
> 9 undo seq=7
> 10 undo seq=6
? segment p1 2:02 of 10:00 point 1 of 2
? floor 张虎 running 1:59 of 3:00
? queue 2:宋昌:speech
? note 1 - claim "大模型是工具" by scribe turn 0 in p1

== What happened inside a segment does not land in another one.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:05 chair: segment next
> 3 segment.enter segment=award1 carry=0
@0:06 chair: queue add 张虎
> 4 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:07 chair: undo 3
! cannot-undo: what came later needs it: queue.add (event 4); undo that first
@0:08 chair: undo 4
> 5 undo seq=4
@0:09 chair: undo 3
> 6 undo seq=3
? segment p1 0:09 of 10:00 point 1 of 2

== Entering a keynote is one command with the floor.
@0:00 chair: segment go award1
> 2 segment.enter segment=award1 carry=0
@1:00 chair: segment next
> 3 segment.enter segment=talk carry=0
> 4 turn.start turn=1 person=song as=speech allotted=600000
? floor 宋昌 running 0:00 of 10:00
@1:05 chair: undo
> 5 undo seq=4
> 6 undo seq=3
? segment award1 1:05 of 3:00 award 1 of 1
? floor nobody

== Everything a chair does can be taken back.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: queue move 2 up
> 5 queue.move entry=2 place=0 as=speech
@0:02 chair: undo
> 6 undo seq=5
? queue 1:张虎:speech 2:宋昌:speech
@0:03 chair: queue remove 1
> 7 queue.remove entry=1
@0:03 chair: undo
> 8 undo seq=7
? queue 1:张虎:speech 2:宋昌:speech
@0:04 chair: queue close
> 9 queue.close
@0:04 chair: undo
> 10 undo seq=9
@0:05 chair: queue order alternate
> 11 queue.rule order=alternate
@0:05 chair: undo
> 12 undo seq=11
? rules fifo limit 0 interrupt pause speech 3:00
@0:06 chair: queue limit 2
> 13 queue.rule limit=2
@0:06 chair: undo
> 14 undo seq=13
@0:07 chair: queue interrupt end
> 15 queue.rule interrupt=end
@0:07 chair: undo
> 16 undo seq=15
? rules fifo limit 0 interrupt pause speech 3:00
@0:08 chair: segment extend 5m
> 17 segment.extend segment=p1 by=300000
@0:08 chair: undo
> 18 undo seq=17
@0:09 chair: segment skip p2
> 19 segment.skip segment=p2
@0:09 chair: undo
> 20 undo seq=19
@0:10 chair: agenda fit
> 21 agenda.fit plan=[["award1",180000],["talk",600000],["p2",600000]]
@0:10 chair: undo
> 22 undo seq=21
? agenda p1:running:10:00 award1:planned:3:00 talk:planned:10:00 p2:planned:10:00
@0:11 chair: people add 王五
> 23 person.add person=w1 name=王五 role=audience attending=site
@0:11 chair: undo
> 24 undo seq=23
@0:12 chair: people set 宋昌 --online
> 25 person.set person=song attending=online
@0:12 chair: undo
> 26 undo seq=25
? person 宋昌 song member site
@0:13 chair: note add 话
> 27 note.add note=1 mark=claim text=话
@0:13 chair: undo
> 28 undo seq=27
@0:14 chair: mark photo
> 29 mark.add mark=1 what=photo
@0:14 chair: undo
> 30 undo seq=29
? marks none
@0:15 chair: award give 张虎
> 31 award.give segment=award1 recipient=zhanghu presenters=["yao"]
@0:15 chair: undo
> 32 undo seq=31
? awards none
@0:16 chair: chair pass 宋昌
> 33 chair.pass to=song
@0:16 chair: undo
> 34 undo seq=33
? chair not passed
@0:20 chair: floor next
> 35 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:30 chair: floor pause
> 36 turn.pause
@0:31 chair: undo
> 37 undo seq=36
? floor 张虎 running 0:11 of 3:00
@0:32 chair: floor extend 1m
> 38 turn.extend by=60000
@0:32 chair: undo
> 39 undo seq=38
@0:33 chair: floor correct 5m
> 40 turn.correct by=287000
@0:34 chair: floor correct 20s
> 41 turn.correct by=-281000
@0:34 chair: undo
> 42 undo seq=41
? floor 张虎 running 5:01 of 3:00
@0:35 chair: floor end
> 43 turn.end why=end
@0:40 chair: undo
> 44 undo seq=43
? floor 张虎 running 5:07 of 3:00

== An undone pause was never one; an undone resume still stands still.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:10 chair: floor pause
> 4 turn.pause
@0:20 chair: floor resume
> 5 turn.resume
@0:30 chair: undo
> 6 undo seq=5
? floor 张虎 paused 0:10 of 3:00
@0:40 chair: undo
> 7 undo seq=4
? floor 张虎 running 0:40 of 3:00

== An edit and a removal of a note can be taken back.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: note add 一
> 3 note.add note=1 mark=claim text=一
@0:02 chair: note edit 1 二
> 4 note.edit note=1 text=二 mark=claim
@0:03 chair: undo
> 5 undo seq=4
? note 1 - claim "一" by chair turn 0 in p1
@0:04 chair: note remove 1
> 6 note.remove note=1
@0:05 chair: undo
> 7 undo seq=6
? note 1 - claim "一" by chair turn 0 in p1

== What others have read, time and hosting cannot be taken back.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: message send 准备
> 0 (chairs) message.send text=准备
@0:02 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:10 tick
> 4 session.tick
@0:11 chair: undo 4
! cannot-undo: session.tick cannot be taken back
@0:12 chair: undo 0
! cannot-undo: session.open cannot be taken back
? messages chair>all:"准备"

== A change of somebody's link is news and not an act.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: people set 宋昌 --online
> 3 person.set person=song attending=online
@0:02 online: people set 宋昌 --link ready
> 4 person.set person=song link=ready
? undo 3 person.set
@0:03 chair: undo
> 5 undo seq=3
? person 宋昌 song member site ready

== A walk-in's id is given once, also after an undo.
@0:00 chair: people add 王五
> 2 person.add person=w1 name=王五 role=audience attending=site
@0:01 chair: undo
> 3 undo seq=2
@0:02 chair: people add 赵六
> 4 person.add person=w2 name=赵六 role=audience attending=site
? person w2 w2 audience site walk-in

== An undo of an interruption never hands its extension to whoever it interrupted.
timing interrupt=charge
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:10 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@0:11 chair: floor next
> 5 turn.start turn=2 person=song entry=1 as=question allotted=30000
@0:20 chair: floor extend 30s
> 6 turn.extend by=30000
@0:21 chair: undo 5
! cannot-undo: what came later needs it: turn.extend (event 6); undo that first
@0:22 chair: undo
> 7 undo seq=6
@0:23 chair: undo
> 8 undo seq=5
? floor 张虎 running 0:22 of 3:00
