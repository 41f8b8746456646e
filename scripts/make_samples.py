#!/usr/bin/env python3
"""Writes the sample documents that aren't plain UTF-8: docx, PDF and GB18030 text.

    python scripts/make_samples.py [FOLDER]

The others in `samples/` are edited by hand. The same bytes come out each time, so that a change shows in review.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

MINUTES = [
    ("title", "青河市安全生产专题会议纪要"),
    ("center", "〔2024〕7号"),
    (
        "body",
        "2024年4月9日下午，副市长孙立群在市政府三楼会议室主持召开安全生产专题会议，研究部署“五一”节前安全防范工作。"
        "市应急管理局、市消防救援支队、市住建局、市文旅局及各县区分管负责同志参加会议。现将会议议定事项纪要如下：",
    ),
    ("heading", "开展隐患排查"),
    (
        "body",
        "会议听取了市应急管理局关于一季度安全生产形势的汇报。会议指出，一季度全市未发生较大以上事故，但建筑施工、"
        "人员密集场所等领域风险仍然突出。",
    ),
    ("item", "由市应急管理局牵头，市消防救援支队配合，于4月25日前完成对商场、影院、医院等人员密集场所的全面检查。"),
    ("item", "市住建局要督促施工单位对起重机械、深基坑逐一建档，发现问题限期整改，整改不到位的不得复工。"),
    ("item", "市文旅局负责景区游乐设施安全检查，4月28日前将检查情况报市政府办公室。"),
    ("heading", "强化应急准备"),
    ("item", "各县区要严格落实领导带班和24小时值班制度，每日17时前报送值班信息。"),
    ("item", "市消防救援支队应当在节前组织一次跨区域应急演练。"),
    ("heading", "严肃责任追究"),
    (
        "body",
        "会议要求，市安委办要加强督导检查，每半月通报一次进展。对工作不力、造成后果的，依法依规追究有关单位和人员责任。",
    ),
    ("tail", "青河市人民政府办公室"),
    ("tail", "2024年4月11日"),
]

PLAN = [
    ("title", "云台区老旧小区改造工作部署会讲话"),
    ("center", "（2024年2月26日）"),
    ("body", "同志们："),
    (
        "body",
        "这次会议的主要任务，是总结去年工作，部署今年的老旧小区改造任务。去年，全区完成了21个小区的改造，惠及居民4300户。",
    ),
    ("heading", "抓紧开工"),
    ("body", "区住建局要在3月15日前完成施工招标，力争3月底全面开工。各街道办事处要主动入户征求意见，不能替群众作主。"),
    ("heading", "确保质量"),
    (
        "body",
        "施工单位必须严格按图施工，隐蔽工程未经验收的，严禁进入下一道工序。区质监站负责全过程监督，每周巡查不少于两次。",
    ),
    ("heading", "按期完成"),
    (
        "body",
        "今年的改造任务要在10月底前全部完工。鼓励有条件的小区加装电梯。区财政局要保障资金，于每季度末拨付工程款。",
    ),
]
TASKS = [
    ("工作任务", "牵头单位", "配合单位", "完成时限"),
    ("完成12个小区雨污分流改造", "区住建局", "区水务局", "2024年8月31日前"),
    ("更换老化燃气管线6.5公里", "区燃气公司", "各街道办事处", "9月底前"),
    ("新增停车位800个", "区城管局", "区交警大队", "2024年10月20日前"),
]

LETTER = """尊敬的区领导：
我是云台区柳岸花园的业主，代表3号楼的46户居民反映以下问题。
2023年11月，小区北侧的物流园开始夜间装卸货物，大型货车彻夜进出，噪音很大，老人孩子无法休息。我们曾于2023年12月向街道反映，
工作人员答应一个月内解决，至今没有结果。今年1月，物流园又在围墙边堆放废旧轮胎，气味刺鼻，存在火灾隐患。
为此，我们请求：
一、责令物流园停止夜间22时至次日6时的装卸作业；
二、尽快清运堆放的废旧轮胎；
三、请区生态环境局对噪声进行监测，并向居民公布结果。
能否在小区北侧加装隔音屏障？盼望早日答复。
此致
敬礼
柳岸花园3号楼居民代表　王**
2024年3月5日
"""

REPLY = [
    "关于柳岸花园居民反映问题的答复意见书",
    "云信复〔2024〕31号",
    "王某某等同志：",
    "您反映的“物流园夜间噪声扰民、堆放废旧轮胎”的信访事项，我局于2024年3月8日受理。经调查核实，现答复如下：",
    "一、关于夜间噪声问题。经查，反映情况属实。3月20日，我局对物流园夜间噪声进行了监测，超标4分贝。我局已责令该公司于4月15日前"
    "完成降噪整改，整改期间不得在22时至次日6时进行装卸作业。",
    "二、关于堆放废旧轮胎问题。经查，反映情况部分属实。该公司已清运轮胎12吨，剩余部分将于3月底前清运完毕。",
    "三、关于加装隔音屏障的建议。我局将会同区住建局、柳岸街道办事处研究论证，并于5月31日前向居民代表反馈结果。",
    "下一步，我局将加强日常巡查，每月对该区域开展一次噪声监测，防止问题反弹。",
    "如对本答复意见不服，可自收到本答复意见之日起30日内向云台区人民政府申请复查。",
    "云台区生态环境局",
    "2024年4月2日",
]


def main() -> None:
    """Write the samples."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "02_安全生产专题会议纪要.docx").write_bytes(docx(MINUTES))
    (folder / "05_居民来信.txt").write_bytes(LETTER.encode("gb18030"))
    (folder / "07_信访答复意见书.pdf").write_bytes(pdf(REPLY))
    (folder / "08_老旧小区改造讲话.docx").write_bytes(docx(PLAN, TASKS))


def docx(paragraphs: list[tuple[str, str]], table: list[tuple[str, ...]] | None = None) -> bytes:
    """A Word document with automatic numbers (一、 and 1.), and a table at its end."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = Document()
    levels = _numbering(document)
    for kind, text in paragraphs:
        paragraph = document.add_paragraph(text)
        if kind in ("title", "center"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif kind == "tail":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif kind in levels:
            _number(paragraph, levels[kind])
        if kind == "title":
            paragraph.runs[0].bold = True
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]), style="Table Grid")
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return _fixed_times(buffer.getvalue())


def _numbering(document: object) -> dict[str, int]:
    """Adds a list whose first level counts 一、二、 and whose second counts 1. 2.; returns level numbers by kind."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
        "</w:abstractNum>"
    )
    first_num = next((i for i, e in enumerate(numbering) if e.tag.endswith("}num")), len(numbering))
    numbering.insert(first_num, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    return {"heading": 0, "item": 1}


def _number(paragraph: object, level: int) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))


def _fixed_times(data: bytes) -> bytes:
    """The same zip with one fixed time on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pdf(paragraphs: list[str]) -> bytes:
    """A PDF of flowing paragraphs, title first."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=14, leading=26, firstLineIndent=28, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=18, alignment=1, firstLineIndent=0)
    right = ParagraphStyle("right", parent=body, alignment=2)
    styles = [title, ParagraphStyle("number", parent=title, fontSize=12)] + [body] * (len(paragraphs) - 4) + [right] * 2
    buffer = io.BytesIO()
    story = [Paragraph(text, style) for text, style in zip(paragraphs, styles, strict=True)]
    story.insert(1, Spacer(1, 6))
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, title=paragraphs[0]).build(story)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
