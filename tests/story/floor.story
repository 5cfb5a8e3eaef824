# The floor: whose turn it is, and how its clock stands.
forum Forum date=2023-07-15 start=14:00
timing speech=3m reply=1m question=30s order=1m warn=30s
person yao 姚姗姗 role=executive-chair
person zhanghu 张虎 role=guest
person song 宋昌 role=guest
person chen 陈俊颖 role=guest attending=online
person liyi 李毅
segment point p1 40m invited=zhanghu,song
segment point p2 40m
segment keynote talk 30m speakers=zhanghu
segment keynote open-end 0s speakers=song
segment opening opening 10m speakers=yao,liyi

== Next ends the turn and gives the floor to whoever is next; two events, one command.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:05 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:06 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:10 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:40
? floor 张虎 running 0:30 of 3:00
@1:10 chair: floor next
> 6 turn.end why=next
> 7 turn.start turn=2 person=song entry=2 as=speech allotted=180000
? floor 宋昌 running 0:00 of 3:00
? talk 张虎 1 1:00
@2:00 chair: floor next
! empty-queue: nobody waits; queue add puts somebody there, floor end ends the turn

== Nobody has the floor before the first segment.
@0:00 chair: floor give 张虎
! not-allowed: no segment runs yet; segment next begins the first
@0:00 chair: queue add 张虎
> 2 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:00 chair: floor next
! not-allowed: no segment runs yet; segment next begins the first
@0:01 chair: segment next
> 3 segment.enter segment=p1 carry=1
@0:02 chair: floor next
> 4 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000

== Next without anybody waiting is refused and ends nothing.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:30 chair: floor next
! empty-queue: nobody waits; queue add puts somebody there, floor end ends the turn
? floor 张虎 running 0:29 of 3:00

== The space bar starts, pauses and resumes.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: floor toggle
> 4 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:12 chair: floor toggle
> 5 turn.pause
@0:42 chair: floor toggle
> 6 turn.resume
@0:52
? floor 张虎 running 0:20 of 3:00
@0:52 chair: floor resume
! stale: the clock runs already
@0:53 chair: floor pause
> 7 turn.pause
@0:54 chair: floor pause
! stale: the clock stands already

== Pausing never charges the speaker, also when the turn ends while it is paused.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:01 chair: floor pause
> 4 turn.pause
@5:01 chair: floor end
> 5 turn.end why=end
? turn 1 张虎 ended 1:00 of 3:00 paused 4:00 site in p1 from 0:01
? talk 张虎 1 1:00

== Pausing never charges the speaker, also when the segment is left while it is paused.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:01 chair: floor pause
> 4 turn.pause
@5:01 chair: segment next
> 5 turn.end why=segment
> 6 segment.enter segment=p2 carry=0
? turn 1 张虎 ended 1:00 of 3:00 paused 4:00 site in p1 from 0:01
? talk 张虎 1 1:00

== Pausing never charges the speaker, also when the next one speaks while it is paused.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:01 chair: floor pause
> 4 turn.pause
@5:01 chair: floor give 宋昌
> 5 turn.end why=next
> 6 turn.start turn=2 person=song as=speech allotted=180000
? turn 1 张虎 ended 1:00 of 3:00 paused 4:00 site in p1 from 0:01
@5:31 chair: session close
> 7 turn.end why=close
> 8 session.close
? turn 2 宋昌 ended 0:30 of 3:00 paused 0:00 site in p1 from 5:01

== An act on somebody else never touches the running clock.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:01 chair: queue add 李毅
> 5 queue.add entry=3 person=liyi as=speech attending=site place=2
@0:02 chair: floor next
> 6 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:12 chair: queue remove 2
> 7 queue.remove entry=2
@0:13 online: queue add 陈俊颖
> 8 queue.add entry=4 person=chen as=speech attending=online place=1
@0:14 online: queue move 4 up
> 9 queue.move entry=4 place=0 as=speech
@0:15 chair: queue close
> 10 queue.close
@0:15 online: people set 宋昌 --online
> 11 person.set person=song attending=online
@0:16 online: people add 王五
> 12 person.add person=w1 name=王五 role=audience attending=site
@0:17 chair: segment extend 5m
> 13 segment.extend segment=p1 by=300000
@0:18 chair: award give 宋昌
> 14 award.give segment=p1 recipient=song
@0:19 chair: chair pass 李毅
> 15 chair.pass to=liyi
@1:02
? floor 张虎 running 1:00 of 3:00

== The final time of a turn stays on the floor until the next one starts.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@3:31 chair: floor end
> 4 turn.end why=end
@9:00
? floor 张虎 ended 3:30 of 3:00
@9:01 chair: queue add 宋昌
> 5 queue.add entry=1 person=song as=speech attending=site place=0
? floor 张虎 ended 3:30 of 3:00
@9:02 chair: floor next
> 6 turn.start turn=2 person=song entry=1 as=speech allotted=180000
? floor 宋昌 running 0:00 of 3:00

== An extension works at exactly zero, in overtime, and below zero it ends at nothing.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@3:00 chair: floor extend +30s
> 4 turn.extend by=30000
? floor 张虎 running 3:00 of 3:30
@4:00
? floor 张虎 running 4:00 of 3:30
@4:00 chair: floor extend 1m
> 5 turn.extend by=60000
? floor 张虎 running 4:00 of 4:30
@4:10 chair: floor extend -10m
> 6 turn.extend by=-600000
? floor 张虎 running 4:10 of 0:00
# Of a limit of nothing the overtime still sounds.
? alarms 4:10 5:00 turn-over@4:30 turn-over@5:00
@4:20 chair: floor extend 5m
> 7 turn.extend by=300000
? floor 张虎 running 4:20 of 5:00
@4:20 chair: floor extend 0s
! bad-argument: by how much? For instance +30s, or -30s
@4:20 chair: floor extend much
! bad-argument: “much” is not a duration such as 90s, 3m or 1:30

== No limit is not a limit of nothing: it cannot be extended, and nothing rings.
@0:00 chair: segment go open-end
> 2 segment.enter segment=open-end carry=0
> 3 turn.start turn=1 person=song as=speech
? floor 宋昌 running 0:00 of no limit
@50:00 chair: floor extend 30s
! not-allowed: 宋昌 speaks without a limit; there is nothing to extend
? floor 宋昌 running 50:00 of no limit
? alarms 50:00 59:00 none

== Time may be set for one turn, longer or shorter than the rule.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎 --for 90s
> 3 turn.start turn=1 person=zhanghu as=speech allotted=90000
? floor 张虎 running 0:00 of 1:30
@0:02 chair: floor give 宋昌 --for 0s
! bad-argument: a turn takes longer than nothing; for instance --for 3m
@0:03 chair: floor give 宋昌 --for 5分
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=300000
? floor 宋昌 running 0:00 of 5:00

== A late start is corrected by saying how long ago the turn began.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: segment go p2
> 3 segment.enter segment=p2 carry=0
@2:00 chair: floor give 张虎
> 4 turn.start turn=1 person=zhanghu as=speech allotted=180000
@2:10 chair: floor correct 1m30s
> 5 turn.correct by=80000
? floor 张虎 running 1:30 of 3:00
? turn 1 张虎 running 1:30 of 3:00 paused 0:00 site in p2 from 0:40
? alarms 2:10 5:00 turn-warn@3:10 turn-up@3:40 turn-over@4:10 turn-over@4:40
# And the other way round: it began later.
@2:20 chair: floor correct 20s
> 6 turn.correct by=-80000
? floor 张虎 running 0:20 of 3:00
# A speech may have begun before the session was opened: the laptop came late.
@2:20 chair: floor correct 3m
> 7 turn.correct by=160000
@2:20 chair: floor correct 20s
> 8 turn.correct by=-160000
@2:20 chair: floor correct 20
! bad-argument: “20” is not a duration such as 90s, 3m or 1:30
? talk 张虎 1 0:20

== A correction holds although the clock is paused.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@1:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:10 chair: floor pause
> 4 turn.pause
@1:30 chair: floor correct 40s
> 5 turn.correct by=30000
@2:00 chair: floor resume
> 6 turn.resume
@2:10
? floor 张虎 running 0:50 of 3:00

== Whoever has the floor keeps it, and giving it again resumes a paused clock.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:02 chair: floor give 张虎
! stale: 张虎 has the floor already
@0:03 chair: floor pause
> 4 turn.pause
@0:10 chair: floor give 张虎
> 5 turn.resume
? floor 张虎 running 0:02 of 3:00

== What asks for somebody on the floor is refused where nobody is.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor end
! not-allowed: nobody has the floor; floor next gives it to whoever is next
@0:01 chair: floor pause
! not-allowed: nobody has the floor; floor next gives it to whoever is next
@0:01 chair: floor resume
! not-allowed: nobody has the floor; floor next gives it to whoever is next
@0:01 chair: floor extend 30s
! not-allowed: nobody has the floor; floor next gives it to whoever is next
@0:01 chair: floor correct 30s
! not-allowed: nobody has the floor; floor next gives it to whoever is next
@0:01 chair: floor toggle
! empty-queue: nobody waits; queue add puts somebody there, floor end ends the turn

== A keynote gives its speaker the floor with the whole duration.
@0:00 chair: segment go talk
> 2 segment.enter segment=talk carry=0
> 3 turn.start turn=1 person=zhanghu as=speech allotted=1800000
? floor 张虎 running 0:00 of 30:00
@31:00
? floor 张虎 running 31:00 of 30:00
# Coming back to it later does not start it again.
@31:00 chair: segment next
> 4 turn.end why=segment
> 5 segment.enter segment=open-end carry=0
> 6 turn.start turn=2 person=song as=speech
@32:00 chair: segment prev
> 7 turn.end why=segment
> 8 segment.enter segment=talk carry=0
? floor nobody
? next nobody

== A keynote without a duration has no limit.
@0:00 chair: segment go open-end
> 2 segment.enter segment=open-end carry=0
> 3 turn.start turn=1 person=song as=speech
@20:00
? floor 宋昌 running 20:00 of no limit

== The opening's speakers are suggested in turn and share its time.
@0:00 chair: segment go opening
> 2 segment.enter segment=opening carry=0
? floor nobody
? next 姚姗姗 speaker
@0:05 chair: floor next
> 3 turn.start turn=1 person=yao as=speech allotted=300000
? floor 姚姗姗 running 0:00 of 5:00
? next 李毅 speaker
@4:00 chair: floor next
> 4 turn.end why=next
> 5 turn.start turn=2 person=liyi as=speech allotted=300000
? floor 李毅 running 0:00 of 5:00
? next nobody
@8:00 chair: floor next
! empty-queue: nobody waits; queue add puts somebody there, floor end ends the turn

== Nothing advances by itself: after the time is up the turn runs on.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@10:00 tick
> 4 session.tick
? floor 张虎 running 10:00 of 3:00
? alarms 10:00 10:30 turn-over@10:30

== A tick is logged only while a clock runs, and only when nothing else was for five seconds.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 tick
@0:11 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:15 tick
@0:16 tick
> 4 session.tick
@0:20 tick
? deadline 0:21
@0:22 chair: floor pause
> 5 turn.pause
@0:40 tick
