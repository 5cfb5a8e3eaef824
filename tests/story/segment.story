# Segments: where in the agenda the session is.
forum Forum date=2023-07-15 start=14:00
person zhanghu 张虎 role=guest
person song 宋昌 role=guest
person yao 姚姗姗
segment opening opening 10m
segment point p1 40m invited=zhanghu,song
segment award award1 3m recipients=zhanghu,song presenters=yao
segment point p2 40m
segment closing closing 10m

== Next goes through the agenda in order; behind the last segment only closing is left.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? segment opening 0:00 of 10:00 opening 1 of 1
@9:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@40:00 chair: segment next
> 4 segment.enter segment=award1 carry=0
@43:00 chair: segment next
> 5 segment.enter segment=p2 carry=0
@70:00 chair: segment next
> 6 segment.enter segment=closing carry=0
@71:00 chair: segment next
! not-allowed: this is the last segment; session close ends the session
? agenda opening:done:10:00 p1:done:40:00 award1:done:3:00 p2:done:40:00 closing:running:10:00

== Prev goes back, and the time of both visits is one time.
@0:00 chair: segment prev
! not-allowed: there is no segment before this one
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@10:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
@11:00 chair: segment prev
> 4 segment.enter segment=opening carry=0
? segment opening 10:00 of 10:00 opening 1 of 1
@12:00
? segment opening 11:00 of 10:00 opening 1 of 1
@12:00 chair: segment next
> 5 segment.enter segment=p1 carry=0
@13:00
? segment p1 2:00 of 40:00 point 1 of 2
@13:00 chair: segment go opening
> 6 segment.enter segment=opening carry=0
@13:00 chair: segment prev
! not-allowed: there is no segment before this one

== A segment is named by its id, or by its number in the agenda.
@0:00 chair: segment go p2
> 2 segment.enter segment=p2 carry=0
@0:01 chair: segment go 2
> 3 segment.enter segment=p1 carry=0
@0:02 chair: segment go 9
! unknown-id: the agenda has no segment 9; they are numbered 1 to 5
@0:02 chair: segment go 0
! unknown-id: the agenda has no segment 0; they are numbered 1 to 5
@0:02 chair: segment go lunch
! unknown-id: the agenda has no segment lunch; they are numbered 1 to 5
@0:03 chair: segment go p1
! stale: p1 runs already

== Leaving a point with people queued asks first; --leave lets them go.
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: segment next
! not-allowed: 2 still wait on this point: --carry takes them along, --leave lets them go
? segment p1 0:02 of 40:00 point 1 of 2
@0:03 chair: segment next --leave
> 5 segment.enter segment=award1 carry=0
? queue empty

== --carry takes those who wait along, and an award between two points loses nobody.
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌 --as reply
> 4 queue.add entry=2 person=song as=reply attending=site place=0
@0:03 chair: segment next --carry
> 5 segment.enter segment=award1 carry=1
? queue 2:宋昌:reply 1:张虎:speech
@3:00 chair: segment next
> 6 segment.enter segment=p2 carry=1
? queue 2:宋昌:reply 1:张虎:speech
@3:00 chair: floor next
> 7 turn.start turn=1 person=song entry=2 as=reply allotted=60000

== A queue that was carried into an award can be let go there.
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:03 chair: segment next --carry
> 4 segment.enter segment=award1 carry=1
@3:00 chair: segment next --leave
> 5 segment.enter segment=p2 carry=0
? queue empty

== Whoever asked before the first segment still waits in it.
@0:00 online: queue add 张虎
> 2 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:05 chair: segment next
> 3 segment.enter segment=opening carry=1
? queue 1:张虎:speech

== Leaving a segment ends the turn on its floor.
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@2:01 chair: segment next
> 4 turn.end why=segment
> 5 segment.enter segment=award1 carry=0
? floor nobody
? talk 张虎 1 2:00

== A segment to come can be skipped, and next passes over it; one that has begun cannot.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@0:01 chair: segment skip award1
> 3 segment.skip segment=award1
@0:01 chair: segment skip award1
! stale: award1 is skipped already
@0:01 chair: segment skip opening
! not-allowed: opening has begun; only a segment to come can be skipped
@0:01 chair: segment skip 7
! unknown-id: the agenda has no segment 7; they are numbered 1 to 5
@0:02 chair: segment next
> 4 segment.enter segment=p1 carry=0
@0:03 chair: segment next
> 5 segment.enter segment=p2 carry=0
? agenda opening:done:10:00 p1:done:40:00 award1:skipped:3:00 p2:running:40:00 closing:planned:10:00
@0:04 chair: segment prev
> 6 segment.enter segment=p1 carry=0
? segment p1 0:01 of 40:00 point 1 of 2
# Who changes their mind goes there all the same.
@0:05 chair: segment go award1
> 7 segment.enter segment=award1 carry=0
? segment award1 0:00 of 3:00 award 1 of 1

== A point can get more time, and less, but never less than none.
@0:00 chair: segment extend 5m
! not-allowed: no segment runs yet; segment next begins the first
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:01 chair: segment extend 5m
> 3 segment.extend segment=p1 by=300000
? segment p1 0:01 of 45:00 point 1 of 2
@0:02 chair: segment extend -10m
> 4 segment.extend segment=p1 by=-600000
? segment p1 0:02 of 35:00 point 1 of 2
@0:03 chair: segment extend -2h
> 5 segment.extend segment=p1 by=-7200000
? segment p1 0:03 of 0:00 point 1 of 2
@0:04 chair: segment extend 0s
! bad-argument: by how much? For instance 5m, or -5m

== Agenda fit shares what is left until the planned end among the segments to come, each its part.
@0:00 chair: agenda fit
! not-allowed: no segment runs yet; segment next begins the first
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@10:00 chair: segment next
> 3 segment.enter segment=p1 carry=0
# The point takes 13:15 too long.
@63:15 chair: segment next
> 4 segment.enter segment=award1 carry=0
? offset +13:15
? ends 15:56:15 plan 15:43
@63:15 chair: agenda fit
> 5 agenda.fit plan=[["p2",1764000],["closing",441000]]
? agenda opening:done:10:00 p1:done:40:00 award1:running:3:00 p2:planned:29:24 closing:planned:7:21
? ends 15:43 plan 15:43
@66:15 chair: segment next
> 6 segment.enter segment=p2 carry=0
? offset +13:15
? ends 15:43 plan 15:43

== Fit gives time back where the forum is ahead.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@2:00 chair: segment go p2
> 3 segment.enter segment=p2 carry=0
? offset -8:00
@2:00 chair: agenda fit
> 4 agenda.fit plan=[["p1",2762000],["award1",207000],["closing",690000]]
? agenda opening:done:10:00 p1:planned:46:02 award1:planned:3:27 p2:running:40:00 closing:planned:11:30
? ends 15:42:59 plan 15:43

== Fit has limits: nothing to share out behind the planned end, nothing to fit in the last segment.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@110:00 chair: agenda fit
! not-allowed: the planned end is past: there is no time left to share out
@110:00 chair: segment go closing
> 3 segment.enter segment=closing carry=0
@111:00 chair: segment skip p1
> 4 segment.skip segment=p1
@111:00 chair: segment skip p2
> 5 segment.skip segment=p2
@111:00 chair: segment skip award1
> 6 segment.skip segment=award1
@111:00 chair: agenda fit
! not-allowed: no segment is left whose time could be fitted

== Segments count within their kind.
@0:00 chair: segment go p2
> 2 segment.enter segment=p2 carry=0
? segment p2 0:00 of 40:00 point 2 of 2
@0:01 chair: segment next
> 3 segment.enter segment=closing carry=0
? segment closing 0:00 of 10:00 closing 1 of 1

== Who spoke and who of the invited is still unheard is counted by point.
@0:00 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
? heard 0 spoke, 2 invited unheard
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
? heard 1 spoke, 1 invited unheard
@1:00 chair: floor give 姚姗姗
> 4 turn.end why=next
> 5 turn.start turn=2 person=yao as=speech allotted=180000
@2:00 chair: floor give 张虎
> 6 turn.end why=next
> 7 turn.start turn=3 person=zhanghu as=speech allotted=180000
? heard 2 spoke, 1 invited unheard
