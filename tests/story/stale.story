# Stale commands are refused, not executed.
forum Forum
person zhanghu 张虎
person song 宋昌
person chen 陈俊颖 attending=online
person dong 董云云
segment point p1 10m
segment point p2 10m
segment point p3 10m

== Two chairs press next together: one next, and one "already done".
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: floor next --basis 4
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:02 xu:chair: floor next --basis 4
! stale: floor was changed by event 5 after what you saw; nothing was done
? floor 张虎 running 0:00 of 3:00
? queue 2:宋昌:speech

== Somebody else is next by now: nobody gets the floor by surprise.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
# The online chair brings a point of order before the chair's key arrives.
@0:02 online: queue add 陈俊颖 --as order
> 4 queue.add entry=2 person=chen as=order attending=online place=0
@0:02 chair: floor next --basis 3
! stale: somebody else is next by now; look and press again
@0:03 chair: floor next --basis 4
> 5 turn.start turn=1 person=chen entry=2 as=order allotted=60000

== An entry behind the next one makes nothing stale.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 online: queue add 陈俊颖
> 4 queue.add entry=2 person=chen as=speech attending=online place=1
@0:02 chair: floor next --basis 3
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000

== An undo that changes who is next makes next stale.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎 --as order
> 3 queue.add entry=1 person=zhanghu as=order attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: undo 3
> 5 undo seq=3
@0:02 xu:chair: floor next --basis 4
! stale: somebody else is next by now; look and press again
@0:03 xu:chair: floor next --basis 5
> 6 turn.start turn=1 person=song entry=2 as=speech allotted=180000

== Who is asked to end, pause or extend a turn is whoever had the floor when it was asked.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:00 chair: floor give 宋昌
> 4 turn.end why=next
> 5 turn.start turn=2 person=song as=speech allotted=180000
@1:00 xu:chair: floor end --basis 3
! stale: floor was changed by event 5 after what you saw; nothing was done
@1:00 xu:chair: floor pause --basis 3
! stale: floor was changed by event 5 after what you saw; nothing was done
@1:00 xu:chair: floor extend 30s --basis 3
! stale: floor was changed by event 5 after what you saw; nothing was done
@1:00 xu:chair: floor correct 20s --basis 3
! stale: floor was changed by event 5 after what you saw; nothing was done
@1:00 xu:chair: floor give 董云云 --basis 3
! stale: floor was changed by event 5 after what you saw; nothing was done
? floor 宋昌 running 0:00 of 3:00

== The segment is left once when two press next segment.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@5:00 chair: segment next --basis 2
> 3 segment.enter segment=p2 carry=0
@5:00 xu:chair: segment next --basis 2
! stale: segment was changed by event 3 after what you saw; nothing was done
@5:00 xu:chair: segment prev --basis 2
! stale: segment was changed by event 3 after what you saw; nothing was done
@5:00 xu:chair: segment go p3 --basis 2
! stale: segment was changed by event 3 after what you saw; nothing was done
@5:00 xu:chair: segment extend 1m --basis 2
! stale: segment was changed by event 3 after what you saw; nothing was done
@5:00 xu:chair: segment skip p3 --basis 2
! stale: segment was changed by event 3 after what you saw; nothing was done
@5:00 xu:chair: agenda fit --basis 2
! stale: agenda was changed by event 3 after what you saw; nothing was done
? segment p2 0:00 of 10:00 point 2 of 3

== Changing segments makes what was seen of floor and queue stale.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: floor give 宋昌
> 4 turn.start turn=1 person=song as=speech allotted=180000
@0:02 chair: segment next --carry
> 5 turn.end why=segment
> 6 segment.enter segment=p2 carry=1
@0:02 online: queue remove 1 --basis 4
! stale: queue was changed by event 6 after what you saw; nothing was done
@0:02 xu:chair: floor end --basis 4
! stale: floor was changed by event 6 after what you saw; nothing was done

== The queue is a noun of its own.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: queue move 2 up --basis 4
> 5 queue.move entry=2 place=0 as=speech
@0:02 online: queue move 1 down --basis 4
! stale: queue was changed by event 5 after what you saw; nothing was done
@0:02 online: queue remove 1 --basis 4
! stale: queue was changed by event 5 after what you saw; nothing was done
@0:02 online: queue close --basis 4
! stale: queue was changed by event 5 after what you saw; nothing was done
@0:03 online: queue close --basis 5
> 6 queue.close
@0:03 chair: queue order alternate --basis 5
! stale: queue was changed by event 6 after what you saw; nothing was done

== Who takes the floor leaves the queue, and so changes both.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:02 chair: floor next
> 4 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:02 online: queue remove 1 --basis 3
! stale: queue was changed by event 4 after what you saw; nothing was done

== Notes, marks and ticks change no noun.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@0:02 scribe: note add 大模型是工具
> 4 note.add note=1 turn=1 person=zhanghu mark=claim text=大模型是工具
@0:03 scribe: mark photo
> 5 mark.add mark=1 what=photo
@0:10 tick
> 6 session.tick
@0:11 online: people add 王五
> 7 person.add person=w1 name=王五 role=audience attending=site
@0:12 chair: floor end --basis 3
> 8 turn.end why=end

== Without a basis a command is taken at its word.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 chair: queue add 宋昌
> 4 queue.add entry=2 person=song as=speech attending=site place=1
@0:02 chair: floor next
> 5 turn.start turn=1 person=zhanghu entry=1 as=speech allotted=180000
@0:02 chair: floor next
> 6 turn.end why=next
> 7 turn.start turn=2 person=song entry=2 as=speech allotted=180000
? floor 宋昌 running 0:00 of 3:00
