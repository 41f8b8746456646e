"""Sections that only say by when: 二、报送时间 / 11月10日前."""

from __future__ import annotations

import pytest

import docmine

NOTICE = """关于报送年度统计年报的通知

各单位：

一、报送内容

各单位要如实填报统计报表。

二、{title}

{limit}

三、联系方式

联系电话见附件。

江平市统计局
2021年10月8日
"""


@pytest.mark.parametrize(
    ("title", "limit", "due"),
    [
        ("报送时间", "2021年11月10日前。", ["2021-11-10"]),
        ("材料提交截止日期", "11月10日17:00前。", ["2021-11-10T17:00"]),
        ("报名时间", "10月11日至10月20日。", ["2021-10-20"]),
        ("活动时间", "2021年11月10日。", []),
        ("报送时间", "上次于2021年9月10日报送。", []),
        ("工作内容", "2021年11月10日前。", []),
    ],
)
def test_a_limit_under_its_title_is_found(title: str, limit: str, due: list[str]) -> None:
    record = docmine.mine_text(NOTICE.format(title=title, limit=limit))
    assert [deadline.due for deadline in record.deadlines] == due


def test_the_line_is_a_directive_of_its_own() -> None:
    record = docmine.mine_text(NOTICE.format(title="报送时间", limit="2021年11月10日前。"))
    (directive,) = [d for d in record.directives if d.deadlines]
    assert (directive.text, directive.force) == ("2021年11月10日前", "obligation")
    assert "title.due" in [reason.rule for reason in directive.evidence]
