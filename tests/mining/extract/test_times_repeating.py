"""Rhythms of reports, checks and meetings, as RFC 5545 rules (FREQ= left out in the table's keys)."""

from __future__ import annotations

import pytest

from docmine.mining.extract.times import find_times
from timecases import MARCH, Table, expected, found, unmarked

RULES: Table = {
    "DAILY": [
        "网格员【每天】打卡。",
        "保洁【每日】消毒。",
        "门岗【每晚】锁闭侧门。",
        "门岗【每晚23时】锁闭侧门。",
        "门岗【每晚23:00】锁闭侧门。",
        "门岗【每晚11点前】锁闭侧门。",
        "收银【每天下班前】盘点。",
        "值班长【每日17时前】报水位。",
        "值班长【每日上午9点前】报水位。",
        "值班长【每天早上8点前】报水位。",
        "值班长【每天18:00前】报水位。",
        "值班长【每日下午5时前】报水位。",
        "值班长【每日24时前】报水位。",
        "实行【一天】一碰头。",
        "进度【逐日】上墙。",
        "进度【按日】上墙。",
        "厨房【每天早晨】晨检。",
        "厨房【每天中午】留样。",
    ],
    "DAILY;INTERVAL=2": ["【每两天】换一次水。", "【每2天】换一次水。", "【每隔一天】换一次水。"],
    "DAILY;INTERVAL=5": ["【每5天】抽检一次。", "【每五日】抽检一次。"],
    "HOURLY;INTERVAL=4": ["【每4小时】巡更一次。", "【每四小时】巡更一次。", "【每4个小时】巡更一次。"],
    "HOURLY": ["【每小时】巡更一次。", "【每1小时】巡更一次。"],
    "WEEKLY": [
        "【每周】巡店一次。",
        "【每个星期】巡店一次。",
        "【每一周】巡店一次。",
        "【逐周】通报。",
        "【每礼拜】巡店一次。",
    ],
    "WEEKLY;BYDAY=FR": [
        "专班【每周五】碰头。",
        "专班【每周五下午5点前】交周报。",
        "专班【每周五17:00前】交周报。",
        "专班【每周五前】交周报。",
        "专班【每周五下班前】交周报。",
        "专班【每周周五】交周报。",
        "专班【每星期五】交周报。",
        "专班【逢周五】交周报。",
        "专班【每个周五】交周报。",
        "专班【每周五上午】交周报。",
    ],
    "WEEKLY;BYDAY=TU,TH": [
        "【每周二、周四】夜查。",
        "【每周二、四】夜查。",
        "【每周二和周四】夜查。",
        "【每周二及周四】夜查。",
    ],
    "WEEKLY;BYDAY=MO,WE,FR": [
        "【每周一、三、五】清运。",
        "【每周一、周三、周五】清运。",
        "【每周一、周三和周五】清运。",
    ],
    "WEEKLY;BYDAY=SU": ["【每周日】大扫除。", "【每星期日】大扫除。", "【每周日晚】报平安。"],
    "WEEKLY;BYDAY=MO,TU,WE,TH,FR": [
        "【每个工作日】晨会。",
        "【每工作日】晨会。",
        "【每周一至周五】晨会。",
        "【每周一到周五】晨会。",
        "【每个工作日9:00前】打卡。",
    ],
    "WEEKLY;INTERVAL=2": ["【每两周】盘点。", "【每2周】盘点。", "【每隔一周】盘点。", "【每双周】盘点。"],
    "MONTHLY": ["【每月】盘点。", "【每个月】盘点。", "【按月】盘点。", "【逐月】盘点。", "【每一个月】盘点。"],
    "MONTHLY;BYMONTHDAY=28": [
        "各公司【每月28日前】报财务快报。",
        "各公司【每月28日之前】报财务快报。",
        "各公司【每月28号前】报财务快报。",
        "各公司【每月二十八日前】报财务快报。",
        "各公司【每月28日】报财务快报。",
        "各公司【每月的28日前】报财务快报。",
        "各公司【每月28日下班前】报财务快报。",
        "各公司【每月28日17:00前】报财务快报。",
        "各公司【每个月28日前】报财务快报。",
        "各公司【每月２８日前】报财务快报。",
    ],
    "MONTHLY;BYMONTHDAY=5": [
        "各公司【次月5日前】报台账。",
        "各公司【每月5日前】报台账。",
        "各公司【每月结束后5日内】报台账。",
    ],
    "MONTHLY;BYMONTHDAY=10": ["请于【次月10日前】报表。", "请于【每月10号前】报表。"],
    "MONTHLY;BYMONTHDAY=1,15": ["【每月1日、15日】巡检。", "【每月1日和15日】巡检。", "【每月1号、15号】巡检。"],
    "MONTHLY;BYMONTHDAY=-1": [
        "【每月底】盘点。",
        "【每月月底】盘点。",
        "【每月末】盘点。",
        "【每月最后一天】盘点。",
        "【每个月底前】盘点。",
    ],
    "MONTHLY;BYMONTHDAY=15,-1": ["【每半月】对账。", "【每半个月】对账。", "实行【半月】一通报。"],
    "MONTHLY;BYMONTHDAY=10,20,-1": ["【每旬】简报。", "【按旬】简报。"],
    "MONTHLY;BYMONTHDAY=20": ["【每月中旬】简报。"],
    "MONTHLY;BYDAY=3WE": ["【每月第三个周三】开放日。", "【每月第三周周三】开放日。", "【每月第3个星期三】开放日。"],
    "MONTHLY;BYDAY=-1MO": ["【每月最后一个周一】开放日。", "【每月最后一个星期一】开放日。"],
    "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": ["【每月最后一个工作日前】轧账。", "【每月的最后一个工作日】轧账。"],
    "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=5": [
        "【每月第5个工作日前】轧账。",
        "【每月第五个工作日】轧账。",
        "【每月前5个工作日内】轧账。",
    ],
    "MONTHLY;INTERVAL=2": ["【每两个月】轮岗。", "【每2个月】轮岗。", "【每隔一个月】轮岗。"],
    "MONTHLY;INTERVAL=2;BYMONTHDAY=10": ["【逢双月10日】收费。", "【双月10日前】收费。", "【逢双月10日前】收费。"],
    "MONTHLY;INTERVAL=2;BYMONTHDAY=15": ["【逢单月15日】收费。", "【单月15日前】收费。"],
    "MONTHLY;INTERVAL=3": [
        "【每季度】测评。",
        "【每个季度】测评。",
        "【按季】测评。",
        "【每三个月】测评。",
        "【逐季】测评。",
        "【每3个月】测评。",
    ],
    "MONTHLY;INTERVAL=3;BYMONTHDAY=-1": [
        "【每季度末】测评。",
        "【每季度末前】测评。",
        "【每季末】测评。",
        "【每个季度末】测评。",
        "【每季度最后一天】测评。",
    ],
    "MONTHLY;INTERVAL=3;BYMONTHDAY=10": [
        "【每季度首月10日前】报表。",
        "【每季度第一个月10日前】报表。",
        "【每季度结束后10日内】报表。",
    ],
    "MONTHLY;INTERVAL=3;BYMONTHDAY=25": [
        "【每季度末月25日前】报表。",
        "【每季度最后一个月25日前】报表。",
        "【每季度最后一月25日前】报表。",
    ],
    "MONTHLY;INTERVAL=6": ["【每半年】演练。", "【每6个月】演练。", "【每六个月】演练。"],
    "YEARLY": ["【每年】检定。", "【每一年】检定。", "【逐年】检定。", "【每年汛期前】检定。", "【每年春节前】检定。"],
    "YEARLY;INTERVAL=2": ["【每两年】检定一次。", "【每2年】检定一次。"],
    "YEARLY;INTERVAL=3": ["【每三年】检定一次。", "【每3年】检定一次。"],
    "YEARLY;BYMONTH=3;BYMONTHDAY=-1": ["【每年3月底前】公开。", "【每年3月末前】公开。", "【每年三月底前】公开。"],
    "YEARLY;BYMONTH=1;BYMONTHDAY=15": [
        "【每年1月15日前】公开。",
        "【每年一月十五日前】公开。",
        "【每年1月15日之前】公开。",
    ],
    "YEARLY;BYMONTH=6,12;BYMONTHDAY=-1": [
        "【每年6月、12月底前】公开。",
        "【每年6月底、12月底前】公开。",
        "【每年6月和12月底】公开。",
    ],
    "YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25": [
        "【3月、6月、9月、12月的25日前】报表。",
        "【每年3月、6月、9月、12月的25日前】报表。",
        "【每年3、6、9、12月25日前】报表。",
        "【3、6、9、12月的25日前】报表。",
    ],
    "YEARLY;BYMONTH=12;BYMONTHDAY=-1": [
        "【每年年底】公开。",
        "【每年年底前】公开。",
        "【每年末】公开。",
        "【每年12月底前】公开。",
    ],
    "YEARLY;BYMONTH=5": ["【每年5月】公开。", "【每年5月份】公开。"],
}

CLOCKS = [
    ("每晚23时锁门。", "23:00"),
    ("每晚11点前锁门。", "23:00"),
    ("每周五下午5点前交。", "17:00"),
    ("每日上午9点前报。", "09:00"),
    ("每天早上8点前报。", "08:00"),
    ("每月28日17:00前报。", "17:00"),
    ("每天中午12点前报。", "12:00"),
    ("每个工作日9:00前打卡。", "09:00"),
    ("每日24时前报。", "24:00"),
    ("每天下班前报。", None),
]

SEVERAL = [
    ("【每周五】报进展、【每月底前】报小结。", ["WEEKLY;BYDAY=FR", "MONTHLY;BYMONTHDAY=-1"]),
    ("【每天】清扫，【每周】消杀，【每月】评比。", ["DAILY", "WEEKLY", "MONTHLY"]),
    ("【每季度】点评，【每年12月底前】考核。", ["MONTHLY;INTERVAL=3", "YEARLY;BYMONTH=12;BYMONTHDAY=-1"]),
    ("【每月5日、20日前】报送。", ["MONTHLY;BYMONTHDAY=5,20"]),
]


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, group in RULES.items() for s in group])
def test_recurrence(rule: str, sentence: str) -> None:
    assert found(sentence, MARCH) == expected(sentence, rule)


@pytest.mark.parametrize(("sentence", "clock"), CLOCKS)
def test_clock(sentence: str, clock: str | None) -> None:
    (time,) = find_times(unmarked(sentence)[0], MARCH)
    assert (time.kind, time.clock) == ("recurring", clock)


@pytest.mark.parametrize(("sentence", "rules"), SEVERAL)
def test_several_rhythms(sentence: str, rules: list[str]) -> None:
    assert found(sentence, MARCH) == expected(sentence, *rules)
