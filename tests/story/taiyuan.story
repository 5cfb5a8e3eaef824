# The forum of Taiyuan, 15 July 2023, as its published report tells it: twelve segments, who spoke in which order,
# and what they held. Times are such as a forum takes.
forum AI-for-Science大行其道,如何应对AI-against-Scientists date=2023-07-15 start=14:00
timing speech=3m reply=1m warn=30s
person yao 姚姗姗 title=AC委员 affiliation=YOCSEF太原 role=executive-chair
person xu 徐双 title=副主席 affiliation=YOCSEF太原 role=executive-chair
person xuxz 许骁哲 title=AC委员 affiliation=YOCSEF太原 role=online-chair attending=online
person hanying 韩英 title=AC委员 affiliation=YOCSEF太原 role=online-chair attending=online
person hu 胡欣宇 title=主席 affiliation=YOCSEF太原 role=chair
person feng 冯洋 title=研究员 affiliation=中国科学院计算技术研究所 role=keynote
person wangli 王莉 title=教授 affiliation=太原理工大学计算机科学与技术学院 role=keynote
person wangyz 王元卓 title=研究员 affiliation=中国科学院计算技术研究所 role=guest
person chen 陈俊颖 title=副教授 affiliation=华南理工大学软件学院 role=guest attending=online
person zhanghu 张虎 title=教授 affiliation=山西大学计算机与信息技术学院 role=guest
person song 宋昌 title=副研究员 affiliation=中国科学院山西煤炭化学研究所 role=guest
person lizhe 李哲 title=副总经理 affiliation=算力互联(北京)科技有限公司 role=guest
person wangmy 王明宇 title=主治医师 affiliation=山西医科大学第一医院神经外科 role=guest
person zhanggh 张光华 title=副主席 affiliation=YOCSEF太原 role=member
person zhanggy 张国业 title=副主席 affiliation=YOCSEF太原 role=member
person weiwei 魏巍 title=AC委员 affiliation=YOCSEF太原 role=member
person dong 董云云 title=学术秘书 affiliation=YOCSEF太原 role=member
person zhai 翟双姣 title=学术秘书 affiliation=YOCSEF太原 role=member
person liyi 李毅 title=AC委员 affiliation=YOCSEF太原 role=member
segment opening opening 10m title=开场介绍 speakers=yao,xu
segment keynote talk1 30m title=在语料和模型规模之外:如何有效训练大模型? speakers=feng
segment keynote talk2 30m title=大模型浪潮下的高校科研与教育 speakers=wangli
segment award award0 5m title=为引导嘉宾颁发感谢证书 recipients=feng,wangli presenters=yao,xu
segment point point1 40m title=生成式大模型的使用,会给研究工作带来哪些便利和挑战? invited=wangyz,chen
segment award award1 3m title=为特邀嘉宾颁发感谢证书 recipients=wangyz,chen presenters=hu,yao
segment point point2 40m title=大模型会对哪些研究方向造成冲击,该如何应对? invited=zhanghu,song
segment award award2 3m title=为特邀嘉宾颁发感谢证书 recipients=zhanghu,song presenters=yao,xu
segment point point3 40m title=面对大模型的高研究成本,青椒应如何调整研究模式? invited=lizhe,wangmy
segment award award3 3m title=为特邀嘉宾颁发感谢证书 recipients=lizhe,wangmy presenters=yao,xu
segment closing closing 10m title=总结和致谢 speakers=hu
segment photo photo 5m title=参会人员合影

== The whole forum, from the opening to the photo.
begins 2023-07-15 14:01
@0:00 chair: segment next
> 2 segment.enter segment=opening carry=0
? offset +1:00
? next 姚姗姗 speaker
@0:10 chair: floor next
> 3 turn.start turn=1 person=yao as=speech allotted=300000
@4:50 chair: floor next
> 4 turn.end why=next
> 5 turn.start turn=2 person=xu as=speech allotted=300000
@9:40 chair: segment next
> 6 turn.end why=segment
> 7 segment.enter segment=talk1 carry=0
> 8 turn.start turn=3 person=feng as=speech allotted=1800000
? floor 冯洋 running 0:00 of 30:00
? offset +0:40
@15:00 hanying:scribe: note add 只有当模型参数达到一定规模时才会出现“涌现”能力
> 9 note.add note=1 turn=3 person=feng mark=claim text=只有当模型参数达到一定规模时才会出现“涌现”能力
@41:40 chair: segment next
> 10 turn.end why=segment
> 11 segment.enter segment=talk2 carry=0
> 12 turn.start turn=4 person=wangli as=speech allotted=1800000
? floor 王莉 running 0:00 of 30:00
? talk 冯洋 1 32:00
@1:00:00 dong:scribe: note add GPT类大模型逐渐成为一种通用技术
> 13 note.add note=2 turn=4 person=wangli mark=claim text=GPT类大模型逐渐成为一种通用技术
@1:10:50 chair: segment next
> 14 turn.end why=segment
> 15 segment.enter segment=award0 carry=0
? offset +1:50
@1:11:40 chair: award give 冯洋 --by 姚姗姗
> 16 award.give segment=award0 recipient=feng presenters=["yao"]
@1:13:20 chair: award give 王莉 --by 徐双
> 17 award.give segment=award0 recipient=wangli presenters=["xu"]
? awards award0:冯洋:姚姗姗 award0:王莉:徐双
@1:15:00 chair: segment next
> 18 segment.enter segment=point1 carry=0
@1:15:20 chair: queue add 王元卓
> 19 queue.add entry=1 person=wangyz as=speech attending=site place=0
@1:15:21 online: queue add 陈俊颖
> 20 queue.add entry=2 person=chen as=speech attending=online place=1
@1:15:22 chair: queue add 张光华
> 21 queue.add entry=3 person=zhanggh as=speech attending=site place=2
@1:15:23 chair: queue add 姚姗姗
> 22 queue.add entry=4 person=yao as=speech attending=site place=3
@1:15:24 chair: queue add 王明宇
> 23 queue.add entry=5 person=wangmy as=speech attending=site place=4
@1:15:25 chair: queue add 魏巍
> 24 queue.add entry=6 person=weiwei as=speech attending=site place=5
@1:15:26 online: queue add 韩英
> 25 queue.add entry=7 person=hanying as=speech attending=online place=6
? queue 1:王元卓:speech 2:陈俊颖:speech:online 3:张光华:speech 4:姚姗姗:speech 5:王明宇:speech 6:魏巍:speech 7:韩英:speech:online
@1:15:40 chair: floor next
> 26 turn.start turn=5 person=wangyz entry=1 as=speech allotted=180000
@1:16:40 dong:scribe: note add 大模型在学术界和产业界被过度关注
> 27 note.add note=3 turn=5 person=wangyz mark=claim text=大模型在学术界和产业界被过度关注
@1:18:10 chair: floor next
> 28 turn.end why=next
> 29 turn.start turn=6 person=chen entry=2 as=speech allotted=180000
@1:19:10 dong:scribe: note add 大语言模型和大图像模型之间并不互通
> 30 note.add note=4 turn=6 person=chen mark=claim text=大语言模型和大图像模型之间并不互通
@1:20:40 chair: floor next
> 31 turn.end why=next
> 32 turn.start turn=7 person=zhanggh entry=3 as=speech allotted=180000
@1:21:40 dong:scribe: note add 训练大模型对普通科研人员有壁垒
> 33 note.add note=5 turn=7 person=zhanggh mark=claim text=训练大模型对普通科研人员有壁垒
@1:23:10 chair: floor next
> 34 turn.end why=next
> 35 turn.start turn=8 person=yao entry=4 as=speech allotted=180000
@1:24:10 dong:scribe: note add ? 认知之外的生成知识如何判断正确性
> 36 note.add note=6 turn=8 person=yao mark=question text=认知之外的生成知识如何判断正确性
@1:25:40 chair: floor next
> 37 turn.end why=next
> 38 turn.start turn=9 person=wangmy entry=5 as=speech allotted=180000
@1:26:40 dong:scribe: note add AI影像辅助阅片已经优于人工阅片
> 39 note.add note=7 turn=9 person=wangmy mark=claim text=AI影像辅助阅片已经优于人工阅片
@1:28:10 chair: floor next
> 40 turn.end why=next
> 41 turn.start turn=10 person=weiwei entry=6 as=speech allotted=180000
@1:29:10 dong:scribe: note add 对自然语言处理、计算机视觉冲击非常大
> 42 note.add note=8 turn=10 person=weiwei mark=claim text=对自然语言处理、计算机视觉冲击非常大
@1:30:40 chair: floor next
> 43 turn.end why=next
> 44 turn.start turn=11 person=hanying entry=7 as=speech allotted=180000
@1:31:40 dong:scribe: note add 虚拟数字人24小时直播带货
> 45 note.add note=9 turn=11 person=hanying mark=claim text=虚拟数字人24小时直播带货
@1:33:10 chair: floor end
> 46 turn.end why=end
? heard 7 spoke, 0 invited unheard
? floor 韩英 ended 2:30 of 3:00
@1:33:40 chair: segment next
> 47 segment.enter segment=award1 carry=0
@1:34:10 chair: award give 王元卓
> 48 award.give segment=award1 recipient=wangyz presenters=["hu","yao"]
@1:34:40 chair: award give 陈俊颖
> 49 award.give segment=award1 recipient=chen presenters=["hu","yao"]
@1:36:10 chair: segment next
> 50 segment.enter segment=point2 carry=0
@1:36:30 chair: queue add 张虎
> 51 queue.add entry=8 person=zhanghu as=speech attending=site place=0
@1:36:31 chair: queue add 宋昌
> 52 queue.add entry=9 person=song as=speech attending=site place=1
@1:36:32 chair: queue add 董云云
> 53 queue.add entry=10 person=dong as=speech attending=site place=2
@1:36:33 online: queue add 陈俊颖
> 54 queue.add entry=11 person=chen as=speech attending=online place=3
? queue 8:张虎:speech 9:宋昌:speech 10:董云云:speech 11:陈俊颖:speech:online
@1:36:50 chair: floor next
> 55 turn.start turn=12 person=zhanghu entry=8 as=speech allotted=180000
@1:37:50 dong:scribe: note add ? 没有开源的条件下,是否应该研究大模型的内部架构
> 56 note.add note=10 turn=12 person=zhanghu mark=question text=没有开源的条件下,是否应该研究大模型的内部架构
@1:39:20 chair: floor next
> 57 turn.end why=next
> 58 turn.start turn=13 person=song entry=9 as=speech allotted=180000
@1:40:20 dong:scribe: note add 要把大模型当作人来看待
> 59 note.add note=11 turn=13 person=song mark=claim text=要把大模型当作人来看待
@1:41:50 chair: floor next
> 60 turn.end why=next
> 61 turn.start turn=14 person=dong entry=10 as=speech allotted=180000
@1:42:50 dong:scribe: note add 可以深入探索模型内部的可解释性
> 62 note.add note=12 turn=14 person=dong mark=claim text=可以深入探索模型内部的可解释性
@1:44:20 chair: floor next
> 63 turn.end why=next
> 64 turn.start turn=15 person=chen entry=11 as=speech allotted=180000
@1:45:20 dong:scribe: note add 使用大模型润色论文存在学术伦理问题
> 65 note.add note=13 turn=15 person=chen mark=claim text=使用大模型润色论文存在学术伦理问题
@1:46:50 chair: floor end
> 66 turn.end why=end
? heard 4 spoke, 0 invited unheard
? floor 陈俊颖 ended 2:30 of 3:00
? talk 陈俊颖 2 5:00
@1:47:20 chair: segment next
> 67 segment.enter segment=award2 carry=0
@1:47:50 chair: award give 张虎
> 68 award.give segment=award2 recipient=zhanghu presenters=["yao","xu"]
@1:48:20 chair: award give 宋昌
> 69 award.give segment=award2 recipient=song presenters=["yao","xu"]
@1:49:50 chair: segment next
> 70 segment.enter segment=point3 carry=0
@1:50:10 chair: queue add 李哲
> 71 queue.add entry=12 person=lizhe as=speech attending=site place=0
@1:50:11 chair: queue add 王明宇
> 72 queue.add entry=13 person=wangmy as=speech attending=site place=1
@1:50:12 online: queue add 许骁哲
> 73 queue.add entry=14 person=xuxz as=speech attending=online place=2
@1:50:13 chair: queue add 翟双姣
> 74 queue.add entry=15 person=zhai as=speech attending=site place=3
@1:50:14 chair: queue add 张国业
> 75 queue.add entry=16 person=zhanggy as=speech attending=site place=4
@1:50:15 chair: queue add 张光华
> 76 queue.add entry=17 person=zhanggh as=speech attending=site place=5
@1:50:16 chair: queue add 李毅
> 77 queue.add entry=18 person=liyi as=speech attending=site place=6
? queue 12:李哲:speech 13:王明宇:speech 14:许骁哲:speech:online 15:翟双姣:speech 16:张国业:speech 17:张光华:speech 18:李毅:speech
@1:50:30 chair: floor next
> 78 turn.start turn=16 person=lizhe entry=12 as=speech allotted=180000
@1:51:30 dong:scribe: note add 预计明年7月份左右算力服务价格会显著下降
> 79 note.add note=14 turn=16 person=lizhe mark=claim text=预计明年7月份左右算力服务价格会显著下降
@1:53:00 chair: floor next
> 80 turn.end why=next
> 81 turn.start turn=17 person=wangmy entry=13 as=speech allotted=180000
@1:54:00 dong:scribe: note add 医疗领域大模型会产生致命的误导
> 82 note.add note=15 turn=17 person=wangmy mark=claim text=医疗领域大模型会产生致命的误导
@1:55:30 chair: floor next
> 83 turn.end why=next
> 84 turn.start turn=18 person=xuxz entry=14 as=speech allotted=180000
@1:56:30 dong:scribe: note add 小模型也能够满足细分领域的研究需求
> 85 note.add note=16 turn=18 person=xuxz mark=claim text=小模型也能够满足细分领域的研究需求
@1:58:00 chair: floor next
> 86 turn.end why=next
> 87 turn.start turn=19 person=zhai entry=15 as=speech allotted=180000
@1:59:00 dong:scribe: note add “它有可能一本正经地胡说八道”
> 88 note.add note=17 turn=19 person=zhai mark=quote text=它有可能一本正经地胡说八道
@2:00:30 chair: floor next
> 89 turn.end why=next
> 90 turn.start turn=20 person=zhanggy entry=16 as=speech allotted=180000
@2:01:30 dong:scribe: note add 只有不到10%可以被采纳
> 91 note.add note=18 turn=20 person=zhanggy mark=claim text=只有不到10%可以被采纳
@2:03:00 chair: floor next
> 92 turn.end why=next
> 93 turn.start turn=21 person=zhanggh entry=17 as=speech allotted=180000
@2:04:00 dong:scribe: note add 测试大模型的能力边界是很好的研究方向
> 94 note.add note=19 turn=21 person=zhanggh mark=claim text=测试大模型的能力边界是很好的研究方向
@2:05:30 chair: floor next
> 95 turn.end why=next
> 96 turn.start turn=22 person=liyi entry=18 as=speech allotted=180000
@2:06:30 dong:scribe: note add 弯道超车的一个机会
> 97 note.add note=20 turn=22 person=liyi mark=claim text=弯道超车的一个机会
@2:08:00 chair: floor end
> 98 turn.end why=end
? heard 7 spoke, 0 invited unheard
? floor 李毅 ended 2:30 of 3:00
@2:08:30 chair: segment next
> 99 segment.enter segment=award3 carry=0
@2:09:00 chair: award give 李哲
> 100 award.give segment=award3 recipient=lizhe presenters=["yao","xu"]
@2:09:30 chair: award give 王明宇
> 101 award.give segment=award3 recipient=wangmy presenters=["yao","xu"]
@2:10:30 chair: segment next
> 102 segment.enter segment=closing carry=0
? next 胡欣宇 speaker
@2:10:35 chair: floor next
> 103 turn.start turn=23 person=hu as=speech allotted=600000
@2:17:10 dong:scribe: note add 多模态场景大模型已成为主流趋势
> 104 note.add note=21 turn=23 person=hu mark=claim text=多模态场景大模型已成为主流趋势
@2:18:50 chair: segment next
> 105 turn.end why=segment
> 106 segment.enter segment=photo carry=0
@2:19:50 chair: mark photo 参会人员合影
> 107 mark.add mark=1 what=photo text=参会人员合影
? offset -1:14:10
? agenda opening:done:10:00 talk1:done:30:00 talk2:done:30:00 award0:done:5:00 point1:done:40:00 award1:done:3:00 point2:done:40:00 award2:done:3:00 point3:done:40:00 award3:done:3:00 closing:done:10:00 photo:running:5:00
? awards award0:冯洋:姚姗姗 award0:王莉:徐双 award1:王元卓:胡欣宇,姚姗姗 award1:陈俊颖:胡欣宇,姚姗姗 award2:张虎:姚姗姗,徐双 award2:宋昌:姚姗姗,徐双 award3:李哲:姚姗姗,徐双 award3:王明宇:姚姗姗,徐双
@2:22:50 chair: session close
> 108 session.close
? talk 姚姗姗 2 7:10
? talk 徐双 1 4:50
? talk 冯洋 1 32:00
? talk 王莉 1 29:10
? talk 胡欣宇 1 8:15
? talk 王明宇 2 5:00
? talk 张光华 2 5:00
? talk 王元卓 1 2:30
? talk 翟双姣 1 2:30
? session closed at 2:22:50
? ends 16:23:50 plan 17:39
