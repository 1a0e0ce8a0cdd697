"""Half an hour before a trip: three workbooks as people keep them, a date and two colleagues; a pack on paper.

Every list comes in through the wizard, the trip through its steps, and what was said at the meetings stands with the
investors afterwards. No step is given what another way than the window put there, but for the two colleagues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.exchange.making_xls import OldBook, OldSheet
from tests.stories.test_import_story import drop
from tests.stories.test_trip_story import CLOCK, Clerk, begin, clerk
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.importing.wizard import CHECK, DUPLICATES, OUTCOME, RECOGNISE, ImportWizard
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.trip.budget import BudgetStep
from zhaoshang_desktop.ui.trip.log import LogStep
from zhaoshang_desktop.ui.trip.material import MaterialStep
from zhaoshang_desktop.ui.trip.member_table import FIRST_TEAM
from zhaoshang_desktop.ui.trip.schedule import ScheduleStep
from zhaoshang_desktop.ui.trip.targets import TargetsStep
from zhaoshang_desktop.ui.trip.teams import TeamsStep

__all__ = ["clerk"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CLIENTS: tuple[tuple[Any, ...], ...] = (
    ("清岚县重点客商联系表",),
    (None, None, None, None, None, None, "截至2026年10月  单位：万元"),
    ("序号", "企业名称", "所在地", "产业链", "注册\n资本", "联系人及电话", "关注等级"),
    ("一、江苏省（3家）",),
    (1, "青禾新材料股份有限公司", "江苏省无锡市", "新材料", "1.2亿", "周远航 13812342216", "A"),
    (2, "华澄新材料科技有限公司", "江苏苏州", "新材料", 8600, "顾清/0512-66001188", "A级"),
    (3, "北塘精密铸造有限公司", "无锡", "新材料", "４２００", "许立 13905100011", "B"),
    (None, "小计", None, None, 24800),
    ("二、浙江省（1家）",),
    (4, "太湖环保设备厂", "浙江湖州", "新材料", "未透露", "沈亦厂长", "A"),
    ("注：等级以年初会议为准。",),
)
PROJECTS: tuple[tuple[Any, ...], ...] = (
    ("2026年在谈项目台账",),
    ("序号", "项目名称", "投资方", "总投资（亿元）", "产业链", "责任单位"),
    (1, "年产三万吨电解液添加剂项目", "青禾新材料股份有限公司", 5.5, "新材料", "投资促进局"),
    (2, "湿法隔膜涂覆生产线", "华澄新材料科技有限公司", "12亿", "新材料", "投资促进局"),
    ("合计", None, None, 17.5),
)
EXPERTS: tuple[tuple[Any, ...], ...] = (
    ("专家库", None, None, None, None),
    ("姓名", "工作单位", "职称", "专业领域", "手机"),
    ("黎望舒", "江东大学材料学院", "教授", "新材料", "13700001234"),
    ("宋 砚", "清岚县政务服务局", "高级工程师", "项目审批", "13700005678"),
)
COLLEAGUES = ("张敏", "王磊")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """New, but for the two who go."""
    made = new_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=CLOCK)
    with made.transaction("准备") as tx:
        unit = tx.save(Unit(name="投资促进局"))
        tx.save_all([Member(name=name, unit=unit.id, skills=("谈判",)) for name in COLLEAGUES])
    yield made
    made.close()


def book(path: Path, rows: Sequence[tuple[Any, ...]], merged: Sequence[str] = ()) -> Path:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    made.save(path)
    return path


def test_from_three_workbooks_to_the_log(clerk: Clerk, qtbot: QtBot, tmp_path: Path) -> None:
    bring_in(clerk, qtbot, "investors", book(tmp_path / "客商.xlsx", CLIENTS, ("A1:G1", "A4:G4", "A9:G9")))
    bring_in(clerk, qtbot, "projects", OldBook([OldSheet("Sheet1", PROJECTS)]).save(tmp_path / "项目台账.xls"))
    bring_in(clerk, qtbot, "experts", book(tmp_path / "专家.xlsx", EXPERTS, ("A1:E1",)))
    the_libraries_are_clean(clerk.office)
    clerk.window.go("trips")
    begin(clerk)
    see_them_all(clerk)
    two_teams_with_an_expert_each(clerk)
    plan_and_reckon(clerk)
    print_the_pack(clerk, tmp_path / "资料.pdf")
    write_the_log(clerk)


def bring_in(clerk: Clerk, qtbot: QtBot, library: str, file: Path) -> None:
    """Press 导入, drop the file, and Enter until it is done."""
    page = clerk.window.go(library)
    qtbot.mouseClick(
        next(one for one in page.findChildren(QPushButton) if one.text() == "导入"), Qt.MouseButton.LeftButton
    )
    wizard = clerk.window.stack.current
    assert isinstance(wizard, ImportWizard)
    drop(wizard.choose.drop, file)
    clerk.wait(lambda: wizard.place == RECOGNISE and not wizard.session.waiting)
    for place in (CHECK, DUPLICATES):
        wizard.go_on()
        clerk.wait(lambda place=place: wizard.place >= place and not wizard.session.waiting)
    if wizard.place == DUPLICATES:
        wizard.go_on()
    clerk.wait(lambda: wizard.place == OUTCOME and "已导入" in wizard.outcome.headline.text())
    wizard.go_on()
    clerk.wait(lambda: isinstance(clerk.window.stack.current, LibraryPage))


def the_libraries_are_clean(office: Office) -> None:
    investors = {one.name: one for one in office.find(Query(Investor))}
    assert sorted(investors) == sorted(row[1] for row in CLIENTS if isinstance(row[0], int))
    qinghe, taihu = investors["青禾新材料股份有限公司"], investors["太湖环保设备厂"]
    assert (qinghe.place, qinghe.level, qinghe.registered_capital) == ("320200", "A", Money(12_000_000_000))
    assert (taihu.place, taihu.raw) == ("330500", {"registered_capital": "未透露"})
    assert {one.name for one in office.find(Query(Contact))} == {"周远航", "顾清", "许立", "沈亦"}
    projects = {one.name: one for one in office.find(Query(Project))}
    assert projects.keys() == {row[1] for row in PROJECTS if isinstance(row[0], int)}
    assert projects["湿法隔膜涂覆生产线"].total == Money(120_000_000_000)
    assert {one.name for one in office.find(Query(Expert))} == {"黎望舒", "宋砚"}


def see_them_all(clerk: Clerk) -> None:
    step = clerk.page.view.step
    assert isinstance(step, TargetsStep)
    clerk.wait(lambda: len(step.list.rows.rows) == 4)
    step.list.selectAll()
    QTest.keyClick(step.list, Qt.Key.Key_Return)
    clerk.wait(lambda: len(step.chosen.rows.visits) == 4)
    clerk.settled()


def two_teams_with_an_expert_each(clerk: Clerk) -> None:
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, TeamsStep)
    clerk.wait(lambda: step.members.rows.people)
    step._add_team()
    clerk.wait(lambda: len(clerk.book().teams) == 2 and step.members.rows.columnCount() == FIRST_TEAM + 2)
    for name, key in (
        ("张敏", Qt.Key.Key_1),
        ("黎望舒", Qt.Key.Key_1),
        ("王磊", Qt.Key.Key_2),
        ("宋砚", Qt.Key.Key_2),
    ):
        row = [one.name for one in step.members.rows.people].index(name)
        step.members.setCurrentIndex(step.members.rows.index(row, 0))
        QTest.keyClick(step.members, key)
    clerk.wait(lambda: [len(team.members) + len(team.experts) for team in clerk.book().teams] == [2, 2])
    clerk.settled()


def plan_and_reckon(clerk: Clerk) -> None:
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, ScheduleStep)
    clerk.wait(lambda: step.empty.isVisible() and step.empty.button.text() == "排日程")
    clerk.window.call("reload")
    clerk.wait(lambda: len(step.timeline.picture.visits) == 4)
    assert step.sight is not None
    assert step.sight.clashes == ()
    clerk.settled()
    clerk.next_step()
    budget = clerk.page.view.step
    assert isinstance(budget, BudgetStep)
    clerk.window.call("reload")
    clerk.wait(lambda: "结余" in budget.verdict.text())
    clerk.settled()


def print_the_pack(clerk: Clerk, file: Path) -> None:
    clerk.next_step()
    step = clerk.page.view.step
    assert isinstance(step, MaterialStep)
    clerk.wait(lambda: step.pages.has(0))
    step.save_to(file)
    clerk.wait(step.open.isVisible)
    document = pypdfium2.PdfDocument(file)
    pages = [document[page].get_textpage().get_text_range() for page in range(len(document))]
    text = "".join("".join(pages).split())
    document.close()
    for words in ("青禾新材料股份有限公司", "年产三万吨电解液添加剂项目", "周远航", "黎望舒", "— 1 —"):
        assert words.replace(" ", "") in text


def write_the_log(clerk: Clerk) -> None:
    clerk.page.view.go("log")
    step = clerk.page.view.step
    assert isinstance(step, LogStep)
    clerk.wait(lambda: step.list.count() == 4)
    for number in range(4):
        clerk.write(step.ui.said, f"第 {number + 1} 家：二期要看蒸汽价格。")
        QTest.keyClick(step.intention, Qt.Key.Key_B)
        QTest.keyClick(step.ui.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clerk.wait(lambda done=number + 1: sum(v.state == "已完成" for v in clerk.book().visits) == done)
        clerk.settled()
    visit = clerk.visit("青禾")
    assert clerk.office.get(Investor, visit.investor).last_contact == visit.day
