"""Which events an anchor of the caller's dates."""

from __future__ import annotations

import pytest

from docmine.rulebook.anchors import anchor_for, bare_event, is_same_event


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("接件", "接件"),
        ("接件之日", "接件"),
        ("自接件之日起", "接件"),
        ("接报之时", "接报"),
        ("会后", "会"),
        ("汛前", "汛"),
        ("受理当日", "受理"),
        ("　接 件", "接 件"),
        ("接件日 ", "接件"),
        ("收件後", "收件"),
        ("日", "日"),
        ("自", "自"),
        ("", ""),
    ],
)
def test_what_adds_nothing_is_left_off(word: str, bare: str) -> None:
    assert bare_event(word) == bare


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("接件", "接件"),
        ("接件之日", "接件"),
        ("会议", "会"),
        ("会后", "本次会议"),
        ("本次会议", "会议结束"),
        ("受理", "受理申请"),
        ("办结", "案件办结"),
        ("通知", "接到通知"),
        ("验收", "项目验收合格"),
        ("收到接件通知", "接件通知"),
        ("T", "T"),
        ("汛前", "汛"),
    ],
)
def test_an_anchor_dates(key: str, event: str) -> None:
    assert anchor_for(event, ["别的", key]) == key


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("接", "接件"),
        ("件", "接报"),
        ("件", "接件"),
        ("会", "接会"),
        ("收件", "接件"),
        ("会议", "接件"),
        ("接件", "件"),
    ],
)
def test_an_anchor_does_not_date(key: str, event: str) -> None:
    assert anchor_for(event, [key]) is None


@pytest.mark.parametrize(
    ("keys", "event", "best"),
    [
        (["接件通知", "接件"], "接件", "接件"),
        (["整改", "整改完成"], "整改完成后", "整改完成"),
        (["会议通知", "会"], "会议", "会"),
        (["申请", "受理申请材料"], "受理申请材料齐全", "受理申请材料"),
        ([], "接件", None),
    ],
)
def test_the_closest_counts(keys: list[str], event: str, best: str | None) -> None:
    assert anchor_for(event, keys) == best
    assert anchor_for(event, keys[::-1]) == best


@pytest.mark.parametrize(
    ("one", "other", "same"), [("接件", "接件之日", True), ("会", "会议", True), ("受理", "受理申请", False)]
)
def test_keys_of_one_event(one: str, other: str, same: bool) -> None:
    assert is_same_event(one, other) is same
