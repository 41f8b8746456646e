"""Markdown: nothing is rendered, offsets point into the source."""

from __future__ import annotations

from itertools import pairwise

import pytest

from docmine.intake.read import read_bytes
from docmine.intake.read.markdown import parse_markdown, read_markdown
from docmine.schema.document import Reading

SOURCE = """\
---
date: 2024-05-06
---
# 周例会纪要 #

参会：张三、李四
记录：王五

1. 请李四更新文档。
   补充说明。
   - 校对一遍
2) 请张三发版
* [ ] 修复登录 @张三 2024-05-10
* [x] 清理旧分支 @李四

> 引用的话。

下周安排
--------

| 任务 | 责任人 | 时限 |
|:-----|:------:|-----:|
| 修\\|改 | `a|b` | 5月10日 |
| 回访 |  | 尽快 |

```sh
# 不是标题
```
***
[1]: https://example.org/a
<!-- 草稿 -->
"""


def marked(reading: Reading) -> list[tuple[str, int, str, str]]:
    return [(b.kind, b.level, b.marker, b.span.text(reading.text)) for b in reading.blocks]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_text_is_the_file(line_end: str, encoding: str) -> None:
    source = SOURCE.replace("\n", line_end)
    reading = read_bytes(source.encode(encoding), name="例会.md")
    assert reading.text == source
    assert reading.reader == "markdown"
    assert reading.layout == "paragraphs"


def test_blocks() -> None:
    assert marked(read_markdown(SOURCE.encode())) == [
        ("boilerplate", 0, "", "---"),
        ("paragraph", 0, "", "date: 2024-05-06"),
        ("boilerplate", 0, "", "---"),
        ("heading", 1, "", "周例会纪要"),
        ("paragraph", 0, "", "参会：张三、李四"),
        ("paragraph", 0, "", "记录：王五"),
        ("list_item", 1, "1.", "1. 请李四更新文档。"),
        ("list_item", 1, "", "补充说明。"),
        ("list_item", 2, "", "校对一遍"),
        ("list_item", 1, "2)", "2) 请张三发版"),
        ("list_item", 1, "[ ]", "[ ] 修复登录 @张三 2024-05-10"),
        ("list_item", 1, "[x]", "[x] 清理旧分支 @李四"),
        ("paragraph", 0, "", "引用的话。"),
        ("heading", 2, "", "下周安排"),
        ("boilerplate", 0, "", "--------"),
        ("paragraph", 0, "", "任务"),
        ("paragraph", 0, "", "责任人"),
        ("paragraph", 0, "", "时限"),
        ("boilerplate", 0, "", "|:-----|:------:|-----:|"),
        ("paragraph", 0, "", "修\\|改"),
        ("paragraph", 0, "", "`a|b`"),
        ("paragraph", 0, "", "5月10日"),
        ("paragraph", 0, "", "回访"),
        ("paragraph", 0, "", "尽快"),
        ("boilerplate", 0, "", "```sh"),
        ("paragraph", 0, "", "# 不是标题"),
        ("boilerplate", 0, "", "```"),
        ("boilerplate", 0, "", "***"),
        ("boilerplate", 0, "", "[1]: https://example.org/a"),
        ("boilerplate", 0, "", "<!-- 草稿 -->"),
    ]


def test_table() -> None:
    reading = read_markdown(SOURCE.encode())
    (table,) = reading.tables
    assert table.header_rows == 1
    assert [(cell.row, cell.col, cell.span.text(reading.text)) for cell in table.cells] == [
        (0, 0, "任务"), (0, 1, "责任人"), (0, 2, "时限"),
        (1, 0, "修\\|改"), (1, 1, "`a|b`"), (1, 2, "5月10日"),
        (2, 0, "回访"), (2, 1, ""), (2, 2, "尽快"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("#标签 不是标题\n", ["paragraph"]),
        ("####### 七级不是标题\n", ["paragraph"]),
        ("-5℃以下停工\n", ["paragraph"]),
        ("**重点**：今天办完\n", ["paragraph"]),
        ("1.5万元\n", ["paragraph"]),
        ("2024. 是年份\n", ["list_item"]),
        ("各单位要于5月底前完成整改，逐项销号。\n---\n", ["paragraph", "boilerplate"]),  # a rule, no heading
        ("甲|乙\n丙|丁\n", ["paragraph", "paragraph"]),  # no rule under the head: no table
        ("甲|乙\n---|---|---\n", ["paragraph", "paragraph"]),  # the rule has other columns
        ("~~~\n- 甲\n", ["boilerplate", "paragraph"]),  # a fence without an end
    ],
)
def test_near_misses(source: str, kinds: list[str]) -> None:
    blocks, tables, _ = parse_markdown(source)
    assert [block.kind for block in blocks] == kinds
    assert not tables


def test_lines_cut_at_a_width_make_one_paragraph() -> None:
    lines = [
        "会议要求，各县区和市直有关部门要切实提高政治站位，加强组织领",
        "导，压紧压实责任，对照问题清单逐项整改，确保按照规定的时限要",
    ] * 3
    source = "# 通报\n\n" + "\n".join([*lines, "求全部销号。"]) + "\n"
    reading = read_markdown(source.encode())
    assert [block.kind for block in reading.blocks] == ["heading", "paragraph"]
    assert reading.layout == "lines"


def test_blocks_are_sorted_and_apart() -> None:
    blocks, _, _ = parse_markdown(SOURCE * 3)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
