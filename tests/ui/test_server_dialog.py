"""连接服务器: what is wrong is said in words; what is right goes on; passwords stay out of settings and titles."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.postgres import free_port
from tests.ui.conftest import County
from tests.ui.test_tab_order import stops
from zhaoshang_desktop.actions.server import CLEAR, Address, read_address
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.runtime import passwords
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.help import PageDialog
from zhaoshang_desktop.ui.library.page import LibraryPage
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


def test_tab_goes_from_the_address_to_the_port_and_on_down(ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    fields = [dialog.host, dialog.port, dialog.database, dialog.user, dialog.password, dialog.encryption]
    assert [one for one in stops(dialog, dialog.host) if one in fields] == fields


def test_what_is_said_of_the_password_can_be_read_to_its_end(ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    assert dialog.remember.width() >= dialog.remember.sizeHint().width()


def test_who_leaves_the_dialog_while_it_tries_is_not_told(
    qtbot: QtBot, window: MainWindow, ask: Callable[..., ServerDialog]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dialog = ask(plain("postgresql://office@127.0.0.1/x", port=silent.getsockname()[1]))
        dialog.try_it()
        (trier,) = [one for one in threading.enumerate() if one.name == "server trier"]
        client, _ = silent.accept()
        dialog.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        client.close()
        trier.join(SOON / 1000)
    assert not trier.is_alive()


def test_the_focus_stays_where_it_was_while_it_tries(qtbot: QtBot, ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    dialog.activateWindow()
    dialog.password.setFocus()
    dialog.go()
    qtbot.waitUntil(lambda: "还没有填" in dialog.said, timeout=SOON)
    assert dialog.focusWidget() is dialog.password


@pytest.mark.parametrize("host", ["http://127.0.0.1", "127.0.0.1:5432"])
def test_an_address_that_is_more_than_one_is_said(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str, host: str
) -> None:
    dialog = ask(plain(postgres_database))
    dialog.host.setText(host)
    dialog.try_it()
    qtbot.waitUntil(lambda: "只写名称或 IP" in dialog.said, timeout=SOON)


def test_another_program_at_that_port_is_said(qtbot: QtBot, ask: Callable[..., ServerDialog]) -> None:
    def answer() -> None:
        client, _ = other.accept()
        with client:
            client.recv(100)
            client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as other:
        thread = threading.Thread(target=answer)
        thread.start()
        dialog = ask(plain("postgresql://office@127.0.0.1/x", port=other.getsockname()[1]))
        dialog.try_it()
        qtbot.waitUntil(lambda: "不是 PostgreSQL" in dialog.said, timeout=SOON)
        thread.join()


def test_a_database_that_cannot_hold_chinese_is_refused_for_a_move(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str
) -> None:
    name = read_address(postgres_database).database
    for encoding in ("LATIN1", "SQL_ASCII"):
        other = f"{name}_{encoding.lower()}"
        with psycopg.connect(postgres_database, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {other} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        try:
            dialog = ask(plain(postgres_database, database=other), move=True)
            dialog.go()
            qtbot.waitUntil(lambda shown=dialog, said=encoding: f"编码是 {said}" in shown.said, timeout=SOON)
            dialog.reject()
        finally:
            with psycopg.connect(postgres_database, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {other} WITH (FORCE)")


def test_a_user_who_may_make_nothing_there_is_told_before_a_move(
    qtbot: QtBot, ask: Callable[..., ServerDialog], postgres_database: str
) -> None:
    user = f"weak_{read_address(postgres_database).database}"
    with psycopg.connect(postgres_database, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {user} LOGIN")
    try:
        dialog = ask(plain(postgres_database, user=user), move=True)
        dialog.go()
        qtbot.waitUntil(lambda: "没有在里面建表的权限" in dialog.said, timeout=SOON)
        dialog.reject()
    finally:
        with psycopg.connect(postgres_database, autocommit=True) as connection:
            connection.execute(f"DROP ROLE {user}")


def test_who_moves_an_office_is_told_first_what_does_not_go_along(ask: Callable[..., ServerDialog]) -> None:
    said = "".join(one.text() for one in ask("", move=True).findChildren(QLabel))
    assert "搬的时候这里只能看" in said
    assert "用户和密码不搬" in said
    assert "加密也不跟着去" in said


def test_the_page_of_help_is_a_click_away(ask: Callable[..., ServerDialog]) -> None:
    dialog = ask("")
    (link,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "服务器怎么装"]
    link.click()
    (page,) = dialog.findChildren(PageDialog)
    assert "pg_hba.conf" in page.text.toPlainText()
    page.accept()


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


def test_a_move_that_failed_is_tried_again_with_what_was_filled_in(
    qtbot: QtBot, window: MainWindow, office: Office, county: County, postgres_database: str
) -> None:
    create_office(postgres_database, name="别人的").close()
    window.orders.moves.start(plain(postgres_database))
    assert "已经有一个办公室" in window.notice.text
    assert window.desk.may_write
    window.call("server.to")
    (dialog,) = window.findChildren(ServerDialog)
    assert dialog.database.text() == read_address(postgres_database).database
    dialog.reject()


def test_what_is_typed_is_saved_before_the_office_moves(
    qtbot: QtBot, window: MainWindow, investors: LibraryPage, county: County, postgres_database: str
) -> None:
    investors.open_record(county.qinghe.id)
    investors.form.form.parts["short_name"].editor.put_changed("青禾")
    with qtbot.waitSignal(window.office_wanted, timeout=2 * SOON) as wanted:
        window.orders.moves.start(plain(postgres_database))
    there = open_office(wanted.args[0])
    assert there.get(Investor, county.qinghe.id).short_name == "青禾"
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
    assert "openssl req -x509" in page.text.toPlainText()
    assert not page.text.horizontalScrollBar().isVisible()
    with qtbot.waitSignal(page.destroyed):
        page.accept()
