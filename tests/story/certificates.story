# Certificates, marks and messages: what happens once and is remembered.
forum Forum
person yao 姚姗姗 role=executive-chair
person xu 徐双 role=executive-chair
person feng 冯洋 role=keynote
person wangli 王莉 role=keynote
person zhanghu 张虎 role=guest
segment award award0 5m recipients=feng,wangli presenters=yao,xu
segment point p1 10m
segment award award1 5m recipients=zhanghu,feng

== A certificate is handed over by whom the agenda names, or by whom the chair says.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:30 chair: award give 冯洋
> 3 award.give segment=award0 recipient=feng presenters=["yao","xu"]
@1:00 chair: award give 王莉 --by 徐双
> 4 award.give segment=award0 recipient=wangli presenters=["xu"]
? awards award0:冯洋:姚姗姗,徐双 award0:王莉:徐双

== Nobody gets the same certificate twice, but one on another occasion.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:30 chair: award give 冯洋
> 3 award.give segment=award0 recipient=feng presenters=["yao","xu"]
@0:31 chair: award give 冯洋
! stale: 冯洋 has the certificate already
@5:00 chair: segment go award1
> 4 segment.enter segment=award1 carry=0
@5:01 chair: award give 冯洋 --by yao，徐双
> 5 award.give segment=award1 recipient=feng presenters=["yao","xu"]
@5:02 chair: award give 冯洋
! stale: 冯洋 has the certificate already
? awards award0:冯洋:姚姗姗,徐双 award1:冯洋:姚姗姗,徐双

== A certificate that was forgotten is ticked off where it belongs, also later.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:30 chair: award give 冯洋
> 3 award.give segment=award0 recipient=feng presenters=["yao","xu"]
@5:00 chair: segment next
> 4 segment.enter segment=p1 carry=0
@5:01 chair: award give 王莉
> 5 award.give segment=award0 recipient=wangli presenters=["yao","xu"]
? awards award0:冯洋:姚姗姗,徐双 award0:王莉:姚姗姗,徐双

== Somebody whom no segment names gets theirs here and now.
@0:00 chair: award give 姚姗姗
! not-allowed: no segment runs yet; segment next begins the first
@0:01 chair: segment go p1
> 2 segment.enter segment=p1 carry=0
@0:02 chair: award give 姚姗姗 --by 张虎
> 3 award.give segment=p1 recipient=yao presenters=["zhanghu"]
? awards p1:姚姗姗:张虎

== Who hands over and who receives must be known.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:01 chair: award give 无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:01 chair: award give 冯洋 --by 姚姗姗,无名
! unknown-person: nobody on the roster is called 无名; people add puts a newcomer there
@0:01 chair: award give 冯洋 --by ,
! bad-argument: there is no name here
? awards none

== Photos and moments are marked for the recording by anybody who writes.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:10 scribe: mark photo 合影
> 3 mark.add mark=1 what=photo text=合影
@0:20 online: mark moment
> 4 mark.add mark=2 what=moment
? marks 1:photo@0:10:"合影" 2:moment@0:20:""

== Messages go to chairs alone, to all of them or to one console.
@0:00 chair: segment next
> 2 segment.enter segment=award0 carry=0
@0:01 online: message send 王莉已就绪
> 0 (chairs) message.send text=王莉已就绪
@0:02 chair: message send --to online-1 好的
> 1 (chairs) message.send to=online-1 text=好的
@0:03 scribe: message send 请慢一点
> 2 (chairs) message.send text=请慢一点
@0:04 chair: message send --to online-1
! bad-argument: something is missing: message send [--to CONSOLE] TEXT
? messages online>all:"王莉已就绪" chair>online-1:"好的" scribe>all:"请慢一点"
