# People: the roster, newcomers, and names that two people bear.
forum Forum
person zhanghu 张虎 affiliation=山西大学 title=教授 role=guest
person zhang2 张虎 affiliation=太原理工大学
person song 宋昌
segment point p1 10m

== A person is named by id or by a name that only one bears; who is meant by another's name is asked.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 宋昌
> 3 queue.add entry=1 person=song as=speech attending=site place=0
@0:02 chair: queue add 张虎
! ambiguous-person: several people are called 张虎; name one by id: zhanghu (山西大学), zhang2 (太原理工大学)
@0:03 chair: queue add zhang2
> 4 queue.add entry=2 person=zhang2 as=speech attending=site place=1
@0:04 chair: queue add zhanghu
> 5 queue.add entry=3 person=zhanghu as=speech attending=site place=2
@0:05 chair: queue add 无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:05 chair: queue add ""
! bad-argument: who is meant? Give a name or an id
@0:06 chair: floor give 无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:07 chair: floor give 张虎
! ambiguous-person: several people are called 张虎; name one by id: zhanghu (山西大学), zhang2 (太原理工大学)
? queue 1:宋昌:speech 2:张虎:speech 3:张虎:speech

== A walk-in is on the roster at once, and told apart by affiliation.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 online: people add 王五 --affiliation 中北大学 --title 讲师 --online
> 3 person.add person=w1 name=王五 title=讲师 affiliation=中北大学 role=audience attending=online
? person 王五 w1 audience online 中北大学/讲师 walk-in
@0:02 online: queue add 王五
> 4 queue.add entry=1 person=w1 as=speech attending=online place=0
? queue 1:王五:speech:online
@0:03 chair: people add 王五 --affiliation 中北大学
! not-allowed: 王五 is on the roster already, as w1
@0:04 chair: people add 王五 --affiliation 山西医科大学 --role guest
> 5 person.add person=w2 name=王五 affiliation=山西医科大学 role=guest attending=site
@0:05 chair: queue add 王五
! ambiguous-person: several people are called 王五; name one by id: w1 (中北大学), w2 (山西医科大学)
@0:06 chair: people add "  "
! bad-argument: a person needs a name
@0:07 chair: people add 王 五
! bad-argument: “五” is one word too many; put a name with blanks in quotes

== What is known of somebody can be corrected, also to nothing.
@0:00 chair: people set 宋昌 --title 副研究员 --affiliation 煤化所 --role guest
> 2 person.set person=song title=副研究员 affiliation=煤化所 role=guest
? person 宋昌 song guest site 煤化所/副研究员
@0:01 chair: people set 宋昌 --title ""
> 3 person.set person=song title=""
? person 宋昌 song guest site 煤化所/
@0:02 chair: people set 宋昌 --name 宋 
> 4 person.set person=song name=宋
? person song song guest site 煤化所/
@0:03 chair: people set song
! bad-argument: people set needs something to change, such as --online or --link ready
@0:03 chair: people set 无名 --online
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:03 chair: people set 宋 --name " "
! bad-argument: a person needs a name
@0:03 chair: people set 宋 --role king
! bad-argument: “king” is none of executive-chair, online-chair, chair, keynote, guest, member, audience
@0:03 chair: people set 宋 --online --site
! bad-argument: --site and --online cannot both be

== Who speaks from where they were announced, not from where they sat first.
@0:00 chair: segment next
> 2 segment.enter segment=p1 carry=0
@0:01 chair: queue add 宋昌 --online
> 3 queue.add entry=1 person=song as=speech attending=online place=0
@0:02 chair: floor next
> 4 turn.start turn=1 person=song entry=1 as=speech allotted=180000
? turn 1 宋昌 running 0:00 of 3:00 paused 0:00 online in p1 from 0:02
