# Interruptions are a rule: what a question or a point of order does to the clock of whoever speaks.
forum Forum
timing speech=3m reply=1m question=30s order=1m warn=10s
person zhanghu 张虎
person song 宋昌
person liyi 李毅
person dong 董云云
segment point p1 40m
segment point p2 40m

== By rule the speaker's clock waits while a question is heard, and goes on by itself.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
? next 宋昌 question
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:20
? floor 宋昌 running 0:20 of 0:30 as question over 张虎 paused 1:00 of 3:00
? next 张虎 resumes
@1:20 chair: floor next
> 7 turn.end why=next
> 8 turn.resume
? floor 张虎 running 1:00 of 3:00
@2:20
? floor 张虎 running 2:00 of 3:00
? turn 1 张虎 running 2:00 of 3:00 paused 0:20 site in p1 from 0:00
? talk 宋昌 1 0:20

== Ending a question brings back whoever was interrupted.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:20 chair: floor end
> 7 turn.end why=end
> 8 turn.resume
? floor 张虎 running 1:00 of 3:00

== Charge: the speaker's clock runs on while the question is heard.
timing interrupt=charge
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:20
? floor 宋昌 running 0:20 of 0:30 as question over 张虎 running 1:20 of 3:00
@1:20 chair: floor next
> 6 turn.end why=next
@2:00
? floor 张虎 running 2:00 of 3:00

== End: an interruption ends the speech.
timing interrupt=end
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as order
> 4 queue.add entry=1 person=song as=order attending=site place=0
@1:00 chair: floor next
> 5 turn.end why=interrupted
> 6 turn.start turn=2 person=song entry=1 as=order allotted=60000
? floor 宋昌 running 0:00 of 1:00 as order
? turn 1 张虎 ended 1:00 of 3:00 paused 0:00 site in p1 from 0:00
@1:20 chair: floor end
> 7 turn.end why=end
? floor 宋昌 ended 0:20 of 1:00 as order

== A question upon a question takes its place; the speaker waits on.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:10 chair: queue add 李毅 --as order
> 7 queue.add entry=2 person=liyi as=order attending=site place=0
? next 李毅 order
@1:10 chair: floor next
> 8 turn.end why=next
> 9 turn.start turn=3 person=liyi entry=2 as=order allotted=60000
? floor 李毅 running 0:00 of 1:00 as order over 张虎 paused 1:00 of 3:00
? turn 2 宋昌 ended 0:10 of 0:30 as question paused 0:00 site in p1 from 1:00
@1:30 chair: floor next
> 10 turn.end why=next
> 11 turn.resume
? floor 张虎 running 1:00 of 3:00

== A clock that the chair had paused stays paused after an interruption.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor pause
> 4 turn.pause
@1:10 chair: queue add 宋昌 --as question
> 5 queue.add entry=1 person=song as=question attending=site place=0
@1:10 chair: floor next
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:20 chair: floor next
> 7 turn.end why=next
@1:50
? floor 张虎 paused 1:00 of 3:00
@1:50 chair: floor resume
> 8 turn.resume
@2:00
? floor 张虎 running 1:10 of 3:00

== The clock of a question can be paused too, and the speaker's is not touched by that.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:05 chair: floor pause
> 7 turn.pause
@1:25 chair: floor resume
> 8 turn.resume
@1:30 chair: floor end
> 9 turn.end why=end
> 10 turn.resume
? floor 张虎 running 1:00 of 3:00
? turn 2 宋昌 ended 0:10 of 0:30 as question paused 0:20 site in p1 from 1:00

== A reply does not interrupt: it begins when the speech is over.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as reply
> 4 queue.add entry=1 person=song as=reply attending=site place=0
@1:00 chair: floor next
> 5 turn.end why=next
> 6 turn.start turn=2 person=song entry=1 as=reply allotted=60000
? floor 宋昌 running 0:00 of 1:00 as reply
? turn 1 张虎 ended 1:00 of 3:00 paused 0:00 site in p1 from 0:00

== Giving the floor back to whoever was interrupted ends the interruption and nothing else.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:10 chair: floor give 张虎
> 7 turn.end why=give
> 8 turn.resume
? floor 张虎 running 1:00 of 3:00
? turn 1 张虎 running 1:00 of 3:00 paused 0:10 site in p1 from 0:00

== Giving the floor to a third during an interruption ends both turns.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:10 chair: floor give 李毅
> 7 turn.end why=next
> 8 turn.end why=next
> 9 turn.start turn=3 person=liyi as=speech allotted=180000
? floor 李毅 running 0:00 of 3:00
? turn 1 张虎 ended 1:00 of 3:00 paused 0:10 site in p1 from 0:00
? turn 2 宋昌 ended 0:10 of 0:30 as question paused 0:00 site in p1 from 1:00

== Leaving the point during an interruption ends both turns, and charges neither for what it did not speak.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@1:10 chair: segment next
> 7 turn.end why=segment
> 8 turn.end why=segment
> 9 segment.enter segment=p2 carry=0
? turn 1 张虎 ended 1:00 of 3:00 paused 0:10 site in p1 from 0:00
? turn 2 宋昌 ended 0:10 of 0:30 as question paused 0:00 site in p1 from 1:00

== The rule may change during the debate, and holds for the next interruption.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: queue interrupt charge
> 4 queue.rule interrupt=charge
@1:00 chair: queue add 宋昌 --as question
> 5 queue.add entry=1 person=song as=question attending=site place=0
@1:00 chair: floor next
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
? floor 宋昌 running 0:00 of 0:30 as question over 张虎 running 1:00 of 3:00
@1:10 chair: queue interrupt pause
> 7 queue.rule interrupt=pause
? floor 宋昌 running 0:10 of 0:30 as question over 张虎 running 1:10 of 3:00
@1:20 chair: floor end
> 8 turn.end why=end
? floor 张虎 running 1:20 of 3:00

== A point of order is heard at once where nobody has the floor.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue add 宋昌 --as order
> 4 queue.add entry=2 person=song as=order attending=site place=0
? next 宋昌 order
@0:03 chair: floor next
> 5 turn.start turn=1 person=song entry=2 as=order allotted=60000
? floor 宋昌 running 0:00 of 1:00 as order
@0:30 chair: floor next
> 6 turn.end why=next
> 7 turn.start turn=2 person=zhanghu entry=1 as=speech allotted=180000
? floor 张虎 running 0:00 of 3:00
