# Who may do what, the chair that is passed on, and the end of the session.
forum Forum
person yao 姚姗姗 role=executive-chair
person xuxz 许骁哲 role=online-chair
person zhanghu 张虎
segment point p1 10m
segment point p2 10m

== The online chair keeps the queue and the people; floor, segments and undo are the chair's.
@0:00 online: segment next
! not-allowed: the seat online-chair may not do this
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 online: queue add 张虎
> 3 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@0:01 online: people add 王五
> 4 person.add person=w1 name=王五 role=audience attending=site
@0:02 online: floor next
! not-allowed: the seat online-chair may not do this
@0:02 online: undo
! not-allowed: the seat online-chair may not do this
@0:02 online: award give 张虎
! not-allowed: the seat online-chair may not do this
@0:02 online: session close
! not-allowed: the seat online-chair may not do this

== A scribe writes notes, marks and messages, and nothing else.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 scribe: note add 话
> 3 note.add note=1 mark=claim text=话
@0:01 scribe: mark moment
> 4 mark.add mark=1 what=moment
@0:01 scribe: message send 话
> 0 (chairs) message.send text=话
@0:01 scribe: queue add 张虎
! not-allowed: the seat scribe may not do this
@0:01 scribe: people add 王五
! not-allowed: the seat scribe may not do this
@0:01 scribe: floor next
! not-allowed: the seat scribe may not do this
@0:01 scribe: undo
! not-allowed: the seat scribe may not do this

== Stage and observers only look.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 stage: note add 话
! not-allowed: the seat stage may not do this
@0:01 observer: queue add 张虎
! not-allowed: the seat observer may not do this
@0:01 observer: mark photo
! not-allowed: the seat observer may not do this
@0:01 observer: message send 话
! not-allowed: the seat observer may not do this

== The chair who wants to speak passes the chair, and the log says so; the online chair may then do what a chair may.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 姚姗姗
> 3 queue.add entry=1 person=yao as=speech attending=site place=0
@0:02 chair: chair pass 许骁哲
> 4 chair.pass to=xuxz
? chair 许骁哲
@0:03 online: floor next
> 5 turn.start turn=1 person=yao entry=1 as=speech allotted=180000
@1:00 online: floor extend 30s
> 6 turn.extend by=30000
@1:30 online: floor end
> 7 turn.end why=end
@1:31 scribe: floor next
! not-allowed: the seat scribe may not do this
@1:32 chair: chair pass back
> 8 chair.pass to=""
? chair not passed
@1:33 online: floor give 张虎
! not-allowed: the seat online-chair may not do this

== The chair is passed for the segment: with its end it is back.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: chair pass 许骁哲
> 3 chair.pass to=xuxz
@0:10 online: segment next
> 4 chair.pass to=""
> 5 segment.enter segment=p2 carry=0
? chair not passed
@0:11 online: segment next
! not-allowed: the seat online-chair may not do this
# Who undoes the change of the segment has the chair passed again.
@0:12 chair: undo
> 6 undo seq=5
> 7 undo seq=4
? chair 许骁哲

== The chair is passed to somebody known, and taken back only if it was passed.
@0:00 chair: chair pass back
! not-allowed: the chair was not passed to anybody
@0:01 chair: chair pass 无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:02 chair: chair pass 许骁哲
> 2 chair.pass to=xuxz
@0:03 chair: chair pass xuxz
! stale: 许骁哲 has the chair already
@0:04 online: chair pass back
> 3 chair.pass to=""

== Closing ends the turn, and nothing follows it.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: floor give 张虎
> 3 turn.start turn=1 person=zhanghu as=speech allotted=180000
@1:01 chair: session close --why 圆满结束
> 4 turn.end why=close
> 5 session.close why=圆满结束
? session closed at 1:01
? turn 1 张虎 ended 1:00 of 3:00 paused 0:00 site in p1 from 0:01
@1:02 chair: floor give 张虎
! closed: the session is closed; nothing follows
@1:02 chair: undo
! closed: the session is closed; nothing follows
@1:02 chair: note add 晚了
! closed: the session is closed; nothing follows
@1:02 chair: message send 晚了
! closed: the session is closed; nothing follows
@1:02 chair: session close
! closed: the session is closed; nothing follows
@1:03 event note.add {"note":1,"text":"晚了"}
! unfit: nothing follows session.close
@1:03 event undo {"seq":3}
! unfit: nothing follows session.close
@1:03 event vote.open {}
! unfit: nothing follows session.close

== What a later version writes is kept, shown as unknown, and changes nothing.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 event vote.open {"question":"开源?","options":["是","否"]}
> 3 vote.open question=开源? options=["是","否"]
@0:02 event queue.add {"entry":1,"person":"zhanghu","as":"speech","attending":"site","place":0,"colour":"red"}
> 4 queue.add entry=1 person=zhanghu as=speech attending=site place=0 colour=red
? queue 1:张虎:speech
@0:03 chair: undo 3
! cannot-undo: vote.open cannot be taken back
@0:04 chair: undo 4
> 5 undo seq=4
? queue empty

== What comes from outside and does not fit changes nothing.
@0:00 event segment.enter {"segment":"lunch"}
! unfit: the agenda has no such segment
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 event segment.enter {"segment":"p1"}
! unfit: this segment runs already
@0:01 event queue.add {"entry":1,"person":"nobody","as":"speech"}
! unfit: nobody has this id
@0:01 event queue.add {"entry":1,"person":"zhanghu","as":"speech"}
> 3 queue.add entry=1 person=zhanghu as=speech
@0:01 event queue.add {"entry":1,"person":"zhanghu","as":"reply"}
! unfit: an id was given before
@0:01 event queue.remove {"entry":7}
! unfit: the queue has no such entry
@0:01 event turn.pause {}
! unfit: nobody has the floor
@0:01 event turn.start {"turn":1,"person":"yao","entry":1,"as":"speech"}
! unfit: the queue has no such entry
@0:01 event turn.start {"turn":1,"person":"yao","as":"speech"}
> 4 turn.start turn=1 person=yao as=speech
@0:01 event turn.start {"turn":2,"person":"zhanghu","as":"speech"}
! unfit: somebody else has the floor
@0:01 event turn.extend {"by":30000}
! unfit: this turn has no limit
@0:01 event turn.correct {"by":-5000}
! unfit: a correction takes away more than was spoken
@0:01 event segment.enter {"segment":"p2"}
! unfit: a segment cannot be left while somebody has the floor
@0:01 event session.close {}
! unfit: the session cannot close while somebody has the floor
@0:01 event note.edit {"note":3,"text":"话"}
! unfit: there is no such note
@0:01 event person.add {"person":"yao","name":"姚"}
! unfit: this person's id is taken
@0:01 event person.set {"person":"nobody","name":"姚"}
! unfit: nobody has this id
@0:01 event award.give {"segment":"p1","recipient":"nobody"}
! unfit: nobody has this id
@0:01 event chair.pass {"to":"nobody"}
! unfit: nobody has this id
@0:01 event agenda.fit {"plan":[["p2",1000],["lunch",1]]}
! unfit: the agenda has no such segment
@0:01 event agenda.fit {"plan":[["p2"]]}
! unfit: a plan of the remaining time cannot be read
@0:01 event undo {"seq":77}
! unfit: an undo names no earlier event
@0:01 event undo {"seq":0}
! unfit: an undo names what cannot be taken back
@0:01 event session.open {"format":1,"forum":{},"rehearsal":false}
! unfit: the session was opened already
@0:01 event segment.skip {"segment":"p1"}
! unfit: only a segment that has not begun can be skipped
? agenda p1:running:10:00 p2:planned:10:00
? queue 1:张虎:speech
