"""Whole documents of every family, written for this test: what must be found in them, what must not, what isn't yet.

A line of FOUND is `directive | deadline = value, … | party role, …`; what is written is what the record must say, no
more and no less, inherited parties left out. KNOWN are lines that don't hold yet, each with its reason.
"""

from __future__ import annotations

import pytest

import docmine
from goldenlines import Line, assert_orders_nothing_of, assert_says, unwanted, wanted

DOCUMENTS = {
    "plan": """松江县2024年秋冬季大气污染综合治理攻坚方案
为持续改善环境空气质量，结合我县实际，制定本方案。
一、重点任务
（一）深入推进散煤治理
1.巩固“双替代”成果。各乡镇（街道）要组织开展“回头看”，10月底前完成复燃隐患排查，发现一户、整改一户。（责任单位：各乡镇人民政府；督导单位：县发改局）
2.严格散煤销售监管。县市场监管局要会同县公安局，对无照经营、流动销售散煤行为依法查处，每半月报送一次查处情况。
（二）强化扬尘管控
建筑工地严格落实“六个百分之百”，做不到的一律停工整改。县住建局负责房屋建筑工地，县交通运输局负责公路工程。城区主次干道机械化清扫率达到95%以上，每日洒水不少于4次。
（三）做好重污染天气应对
预警发布后2小时内，各成员单位要启动应急响应；预警期间实行零报告制度，每日16时前将落实情况报县大气办。
二、保障措施
（一）加强组织领导。成立攻坚行动领导小组，组长由县长担任。
（二）严格督导考核。县大气办每周通报各乡镇空气质量排名，连续两周排名末位的，由县政府分管领导约谈乡镇主要负责人。
各单位要于9月20日前将细化方案报县大气办，联系人：沈卓，电话：5550117。
松江县人民政府办公室
2024年9月10日
""",
    "company minutes": """订单中台迭代评审会纪要
时间：2024-06-12 15:00-16:10
参会：陆遥、顾清、贺知行
一、上次遗留
1. 库存预占超时问题，已上线修复，关闭。
2. 贺知行继续跟，本周五给出方案。
二、本次结论
1. 压测报告由顾清补充数据库侧指标，下周一前发群里。
2. 老接口下线前，各业务方需在 7 月 31 日前完成切换，逾期不再支持。
3. 建议后续引入自动回滚，暂不排期。
三、风险
第三方支付联调环境不稳定，可能影响排期。
@陆遥 会后拉群跟进。
""",
    "speech": """在全县乡村振兴现场推进会上的讲话
（2023年4月26日）
同志们：
今天上午，大家现场观摩了三个村，看了很受启发。刚才，三个乡镇作了交流，讲得都很好。下面，我讲三点意见。
一、看到成绩，更要看到差距
近年来，全县上下齐心协力，取得了明显成效。但也要清醒看到，有的村产业单一，有的项目进展缓慢。
二、突出重点，抓好落实
第一，产业要做强。每个乡镇要选准一到两个主导产业，年底前至少建成一个示范基地。县农业农村局要把技术服务送到田头，不能坐在办公室里等。
第二，底线要守牢。对监测对象要逐户研判，该帮扶的帮扶，决不允许出现规模性返贫。垃圾清运要形成制度，谁主管谁负责。
三、转变作风，强化保障
各级书记要当好“一线总指挥”。县委督查室要每月督查，对工作不力的点名道姓曝光。希望大家拿出实招，撸起袖子加油干。
让我们携起手来，为建设美丽家园而奋斗！
""",
    "hotline sheet": """12345热线工单
工单编号：20240305-0871
来电时间：2024年3月5日 10:22
诉求内容：来电人反映滨河路18号楼下烧烤店夜间排放油烟，此前多次向社区反映未果，希望相关部门尽快处理并回复。
派单意见：请区城管局牵头核实，区生态环境局、滨河街道配合，3月12日前办结并将结果反馈来电人。
办理结果：3月7日，区城管局会同滨河街道现场检查，该店未安装油烟净化设施。已责令该店于3月20日前安装净化设备并通过检测。下一步，我局将加强夜间巡查，防止反弹。
""",
    "letter": """关于请求解决安置房办证问题的信
尊敬的县委领导：
我们是城东安置小区的36户居民。2017年征地时，镇政府承诺两年内办好房产证，可至今已经七年，孩子上学、贷款都受影响。去年10月，信访局要求镇政府一个月内答复，镇政府仍然没有答复。
为此，我们强烈要求：
一、尽快查清办证受阻的原因，并书面告知我们；
二、请县自然资源局在今年6月底前为我们办理不动产登记；
三、追究相关人员不作为的责任。
另外，小区下水道经常堵塞，能不能请住建局来看看？
城东安置小区全体居民
2024年3月18日
""",
    "task table": """整改任务清单
序号\t问题\t整改措施\t责任单位\t责任人\t整改时限\t进展
1\t台账不规范\t1.统一台账模板；2.每月5日前由专人核对\t综合科\t何青\t2024年5月31日\t进行中
2\t应急物资过期\t清点更换应急物资\t安全科、后勤科\t唐可\t5月15日前\t已完成
3\t消防通道堵塞\t立即清理，长期坚持\t物业公司\t\t\t进行中
""",
}

FOUND = {
    "plan": """
        各乡镇（街道）要组织开展“回头看”，10月底前完成复燃隐患排查，发现一户、整改一户 | 10月底前 = 2024-10-31 | 各乡镇（街道） responsible, 各乡镇人民政府 responsible, 县发改局 supervise
        县市场监管局要会同县公安局，对无照经营、流动销售散煤行为依法查处，每半月报送一次查处情况 | 每半月 = FREQ=MONTHLY;BYMONTHDAY=15,-1 | 县市场监管局 responsible, 县公安局 support
        建筑工地严格落实“六个百分之百”，做不到的一律停工整改 | |
        县住建局负责房屋建筑工地 | | 县住建局 responsible
        县交通运输局负责公路工程 | | 县交通运输局 responsible
        预警发布后2小时内，各成员单位要启动应急响应 | 预警发布后2小时内 = 2 hour | 各成员单位 responsible
        预警期间实行零报告制度，每日16时前将落实情况报县大气办 | 每日16时前 = FREQ=DAILY | 县大气办 report_to
        县大气办每周通报各乡镇空气质量排名 | 每周 = FREQ=WEEKLY | 县大气办 responsible
        连续两周排名末位的，由县政府分管领导约谈乡镇主要负责人 | | 县政府分管领导 responsible, 乡镇主要负责人 liable
    """,
    "company minutes": """
        压测报告由顾清补充数据库侧指标，下周一前发群里 | 下周一前 = 2024-06-17 | 顾清 responsible
        建议后续引入自动回滚，暂不排期 | |
        老接口下线前，各业务方需在 7月31日前完成切换，逾期不再支持 | 7月31日前 = 2024-07-31 | 各业务方 responsible
    """,
    "speech": """
        对监测对象要逐户研判，该帮扶的帮扶，决不允许出现规模性返贫 | |
        县委督查室要每月督查，对工作不力的点名道姓曝光 | 每月 = FREQ=MONTHLY | 县委督查室 responsible
        每个乡镇要选准一到两个主导产业，年底前至少建成一个示范基地 | 年底前 = 2023-12-31 | 每个乡镇 responsible
        县农业农村局要把技术服务送到田头，不能坐在办公室里等 | | 县农业农村局 responsible
        各级书记要当好“一线总指挥” | | 各级书记 responsible
    """,
    "hotline sheet": """
        希望相关部门尽快处理并回复 | 尽快 = vague | 相关部门 responsible
        请区城管局牵头核实，区生态环境局、滨河街道配合，3月12日前办结并将结果反馈来电人 | 3月12日前 = 2024-03-12 | 区城管局 lead, 区生态环境局 support, 滨河街道 support
        责令该店于3月20日前安装净化设备并通过检测 | 3月20日前 = 2024-03-20 | 该店 responsible
        下一步，我局将加强夜间巡查，防止反弹 | | 我局 responsible
    """,
    "letter": """
        请县自然资源局在今年6月底前为我们办理不动产登记 | 今年6月底前 = 2024-06-30 | 县自然资源局 responsible
        小区下水道经常堵塞，能不能请住建局来看看 | | 住建局 responsible
    """,
    "task table": """
        统一台账模板 | 2024年5月31日 = 2024-05-31 | 综合科 responsible, 何青 responsible
        每月5日前由专人核对 | 每月5日前 = FREQ=MONTHLY;BYMONTHDAY=5, 2024年5月31日 = 2024-05-31 | 综合科 responsible, 何青 responsible
        立即清理，长期坚持 | 立即 = immediate | 物业公司 responsible
    """,
}

KNOWN = {
    "联系人： silences the whole sentence": (
        "plan",
        "各单位要于9月20日前将细化方案报县大气办，联系人：沈卓，电话：5550117 | 9月20日前 = 2024-09-20 | 各单位 responsible, 县大气办 report_to",
    ),
    "a tagged person doesn't make an item an order": (
        "company minutes",
        "@陆遥 会后拉群跟进 | 会后 = relative | @陆遥 responsible",
    ),
    "谁主管谁负责 is cut off and names 谁主管": (
        "speech",
        "垃圾清运要形成制度，谁主管谁负责 | |",
    ),
    "a demand for liability below a lead-in is missed": (
        "letter",
        "追究相关人员不作为的责任 | | 相关人员 liable",
    ),
}  # fmt: skip

NOT_FOUND = {
    "plan": ["制定本方案"],
    "company minutes": ["已上线修复", "第三方支付"],
    "speech": ["现场观摩", "讲得都很好", "我讲三点意见", "取得了明显成效", "产业单一", "携起手来"],
    "hotline sheet": ["多次向社区反映未果", "未安装油烟净化设施"],
    "letter": ["承诺两年内", "一个月内答复", "36户居民"],
    "task table": ["台账不规范", "进行中"],
}

KNOWN_NOT = {
    "进展 is no column of status: what is done is ordered again": ("task table", "清点更换"),
}


@pytest.mark.parametrize(("name", "line"), wanted(FOUND, KNOWN))
def test_found(name: str, line: Line) -> None:
    assert_says(DOCUMENTS[name], line)


@pytest.mark.parametrize(("name", "words"), unwanted(NOT_FOUND, KNOWN_NOT))
def test_not_found(name: str, words: str) -> None:
    assert_orders_nothing_of(DOCUMENTS[name], words)


def test_the_signature_dates_the_paper() -> None:
    document = docmine.mine_text(DOCUMENTS["plan"]).document
    assert (document.date, document.date_basis) == ("2024-09-10", "signature")


def test_a_cells_date_is_not_the_papers_date() -> None:
    assert docmine.mine_text(DOCUMENTS["task table"]).document.date is None


def test_who_is_addressed_as_everybody_inherits_nobody() -> None:
    record = docmine.mine_text(DOCUMENTS["speech"]).to_dict()
    wish = next(d for d in record["directives"] if "拿出实招" in d["text"])
    assert wish["responsibilities"] == []
