# What happens by itself: warnings once on crossing, the end, the bell behind it.
forum Forum
timing speech=3m warn=30s,1m overtime_bell=30s question=30s
person zhanghu 张虎
person song 宋昌
segment point p1 10m
segment point p2 0s timing.speech=20s
segment point p3 4m timing.overtime_bell=0s
segment break b 5m

== Several warnings, the longest first in whatever order they were written, then the end, then the bell again and again.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 0:00 4:15 turn-warn@2:00 turn-warn@2:30 turn-up@3:00 turn-over@3:30 turn-over@4:00

== A late look crosses a warning all the same, and an early look does not ring it twice.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 1:59.900 2:00.100 turn-warn@2:00
? alarms 1:59.999 2:00 turn-warn@2:00
? alarms 2:00 2:29.999 none
? alarms 2:00 2:45 turn-warn@2:30

== A pause moves what was to come, and nothing rings while the clock stands.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:50 chair: floor pause
> 4 turn.pause
? alarms 1:50 4:50 none
@4:50 chair: floor resume
> 5 turn.resume
? alarms 4:50 6:00 turn-warn@5:00 turn-warn@5:30 turn-up@6:00
? deadline 4:55

== An extension moves the warnings; behind the old end they may ring anew.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@3:10 chair: floor extend 30s
> 4 turn.extend by=30000
? alarms 3:10 4:15 turn-up@3:30 turn-over@4:00
@3:10 chair: floor extend 1m
> 5 turn.extend by=60000
? alarms 3:10 5:00 turn-warn@3:30 turn-warn@4:00 turn-up@4:30 turn-over@5:00

== A warning as long as the time itself never rings, and nothing loops.
@0:00 chair: segment go p2
> 2 segment.enter segment=p2 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=20000
? alarms 0:00 1:00 turn-up@0:20 turn-over@0:50

== Who wants no bell behind the end gets none.
@0:00 chair: segment go p3
> 2 segment.enter segment=p3 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 0:00 3:50 turn-warn@2:00 turn-warn@2:30 turn-up@3:00

== The point has its own warning and its own end.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
? alarms 0:00 60:00 segment-warn@9:00 segment-up@10:00
? deadline 9:00
@1:00 chair: segment extend 2m
> 3 segment.extend segment=p1 by=120000
? alarms 1:00 60:00 segment-warn@11:00 segment-up@12:00

== Only points warn; any segment has an end.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
? alarms 0:00 60:00 segment-up@5:00

== A point that is entered again has only what was left of it.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@4:00 chair: segment next
> 3 segment.enter segment=p2 carry=0
@20:00 chair: segment prev
> 4 segment.enter segment=p1 carry=0
? alarms 20:00 60:00 segment-warn@25:00 segment-up@26:00

== While a question is heard, the clock that stands does not ring.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:58 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@1:58 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
? alarms 1:58 2:45 turn-up@2:28
@2:10 chair: floor next
> 7 turn.end why=next
> 8 turn.resume
? alarms 2:10 3:00 turn-warn@2:12 turn-warn@2:42

== What is next in time is the alarm, or the tick that is due five seconds after the last event.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? deadline 0:05
@1:58 tick
> 4 session.tick
? deadline 2:00
@2:04 chair: floor end
> 5 turn.end why=end
? deadline 5:00

== Nothing rings in a session that is closed.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: session close
> 4 turn.end why=close
> 5 session.close
? alarms 1:00 60:00 none
? deadline -
