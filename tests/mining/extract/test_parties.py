"""Party names: where they end, what they are, and how lists of them are told apart."""

from __future__ import annotations

import pytest

from docmine.mining.extract.parties import list_at, name_at, person_at
from docmine.schema.findings import PartyType
from miningcases import marked_texts, scanned

NAMES: dict[PartyType, list[str]] = {
    "organ": [
        "【市生态环境局】要加强监测",
        "【青山镇人民政府】负责落实",
        "【区委办公室】应当及时汇总",
        "【省人力资源社会保障厅】牵头",
        "【县市场监管局】开展抽查",
        "【住房和城乡建设局】会同有关部门",
        "【我局】将于近期安排",
        "【市中级人民法院】依法审理",
        "【自然资源和规划局】提供红线图",
        "【_市环保局】要牵头核查",
    ],
    "unit": [
        "【各承办单位】要在三日内回复",
        "【各乡镇】要抓好落实",
        "【该镇】正在组织清理",
        "【有关部门】应当配合",
        "【施工单位】不得擅自停工",
        "【城南小学】要完善预案",
        "【县人民医院】要备足药品",
        "【东湖街道】负责劝导",
    ],
    "group": [
        "【防汛指挥部】要加强调度",
        "【防火工作专班】每周调度一次",
        "【县安委会】要组织督查",
        "【督导组】要深入一线",
        "【项目领导小组】统筹推进",
        "【驻村工作队】负责宣传",
    ],
    "company": ["【供热公司】要备足燃煤", "【县城投集团】负责建设", "【该企业】必须停产整改", "【水泥厂】应限期搬迁"],
    "post": [
        "【各镇主要负责同志】要亲自抓",
        "【分管副县长】牵头",
        "【值班人员】不得脱岗",
        "【班主任】要逐一家访",
        "【党组书记】负总责",
        "【网格员】每天巡查",
    ],
    "collective": ["【各地各部门】要提高认识", "【业主】应当配合", "【村民】要自觉遵守"],
}

PERSONS = [
    "【张卫国】负责联络",
    "【欧阳静】负责跟进",
    "【李娜】、",
    "【老周】明天送来",
    "【王某】应当配合",
    "【张_】同志负责",
]
NO_PERSONS = ["常态化开展", "和谐稳定", "应当落实", "全面落实", "计划要细化", "水质要达标", "于是散会"]
# Common words whose first character is also a surname.
TAKEN_FOR_PERSONS = [
    "高度重视", "安全第一", "方案要完善", "时间要保证", "江堤要加固", "路灯要更换", "管网要改造", "周报要按时提交",
    "成果要共享",
]  # fmt: skip

NO_NAMES = [
    "主要任务是清淤",
    "各项工作要抓好",
    "情况要及时上报",
    "农村要发展",
    "一线要加强力量",
    "项目要加快",
    "内部要统一思想",
    "督促整改到位",
    "加强领导",
    "处处留心",
    "重点部位要巡查",
    "3个乡镇完成了任务",
    "12家企业已复工",
]

LISTS = [
    # members marked one by one
    "【市发改委】、【市财政局】要加强配合",
    "【各地区】、【各部门】要抓好落实",
    "【县公安局】和【县司法局】负责调解",
    "【县住建局】、【县城管局】、【各镇街】按职责分工负责",
    "【工信、商务等部门】要主动服务",
    "【辖区党委、政府】要落实责任",
    "【县教育局】以及【县卫健局】共同制定",
    "【县发改局、县财政局主要负责人】要靠前指挥",
    "【各镇街】、【开发区】等单位要做好准备",
]

KNOWN = [
    # reason, sentence with its members marked
    ("a name may not begin with a verb", "【整治工作专班】每周调度一次"),
    ("a slash between two organs doesn't divide them", "【宣传部】/【网信办】负责引导"),
    ("施工方|案: a suffix ends inside a word", "施工方案要报监理审核"),
]


@pytest.mark.parametrize(("kind", "marked"), [(k, m) for k, rows in NAMES.items() for m in rows])
def test_name_and_type(kind: PartyType, marked: str) -> None:
    text, (wanted,) = marked_texts(marked)
    scan, _ = scanned(text)
    party = name_at(scan, 0, len(scan.norm))
    assert party is not None
    assert (party.span.text(scan.norm), party.type) == (wanted, kind)


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_name(text: str) -> None:
    scan, _ = scanned(text)
    assert name_at(scan, 0, len(scan.norm)) is None


@pytest.mark.parametrize("marked", PERSONS)
def test_person(marked: str) -> None:
    text, (wanted,) = marked_texts(marked)
    scan, _ = scanned(text)
    party = person_at(scan, 0, len(scan.norm))
    assert party is not None
    assert (party.span.text(scan.norm), party.type) == (wanted, "person")


@pytest.mark.parametrize("text", NO_PERSONS)
def test_no_person(text: str) -> None:
    scan, _ = scanned(text)
    assert person_at(scan, 0, len(scan.norm)) is None


@pytest.mark.parametrize("text", ["请于收件当日签收", "应于会后两日内报", "须于次日上午送达", "要于开学前备齐"])
def test_a_preposition_behind_an_operator_is_no_surname(text: str) -> None:
    scan, _ = scanned(text)
    assert person_at(scan, 1, len(scan.norm)) is None


@pytest.mark.parametrize("text", ["请于敏负责登记", "请于海同志牵头", "请于敏、王磊跟进"])
def test_a_surname_behind_an_operator(text: str) -> None:
    scan, _ = scanned(text)
    party = person_at(scan, 1, len(scan.norm))
    assert party is not None and party.span.text(scan.norm)[0] == "于"


def test_a_mail_address_names_nobody() -> None:
    scan, _ = scanned("发至lan_hu@mail.gov.cn，抄@李木子")
    assert [i for i in range(len(scan.norm)) if scan.norm[i] == "@" and name_at(scan, i, len(scan.norm))] == [
        scan.norm.rindex("@")
    ]


@pytest.mark.parametrize("text", TAKEN_FOR_PERSONS)
def test_words_taken_for_persons(text: str) -> None:
    scan, _ = scanned(text)
    assert person_at(scan, 0, len(scan.norm)) is None


@pytest.mark.parametrize("marked", ["【欧阳静】要跟进", "【林茂】要跟进"])
def test_a_persons_name_ends_before_the_operator(marked: str) -> None:
    text, (wanted,) = marked_texts(marked)
    scan, _ = scanned(text)
    party = person_at(scan, 0, len(scan.norm))
    assert party is not None and party.span.text(scan.norm) == wanted


@pytest.mark.parametrize(
    "marked", [pytest.param(m, id=m, marks=pytest.mark.xfail(strict=True, reason=r)) for r, m in KNOWN]
)
def test_known_misses(marked: str) -> None:
    text, wanted = marked_texts(marked)
    scan, _ = scanned(text)
    found = list_at(scan, 0, len(scan.norm))
    assert [member.span.text(scan.norm) for member in (found[1] if found else [])] == wanted


@pytest.mark.parametrize("marked", LISTS)
def test_members_of_a_list(marked: str) -> None:
    text, wanted = marked_texts(marked)
    scan, _ = scanned(text)
    found = list_at(scan, 0, len(scan.norm))
    assert found is not None
    assert [member.span.text(scan.norm) for member in found[1]] == wanted


def test_persons_stand_in_lists_only_where_they_may() -> None:
    scan, _ = scanned("李娜、王伟负责联络")
    assert list_at(scan, 0, len(scan.norm)) is None
    found = list_at(scan, 0, len(scan.norm), persons=True)
    assert found is not None
    assert [member.type for member in found[1]] == ["person", "person"]


def test_a_name_ends_at_the_limit() -> None:
    scan, _ = scanned("县水利局办公室")
    party = name_at(scan, 0, 4)
    assert party is not None and party.span.text(scan.norm) == "县水利局"


def test_nothing_begins_behind_the_end() -> None:
    scan, _ = scanned("县水利局")
    assert name_at(scan, 4, 4) is None
    assert person_at(scan, 4, 4) is None
    assert list_at(scan, 4, 4) is None
