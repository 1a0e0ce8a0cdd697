"""连接服务器: what is wrong is said in words; what is right goes on; passwords stay out of settings and titles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.postgres import free_port
from tests.ui.conftest import County
from zhaoshang_desktop.actions.server import CLEAR, Address, read_address
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime import passwords
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.help import PageDialog
from zhaoshang_desktop.ui.main_window import MainWindow
from zhaoshang_desktop.ui.office.server_dialog import ServerDialog
from zhaoshang_desktop.ui.status import place_of

SOON = 15_000


@pytest.fixture
def ask(qtbot: QtBot, window: MainWindow) -> Callable[..., ServerDialog]:
    def asking(url: str, *, move: bool = False) -> ServerDialog:
        dialog = ServerDialog(url, window, move=move)
        dialog.open()
        return dialog

    return asking


def plain(url: str, **changes: object) -> str:
    address = read_address(url)
    return Address(**{**address.__dict__, "encryption": CLEAR, **changes}).url  # type: ignore[arg-type]


def test_a_server_that_is_not_there_is_said(qtbot: QtBot, ask: Callable[..., ServerDialog]) -> None:
    dialog = ask(plain("postgresql://office@127.0.0.1/x", port=free_port()))
    dialog.try_it()
    qtbot.waitUntil(lambda: "没有应答" in dialog.said, timeout=SOON)


@pytest.mark.parametrize(
    ("changes", "said"), [({"database": "没有这个"}, "没有这个数据库"), ({"user": "nobody"}, "不认这个用户名")]
)
def test_what_is_filled_in_wrongly_is_said(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str, changes: dict[str, str], said: str
) -> None:
    dialog = ask(plain(postgres_database, **changes))
    dialog.try_it()
    qtbot.waitUntil(lambda: said in dialog.said, timeout=SOON)


def test_a_server_without_encryption_is_refused_where_it_must_be_encrypted(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str
) -> None:
    dialog = ask(plain(postgres_database, encryption="require"))
    dialog.try_it()
    qtbot.waitUntil(lambda: "没有开加密" in dialog.said, timeout=SOON)


def test_the_port_can_be_read(ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    line = dialog.port.findChild(QLineEdit)
    assert line is not None
    assert line.text() == "5432"
    assert dialog.port.rect().contains(line.geometry())
    assert line.width() >= line.fontMetrics().horizontalAdvance("65535")


def test_what_is_missing_is_asked_for_before_anything_is_tried(qtbot: QtBot, ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    dialog.try_it()
    qtbot.waitUntil(lambda: "还没有填服务器地址" in dialog.said, timeout=SOON)


def test_an_office_over_there_can_be_opened(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str
) -> None:
    create_office(postgres_database, name="清岚县投资促进局").close()
    dialog = ask(plain(postgres_database, password="p@ss 字"))
    with qtbot.waitSignal(dialog.chosen, timeout=SOON) as chosen:
        dialog.go()
    (url,) = chosen.args
    assert "p%40ss" not in url
    assert passwords.recall(url) == "p@ss 字"
    office = open_office(url)
    assert "ss" not in place_of(office.where)
    office.close()
    passwords.forget(url)


def test_the_office_moves_there_and_the_one_over_there_is_opened(
    qtbot: QtBot, window: MainWindow, office: Office, county: County, postgres_database: str
) -> None:
    wanted: list[str] = []
    window.office_wanted.connect(wanted.append)
    window.call("server.to")
    (dialog,) = window.findChildren(ServerDialog)
    address = read_address(postgres_database)
    dialog.host.setText(address.host)
    dialog.port.setValue(address.port)
    dialog.database.setText(address.database)
    dialog.user.setText(address.user)
    dialog.encryption.setCurrentIndex(dialog.encryption.findData(CLEAR))
    dialog.go()
    qtbot.waitUntil(lambda: bool(wanted), timeout=2 * SOON)
    assert "逐条核对一致" in window.notice.text
    there = open_office(wanted[0])
    assert there.count(Query(Investor)) == office.count(Query(Investor))
    assert check(there).wrong == []
    there.close()


def test_an_office_on_a_server_comes_back_into_a_file(
    qtbot: QtBot,
    open_window: Callable[[Office], MainWindow],
    postgres_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there = create_office(postgres_database, name="清岚县投资促进局")
    window = open_window(there)
    assert "server.to" not in window.orders.handlers
    target = tmp_path / "回来.office"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(window.office_wanted, timeout=SOON) as wanted:
        window.call("server.from")
    assert wanted.args == [str(target)]
    assert target.exists()
    window.close()
    there.close()


def test_the_page_of_help_is_there_and_goes(qtbot: QtBot, window: MainWindow) -> None:
    window.call("help.server")
    (page,) = window.findChildren(PageDialog)
    assert "pg_hba.conf" in page.text.toPlainText()
    with qtbot.waitSignal(page.destroyed):
        page.accept()
