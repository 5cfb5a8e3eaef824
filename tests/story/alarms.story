# What happens by itself: warnings once on crossing, the end, the bell behind it.
forum Forum
timing speech=3m warn=30s,1m overtime_bell=30s question=30s
person zhanghu 张虎
person song 宋昌
segment point p1 10m
segment point p2 0s timing.speech=20s
segment point p3 4m timing.overtime_bell=0s
segment break b 5m
segment closing k 10m speakers=song
segment opening o 10m
segment award w 5m recipients=song
segment photo f 5m
segment other x 5m

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
? alarms 5:00 60:00 segment-warn@9:00 segment-up@10:00
? deadline 0:30
@1:00 chair: segment extend 2m
> 3 segment.extend segment=p1 by=120000
? alarms 5:00 60:00 segment-warn@11:00 segment-up@12:00

== In a point where nobody's clock runs, that is said after 30 s, then every minute, and after five times no more.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
? alarms 0:00 8:59 idle@0:30 idle@1:30 idle@2:30 idle@3:30 idle@4:30

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
? alarms 24:30 60:00 segment-warn@25:00 segment-up@26:00

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

== The reminder counts from the end of the turn before, and goes when a clock runs.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? alarms 0:10 2:00 none
@1:10 chair: floor end
> 4 turn.end why=end
? alarms 1:10 3:00 idle@1:40 idle@2:40
? deadline 1:40
@1:50 chair: floor give 宋昌
> 5 turn.start turn=2 person=song as=speech allotted=180000
? alarms 1:50 3:00 none

== A pause is meant: it may last a minute before it is asked about.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:20 chair: floor pause
> 4 turn.pause
? alarms 0:20 3:00 idle@1:20 idle@2:20
@1:30 chair: floor resume
> 5 turn.resume
? alarms 1:30 2:00 none

== Nobody is missed in a break, while certificates are handed over, at the photo.
@0:00 chair: segment go b
> 2 segment.enter segment=b carry=0
? alarms 0:00 4:59 none
@1:00 chair: segment go w
> 3 segment.enter segment=w carry=0
? alarms 1:00 5:59 none
@2:00 chair: segment go f
> 4 segment.enter segment=f carry=0
? alarms 2:00 6:59 none
@3:00 chair: segment go x
> 5 segment.enter segment=x carry=0
? alarms 3:00 7:59 none

== Whoever is on the agenda is missed until they spoke; applause needs no clock.
@0:00 chair: segment go k
> 2 segment.enter segment=k carry=0
? alarms 0:00 2:00 idle@0:30 idle@1:30
@0:40 chair: floor next
> 3 turn.start turn=1 person=song as=speech allotted=600000
@5:00 chair: floor end
> 4 turn.end why=end
? alarms 5:00 9:00 none
@5:10 chair: queue add 张虎
> 5 queue.add entry=1 person=zhanghu as=speech attending=site place=0
? alarms 5:10 6:00 idle@5:30

== An opening for which nobody is planned is nobody's fault.
@0:00 chair: segment go o
> 2 segment.enter segment=o carry=0
? alarms 0:00 9:00 none

== While a question is heard the one below is not missed.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:10 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:20 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@0:20 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
? alarms 0:20 1:30 turn-up@0:50 turn-over@1:20
