"""A paper as .docx: every word of it, in the fonts and sizes of an official paper, in an order that Word accepts."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.papers.blocks import (
    Annex,
    Annexes,
    Column,
    DataTable,
    FieldTable,
    Heading,
    Items,
    PageBreak,
    Paper,
    Paragraph,
    Signature,
)
from zhaoshang_desktop.papers.word import docx_bytes, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = Paper(
    title="关于外出招商情况的报告",
    blocks=(
        Heading("一、基本情况", 1),
        Paragraph("共走访<客商>2家 & 其他。\n第二段。"),
        Heading("（一）青禾新材料", 2),
        Items(("甲", "乙"), "1"),
        FieldTable((("名称", "值"),)),
        PageBreak(),
        DataTable((Column("序号", 0.6, "center"), Column("客商", 3)), (("1", "青禾\n新材料"), ("2", "华澄"))),
        Paragraph("清岚县投资促进局", align="right"),
    ),
    official=True,
)
ORDER = ["pStyle", "keepNext", "pageBreakBefore", "spacing", "ind", "jc"]


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}


def test_every_word_is_there_and_nothing_is_markup() -> None:
    body = parts(docx_bytes(PAPER))["word/document.xml"]
    texts = ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]
    assert [text for text in texts if text] == [
        "关于外出招商情况的报告",
        "一、基本情况",
        "共走访<客商>2家 & 其他。",
        "第二段。",
        "（一）青禾新材料",
        "1. 甲",
        "2. 乙",
        "名称",
        "值",
        "序号",
        "客商",
        "1",
        "青禾",
        "新材料",
        "2",
        "华澄",
        "清岚县投资促进局",
    ]


def test_an_official_paper_has_its_fonts_margins_and_page_numbers() -> None:
    found = parts(docx_bytes(PAPER))
    body = found["word/document.xml"]
    runs = {
        "".join(node.text or "" for node in run.iter(f"{W}t")): (
            run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia"),  # type: ignore[union-attr]
            run.find(f"{W}rPr/{W}sz").get(f"{W}val"),  # type: ignore[union-attr]
        )
        for run in body.iter(f"{W}r")
        if run.find(f"{W}rPr") is not None
    }
    assert runs["关于外出招商情况的报告"] == ("方正小标宋简体", "44")
    assert runs["一、基本情况"] == ("黑体", "32")
    assert runs["（一）青禾新材料"] == ("楷体", "32")
    assert runs["第二段。"] == ("仿宋", "32")
    margins = next(body.iter(f"{W}pgMar"))
    sides = [margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right")]
    assert sides == ["2098", "1984", "1587", "1474"]
    assert found["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    assert [found[f"word/{name}.xml"].find(f".//{W}jc").get(f"{W}val") for name in ("odd", "even")] == ["right", "left"]  # type: ignore[union-attr]
    assert next(body.iter(f"{W}tblHeader")) is not None


def test_properties_stand_in_the_order_of_the_schema() -> None:
    for properties in parts(docx_bytes(PAPER))["word/document.xml"].iter(f"{W}pPr"):
        names = [child.tag.removeprefix(W) for child in properties]
        assert names == sorted(names, key=ORDER.index)


def test_the_same_paper_gives_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_docx(PAPER, path)
    assert path.read_bytes() == docx_bytes(PAPER)
    with pytest.raises(KnownError):
        write_docx(PAPER, tmp_path / "没有" / "报告.docx")


def test_rows_that_share_a_cell_are_joined_and_say_it_once() -> None:
    table = DataTable(
        (Column("企业"), Column("姓名")), (("青禾", "周一"), ("青禾", "周二"), ("华澄", "周三")), shared=(0,)
    )
    body = parts(docx_bytes(Paper(title="通讯录", blocks=(table,))))["word/document.xml"]
    assert [one.get(f"{W}val") for one in body.iter(f"{W}vMerge")] == ["restart", "continue", "restart"]
    assert [one.text for one in body.iter(f"{W}t")].count("青禾") == 1


def test_annexes_are_told_before_the_signature_and_begin_on_pages_of_their_own() -> None:
    blocks = (Annexes(("一览表", "清单")), Signature("清岚县投资促进局", "2026年12月14日"), Annex(1, "一览表"))
    body = parts(docx_bytes(Paper(title="报告", blocks=blocks, official=True)))["word/document.xml"]
    texts = ["".join(node.text or "" for node in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]
    told = ["报告", "附件：1．一览表", "2．清单", "清岚县投资促进局", "2026年12月14日", "附件1", "一览表"]
    assert [text for text in texts if text] == told
    assert len(list(body.iter(f"{W}pageBreakBefore"))) == 1
