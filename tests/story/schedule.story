# The schedule: planned, expected and actual are three things.
forum Forum date=2023-07-15 start=14:00
person zhanghu 张虎
segment opening opening 10m
segment point p1 40m
segment break break 10m
segment closing closing 10m

== A forum that goes as planned is neither early nor late.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset 0:00
? ends 15:10 plan 15:10
@10:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
? offset 0:00
@30:00
? offset 0:00
? ends 15:10 plan 15:10

== Late from the start: the offset counts from the time that the agenda names.
begins 2023-07-15 14:07
? offset +7:00
@0:30
? offset +7:30
@1:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset +8:00
? ends 15:18 plan 15:10
@5:00
? offset +8:00

== Early: who starts before the time is ahead.
begins 2023-07-15 13:55
? offset 0:00
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset -5:00
? ends 15:05 plan 15:10
@9:00
? offset -5:00
# What was finished early is gained.
@9:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
? offset -6:00
? ends 15:04 plan 15:10

== Overtime of the running segment counts as it comes.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@10:00
? offset 0:00
@13:10
? offset +3:10
? ends 15:13:10 plan 15:10
@13:10 chair: segment next
> 3 segment.enter segment=p1 carry=0
? offset +3:10
? ends 15:13:10 plan 15:10

== An extension moves the expected end at once, and the offset only when the time is used.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@10:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@10:00 chair: segment extend 5m
> 4 segment.extend segment=p1 by=300000
? offset 0:00
? ends 15:15 plan 15:10
@50:00
? offset 0:00
@54:00
? offset +4:00
? ends 15:15 plan 15:10

== A skipped segment is gained.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@10:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@10:00 chair: segment skip break
> 4 segment.skip segment=break
? offset -10:00
? ends 15:00 plan 15:10

== A session on another day is measured from its own first segment.
begins 2023-09-01 09:30
? offset 0:00
@2:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset 0:00
? ends 10:42 plan 10:42
@15:00
? offset +3:00

== Within twelve hours of the planned time it is the same forum; behind that it is another time.
begins 2023-07-16 01:30
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset +11:30:00
@1:00:00 chair: session close
> 3 session.close

== More than twelve hours away is another time.
begins 2023-07-16 02:01
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset 0:00

== A rehearsal is measured from its own beginning, also on the day itself.
rehearsal
begins 2023-07-15 09:00
@1:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset 0:00
@12:00
? offset +1:00
? ends 10:12 plan 10:11

== A wall clock that was wrong and is set right at a resume moves the plan, not the time spoken.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@5:00 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@6:00 host 2023-07-15 14:08
? floor 张虎 running 1:00 of 3:00
? offset +2:00
? ends 15:12 plan 15:10

== When the session is closed, time stands still.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@12:00 chair: session close
> 3 session.close
@90:00
? offset +2:00
? ends 14:12 plan 15:10
? segment opening 12:00 of 10:00 opening 1 of 1
? session closed at 12:00
