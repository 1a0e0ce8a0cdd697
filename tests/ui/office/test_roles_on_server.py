"""Leader, clerk and admin of a real server, each at a window: what is shut is shut before anything is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from tests.ui.conftest import NOW
from zhaoshang_desktop.actions.office import new_office, open_office
from zhaoshang_desktop.actions.record import new_record
from zhaoshang_desktop.domain.allowance import Allowance
from zhaoshang_desktop.domain.followup import Concern
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.domain.rights import Role
from zhaoshang_desktop.runtime.clock import FixedClock
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.form.page import FormPage
from zhaoshang_desktop.ui.library.child_dialog import ChildDialog
from zhaoshang_desktop.ui.library.page import LibraryPage
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.page import OfficePage
from zhaoshang_desktop.ui.office.standards import StandardsPart
from zhaoshang_desktop.ui.office.users import UsersPart
from zhaoshang_desktop.ui.todo.page import TodoPage

SitDown = Callable[[Role], MainWindow]


def part_of(window: MainWindow, name: str) -> StandardsPart | UsersPart:
    window.call(f"office.{name}")
    page = window.stack.current
    assert isinstance(page, OfficePage)
    part = page.parts[name]
    assert isinstance(part, StandardsPart | UsersPart)
    return part


@pytest.fixture
def sit_down(postgres_database: str, open_window: Callable[[Office], MainWindow]) -> Iterator[SitDown]:
    """A window of somebody with that role, on an office whose roles its owner has set up at a window too."""
    parts, clock = urlsplit(postgres_database), FixedClock(NOW)
    with ExitStack() as stack:
        owner = new_office(postgres_database, name="清岚县投资促进局", clock=clock)
        stack.callback(owner.close)
        investor = new_record(owner, Investor(name="青禾新材料")).of("investor")
        new_record(owner, Concern(investor=next(iter(investor)), need="用电增容", due=NOW.date()))
        users = part_of(open_window(owner), "users")
        assert isinstance(users, UsersPart)
        users.set_up.click()
        names = {role: f"{role}_{parts.path[-8:]}" for role in Role}
        for role in Role:
            users.put(names[role], role, "qinglan-1")

        def sitting(role: Role) -> MainWindow:
            url = f"postgresql://{names[role]}@{parts.hostname}:{parts.port}{parts.path}"
            office = open_office(url, actor="某人", clock=clock)
            stack.callback(office.close)
            return open_window(office)

        yield sitting
        for window in QApplication.topLevelWidgets():
            if isinstance(window, MainWindow):
                window.close()


def dialogs(window: MainWindow) -> list[QDialog]:
    return [one for one in window.findChildren(QDialog) if one.isVisible()]


def test_a_leader_is_told_before_typing_a_record_a_text_a_to_do_or_a_form(sit_down: SitDown) -> None:
    window = sit_down(Role.LEADER)
    before = window.desk.office.latest()

    def refused() -> bool:
        said = window.notice.text
        window.notice.hide()
        return "不能修改" in said and not dialogs(window)

    for key, name in (("investors", "record.new"), ("leads", "lead.paste")):
        page = window.go(key)
        assert isinstance(page, LibraryPage)
        page.list.buttons[name].click()
        assert refused()
        assert not page.in_form
    todo = window.go("todo")
    assert isinstance(todo, TodoPage)
    todo.table.selectRow(0)
    for name in ("done", "later", "hand"):
        todo.bar.buttons[name].click()
        assert refused()
    forms = window.go("forms")
    assert isinstance(forms, FormPage)
    forms.upload.click()
    assert refused()
    assert window.desk.office.latest() == before


def test_a_clerk_sees_the_standards_and_cannot_type_into_them(sit_down: SitDown) -> None:
    window = sit_down(Role.CLERK)
    part = part_of(window, "standards")
    assert isinstance(part, StandardsPart)
    table = part.tables["allowance"]
    assert "由管理员改" in part.hint.text()
    assert table._add.isHidden()
    assert part.shipped.isHidden()
    assert not table.model.flags(table.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    table.view.setCurrentIndex(table.model.index(0, 0))
    table.open_whole()
    dialog = table.findChild(ChildDialog)
    assert isinstance(dialog, ChildDialog)
    assert all(line.isReadOnly() for line in dialog.form.findChildren(QLineEdit))
    assert dialog._save.isHidden()


def test_an_admin_changes_the_standards(sit_down: SitDown) -> None:
    window = sit_down(Role.ADMIN)
    part = part_of(window, "standards")
    assert isinstance(part, StandardsPart)
    table = part.tables["allowance"]
    assert not table._add.isHidden()
    assert not part.shipped.isHidden()
    column = [one.name for one in table.model.columns].index("places")
    table.model.setData(table.model.index(0, column), ("青海", ""))
    assert "青海" in [one.places for one in window.desk.office.find(Query(Allowance))]


def test_an_admin_who_may_not_make_roles_there_is_told_before_typing_a_user(sit_down: SitDown) -> None:
    window = sit_down(Role.ADMIN)
    users = part_of(window, "users")
    assert isinstance(users, UsersPart)
    assert "能建角色的账号" in users.state.text()
    users.list.selectRow(0)
    assert not any(one.isEnabled() for one in (users.add, users.change, users.drop))
    users.put("li_xiang", Role.LEADER, "qinglan-1")
    assert "没有做这件事的权限" in window.notice.text
    assert window.desk.office.role is Role.ADMIN


def test_who_signed_in_to_the_server_is_named_in_the_window_and_in_the_history(sit_down: SitDown) -> None:
    window = sit_down(Role.CLERK)
    office = window.desk.office
    assert office.user.startswith("clerk_")
    assert window.status.user == f"{office.user} · 专员（可写）"
    (key,) = new_record(office, Investor(name="云帆智能")).of("investor")
    assert office.makers(Investor, [key]) == {key: office.user}
