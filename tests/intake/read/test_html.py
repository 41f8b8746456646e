"""Web pages: the document without the site; tables, list numbers, encodings."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from docmine.errors import EmptyFileError
from docmine.intake.read import read_bytes, read_file
from docmine.intake.read.html import read_html, read_page
from docmine.intake.read.html_main import is_chrome
from docmine.intake.read.html_tree import hidden_selectors
from docmine.schema.document import Reading

NEWS = """<!DOCTYPE html><html><head><title>临江市召开防汛工作调度会_临江市人民政府</title>
<meta name="ArticleTitle" content="临江市召开防汛工作调度会"><meta name="PubDate" content="2023-06-02 09:10">
<style>.phone{display:none} @media print{.right{display:none}}</style></head><body>
<div class="top"><a href="/">首页</a><a href="/zw">政务公开</a><form><input value="关键字"><button>搜索</button></form></div>
<div class="phone">手机版菜单里的长句子，打开客户端查看更多内容。</div>
<div class="bread">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 会议</div>
<div class="wrap"><div class="left"><h3>热点推荐</h3><ul><li><a href="/1">全市经济工作会议召开，部署下半年重点任务</a></li>
<li><a href="/2">我市开展安全生产大检查</a></li></ul></div>
<div class="right"><h2 class="tit">临江市召开防汛工作调度会</h2>
<div class="info"><span>发布时间：2023-06-02 09:10</span> <span>来源：市水利局</span></div>
<div class="fontbox">字体：[大 中 小]</div>
<div class="TRS_Editor"><p>&nbsp;&nbsp;&nbsp;&nbsp;6月1日，市防汛抗旱指挥部召开调度会，
副市长何明出席并讲话。</p><!-- 注释 --><script>var a = "脚本";</script>
<p>　　会议要求，各县区要于6月5日前完成<a href="/x">隐患排查</a>；<br>市水利局要加强监测&amp;预警。</p>
<p>附件：<a href="f.docx">任务分解表.docx</a></p><p align="right">市防汛办<br>2023年6月1日</p></div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div>上一篇：<a href="/3">关于做好迎检工作的通知</a></div><div>【打印本页】【关闭窗口】</div>
<div class="xgxw"><h4>相关新闻</h4><ul><li><a href="/5">我市研究城市更新工作</a></li><li><a href="/6">市领导调研</a></li></ul>
</div></div></div>
<div class="bottom"><p>主办单位：临江市人民政府办公室　联系电话：0531-1234567</p>
<p>网站标识码：3701000001 鲁ICP备05000000号</p><p>版权所有：临江市人民政府</p></div></body></html>"""
NEWS_TEXT = """临江市召开防汛工作调度会
发布时间：2023-06-02 09:10 来源：市水利局
6月1日，市防汛抗旱指挥部召开调度会，副市长何明出席并讲话。
会议要求，各县区要于6月5日前完成隐患排查；
市水利局要加强监测&预警。
附件：任务分解表.docx
市防汛办
2023年6月1日
"""

LETTER = """<html><head><title>问政平台-信件详情</title></head><body><div id="header"><ul><li><a href=/a>首页</a></li>
<li><a href=/b>写信须知</a></li><li><a href=/c>查询</a></li></ul></div><div class="main"><h1>反映小区供暖不热的问题</h1>
<table class="info"><tr><th>信件编号</th><td>WZ20230101</td><th>来信时间</th><td>2023-01-05</td></tr></table>
<div class="letter"><h3>信件内容</h3><div class="con">尊敬的领导：入冬以来室内温度一直不到16度，恳请尽快解决。</div></div>
<div class="reply"><h3>答复内容</h3><div class="comment-con">您好！经核实，循环泵已于1月6日更换，今后将加强巡检。</div></div></div>
<div class="footer">版权所有 © 某市 <a href=/x>联系我们</a> <a href=/y>网站地图</a></div></body></html>"""
LETTER_TEXT = """反映小区供暖不热的问题
信件编号\tWZ20230101\t来信时间\t2023-01-05
信件内容
尊敬的领导：入冬以来室内温度一直不到16度，恳请尽快解决。
答复内容
您好！经核实，循环泵已于1月6日更换，今后将加强巡检。
"""

TABLES_FOR_LAYOUT = """<table width=1000><tr><td colspan=2><a href=/>首页</a>|<a href=/n>新闻</a>|<a href=/m>留言</a></td></tr>
<tr><td width=200><table><tr><td><a href=/1>通知公告</a></td></tr><tr><td><a href=/2>政策法规</a></td></tr></table></td><td>
<table><tr><td align=center><b>关于开展专项整治的通知</b></td></tr><tr><td align=center>日期：2020-3-4　点击：33</td></tr>
<tr><td class=content><p>各科室：</p><p>请于3月10日前报送自查报告，逾期不报的通报批评。</p>
<table border=1><tr><td>单位</td><td>任务</td><td>时限</td></tr>
<tr><td rowspan=2>城管局</td><td>清理占道经营</td><td>3月底前</td></tr><tr><td>拆除违建</td><td>4月底前</td></tr></table>
<p>局办公室</p></td></tr></table></td></tr><tr><td colspan=2>Copyright 2020 某局 版权所有</td></tr></table>"""
LAYOUT_TEXT = """关于开展专项整治的通知
日期：2020-3-4　点击：33
各科室：
请于3月10日前报送自查报告，逾期不报的通报批评。
单位\t任务\t时限
城管局\t清理占道经营\t3月底前
\t拆除违建\t4月底前
局办公室
"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<title>新建文档</title></head><body lang=ZH-CN><div class=WordSection1><p class=MsoNormal><b>工作例会纪要<o:p></o:p></b></p>
<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;</span></span><![endif]>
关于安全生产<span lang=EN-US><o:p></o:p></span></p>
<p style='mso-list:l1 level2 lfo2'><![if !supportLists]><span style='font-family:Wingdings;mso-list:Ignore'>l<span>&nbsp; </span>
</span><![endif]>安监科要每周检查一次。<del>旧文。</del></p></div>
<div style='mso-element:comment-list'>批注：这一句要再斟酌。</div></body></html>"""
WORD_TEXT = "工作例会纪要\n一、关于安全生产\n安监科要每周检查一次。\n"

CHAT = """<div id="js_content" style="visibility: hidden"><p>各单位要认真落实会议精神，确保按期完成。</p></div>
<div>微信扫一扫关注该公众号</div>"""

PAGES = [
    ("news of a site", NEWS, NEWS_TEXT),
    ("letter and reply", LETTER, LETTER_TEXT),
    ("tables for layout", TABLES_FOR_LAYOUT, LAYOUT_TEXT),
    ("Word", WORD, WORD_TEXT),
    ("hidden until a script runs", CHAT, "各单位要认真落实会议精神，确保按期完成。\n"),
    ("plain", "<p>甲要办。</p><p>乙要办。</p>", "甲要办。\n乙要办。\n"),
    ("bare text", "<body>甲要办。<br>乙要办。", "甲要办。\n乙要办。\n"),
    ("only links", '<ul><li><a href="/1">通知一</a></li><li><a href="/2">通知二</a></li></ul>', "通知一\n通知二\n"),
    ("print area", '<div id="print">请于5月底前办结。</div><a href="/">首页</a>', "请于5月底前办结。\n"),
    ("spaces", "<p>请 <b>A\n公司</b>于\n5月\nMay 5\n前办结</p>", "请 A公司于5月May 5前办结\n"),
    ("ruby", "<p>重<ruby>点<rp>(</rp><rt>diǎn</rt></ruby>督办</p>", "重点督办\n"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_the_document_without_the_site(source: str, text: str) -> None:
    reading = read_page(source)
    assert reading.text == text
    assert reading.layout == "paragraphs"
    assert all(block.span.text(text).strip() for block in reading.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_bytes_decide_over_declarations(encoding: str, declared: str) -> None:
    source = NEWS.replace("<head>", f'<head><meta charset="{declared}">') if declared else NEWS
    assert read_html(source.encode(encoding)).text == NEWS_TEXT


def test_a_declaration_of_another_encoding_counts() -> None:
    source = (
        '<html><head><meta charset="windows-1251"></head><body><p>Протокол совещания: подготовить отчёт.</p></body>'
    )
    assert read_html(source.encode("cp1251")).text == "Протокол совещания: подготовить отчёт.\n"


def test_headings_and_blocks() -> None:
    reading = read_page("<h1>纪要</h1><h3>一、议题</h3><p>正文。</p><ul><li>甲<ul><li>乙</li></ul></li></ul>")
    assert [(b.kind, b.level, b.span.text(reading.text)) for b in reading.blocks] == [
        ("heading", 1, "纪要"),
        ("heading", 3, "一、议题"),
        ("paragraph", 0, "正文。"),
        ("list_item", 1, "甲"),
        ("list_item", 2, "乙"),
    ]


EXPORT = '<html><head><meta name="generator" content="LibreOffice 7.4"></head><body>'
LISTS = [
    ("<ol><li>甲<li>乙</ol>", "1.甲\n2.乙\n"),
    ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3.甲\n7.乙\n8.丙\n"),
    ("<ol type=a><li>甲<ol type=I><li>乙</ol></ol>", "a.甲\nI.乙\n"),
    ("<ol reversed><li>甲<li>乙</ol>", "2.甲\n1.乙\n"),
    ('<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>', "一、甲\n二、乙\n"),
    ('<ol style="list-style:none"><li>甲</ol>', "甲\n"),
    ("<ol><li>1、甲<li>2、乙</ol>", "1、甲\n2、乙\n"),  # numbers in the text already
    ("<ol><li>1.5万元</ol>", "1.1.5万元\n"),  # near miss: an amount
    ("<ul><li>甲</ul>", "甲\n"),
    ("<ol><li><p>甲</p><p>续</p></li></ol>", "1.甲\n续\n"),
    # word processors: broken at every paragraph, outer levels opened again without an item
    (EXPORT + "<ol><li>甲</ol><p>文。</p><ol start=2><li>乙</ol>", "一、甲\n文。\n二、乙\n"),
    (
        EXPORT + "<ol><li>甲<ol><li>乙</ol></ol><p>文。</p><ol><ol start=2><li>丙</ol><li>丁</ol>",
        "一、甲\n（一）乙\n文。\n（二）丙\n二、丁\n",
    ),
    (
        EXPORT + "<ol><li>甲</ol><p>文。</p><ol><ol><li>乙<ol><li>丙</ol></ol><li>丁</ol>",
        "一、甲\n文。\n（一）乙\n1.丙\n二、丁\n",
    ),
    (EXPORT + "<ol><li>甲<li>乙</ol><p>文。</p><ol><li>丙</ol>", "1.甲\n2.乙\n文。\n1.丙\n"),  # two lists of one level
    (EXPORT + '<ol type="A"><li>甲<ol type="a"><li>乙</ol></ol>', "A.甲\na.乙\n"),
]


@pytest.mark.parametrize(("source", "text"), LISTS)
def test_list_numbers(source: str, text: str) -> None:
    reading = read_page(source)
    assert reading.text == text
    for block in reading.blocks:
        assert block.span.text(text).startswith(block.marker)


def test_assumed_numbers_are_told() -> None:
    assert [warning.code for warning in read_page(LISTS[11][0]).warnings] == ["numbering_assumed"]
    assert read_page(LISTS[0][0]).warnings == ()


def cells_of(reading: Reading) -> list[tuple[int, int, int, int, str]]:
    return [
        (cell.row, cell.col, cell.rowspan, cell.colspan, cell.span.text(reading.text))
        for table in reading.tables
        for cell in table.cells
    ]


def test_short_cells_are_content_whatever_they_say() -> None:
    """大, 中 and 打印 alone on a line are buttons of a site; in a cell they are values."""
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("大", "清淤"), ("中", "打印"), ("小", "分享")))
    assert read_page(f"<table>{rows}</table><p>打印</p><p>完</p>").text == "大\t清淤\n中\t打印\n小\t分享\n完\n"


def test_table_with_merged_cells() -> None:
    reading = read_page(
        "<table><caption>任务表</caption><thead><tr><th>单位<th>任务<th>时限</thead>"
        "<tr><td rowspan=2>城管局<td>清理<br>占道<td>3月<tr><td>拆违<td>4月<tr><td colspan=2>合计<td rowspan=9>年内</table>"
    )
    assert reading.text == "任务表\n单位\t任务\t时限\n城管局\t清理\n占道\t3月\n\t拆违\t4月\n合计\t年内\n"
    assert reading.tables[0].header_rows == 1
    assert cells_of(reading) == [
        (0, 0, 1, 1, "单位"), (0, 1, 1, 1, "任务"), (0, 2, 1, 1, "时限"),
        (1, 0, 2, 1, "城管局"), (1, 1, 1, 1, "清理\n占道"), (1, 2, 1, 1, "3月"),
        (2, 1, 1, 1, "拆违"), (2, 2, 1, 1, "4月"),
        (3, 0, 1, 2, "合计"), (3, 2, 1, 1, "年内"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "<pre>纪要\n一、请于5月\n底前办结。</pre>",
        '<div style="white-space:pre-wrap">纪要\n一、请于5月\n底前办结。</div>',
    ],
)
def test_preformatted_pages_keep_their_lines(source: str) -> None:
    reading = read_page(source)
    assert reading.text == "纪要\n一、请于5月\n底前办结。\n"
    assert reading.layout == "lines"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("【打印本页】【关闭窗口】", True),
        ("上一篇：关于做好迎检工作的通知", True),
        ("当前位置：首页 > 政务公开", True),
        ("版权所有：某市人民政府", True),
        ("字体：[大 中 小]", True),
        ("浏览次数：35次", True),
        # near misses: sentences of documents
        ("打印店占道经营问题，请城管局核查。", False),
        ("位置：东苑小区北门", True),
        ("关闭窗口期内未申报的企业。", False),
        ("大中小企业要一视同仁", False),
        ("相关文件要于会后3日内印发", False),
        ("首页标题要醒目", False),
    ],
)
def test_lines_of_the_site(line: str, expected: bool) -> None:
    assert is_chrome(line) is expected


def test_style_sheets_hide() -> None:
    css = "/* x */ .a, p.b {display: none} #c{visibility:hidden;} .d .e{display:none} @media print{.f{display:none}} .g{color:red}"
    assert hidden_selectors(css) == {".a", ".b", "#c"}


@pytest.mark.parametrize(
    "source", ["<html></html>", "<body><script>x</script></body>", "<frameset><frame src=a></frameset>"]
)
def test_empty_pages(source: str) -> None:
    with pytest.raises(EmptyFileError):
        read_page(source)


def test_deep_pages_are_read() -> None:
    assert read_page("<div>" * 10_000 + "请于5月底前办结。").text == "请于5月底前办结。\n"
    assert "办结" in read_page("<table><tr><td>" * 2_000 + "请于5月底前办结。").text


def test_web_archive() -> None:
    quoted = "".join(f"={byte:02X}" for byte in "请于5月底前办结。".encode("gbk"))
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="XX"\r\n\r\n--XX\r\n'
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        f"<html><body><p>{quoted}</p>\r\n--XX--\r\n"
    )
    reading = read_bytes(archive.encode(), name="通知.doc")
    assert reading.text == "请于5月底前办结。\n"
    assert (reading.reader, reading.media_type) == ("mhtml", "multipart/related")
    assert [warning.code for warning in reading.warnings] == ["wrong_extension"]


def distance(mine: str, truth: str) -> float:
    """Differing characters as a share of the truth's, white space aside."""
    a, b = (re.sub(r"\s+", "", text) for text in (mine, truth))
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    wrong = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal")
    return wrong / len(b)


@pytest.mark.parametrize("name", ["gov_gb2312decl", "gov_gbk_nodecl", "gov_wrongdecl", "minutes"])
def test_shared_samples(shared: Path, name: str) -> None:
    reading = read_file(shared / "formats" / f"{name}.html")
    truth = (shared / "formats" / "minutes.gt.txt").read_text(encoding="utf-8")
    assert distance(reading.text, truth) <= 0.002
    assert len(reading.tables) == 1
    assert max(cell.row for cell in reading.tables[0].cells) == 60
    assert all(cell.span.text(reading.text) for cell in reading.tables[0].cells)
