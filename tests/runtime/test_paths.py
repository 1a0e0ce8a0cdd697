"""Folders, settings, the log and the clock."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from zhaoshang_desktop.runtime import clock, logs, paths, settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "我的 招商"
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture
def quiet_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hooks = list(root.handlers), root.level, (sys.excepthook, threading.excepthook)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks


def test_shipped_files_are_found() -> None:
    assert paths.resource("reference", "regions.csv").is_file()
    assert paths.resource("fonts", "NotoSansSC-Regular.ttf").is_file()


def test_everything_personal_follows_the_home_variable(home: Path) -> None:
    assert paths.settings_folder() == home
    assert paths.logs_folder() == home / "logs"
    assert paths.offices_folder() == home / "offices"
    assert paths.logs_folder().is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="the XDG folders are of Linux")
def test_without_it_linux_keeps_to_the_xdg_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert paths.settings_folder() == tmp_path / "config" / "zhaoshang"
    assert paths.logs_folder() == tmp_path / "state" / "zhaoshang" / "logs"


def test_settings_come_back_as_they_were_saved(home: Path) -> None:
    kept = settings.load()
    kept.windows["main"] = "AdnQywAD"
    kept.choices["import.folder"] = "D:\\名单"
    for number in range(12):
        kept.opened(f"office{number}.zs")
    kept.opened("office5.zs")
    settings.save(kept)
    assert settings.load() == kept
    assert kept.recent_offices[:2] == ["office5.zs", "office11.zs"]
    assert len(kept.recent_offices) == 10
    assert [file.name for file in home.iterdir()] == [settings.FILE_NAME]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"windows": 3, "recent_offices": [1, "a"]}'])
def test_damaged_settings_start_as_new(home: Path, content: bytes) -> None:
    file = paths.settings_folder() / settings.FILE_NAME
    file.write_bytes(content)
    loaded = settings.load()
    assert loaded.windows == {}
    assert loaded.recent_offices in ([], ["a"])
    settings.save(loaded)
    assert settings.load() == loaded


def test_settings_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.save(settings.Settings(), blocked / "settings.json")
    assert settings.load(blocked / "settings.json") == settings.Settings()


@pytest.mark.usefixtures("quiet_logging")
def test_the_log_is_written_in_its_folder(tmp_path: Path) -> None:
    file = logs.start(tmp_path)
    logging.getLogger("zhaoshang.test").warning("3 行没有读懂")
    assert "3 行没有读懂" in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("quiet_logging")
def test_what_nobody_caught_is_logged_and_shown(tmp_path: Path) -> None:
    shown: list[BaseException] = []
    file = logs.start(tmp_path)
    logs.catch_crashes(shown.append)
    error = RuntimeError("broken")
    sys.excepthook(RuntimeError, error, None)
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert [type(each) for each in shown] == [RuntimeError, ZeroDivisionError]
    assert "RuntimeError: broken" in file.read_text(encoding="utf-8")


def test_the_day_in_china_begins_at_sixteen_hours_utc() -> None:
    standing = clock.FixedClock(datetime(2026, 3, 1, 15, 59, tzinfo=UTC))
    assert clock.today(standing) == date(2026, 3, 1)
    standing.advance(timedelta(minutes=1))
    assert clock.today(standing) == date(2026, 3, 2)
    assert clock.to_local(standing.now()).hour == 0


def test_the_wall_clock_in_china_is_eight_hours_ahead() -> None:
    assert clock.to_local(datetime(2026, 3, 2, 1, 30, tzinfo=UTC)).strftime("%H:%M") == "09:30"
    assert clock.SystemClock().now().tzinfo is UTC


def test_a_place_is_resolved_only_where_there_is_a_link(home: Path) -> None:
    home.mkdir()
    file, link = home / "清岚.office", home / "链接.office"
    for where in (str(file), "清岚.office", "", "postgresql://office@server/qinglan"):
        assert paths.real(where) == where
    try:
        link.symlink_to(file.name)
    except OSError:
        pytest.skip("no links here")
    assert paths.real(str(link)) == str(file)
