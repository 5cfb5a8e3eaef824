# Traps that others fell into (field.md 4), each as one story.
forum Forum date=2023-07-15 start=14:00
timing speech=3m
person zhanghu 张虎
person song 宋昌
person chen 陈俊颖 attending=online
person yao 姚姗姗
segment point p1 40m
segment point p2 40m

== Trap: pause time was charged to the speaker when the meeting ended without resuming.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor pause
> 4 turn.pause
@20:00 chair: session close
> 5 turn.end why=close
> 6 session.close
? turn 1 张虎 ended 1:00 of 3:00 paused 19:00 site in p1 from 0:00
? talk 张虎 1 1:00

== Trap: pausing reset the clock of the turn.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor pause
> 4 turn.pause
? floor 张虎 paused 1:00 of 3:00
@1:30 chair: floor resume
> 5 turn.resume
? floor 张虎 running 1:00 of 3:00

== Trap: an ended meeting could be started again.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@1:00 chair: session close
> 3 session.close
@2:00 chair: segment go p1
! closed: the session is closed; nothing follows
@2:00 chair: floor next
! closed: the session is closed; nothing follows
@2:00 chair: undo 3
! closed: the session is closed; nothing follows

== Trap: two participants of the same millisecond got the same key.
@0:01 chair: people add 王五
> 2 person.add person=w1 name=王五 role=audience attending=site
@0:01 online: people add 赵六
> 3 person.add person=w2 name=赵六 role=audience attending=site
@0:01 online: people add 王五 --affiliation 中北大学
> 4 person.add person=w3 name=王五 affiliation=中北大学 role=audience attending=site
@0:01 chair: segment next
> 5 segment.enter segment=p1 carry=0
@0:01 chair: queue add 赵六
> 6 queue.add entry=1 person=w2 as=speech attending=site place=0
@0:01 online: queue add 张虎
> 7 queue.add entry=2 person=zhanghu as=speech attending=site place=1
? queue 1:赵六:speech 2:张虎:speech

== Trap: a crafted id changed shared state.
@0:00 chair: people add __proto__
> 2 person.add person=w1 name=__proto__ role=audience attending=site
@0:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@0:01 chair: queue add constructor
! unknown-person: nobody on the roster is called constructor; people add puts a newcomer there
@0:01 event queue.add {"entry":1,"person":"__proto__","as":"speech"}
! unfit: nobody has this id
@0:01 chair: queue add "../../zhanghu"
! unknown-person: nobody on the roster is called ../../zhanghu; people add puts a newcomer there
? queue empty

== Trap: moving a row over several rows was several moves.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:01 chair: queue add 陈俊颖
> 5 queue.add entry=3 person=chen as=speech attending=online place=2
@0:01 chair: queue add 姚姗姗
> 6 queue.add entry=4 person=yao as=speech attending=site place=3
@0:02 chair: queue move 4 1
> 7 queue.move entry=4 place=0 as=speech
? queue 4:姚姗姗:speech 1:张虎:speech 2:宋昌:speech 3:陈俊颖:speech:online

== Trap: the same person waited twice because another device added them.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 陈俊颖
> 3 queue.add entry=1 person=chen as=speech attending=online place=0
@0:01 online: queue add chen
! not-allowed: 陈俊颖 is in the queue already, as entry 1
? queue 1:陈俊颖:speech:online

== Trap: an alarm that asks for equality is skipped by a late tick.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 2:29.990 2:30.010 turn-warn@2:30
? alarms 2:29.999 2:37 turn-warn@2:30
? alarms 2:30 2:59.999 none

== Trap: a clock that advances by one at each tick drifts with every tick that is late.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:07.300 tick
> 4 session.tick
@0:19.900 tick
> 5 session.tick
@1:00.001
? floor 张虎 running 1:00.001 of 3:00

== Trap: a reorder was clear and push, and lost whoever was added meanwhile.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 online: queue add 陈俊颖
> 5 queue.add entry=3 person=chen as=speech attending=online place=2
# The move was asked before the online chair's entry was seen.
@0:02 chair: queue move 2 up
> 6 queue.move entry=2 place=0 as=speech
? queue 2:宋昌:speech 1:张虎:speech 3:陈俊颖:speech:online

== Trap: at exactly zero a speech could not be extended, since zero was taken for "not set".
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@3:00
? floor 张虎 running 3:00 of 3:00
@3:00 chair: floor extend 30s
> 4 turn.extend by=30000
? floor 张虎 running 3:00 of 3:30

== Trap: removing a waiting speaker stopped the clock of whoever spoke.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: queue add 宋昌
> 3 queue.add entry=1 person=song as=speech attending=site place=0
@0:00 chair: floor give 张虎
> 4 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue remove 1
> 5 queue.remove entry=1
@2:00
? floor 张虎 running 2:00 of 3:00

== Trap: the clock of the main list was reset by a comment.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:20 chair: floor next
> 7 turn.end why=next
> 8 turn.resume
@1:30
? floor 张虎 running 1:10 of 3:00

== Trap: statistics kept by name mixed people of one name.
@0:00 chair: people add 张虎 --affiliation 中北大学
> 2 person.add person=w1 name=张虎 affiliation=中北大学 role=audience attending=site
@0:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@0:00 chair: floor give zhanghu
> 4 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor give w1
> 5 turn.end why=next
> 6 turn.start turn=2 person=w1 as=speech allotted=180000
@3:00 chair: floor end
> 7 turn.end why=end
? talk zhanghu 1 1:00
? talk w1 1 2:00

== Trap: a warning as long as the limit rang for ever.
timing warn=3m
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 0:00 3:15 turn-up@3:00

== Trap: adapting the plan stopped in silence once it was fifteen minutes late.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@60:00
? offset +20:00
? ends 15:40 plan 15:20
@60:00 chair: agenda fit
> 3 agenda.fit plan=[["p2",1200000]]
? agenda p1:running:40:00 p2:planned:20:00
? ends 15:20 plan 15:20

== Trap: editing the list broke "next".
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:03 chair: queue move 2 top
! stale: 宋昌 stands there already
@0:03 chair: queue add 姚姗姗
> 6 queue.add entry=3 person=yao as=speech attending=site place=1
@0:04 chair: queue remove 2
> 7 queue.remove entry=2
@0:05 chair: floor next
> 8 turn.end why=next
> 9 turn.start turn=2 person=yao entry=3 as=speech allotted=180000
? floor 姚姗姗 running 0:00 of 3:00
