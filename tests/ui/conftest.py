"""A window on a real office, with work that is done at once, and a small county in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.wire import Wire, wired
from zhaoshang_desktop.app import dress
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.milestone import Milestone
from zhaoshang_desktop.domain.money import Money
from zhaoshang_desktop.domain.project import Project, Stake
from zhaoshang_desktop.domain.unit import Member, Unit
from zhaoshang_desktop.domain.visit import Visit
from zhaoshang_desktop.runtime.clock import SHANGHAI, FixedClock
from zhaoshang_desktop.runtime.settings import Settings
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce
from zhaoshang_desktop.ui.worker import Worker

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=SHANGHAI)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's platform without a screen regrets what it cannot do (size hints, raising a window); that fails no test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """As the program starts Qt."""
    return ["zhaoshang", "-style", "Fusion"]


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    dress(qapp, Settings())


@pytest.fixture(autouse=True)
def _keys_up(qapp: QApplication) -> None:
    """What the test before held down, the Ctrl of a Ctrl+V too, is up."""
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A new, empty office, on 20 November 2026 at 10:42."""
    made = create_office(tmp_path / "清岚.office", name="清岚县投资促进局", actor="张敏", clock=FixedClock(NOW))
    yield made
    made.close()


@pytest.fixture
def cable(postgres_database: str) -> Iterator[tuple[Wire, str]]:
    """A new office on a server behind a cable that can be cut, and its address through it."""
    create_office(postgres_database, name="清岚县投资促进局").close()
    with wired(postgres_database) as found:
        yield found


@pytest.fixture
def far_office(cable: tuple[Wire, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office at the far end of the cable; a window that has edits left may be closed."""
    monkeypatch.setattr("zhaoshang_desktop.ui.asking.confirm", lambda *_: True)
    opened = open_office(cable[1], actor="张敏", clock=FixedClock(NOW))
    yield opened
    opened.close()


@dataclass
class County:
    """Who and what is in the office; all of it invented."""

    zhang: Member
    unit: Unit
    qinghe: Investor
    huacheng: Investor
    jiangnan: Investor
    person: Contact
    project: Project
    lead: Lead
    expert: Expert


def money(yuan: int) -> Money:
    """So many 元."""
    return Money(yuan * 100)


@pytest.fixture
def county(office: Office) -> County:
    """Three investors, a project, a lead, an expert, a unit and a member."""
    with office.transaction("准备") as tx:
        unit = tx.save(Unit(name="高新园区", kind="园区", category="A"))
        zhang = tx.save(Member(name="张敏", unit=unit.id, duty="科长"))
        qinghe = tx.save(
            Investor(
                name="青禾新材料股份有限公司",
                place="320200",
                chain="新材料",
                chain_node="电解液添加剂",
                level="A",
                registered_capital=money(120_000_000),
                owner=zhang.id,
                head_target=True,
            )
        )
        huacheng = tx.save(
            Investor(name="华澄新材料科技有限公司", place="320500", level="B", registered_capital=money(86_000_000))
        )
        jiangnan = tx.save(Investor(name="江南特种新材料研究院", place="320100", raw={"registered_capital": "未透露"}))
        person = tx.save(Contact(investor=qinghe.id, name="周远航", post="董事长", decides=True, mobile="13812342216"))
        project = tx.save(Project(name="青禾电解液添加剂二期", total=money(500_000_000), unit=unit.id))
        tx.save(Milestone(project=project.id, step="签约", reached=True))
        tx.save(Stake(project=project.id, investor=qinghe.id, role="牵头方"))
        lead = tx.save(Lead(subject="盛泽纺织拟转移产能", state="待核实", credibility="B", day=date(2026, 11, 2)))
        expert = tx.save(Expert(name="褚文博", employer="云帆大学", skills=("谈判",)))
        tx.save(
            Visit(
                investor=qinghe.id,
                state="已完成",
                day=date(2026, 11, 17),
                intention="B",
                members=(zhang.id,),
                said="二期要看蒸汽价格和环评进度。",
                next_step="寄送园区图纸",
                next_due=date(2026, 11, 14),
                next_owner=zhang.id,
            )
        )
        tx.save(Visit(investor=huacheng.id, state="已完成", day=date(2026, 10, 10), way="电话"))
    return County(zhang, unit, qinghe, huacheng, jiangnan, person, project, lead, expert)


@pytest.fixture
def settings() -> Settings:
    """As on a PC where the program was never used."""
    return Settings()


@pytest.fixture
def open_window(qtbot: QtBot, settings: Settings) -> Iterator[Callable[[Office], MainWindow]]:
    """Opens the window on an office, with everything done at once."""
    windows: list[MainWindow] = []

    def opening(office: Office) -> MainWindow:
        window = MainWindow(settings, FixedClock(NOW))
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.set_office(office, Worker(office, AtOnce()), Reader(office, AtOnce()))
        return window

    yield opening
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[[Office], MainWindow], office: Office, county: County) -> MainWindow:
    """The window on the county's office."""
    return open_window(office)


@pytest.fixture
def investors(window: MainWindow) -> LibraryPage:
    """客商库, in front."""
    page = window.go("investors")
    assert isinstance(page, LibraryPage)
    return page


def names(page: LibraryPage) -> list[str]:
    """What the table shows in its first column."""
    model = page.list.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


class Drawer(KeyringBackend):
    """A credential store that forgets at the end of the test."""

    priority = 9  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop(username, None) is None:
            raise PasswordDeleteError(username)


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """This PC's credential store."""
    before, made = keyring.get_keyring(), Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def texts(table: QTableWidget) -> list[list[str]]:
    """What a table says, row by row."""
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
