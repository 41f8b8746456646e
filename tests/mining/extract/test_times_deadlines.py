"""Which expressions limit a directive. What is marked 【】 is a deadline, everything else in the sentence is none."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from docmine.errors import RuleError
from docmine.mining.extract.times import find_times, is_deadline
from docmine.rulebook import verdicts as rulefile
from docmine.rulebook.folding import fold
from docmine.schema.findings import Reference
from docmine.schema.spans import Span
from timecases import unmarked, verdicts

DEADLINES = [
    "各县（市、区）于【2021年10月15日18时前】将自查报告发送至邮箱。",
    "会议决定，【10月底前】由市住建局牵头完成老旧小区摸底，【11月15日前】报市政府常务会议研究。",
    "市财政局要在【9月25日前】下达资金，市住建局要在【资金下达后10日内】拨付到位。",
    "重大事项要在【事发后30分钟内】电话报告、【1小时内】书面报告。",
    "力争【9月底前】启动、【年内】开工、【明年6月底前】主体封顶、【2023年底前】全面建成投用。",
    "各责任单位【每月最后一个周五前】报送进展情况，专班【每两周】调度一次、【每月】通报一次。",
    "修改完善后于【10月中旬】报市政府审定。",
    "领导小组办公室计划【10月上旬】组织验收。",
    "并分别于【9月底】、【12月底】报送阶段小结。",
    "山区乡镇【最迟10月25日】收尾。",
    "完成时间：【10月25日】",
    "整改时限：【2021年12月】",
    "截止日期：【10月31日】",
    "督查验收阶段（【10月】）由市政府组成3个督查组开展检查。",
    "集中整治阶段（【10月-12月】）对排查出的问题逐一整改。",
    "并在【10月19日】meetup讨论标准。",
    "建议再提交一个议题在【10月19日】的meetup进行进一步讨论。",
    "请张三【本周内】输出方案，【下周三】例会评审。",
    "【今天晚上】就把会议精神传达到村。",
    "承办单位要在规定的期限内（一般为【7日内】）办结并书面答复。",
    "办理时限【不得超过15个工作日】。",
    "工程须于【本月28日前】完工，【下月5日前】验收。",
    "【即日起】实行日报告制度，各乡镇【每天下班前】把进度报指挥部。",
    "要【第一时间】督办、【第一时间】问责、【第一时间】反馈。",
    "务必赶在【封冻之前】完成。",
    "自【10月8日起】停止老市场一切交易活动。".replace("自【", "【自"),
    "盼【尽快】答复，望领导【早日】解决。",
    "按照《实施方案》要求，【10月底前】完成拆除。",
    "限该养殖场【自9月8日起45日内】配建沉淀池。",
    "【11月15日】准时供热。",
    "【9月24日】组织对机房进行一次断电演练。",
    "申请人应当在【知道被申请人作出决定之日起60日内】提出。",
    "确保在【‘十一’前】铺完沥青。",
    "各牵头单位要在【每个季度第1个月的20日前】报送完成情况。",
    "设计方案拟于【10月】左右报市规委会。",
    "【10月18日】将提请职代会审议。",
    "经办人应当自【收到举报、投诉之日起5个工作日内】登记。".replace("自【", "【自"),
    "在【下一次董事会、监事会召开之前】要报送整改情况。",
    "要在【接到来信、来电的2日内】联系来信人。",
    "班组要在【下周】报送抢修方案。",
    "务必按照【10月20号】这个节点把厂房交出来。",
    "【11月30日】通知评选结果。",
    "要在【2023年以前】完成存量危房改造。",
    "要以【10月20日】为时间节点排好班次。",
    "【10月11日】在各校开展一次消防检查。",
    "【9月底前】对辖区存在的乱搭乱建逐户登记。",
    "有异议的须在【10月9日8:00至10月11日17:00】通过系统申诉。",
    "请租户在公告贴出之日起【至2021年11月30日】期间退还钥匙。",
    "查实不属于本科室的，要在【2个工作日内】退回。",
]

NEAR_MISSES = [
    "认真落实8月20日会议精神。",
    "10月20日召开现场会，请相关单位做好准备。",
    "建校70周年学术报告会定于10月16日举行，由科研办做好筹备。",
    "截至5月13日已完成50%，要继续加快进度。",
    "各地各部门要安排专人24小时负责接收案件。",
    "要公布受理电话（工作日8:30-17:30）。",
    "开展为期两个月的专项整治。",
    "要巩固连续8年获奖的成果。",
    "学校周边200米范围内不得设置网吧。",
    "请三家单位作表态发言，每家不超过5分钟。",
    "每家发言控制在6分钟以内。",
    "日前下发的通知要抓好落实。",
    "按照《关于做好2021年10月底前重点工作的通知》要求抓好落实。",
    "根据《条例》“应当自受理之日起依法办理”的规定办理。",
    "对2021年6月底前受理的案件，要逐件清理。",
    "对9月底仍未整改到位的，予以关停。",
    "30日内未答复的，视为同意。",
    "验收合格后方可投入使用。",
    "整改到位之前不得恢复生产。",
    "总结2020年工作，谋划好重点任务。",
    "要吸取去年12月事故的教训。",
    "把今天的精神讲到每一名护林员。",
    "针对近期气温波动较大的情况，要加强指导。",
    "送达限期整改通知书。".replace("限期整改通知书", "限期通知书"),
    "险情随时可能发生，要严阵以待。",
    "按照每月300元标准发放补贴。",
    "对每天产生的垃圾要做到清运彻底。".replace("每天产生", "每天排放"),
    "授权时长原则上不超过4小时。",
    "会前，请大家把手机调到静音。",
    "鼓励高校场馆在周末向中小学生开放。",
    "本办法自2021年10月1日起施行。",
    "处三年以内有期徒刑的，依法开除。",
    "国办发〔2021〕15号文件要学习好。",
    "做好2022年的预算编制。",
    "第十一批转办件要逐件核实。",
    "三季度会议精神要传达到位。",
    "春节前能处理的要现场处理。",
    "能立即修好的当场修好。",
    "停止换发旧证的期限为12个月。",
    "承租人如在接到账单后5日内不缴清，出租人有权收回房屋。",
    "对列入9月底开工的项目要逐个盯住。",
    "编制限期达标规划。",
    "推广当场换证、限时送达等服务。",
    "摸底已于2021年8月提前完成，要巩固成果。",
    "将办证时间由10天缩短至3个工作日内。",
    "开展草场变化（2015—2020年）调查。",
    "系统每日22:00-23:00为维护时段，请避开缴费。",
    "每月10日为环境日，要组织清扫。",
    "难以在2小时内修好的，应先绕行。",
    "该路原计划10月底前通车，要查清延误原因。",
    "9月下旬至10月中旬是秋粮入库的高峰期，要备足仓容。",
    "14日内去过疫源地的旅客一律不得登船。",
    "不能立即停用的，要采取降压运行措施。",
    "入场人员须持48小时内核酸证明。",
    "每月的抽查由质检科组织。",
    "请将本周施工情况、下月用款计划交监理部。",
    "要复盘在2020年开展的专项行动。",
]


@pytest.mark.parametrize("sentence", DEADLINES)
def test_deadline(sentence: str) -> None:
    text, spans = unmarked(sentence)
    assert verdicts(sentence) == [span.text(text) for span in spans]


@pytest.mark.parametrize("sentence", NEAR_MISSES)
def test_no_deadline(sentence: str) -> None:
    assert verdicts(sentence) == []


def test_the_verdict_names_its_rule() -> None:
    text = "截至5月13日，已完成50%。"
    (time,) = find_times(text, Reference(dt.date(2021, 5, 14)))
    assert is_deadline(time, text, force="obligation") == (False, "no.as_of")


def test_a_rule_without_examples_is_refused() -> None:
    with pytest.raises(RuleError, match=r"x\.y: holds, finds and skips"):
        rulefile._compile({"id": "x.y", "holds": True}, {})


def test_gold_deadlines(shared: object) -> None:
    """Values right and few false deadlines on the gold directives."""
    right = total = refused = false = 0
    for path in sorted((shared / "gold").glob("*.gold.json")):  # type: ignore[operator]
        counts = _score(json.loads(path.read_text(encoding="utf-8")), path.parent)
        right, total, refused, false = (a + b for a, b in zip((right, total, refused, false), counts, strict=True))
    assert right >= 0.97 * total
    assert refused <= 0.02 * total
    assert false <= 0.02 * total


def _score(gold: dict, folder: object) -> tuple[int, int, int, int]:  # type: ignore[type-arg]
    text = (folder / gold["file"]).read_bytes().decode("utf-8")  # type: ignore[operator]
    noise = {i for span in gold["noise"] for i in range(span["start"], span["end"])}
    origin = [i for i in range(len(text)) if i not in noise]
    place = {source: clean for clean, source in enumerate(origin)}
    norm = fold("".join(text[i] for i in origin))
    ignored = {place[i] for span in gold["ignore"] for i in range(span["start"], span["end"]) if i in place}
    times = find_times(norm, Reference(dt.date.fromisoformat(gold["date"])))

    def clean(span: dict) -> Span:  # type: ignore[type-arg]
        kept = [place[i] for i in range(span["start"], span["end"]) if i in place]
        return Span(kept[0], kept[-1] + 1)

    right = total = refused = false = 0
    for directive in gold["directives"]:
        if directive.get("heading"):
            continue
        whole, met = clean(directive), set()
        for wanted in directive["deadlines"]:
            total += 1
            span = clean(wanted)
            time = next((t for t in times if t.span.overlaps(span)), None)
            if time is None:
                continue
            met.add(time.span)
            right += _same(wanted, time)
            refused += not is_deadline(time, norm, force=directive["force"])[0]
        others = [t for t in times if t.span.within(whole) and t.span not in met and t.span.start not in ignored]
        false += sum(is_deadline(t, norm, force=directive["force"])[0] for t in others)
    return right, total, refused, false


def _same(gold: dict, time: object) -> bool:  # type: ignore[type-arg]
    offset = time.offset and {"value": time.offset.value, "unit": time.offset.unit}  # type: ignore[attr-defined]
    mine = {"due": time.due, "begin": time.begin, "offset": offset, "recurrence": time.recurrence}  # type: ignore[attr-defined]
    keys = {"date": ("due",), "period": ("begin", "due"), "relative": ("offset",), "recurring": ("recurrence",)}
    return gold["kind"] == time.kind and all(gold.get(k) == mine[k] for k in keys.get(gold["kind"], ()))  # type: ignore[attr-defined]
