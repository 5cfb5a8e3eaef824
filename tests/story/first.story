forum Trial date=2023-07-15 start=14:00
timing speech=3m reply=1m warn=30s
person yao 姚姗姗 role=executive-chair
person zhanghu 张虎 role=guest
person song 宋昌 attending=online
segment opening opening 10m speakers=yao
segment point p1 40m invited=zhanghu,song title="What now?"

== A debate goes its way.
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
@0:00 chair: floor next
> 3 turn.start turn=1 person=yao as=speech allotted=600000
@0:30
? floor 姚姗姗 running 0:30 of 10:00
? next nobody
@9:00 chair: segment next
> 4 turn.end why=segment
> 5 segment.enter segment=p1 carry=0
@9:00 online: queue add 张虎
> 6 queue.add entry=1 person=zhanghu as=speech attending=site place=0
@9:01 online: queue add song
> 7 queue.add entry=2 person=song as=speech attending=online place=1
? queue 1:张虎:speech 2:宋昌:speech:online
@9:05 chair: floor next
> 8 turn.start turn=2 person=zhanghu entry=1 as=speech allotted=180000
@10:00
? floor 张虎 running 0:55 of 3:00
? offset -1:00
? ends 14:49 plan 14:50
? alarms 0:00 20:00 turn-warn@11:35 turn-up@12:05 turn-over@12:35 turn-over@13:05 turn-over@13:35 turn-over@14:05 turn-over@14:35 turn-over@15:05 turn-over@15:35 turn-over@16:05 turn-over@16:35 turn-over@17:05 turn-over@17:35 turn-over@18:05 turn-over@18:35 turn-over@19:05 turn-over@19:35
