from __future__ import annotations

import re
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.papers.reading import FREE, page_texts, printed
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.papers.blocks import (
    Annex,
    Annexes,
    Column,
    Contents,
    Cover,
    DataTable,
    FieldTable,
    FormLines,
    FormRow,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Route,
    RouteSketch,
    Run,
    Signature,
)
from zhaoshang_desktop.papers.flow import Text
from zhaoshang_desktop.papers.look import OFFICIAL
from zhaoshang_desktop.papers.pdf import pdf_bytes, write_pdf
from zhaoshang_desktop.papers.setting import Setter

TEXT = "推介化工园区和标准厂房。"


def of(*blocks: object, title: str = "会见参考", **more: object) -> Paper:
    return Paper(title, blocks, **more)  # type: ignore[arg-type]


def test_every_font_is_embedded() -> None:
    pdf = printed(of(Cover("局", "外出招商"), Heading("一"), Paragraph("正文𠅤 A1"), Paragraph("注", note=True)))
    fonts = pdf.count(b"/Subtype /TrueType")
    assert fonts > 2
    assert pdf.count(b"/FontFile2") == fonts
    assert b"/Type1" not in pdf


@pytest.mark.parametrize("text", ["王𠅤建", "㐀鿍龘𬌗", "CO₂、㎡、℃、№、①", "“‘……’”——", "café Привет"])
def test_text_copies_as_it_was_written(text: str) -> None:
    assert text in page_texts(printed(of(Paragraph(text))))[0]


@pytest.mark.parametrize("text", ["<b>不</b>&amp;", "<img/>", "{{7*7}}", "%PDF-1.4 (())", "</font>", "\\n(\\"])
def test_markup_is_only_text(text: str) -> None:
    paper = of(Heading(text), Paragraph(text), FieldTable(((text, text),)), Items((text,)))
    assert page_texts(printed(paper))[0].count(text) == 5


def test_what_cannot_be_printed_breaks_nothing_and_is_reported() -> None:
    nasty = "控制\x00\x07\x1b字符 \ud800 \u202eabc 😀 שלום \U000e0001"
    _, result = pdf_bytes(Paper(nasty, (Heading(nasty), Paragraph(nasty))), FREE)
    assert "😀" in result.missing
    assert "\x00" not in result.missing


def test_pages_are_numbered_after_the_cover() -> None:
    pages = page_texts(printed(of(Cover("局", "题"), PageBreak(), Paragraph(TEXT), PageBreak(), Paragraph(TEXT))))
    assert "—" not in pages[0]
    assert ["— 1 —" in pages[1], "— 2 —" in pages[2]] == [True, True]


def test_contents_give_the_page_on_which_a_heading_is_printed() -> None:
    chapters = [Heading(f"第{number}章", new_page=True) for number in range(1, 25)]
    pages = page_texts(
        printed(of(Cover("局", "题"), PageBreak(), Contents(), *chapters, Heading("未列", listed=False)))
    )
    listed = dict(re.findall(r"(第\d+章)\s*(\d+)", pages[1]))
    assert len(listed) == 24
    for chapter, number in listed.items():
        assert re.search(rf"{chapter}\n", pages[int(number)] + "\n")
        assert f"— {number} —" in pages[int(number)]
    assert "未列" not in pages[1]


def test_bookmarks_follow_the_headings() -> None:
    pdf = printed(of(Heading("甲", 2), Heading("乙", 3), Heading("丙", 1)))
    with pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks == [(0, "甲"), (1, "乙"), (0, "丙")]


def test_the_title_is_in_the_metadata() -> None:
    with pypdfium2.PdfDocument(printed(of(Paragraph(TEXT), author="清岚县投资促进局"))) as document:
        data = document.get_metadata_dict()
    assert (data["Title"], data["Author"], data["Creator"]) == ("会见参考", "清岚县投资促进局", "招商桌面")


def test_official_papers_number_odd_pages_right_and_even_pages_left() -> None:
    pdf = printed(of(Paragraph(TEXT), PageBreak(), Paragraph(TEXT), official=True))
    places = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            found = text.search("—").get_next()
            places.append(text.get_charbox(found[0])[0] / page.get_width())
            text.close()
            page.close()
    assert places[0] > 0.75
    assert places[1] < 0.25


def test_an_official_page_holds_22_lines_of_28_characters() -> None:
    lines = page_texts(printed(of(Paragraph("县" * 28 * 40), official=True)))[1].split("\n")
    full = [line for line in lines if set(line.strip()) == {"县"}]
    assert len(full[0].strip()) == 28
    assert len(full) == 22


def test_forms_sketches_and_runs_are_drawn() -> None:
    stops = (("宜兴", 119.8, 31.3), ("无锡", 120.3, 31.6), ("苏州", 120.6, 31.3))
    paper = of(
        FormLines((FormRow((("洽谈内容", ""),), 6), FormRow((("时限", ""), ("责任人", "张敏"))))),
        RouteSketch((Route("一队", stops), Route("二队", stops[::-1]))),
        Paragraph((Run("注意", bold=True), Run("按时到"), Run("来源", small=True))),
        DataTable(
            (Column("项目"), Column("预算", align="right")), (("住宿费", "1,520.00"), ("合计", "1,520.00")), sums=1
        ),
        footer="工作调度数据，非统计数据",
    )
    text = page_texts(printed(paper))[0]
    for words in ("洽谈内容", "张敏", "示意图", "苏州", "二队", "注意按时到来源", "1,520.00", "非统计数据"):
        assert words in text


def test_an_official_paper_is_signed_four_characters_from_the_right_and_its_annex_begins_a_page() -> None:
    blocks = (
        Paragraph(TEXT),
        Annexes(("一览表",)),
        Signature("清岚县投资促进局", "2026年12月14日"),
        Annex(0, "一览表"),
    )
    pages = page_texts(printed(of(*blocks, official=True)))
    assert len(pages) == 2
    assert "附件：\n一览表" in pages[0] or "附件：一览表" in pages[0].replace("\n", "")
    assert pages[1].startswith("附件\n一览表")
    setter = Setter(FREE, OFFICIAL)
    *_, office, date = setter.items(Paper(title="报告", blocks=blocks[:3], official=True))
    assert isinstance(office, Text)
    assert isinstance(date, Text)
    right = date.lines[0].x + date.lines[0].width
    assert OFFICIAL.measure - right == pytest.approx(4 * OFFICIAL.body.size, abs=1)
    middles = [text.lines[0].x + text.lines[0].width / 2 for text in (office, date)]
    assert middles[0] == pytest.approx(middles[1], abs=1)


def test_the_title_of_a_report_is_not_broken_within_a_word() -> None:
    pdf = printed(of(Paragraph(TEXT), title="关于电子信息链长三角小分队\n外出招商情况的报告", official=True))
    assert page_texts(pdf)[0].startswith("关于电子信息链长三角小分队\n外出招商情况的报告")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "上海某某高分子材料科技有限公司考察团来访　接待方案",
            ["上海某某高分子材料科技有限公司考察团来访", "接待方案"],
        ),
        (
            "某某高分子复合材料科技股份有限公司考察团来访登记表",
            ["某某高分子复合材料科技股份有限公司", "考察团来访登记表"],
        ),
    ],
)
def test_a_long_title_is_cut_where_a_name_ends(title: str, lines: list[str]) -> None:
    found = page_texts(printed(of(Paragraph(TEXT), title=title)))[0].splitlines()
    assert [line.strip("　") for line in found[:2]] == lines


def test_a_signature_takes_what_it_is_under_along_to_the_next_page() -> None:
    costs = DataTable((Column("项目"), Column("实际")), (("工作餐", "300.00"), ("合计", "300.00")), sums=1, keep=True)
    signed = FormLines((FormRow((("经办人", "年　月　日"),), 4, signed=True),) * 2)
    pages = page_texts(printed(of(Items(tuple(TEXT for _ in range(26))), costs, Heading("审签", 3), signed)))
    assert len(pages) == 2
    assert "工作餐" in pages[1]
    assert "审签" in pages[1]


def test_rows_beside_a_shared_cell_are_cut_between_them_and_the_cell_is_said_again() -> None:
    rows = tuple(("某某股份有限公司", f"第{number}人") for number in range(60))
    pages = page_texts(printed(of(DataTable((Column("企业"), Column("姓名")), rows, shared=(0,)))))
    assert [page.count("某某股份有限公司") for page in pages] == [1] * len(pages)
    assert len(pages) > 1
    assert all(any(f"第{number}人" in page for page in pages) for number in range(60))


def test_the_sum_of_a_long_table_is_not_alone_on_a_page() -> None:
    for count in range(24, 34):
        rows = (*((f"第{number}项", "1.00") for number in range(count)), ("合计", "30.00"))
        pages = page_texts(printed(of(DataTable((Column("项目"), Column("预算")), rows, sums=1))))
        assert "项" in pages[-1].split("合计")[0].removeprefix("项目 预算")


def test_a_sketch_of_one_place_is_left_out() -> None:
    assert "示意图" not in page_texts(printed(of(RouteSketch((Route("一队", (("宜兴", 119.8, 31.3),) * 2),)))))[0]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "出访资料.pdf"
    path.write_bytes(b"old")
    assert write_pdf(of(Paragraph(TEXT)), path, FREE).pages == 1
    assert path.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="不存在"):
        write_pdf(of(Paragraph(TEXT)), tmp_path / "无此文件夹" / "a.pdf", FREE)


def test_a_folder_in_the_place_of_the_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(KnownError, match=r"文件夹|打开"):
        write_pdf(of(Paragraph(TEXT)), tmp_path / "a.pdf", FREE)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file size are a thing of Unix")
def test_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(KnownError, match="没有写成"):
            write_pdf(of(Paragraph(TEXT)), path, FREE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows keeps an open file from being replaced")
def test_a_file_open_in_a_viewer_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with path.open("rb"), pytest.raises(KnownError, match="打开"):
        write_pdf(of(Paragraph(TEXT)), path, FREE)
    assert path.read_bytes() == b"old"


def test_names_in_a_crowd_on_a_sketch_do_not_hide_each_other() -> None:
    """Twelve places of one region, as in the trips of a small county: their names end in lines of their own."""
    stops = tuple((f"第{number}区", 120.0 + 0.05 * (number % 4), 31.0 + 0.04 * (number // 4)) for number in range(12))
    far = ("枣庄", 117.3, 34.8)
    pdf = printed(of(RouteSketch((Route("一队", (far, *stops, far)),))))
    boxes = name_boxes(pdf, "第", "区")
    assert len(boxes) == 12
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart


def name_boxes(pdf: bytes, first: str, last: str) -> list[tuple[float, float, float, float]]:
    """Where the words stand on the first page that begin and end with these characters: left, bottom, right, top."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        whole, found = text.get_text_range(), []
        for start in (place for place, c in enumerate(whole) if c == first):
            boxes = [text.get_charbox(i) for i in range(start, whole.index(last, start) + 1)]
            found.append((boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes)))
        return found
