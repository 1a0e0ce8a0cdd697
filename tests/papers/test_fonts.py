from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.papers.reading import FREE
from zhaoshang_desktop.papers.fonts import MISSING, Fonts
from zhaoshang_desktop.runtime.paths import resource


@pytest.fixture
def rare() -> str:
    """A character beyond U+FFFF that occurs in names."""
    return "𠅤"


def test_control_characters_and_direction_marks_are_left_out() -> None:
    assert FREE.clean("青\x00禾\x1b[0m\u202e新\ufeff材\ud800料\u200b") == "青禾[0m新材料"


def test_a_character_that_no_font_has_is_marked_and_reported() -> None:
    assert FREE.clean("好😀") == f"好{MISSING}"
    assert FREE.missing("好😀〓") == {"😀"}


def test_a_missing_character_is_replaced_by_its_equal() -> None:
    assert FREE.clean("𝐀𝟏") == "A1"


def test_rare_characters_are_drawn_by_a_font_that_has_them(rare: str, tmp_path: Path) -> None:
    shutil.copy(resource("fonts", "LXGWWenKai-Regular.ttf"), tmp_path / "simfang.ttf")
    body = Fonts((tmp_path,)).typeface("body")
    lacking = next(char for char in "𬌗𠅤㐀鿍龘" if ord(char) not in body.first.codes)
    pieces = body.pieces(f"王{lacking}")
    assert [text for _, text in pieces] == ["王", lacking]
    assert pieces[0][0] != pieces[1][0]
    assert ord(lacking) in body.face(lacking).codes


def test_the_official_font_is_used_where_the_pc_has_it(tmp_path: Path) -> None:
    shutil.copy(resource("fonts", "NotoSansSC-Regular.ttf"), tmp_path / "SimHei.ttf")
    assert Fonts((tmp_path,)).typeface("heading").first.name.startswith("SimHei")


def test_a_broken_font_file_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "simhei.ttf").write_bytes(b"OTTO" + bytes(200))
    (tmp_path / "simfang.ttf").write_bytes(b"")
    fonts = Fonts((tmp_path,))
    assert fonts.typeface("heading").first.name.startswith("NotoSansSC-Bold")
    assert fonts.typeface("body").first.name.startswith("NotoSerifSC-Regular")


def test_a_font_is_read_once() -> None:
    assert Fonts(()).typeface("body").first is FREE.typeface("body").first
