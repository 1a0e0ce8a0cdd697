"""The wizard on a real window, and workbooks as people send them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import CHECK, DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.main_window import MainWindow

LONGEST_MS = 20_000
MESSY: tuple[tuple[Any, ...], ...] = (
    ("苏锡常新材料企业名单（2026年9月）",),
    ("", "", "", "", "", "单位：万元"),
    ("序号", "单位名称", "企业基本情况", "", "联系人及电话", "备注"),
    ("", "", "统一社会信用代码", "注册资本", "", ""),
    ("一、无锡市（2家）",),
    (1, "青禾新材料股份有限公司", "", "1.2亿", "周远航 13812342216", "二期"),
    (2, "北塘精密铸造有限公司", "", 4200, "许厂长/李经理 0510-88887766", ""),
    ("", "小计", "", 16200, "", ""),
    ("二、苏州市（2家）",),
    (3, "盛泽纺织集团有限公司", "", "未透露", "", ""),
    (4, "青禾新材料有限公司", "", "3亿", "", ""),
    (5, "", "", 300, "", ""),
    ("", "合计", "", 52800, "", ""),
    ("注：名单由商会提供，仅供参考。",),
)
MERGED = ("A1:F1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4", "A5:F5", "A9:F9")

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Writes a workbook: rows of the first sheet, what is merged, more sheets as {name: rows}, which of them hide."""

    def saving(
        rows: Sequence[Sequence[Any]],
        name: str = "名单.xlsx",
        merged: Sequence[str] = (),
        more: dict[str, Sequence[Sequence[Any]]] | None = None,
        hidden: Sequence[str] = (),
    ) -> Path:
        book = openpyxl.Workbook()
        first: Any = book.active
        first.title = "名单"
        for title, content in {"名单": rows, **(more or {})}.items():
            sheet: Any = first if title == "名单" else book.create_sheet(title)
            for row in content:
                sheet.append([None if cell == "" else cell for cell in row])
            sheet.sheet_state = "hidden" if title in hidden else "visible"
        for block in merged:
            first.merge_cells(block)
        book.save(tmp_path / name)
        book.close()
        return tmp_path / name

    return saving


@pytest.fixture
def messy(save: Save) -> Path:
    """Title, unit, two merged heading rows, groups, sums, a note; one cell nobody can read, one row without a name."""
    return save(MESSY, "苏锡常新材料企业名单.xlsx", MERGED)


class Walk:
    """Goes through the wizard and waits until it is where it should be."""

    def __init__(self, qtbot: QtBot, wizard: ImportWizard) -> None:
        self.bot = qtbot
        self.wizard = wizard
        self.session = wizard.session

    def until(self, true: Callable[[], bool]) -> None:
        """Waits for it; the work goes on in threads of its own."""
        self.bot.waitUntil(true, timeout=LONGEST_MS)

    def idle(self) -> None:
        """Waits until nothing is being made."""
        self.until(lambda: not self.session.waiting)

    def open(self, path: Path) -> None:
        """Takes the file and waits for what comes of it."""
        self.wizard.take(path)
        self.idle()

    def recognise(self, path: Path) -> None:
        """As far as the sheet with its tints."""
        self.wizard.take(path)
        self.until(lambda: self.wizard.place == RECOGNISE and not self.session.waiting)

    def check(self, path: Path) -> None:
        """As far as the picture of the records."""
        self.recognise(path)
        self.on(CHECK)

    def settle(self, path: Path) -> None:
        """As far as the duplicates."""
        self.check(path)
        self.on(DUPLICATES)

    def finish(self, path: Path) -> None:
        """To the end."""
        self.settle(path)
        self.on(OUTCOME)

    def on(self, place: int) -> None:
        """Presses the button that goes on, and waits for the step."""
        self.wizard.onward.click()
        self.until(lambda: self.wizard.place == place and not self.session.waiting)


@pytest.fixture
def wizard(window: MainWindow) -> ImportWizard:
    """The wizard for 客商库, over the page in front."""
    window.go("investors")
    window.orders.open_import()
    wizard = window.stack.current
    assert isinstance(wizard, ImportWizard)
    return wizard


@pytest.fixture
def walk(qtbot: QtBot, wizard: ImportWizard) -> Iterator[Walk]:
    """A way through the wizard."""
    found = Walk(qtbot, wizard)
    yield found
    found.session.close()


def count(office: Office, record: type[Record]) -> int:
    """How many such records there are."""
    return office.count(Query(record))
