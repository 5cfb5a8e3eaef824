# The queue: who waits, in which order, and who is next.
forum Forum date=2023-07-15 start=14:00
timing speech=3m reply=1m question=30s order=1m
person zhanghu 张虎 role=guest
person song 宋昌 role=guest
person chen 陈俊颖 role=guest attending=online
person dong 董云云
person liyi 李毅
segment point p1 40m invited=zhanghu,song,chen
segment award award1 3m recipients=zhanghu,song presenters=dong
segment point p2 40m invited=chen

== On-site and online speakers wait in one queue, points of order before questions before replies before speeches.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 online: queue add 陈俊颖
> 4 queue.add entry=2 person=chen as=speech attending=online place=1
@0:03 chair: queue add 董云云 --as reply --about 反驳宋昌
> 5 queue.add entry=3 person=dong as=reply attending=site about=反驳宋昌 place=0
@0:04 online: queue add 宋昌 --as question --online
> 6 queue.add entry=4 person=song as=question attending=online place=0
@0:05 chair: queue add 李毅 --as order
> 7 queue.add entry=5 person=liyi as=order attending=site place=0
? queue 5:李毅:order 4:宋昌:question:online 3:董云云:reply:"反驳宋昌" 1:张虎:speech 2:陈俊颖:speech:online

== Within a kind people stand as they came, points of order too; --top puts before those of the same kind only.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎 --as order
> 3 queue.add entry=1 person=zhanghu as=order attending=site place=0
@0:02 chair: queue add 宋昌 --as order
> 4 queue.add entry=2 person=song as=order attending=site place=1
@0:03 chair: queue add 李毅
> 5 queue.add entry=3 person=liyi as=speech attending=site place=2
@0:04 chair: queue add 董云云 --top
> 6 queue.add entry=4 person=dong as=speech attending=site place=2
? queue 1:张虎:order 2:宋昌:order 4:董云云:speech 3:李毅:speech

== Moving an entry within its kind keeps the kind; one step over the border of a kind changes it.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:01 chair: queue add 董云云 --as reply
> 5 queue.add entry=3 person=dong as=reply attending=site place=0
@0:01 chair: queue add 李毅 --as question
> 6 queue.add entry=4 person=liyi as=question attending=site place=0
? queue 4:李毅:question 3:董云云:reply 1:张虎:speech 2:宋昌:speech
@0:02 chair: queue move 2 up
> 7 queue.move entry=2 place=2 as=speech
? queue 4:李毅:question 3:董云云:reply 2:宋昌:speech 1:张虎:speech
@0:03 chair: queue move 2 up
> 8 queue.move entry=2 place=2 as=reply
? queue 4:李毅:question 3:董云云:reply 2:宋昌:reply 1:张虎:speech
@0:04 chair: queue move 3 up
> 9 queue.move entry=3 place=1 as=question
? queue 4:李毅:question 3:董云云:question 2:宋昌:reply 1:张虎:speech
@0:05 chair: queue move 3 down
> 10 queue.move entry=3 place=1 as=reply
? queue 4:李毅:question 3:董云云:reply 2:宋昌:reply 1:张虎:speech
@0:06 chair: queue move 3 down
> 11 queue.move entry=3 place=2 as=reply
? queue 4:李毅:question 2:宋昌:reply 3:董云云:reply 1:张虎:speech

== A move to a place takes the kind that stands there, and several rows are one move.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:01 chair: queue add 董云云 --as reply
> 5 queue.add entry=3 person=dong as=reply attending=site place=0
@0:01 chair: queue add 李毅 --as question
> 6 queue.add entry=4 person=liyi as=question attending=site place=0
@0:02 chair: queue move 2 top
> 7 queue.move entry=2 place=0 as=question
? queue 2:宋昌:question 4:李毅:question 3:董云云:reply 1:张虎:speech
@0:03 chair: queue move 4 4
> 8 queue.move entry=4 place=3 as=speech
? queue 2:宋昌:question 3:董云云:reply 1:张虎:speech 4:李毅:speech
@0:04 chair: queue move 1 2
> 9 queue.move entry=1 place=1 as=reply
? queue 2:宋昌:question 1:张虎:reply 3:董云云:reply 4:李毅:speech
@0:05 chair: queue move 1 99
> 10 queue.move entry=1 place=3 as=speech
? queue 2:宋昌:question 3:董云云:reply 4:李毅:speech 1:张虎:speech

== A move that leads nowhere is refused with the reason.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: queue move 1 up
! not-allowed: 张虎 is first already
@0:02 chair: queue move 2 down
! not-allowed: 宋昌 is last already
@0:02 chair: queue move 1 top
! stale: 张虎 stands there already
@0:02 chair: queue move 1 1
! stale: 张虎 stands there already
@0:02 chair: queue move 7 up
! unknown-id: the queue has no entry 7
@0:02 chair: queue move 1 0
! bad-argument: “0” is none of up, down, top, and no place from 1 on

== Nobody waits twice for the same thing, but a speaker may wait for a speech and ask a question before it.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 online: queue add 张虎
! not-allowed: 张虎 is in the queue already, as entry 1
@0:03 chair: queue add 张虎 --as question
> 4 queue.add entry=2 person=zhanghu as=question attending=site place=0
? queue 2:张虎:question 1:张虎:speech

== First come, first served is the rule unless another is set.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
? next 张虎 first
? rules fifo limit 0 interrupt pause speech 3:00

== Unheard first: who has not spoken on this point goes before who has, and the suggestion says why.
queue order=unheard-first
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: floor next
> 4 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:10 chair: queue add 张虎
> 5 queue.add entry=2 person=zhanghu as=speech attending=site place=0
@0:11 chair: queue add 宋昌
> 6 queue.add entry=3 person=song as=speech attending=site place=1
# While 张虎 speaks he counts as heard already.
? next 宋昌 unheard-first
@0:20 chair: floor end
> 7 turn.end why=end
? next 宋昌 unheard-first
@0:21 chair: floor next
> 8 turn.start turn=2 person=song entry=3 as=speech allotted=180000
@0:30 chair: queue add 宋昌
> 9 queue.add entry=4 person=song as=speech attending=site place=1
# Both were heard: first come, first served.
? next 张虎 first
# A new point begins anew.
@1:00 chair: segment go p2 --carry
> 10 turn.end why=segment
> 11 segment.enter segment=p2 carry=1
? next 张虎 unheard-first

== Alternate: on site and online take turns as long as both wait.
queue order=alternate
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:01 online: queue add 陈俊颖
> 5 queue.add entry=3 person=chen as=speech attending=online place=2
? next 张虎 first
@0:02 chair: floor next
> 6 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
? next 陈俊颖 alternate
@1:00 chair: floor next
> 7 turn.end why=next
> 8 turn.start turn=2 person=chen entry=3 as=speech allotted=180000
? next 宋昌 alternate
@2:00 chair: floor next
> 9 turn.end why=next
> 10 turn.start turn=3 person=song entry=2 as=speech allotted=180000
@2:01 chair: queue add 李毅
> 11 queue.add entry=4 person=liyi as=speech attending=site place=0
# Nobody waits online, so the hall goes on.
? next 李毅 first

== A question between two speeches does not use up a turn of the alternation.
queue order=alternate
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:02 online: queue add 陈俊颖
> 4 queue.add entry=1 person=chen as=speech attending=online place=0
@0:02 chair: queue add 宋昌
> 5 queue.add entry=2 person=song as=speech attending=site place=1
@0:03 online: queue add 董云云 --as question --online
> 6 queue.add entry=3 person=dong as=question attending=online place=0
@0:04 chair: floor next
> 7 turn.pause
> 8 turn.start turn=2 person=dong entry=3 as=question allotted=30000
@0:20 chair: floor next
> 9 turn.end why=next
> 10 turn.resume
? next 陈俊颖 alternate

== The suggestion binds nobody: the chair may always pick another.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:03 chair: floor give 宋昌
> 5 turn.start turn=1 person=song entry=2 as=speech allotted=180000
? queue 1:张虎:speech
@0:04 chair: floor give 董云云
> 6 turn.end why=next
> 7 turn.start turn=2 person=dong as=speech allotted=180000
? queue 1:张虎:speech

== The rule of order can be changed while the debate runs, and shows at once.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:30 chair: queue add 张虎
> 4 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:31 chair: queue add 宋昌
> 5 queue.add entry=2 person=song as=speech attending=site place=1
? next 张虎 first
@0:32 online: queue order unheard-first
> 6 queue.rule order=unheard-first
? next 宋昌 unheard-first
@0:33 online: queue order sideways
! bad-argument: “sideways” is none of fifo, unheard-first, alternate
@0:33 online: queue order 
! bad-argument: something is missing: queue order fifo|unheard-first|alternate

== A rule of a point's own holds while that point runs, and no longer.
segment point p3 10m queue.order=alternate timing.limit=1 timing.speech=2m
segment point p4 10m
@0:00 chair: segment go p3
> 2 segment.enter segment=p3 carry=0
? rules alternate limit 1 interrupt pause speech 2:00
@0:01 chair: segment go p4
> 3 segment.enter segment=p4 carry=0
? rules fifo limit 0 interrupt pause speech 3:00

== A limit of speeches on a point warns, and the chair can override it; questions do not count.
timing limit=1
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue add 张虎 --as reply
> 4 queue.add entry=2 person=zhanghu as=reply attending=site place=0
@0:03 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=2 as=reply allotted=60000
@0:20 chair: floor next
> 6 turn.end why=next
> 7 turn.start turn=2 person=zhanghu entry=1 as=speech allotted=180000
@0:30 chair: queue add 张虎
! limit: 张虎 has 1 of 1 speeches on this point already; --override adds one all the same
@0:31 chair: queue add 张虎 --as question
> 8 queue.add entry=3 person=zhanghu as=question attending=site place=0
@0:32 chair: queue add 张虎 --override
> 9 queue.add entry=4 person=zhanghu as=speech attending=site place=1
? queue 3:张虎:question 4:张虎:speech
# The next point counts anew.
@1:00 chair: segment go p2 --leave
> 10 turn.end why=segment
> 11 segment.enter segment=p2 carry=0
@1:01 chair: queue add 张虎
> 12 queue.add entry=5 person=zhanghu as=speech attending=site place=0
@1:02 chair: queue limit 0
> 13 queue.rule limit=0
@1:03 chair: floor next
> 14 turn.start turn=3 person=zhanghu entry=5 as=speech allotted=180000
@1:04 chair: queue add 张虎
> 15 queue.add entry=6 person=zhanghu as=speech attending=site place=0

== Whoever was interrupted has used one of their speeches too.
timing limit=1
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:02 chair: queue add 宋昌 --as question
> 4 queue.add entry=1 person=song as=question attending=site place=0
@0:03 chair: floor next
> 5 turn.pause
> 6 turn.start turn=2 person=song entry=1 as=question allotted=30000
@0:04 chair: queue add 张虎
! limit: 张虎 has 1 of 1 speeches on this point already; --override adds one all the same

== On a closed list only points of order are taken, and those who wait are still heard.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: queue close
> 4 queue.close
? queue 1:张虎:speech closed
@0:03 chair: queue add 宋昌
! closed: the list is closed: only points of order are taken; queue open opens it again
@0:03 online: queue add 宋昌 --as question
! closed: the list is closed: only points of order are taken; queue open opens it again
@0:04 online: queue add 宋昌 --as order
> 5 queue.add entry=2 person=song as=order attending=site place=0
@0:05 chair: queue close
! stale: the list is closed already
? next 宋昌 order
@0:06 chair: queue open
> 6 queue.open
@0:07 chair: queue open
! stale: the list is open already
@0:08 chair: queue add 宋昌
> 7 queue.add entry=3 person=song as=speech attending=site place=2

== The list opens again with the next segment.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue close
> 3 queue.close
@0:02 chair: segment next
> 4 segment.enter segment=award1 carry=0
@0:03 chair: queue add 宋昌
> 5 queue.add entry=1 person=song as=speech attending=site place=0
? queue 1:宋昌:speech

== Whoever moves from the hall to the line is shown there in the queue.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 online: people set 张虎 --online --link connecting
> 4 person.set person=zhanghu attending=online link=connecting
? queue 1:张虎:speech:online
? person 张虎 zhanghu guest online connecting
@0:03 online: people set 张虎 --link ready
> 5 person.set person=zhanghu link=ready
? person 张虎 zhanghu guest online ready
@0:04 online: people set 张虎 --link away
> 6 person.set person=zhanghu link=away
? person 张虎 zhanghu guest online away

== A link belongs to somebody who is not in the hall.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 online: people set 宋昌 --link ready
> 3 person.set person=song attending=online link=ready
? person 宋昌 song guest online ready

== Removing needs an entry that is there.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 online: queue remove 1
> 4 queue.remove entry=1
@0:03 chair: queue remove 1
! unknown-id: the queue has no entry 1
? queue empty
