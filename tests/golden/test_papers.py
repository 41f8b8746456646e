"""Official papers, written for this test: what must be found in them, what must not, what isn't yet.

The lines are read as in test_documents.py.
"""

from __future__ import annotations

import pytest

import docmine
from goldenlines import Line, assert_orders_nothing_of, assert_says, known, unwanted, wanted

PAPERS = {
    "minutes": """白沙县人民政府常务会议纪要
〔2022〕9号
2022年8月19日上午，县长蒋立群在县政府二楼会议室主持召开县政府第9次常务会议。现将会议决定事项纪要如下：
一、听取全县中小学校舍安全排查情况汇报
会议听取了县教育局关于全县中小学校舍安全排查情况的汇报。会议决定：
（一）同意县教育局提出的整改方案，由县教育局根据会议意见修改完善后印发实施。
（二）同意从预备费中安排资金260万元，用于3所学校危房拆除重建。县财政局于8月31日前将资金拨付到位，县审计局全程跟踪审计。
（三）县住建局要组织专业机构对加固工程逐一复核，发现质量问题的，责令施工单位限期返工。
二、研究县城停车收费管理办法
会议认为，规范停车收费十分必要。会议明确，县发改局牵头进一步征求意见，9月下旬再次提交常务会议审议；在办法出台前，任何单位不得擅自收费。
三、其他事项
请各参会单位会后抓紧落实，县政府督查室每半月调度一次，年底前专题报告县政府。
列席：县教育局、县住建局、县财政局主要负责同志
""",
    "standing rules": """白沙县小型水库管护制度
第一章 总则
第一条 为加强小型水库安全管理，根据有关规定，制定本制度。
第二条 本制度所称小型水库，是指总库容1000万立方米以下的水库。
第二章 职责
第三条 水库所在地乡镇人民政府是水库安全管理的责任主体，应当明确一名班子成员任行政责任人。
第四条 巡查员应当每日巡查不少于1次；发现险情必须在30分钟内报告乡镇人民政府和县水利局。
第五条 水库管理单位不得擅自超汛限水位蓄水。确需蓄水的，应当提前5个工作日报县防汛指挥部批准。
第六条 县水利局应当自收到申请之日起3个工作日内作出答复。
第三章 罚则
第七条 违反本制度第五条规定的，由县水利局责令限期改正；造成事故的，依法追究有关人员的责任。
第四章 附则
第八条 本制度由县水利局负责解释，自2023年1月1日起施行。
""",
    "news": """全市安全生产视频会议召开
本报讯（记者 许宁）2021年11月3日，全市安全生产视频会议召开。市委副书记、市长邹平出席会议并讲话。
邹平强调，要深刻汲取近期事故教训，始终绷紧安全生产这根弦。各县区要在11月底前完成第一轮排查，建立问题清单。
会议要求，要严格落实领导带班和24小时值班制度，一旦发生险情，第一时间处置、第一时间报告。
市领导何为、唐文参加会议。
""",
    "transfer sheet": """信访事项转送单
县信转〔2023〕118号
县人力资源和社会保障局：
现将罗某等5人反映某建筑公司拖欠工资问题转送你单位，请自收到之日起15日内决定是否受理并告知信访人，处理意见书抄送我局。
联系人：田甜  电话：5550199
白沙县信访局
2023年6月7日
""",
    "traditional": """縣道路交通安全工作會議紀要
2019年5月8日下午，副縣長程遠主持召開會議，研究道路交通安全工作。現紀要如下：
會議要求，縣公安局要於5月底前完成隱患路段排查，並將結果報縣安委辦；縣交通運輸局負責增設標誌標線，6月15日前全部到位。各鄉鎮要發動村組幹部，勸導群眾不乘坐農用車，嚴禁酒後駕駛。
""",
    "script": """全区殡葬改革工作推进会主持词
（2022年3月15日）
同志们：
今天我们召开全区殡葬改革工作推进会。会议有三项议程：一是通报工作进展；二是两个单位表态；三是请潘区长讲话。
现在进行第一项，请民政局通报工作进展情况。
刚才，潘区长作了重要讲话，讲得很好。最后，我再讲两点意见：
一要迅速传达。各单位明天上午下班前要召开专题会议传达会议精神，贯彻情况于3月18日前报区殡改办（电话5550122）。
二要突出重点。民政、公安、林业等部门要按照职责分工，对豪华墓开展集中清理，4月5日清明节前见到明显成效。对工作推进不力的，区委督查室要予以通报。
今天的会就开到这里，散会。
""",
}

FOUND = {
    "minutes": """
        县财政局于8月31日前将资金拨付到位 | 8月31日前 = 2022-08-31 | 县财政局 responsible
        县审计局全程跟踪审计 | | 县审计局 responsible
        县住建局要组织专业机构对加固工程逐一复核，发现质量问题的，责令施工单位限期返工 | 限期 = vague | 县住建局 responsible, 施工单位 responsible
        在办法出台前，任何单位不得擅自收费 | | 任何单位 responsible
        县政府督查室每半月调度一次，年底前专题报告县政府 | 每半月 = FREQ=MONTHLY;BYMONTHDAY=15,-1, 年底前 = 2022-12-31 | 县政府督查室 responsible, 县政府 report_to
        请各参会单位会后抓紧落实 | | 各参会单位 responsible
    """,
    "standing rules": """
        水库所在地乡镇人民政府是水库安全管理的责任主体，应当明确一名班子成员任行政责任人 | | 水库所在地乡镇人民政府 responsible
        巡查员应当每日巡查不少于1次 | 每日 = FREQ=DAILY | 巡查员 responsible
        发现险情必须在30分钟内报告乡镇人民政府和县水利局 | 30分钟内 = 30 minute | 乡镇人民政府 report_to, 县水利局 report_to
        水库管理单位不得擅自超汛限水位蓄水 | | 水库管理单位 responsible
        县水利局应当自收到申请之日起3个工作日内作出答复 | 自收到申请之日起3个工作日内 = 3 workday | 县水利局 responsible
        违反本制度第五条规定的，由县水利局责令限期改正 | 限期 = vague | 县水利局 responsible
        造成事故的，依法追究有关人员的责任 | | 有关人员 liable
    """,
    "news": """
        要深刻汲取近期事故教训，始终绷紧安全生产这根弦 | |
        各县区要在11月底前完成第一轮排查，建立问题清单 | 11月底前 = 2021-11-30 | 各县区 responsible
        要严格落实领导带班和24小时值班制度，一旦发生险情，第一时间处置、第一时间报告 | 第一时间 = immediate, 第一时间 = immediate |
    """,
    "traditional": """
        縣公安局要於5月底前完成隱患路段排查，並將結果報縣安委辦 | 5月底前 = 2019-05-31 | 縣公安局 responsible, 縣安委辦 report_to
        縣交通運輸局負責增設標誌標線，6月15日前全部到位 | 6月15日前 = 2019-06-15 | 縣交通運輸局 responsible
        各鄉鎮要發動村組幹部，勸導群眾不乘坐農用車，嚴禁酒後駕駛 | | 各鄉鎮 responsible
    """,
    "script": """
        各单位明天上午下班前要召开专题会议传达会议精神，贯彻情况于3月18日前报区殡改办（电话5550122） | 明天上午下班前 = 2022-03-16, 3月18日前 = 2022-03-18 | 各单位 responsible, 区殡改办 report_to
        民政、公安、林业等部门要按照职责分工，对豪华墓开展集中清理，4月5日清明节前见到明显成效 | 4月5日清明节前 = 2022-04-05 | 民政、公安、林业等部门 responsible
        对工作推进不力的，区委督查室要予以通报 | | 区委督查室 responsible
    """,
}

KNOWN = {
    "日报 of 工作日报县… hides whom one reports to": (
        "standing rules",
        "确需蓄水的，应当提前5个工作日报县防汛指挥部批准 | 提前5个工作日 = 5 workday | 县防汛指挥部 report_to",
    ),
    "an approval that spends money is missed": (
        "minutes",
        "同意从预备费中安排资金260万元，用于3所学校危房拆除重建 | |",
    ),
    "a meeting that decides passes for whom one reports to": (
        "minutes",
        "县发改局牵头进一步征求意见，9月下旬再次提交常务会议审议 | 9月下旬 = 2022-09-30 | 县发改局 lead",
    ),
}  # fmt: skip

NOT_FOUND = {
    "minutes": ["听取了", "十分必要", "纪要如下", "列席"],
    "standing rules": ["制定本制度", "本制度所称", "负责解释"],
    "news": ["出席会议并讲话", "参加会议"],
    "transfer sheet": ["联系人", "118号"],
    "traditional": ["主持召開"],
    "script": ["召开全区", "通报工作进展", "请潘区长讲话", "讲得很好", "两点意见", "散会"],
}

KINDS = {
    "minutes": "minutes",
    "standing rules": "notice",
    "traditional": "minutes",
    "script": "host_script",
    "transfer sheet": "case",
}


@pytest.mark.parametrize(("name", "line"), wanted(FOUND, KNOWN))
def test_found(name: str, line: Line) -> None:
    assert_says(PAPERS[name], line)


@pytest.mark.parametrize(("name", "words"), unwanted(NOT_FOUND, {}))
def test_not_found(name: str, words: str) -> None:
    assert_orders_nothing_of(PAPERS[name], words)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(name, kind, marks=known("转送单 ends no title") if name == "transfer sheet" else ())
        for name, kind in KINDS.items()
    ],
)
def test_kind(name: str, kind: str) -> None:
    assert docmine.mine_text(PAPERS[name]).document.kind == kind


@known("a speaker is told only by a colon, not by 邹平强调，")
def test_the_speaker_of_news() -> None:
    record = docmine.mine_text(PAPERS["news"]).to_dict()
    order = next(d for d in record["directives"] if "绷紧" in d["text"])
    assert order["speaker"]["name"] == "邹平"
