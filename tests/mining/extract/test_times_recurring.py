"""What repeats, as RFC 5545 rules (FREQ= left out in the table's keys)."""

from __future__ import annotations

import pytest

from docmine.mining.extract.times import find_times
from timecases import REFERENCE, found, unmarked

RULES = {
    "DAILY": [
        "【每天】巡查一次。",
        "【每日】报送。",
        "【每晚】不定时巡查。",
        "建议【每天晚上】扫描。",
        "各乡镇【每天下班前】报送进度。",
        "【每日下班前】报送。",
        "【每日17:00前】报送。",
        "【每天上午】巡查。",
        "实行【一日】一调度。",
        "【每天早晚】各巡查一次。",
        "【逐日】通报。",
    ],
    "WEEKLY": [
        "【每周】至少带队检查一次。",
        "【每周】调度。",
        "实行【一周】一通报。",
        "【按周】调度。",
        "【每星期】巡查一次。",
        "【每个星期】巡查一次。",
    ],
    "WEEKLY;BYDAY=FR": [
        "【每周五】报送。",
        "各课题组【每周五下班前】完成自查。",
        "【每周五17:00前】报送。",
        "【每周星期五】报送。",
        "【每逢周五】大扫除。",
        "【每星期五前】报送。",
    ],
    "WEEKLY;BYDAY=MO": ["指挥部办公室【每周一】出一期通报。"],
    "WEEKLY;BYDAY=MO,WE,FR": ["【每周一、三、五】报送。", "【每周一、周三、周五】报送。"],
    "WEEKLY;BYDAY=TU,TH": ["【每周二和周四】接访。"],
    "WEEKLY;BYDAY=MO,TU,WE,TH,FR": ["【每周一至周五】巡查。", "【每个工作日】报送。", "【每工作日】报送。"],
    "WEEKLY;INTERVAL=2": [
        "【每两周】入户检查一次。",
        "【每2周】检查一次。",
        "【每双周】检查一次。",
        "【每隔一周】检查一次。",
        "【每两个星期】检查一次。",
    ],
    "WEEKLY;INTERVAL=2;BYDAY=WE": ["【每两周的周三】召开例会。"],
    "MONTHLY": ["【每月】清洗一次净化设施。", "【每个月】调度一次。", "【按月】报送进展。", "实行【一月】一通报。"],
    "MONTHLY;BYMONTHDAY=5": [
        "【每月5日前】报送。",
        "【每个月5日之前】报送。",
        "【每月五日前】报送。",
        "【每月5号前】报送。",
        "各单位于【次月5日前】报送。",
    ],
    "MONTHLY;BYMONTHDAY=25": ["区森防办【每月25日前】通报一次。", "【每月25日】通报。", "【每月二十五日】通报。"],
    "MONTHLY;BYMONTHDAY=-1": ["【每月底】报送。", "【每月末】报送。", "【每月月底前】报送。", "【每月底前】报送。"],
    "MONTHLY;BYMONTHDAY=10,20": ["【每月10日、20日】报送。", "【每月10日和20日前】报送。"],
    "MONTHLY;BYMONTHDAY=10": ["【每月上旬】报送。"],
    "MONTHLY;INTERVAL=2": ["【每两个月】召开一次调度会。", "【每2个月】召开一次。", "【每隔一个月】召开一次。"],
    "MONTHLY;INTERVAL=2;BYMONTHDAY=10": ["【逢双月10日】报送。", "【每逢双月10日前】报送。", "【双月10日前】报送。"],
    "MONTHLY;INTERVAL=3": [
        "【每季度】组织一次明察暗访。",
        "【每个季度】通报一次。",
        "【每三个月】评估一次。",
        "【按季度】通报。",
        "【每季】通报一次。",
    ],
    "MONTHLY;INTERVAL=3;BYMONTHDAY=-1": ["【每季度末】报送总结。", "【每季度末前】报送总结。", "【每季末】报送。"],
    "MONTHLY;INTERVAL=3;BYMONTHDAY=10": ["【每季度首月10日前】报送。", "【每季度第一个月10日前】报送。"],
    "MONTHLY;INTERVAL=6": ["【每半年】开展一次演练。", "【每6个月】体检一次。"],
    "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1": ["【每月最后一个工作日】报送。", "【每月最后一个工作日前】报送。"],
    "MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1": ["【每月第一个工作日】报送。"],
    "MONTHLY;BYDAY=1MO": ["【每月第一个周一】接访。", "【每月第一周周一】接访。"],
    "MONTHLY;BYDAY=-1FR": ["【每月最后一个周五】检查。"],
    "MONTHLY;BYMONTHDAY=15,-1": ["【每半月】通报一次。", "【每半个月】通报一次。"],
    "MONTHLY;BYMONTHDAY=10,20,-1": ["【每旬】报送一次。"],
    "YEARLY": ["【每年】体检一次。", "【每年】至少组织一次演练。"],
    "YEARLY;BYMONTH=6;BYMONTHDAY=-1": ["【每年6月底前】上报。", "【每年6月底】上报。"],
    "YEARLY;BYMONTH=12;BYMONTHDAY=-1": ["【每年年底前】述职。", "【每年底】述职。"],
    "YEARLY;BYMONTH=3,9": ["【每年3月和9月】组织检查。"],
    "YEARLY;BYMONTH=12;BYMONTHDAY=10": ["【每年12月10日前】报送年度总结。"],
    "DAILY;INTERVAL=10": ["【每10天】调度一次。", "【每十天】调度一次。"],
    "DAILY;INTERVAL=3": ["【每三天】清运一次。", "【每3日】清运一次。", "【每隔两天】清运一次。"],
    "HOURLY;INTERVAL=2": ["【每2小时】报告一次水位。", "【每两小时】报告一次水位。"],
    "HOURLY": ["【每小时】报告一次水位。"],
}

NOT_RECURRING = [
    "每级政府、每名干部、每件案件。",
    "每月均值、每日均产、每年均增长。",
    "定期巡查，经常检查，常态化开展。",
    "按日程安排，按周期轮换。",
    "每亩每年租金800元。".replace("每年", ""),
    "每周边地区。",
    "每天井一处。".replace("每天井", "天井"),
]


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, rows in RULES.items() for s in rows])
def test_recurrence(rule: str, sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert found(sentence) == [(spans[0].text(text), rule)]


@pytest.mark.parametrize("sentence", NOT_RECURRING)
def test_nothing_repeats(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "clock"),
    [("每日17:00前报送。", "17:00"), ("每周五下午5点前报送。", "17:00"), ("每天下班前报送。", None)],
)
def test_clock(sentence: str, clock: str | None) -> None:
    assert find_times(sentence, REFERENCE)[0].clock == clock


def test_two_rhythms_in_one_sentence() -> None:
    assert [t.recurrence for t in find_times("发现养殖每天巡查，每月将记录报县河长办。", REFERENCE)] == [
        "FREQ=DAILY",
        "FREQ=MONTHLY",
    ]
