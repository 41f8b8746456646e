"""Whole sentences of papers, hotlines and companies: every expression marked 【】 limits the work, no other does."""

from __future__ import annotations

import pytest

from timecases import DECEMBER, JUNE, MARCH, found, unmarked, verdicts

DIRECTED = [
    "请综合科于【本周五前】把值班表报办公室，节假日值班表【节前】另报。",
    "各中队要【即日起】对辖区洗车点逐户登记，【3月底前】建立电子台账。",
    "对12345工单，承办单位须在【接到工单后2小时内】联系来电人，【5个工作日内】办结并回访。",
    "施工单位要抢抓晴好天气，力争【4月底】完成路基，【6月底前】铺油。",
    "采购部【下周三前】确认交期，【下月10日前】到货。",
    "由法务部牵头修订合同范本，【3月20日下班前】发各事业部征求意见。",
    "请各园所【每周一】上报晨检数据，发现异常【立即】报告。",
    "责成第三方检测公司【两周后】复测，结果【3日内】公示。",
    "请物业【尽快】更换损坏的门禁，【本月底前】完成全部楼栋。",
    "各渔港要在【台风登陆前】把人员全部撤离上岸。",
    "各村【每天下午5点前】报火情，遇有火情【随时】上报。",
    "初稿由研究室【3月20日前】完成，定稿【月底前】报主任办公会。",
    "运维组应【提前24小时】发布停机公告，并在【停机前2小时】再次提醒。",
    "主管局要在【文件印发后15日内】制定细则。",
    "社区要【每季度】走访独居老人，【每半年】更新一次名册。",
    "【4月20日】、【5月20日前】，各校分别报送第一、二批名单。",
    "供电公司【今晚8点前】恢复供电。",
    "请各位业主【3月15日17:00前】到物业办理登记。",
    "请张工【明天上午下班前】把图纸发群里。",
    "各单位【3月、6月、9月、12月的25日前】报送统计表。",
    "【21天后】由村医复查。",
    "领队【出发前一天】核对名单和证件。",
    "值班人员【每晚23时】关闭景观灯。",
    "【4月5日清明节前】完成公墓周边可燃物清理。",
    "收尾工程【“十四五”末】全部完成。",
    "请各科室【3月9日上午10点前】报送参会人员。",
    "区财政局【收到申请后7个工作日内】拨付到账。",
    "各企业务必于【3月31日前】完成汇算清缴。",
    "报名表【最迟3月24日】交回，过时视为放弃。",
    "【第一时间】救治伤员，【1小时内】上报初报，【24小时内】书面续报。",
    "建设单位要【自批复之日起6个月内】开工。",
    "请信息中心【五一前】完成机房搬迁。",
    "整改时限：【2023年3月31日前】",
    "完成时限：【每月底】",
    "时限要求：【立即】整改",
    "完成时间：【3月底】",
    "截止时间：【3月20日18:00】",
    "各街镇要【限期】清退群租房。",
    "【近期】组织一次沿街店招安全检查。",
    "拟于【4月中旬】完成招标。",
]

ROLLING = [
    (DECEMBER, "请各单位【1月10日前】报送工作总结。", "2025-01-10"),
    (DECEMBER, "各地要于【2月底前】完成换届。", "2025-02-28"),
    (DECEMBER, "我局将于【3月底前】完成整改。", "2025-03-31"),
    (DECEMBER, "要求【11月底前】重新提交。", "2025-11-30"),
    (JUNE, "各地要于【5月底前】完成换届。", "2023-05-31"),
    (JUNE, "各地要于【7月底前】完成换届。", "2022-07-31"),
    (JUNE, "请【4月10日】到校报到。", "2023-04-10"),
]
STAYING = [
    (MARCH, "春节前已兑付农民工工资。", "2023-01-21"),
    (JUNE, "端午节前已走访慰问困难职工。", "2022-06-02"),
    (DECEMBER, "群众代表已于9月6日签字确认。", "2024-09-06"),
    (DECEMBER, "直到8月20日经通知才知情。", "2024-08-20"),
    (DECEMBER, "上半年共接报火警23起。", "2024-06-30"),
    (DECEMBER, "曾于7月牵头召开过协调会。", "2024-07-31"),
    (DECEMBER, "截至11月底，全市已建成充电桩120个。", "2024-11-30"),
    (DECEMBER, "该问题于10月15日整改完毕。", "2024-10-15"),
    (DECEMBER, "9月20日前已完成摸底。", "2024-09-20"),
    (DECEMBER, "3月，我局开展了专项检查。", "2024-03-31"),
    (DECEMBER, "目前，一期工程已于8月底完工。", "2024-08-31"),
    (JUNE, "4月10日，执法人员到现场核查，责令其停工。", "2022-04-10"),
    (JUNE, "该小区1月5日通过验收。", "2022-01-05"),
    (JUNE, "截至5月20日，共排查隐患36处。", "2022-05-20"),
    (JUNE, "上述路灯已于3月底前全部修复。", "2022-03-31"),
    (JUNE, "我中心2月15日收到您的来信。", "2022-02-15"),
]


@pytest.mark.parametrize("sentence", DIRECTED)
def test_deadlines_of_the_sentence(sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert verdicts(sentence, MARCH) == [span.text(text) for span in spans]


@pytest.mark.parametrize(("reference", "sentence", "due"), ROLLING)
def test_a_past_month_moves_where_the_text_directs(reference, sentence: str, due: str) -> None:  # type: ignore[no-untyped-def]
    assert [value for _, value in found(sentence, reference)] == [due]


@pytest.mark.parametrize(("reference", "sentence", "due"), STAYING)
def test_a_past_month_stays_where_the_text_reports(reference, sentence: str, due: str) -> None:  # type: ignore[no-untyped-def]
    assert [value for _, value in found(sentence, reference)] == [due]
