"""Work beside the window: done in order, told when it takes long, stopped between steps, never half done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import County
from zhaoshang_desktop.actions.record import edit_record, new_record
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.ui.listener import Listener
from zhaoshang_desktop.ui.reader import Reader
from zhaoshang_desktop.ui.runner import AtOnce, OneThread
from zhaoshang_desktop.ui.worker import Worker


@pytest.fixture
def worker(office: Office) -> Any:
    made = Worker(office, OneThread("test writer"))
    yield made
    made.close()


def test_an_action_runs_beside_the_window_and_says_what_changed(qtbot: QtBot, worker: Worker, office: Office) -> None:
    done: list[Any] = []
    with qtbot.waitSignal(worker.changed) as told:
        worker.run(new_record, Investor(name="青禾新材料"), on_done=done.append)
    assert told.args[0].touches("investor")
    qtbot.waitUntil(lambda: bool(done))
    assert office.count(Query(Investor)) == 1


def test_a_key_beyond_what_a_signal_can_carry_arrives_whole(office: Office, county: County) -> None:
    assert county.qinghe.id > 2**53
    told: list[Any] = []
    worker = Worker(office, AtOnce())
    worker.changed.connect(told.append)
    worker.run(edit_record, Investor, county.qinghe.id, {"website": "a.example"}, county.qinghe.version)
    assert told[0].of("investor") == {county.qinghe.id}


def test_long_work_says_in_words_what_it_is_doing(qtbot: QtBot, worker: Worker) -> None:
    go_on = threading.Event()

    def compare(office: Office, progress: Callable[[str, int, int], None]) -> None:
        while not go_on.wait(0.02):
            progress("核对重复", 12_400, 50_000)

    words: list[str] = []
    worker.working.connect(words.append)
    worker.run(compare, steps=True)
    qtbot.waitUntil(lambda: "核对重复 12,400 / 50,000" in words)
    go_on.set()
    qtbot.waitUntil(lambda: words[-1] == "")


def test_short_work_says_nothing(qtbot: QtBot, worker: Worker, office: Office) -> None:
    words: list[str] = []
    worker.working.connect(words.append)
    with qtbot.waitSignal(worker.changed):
        worker.run(new_record, Investor(name="青禾新材料"))
    assert words == []


def test_a_cancelled_job_leaves_nothing_behind(qtbot: QtBot, worker: Worker, office: Office) -> None:
    begun = threading.Event()

    def store_many(office: Office, progress: Callable[[str, int, int], None]) -> None:
        with office.transaction("导入") as tx:
            for number in range(1_000_000):
                tx.save(Investor(name=f"第 {number} 家"))
                begun.set()
                progress("写入", number, 1_000_000)

    worker.run(store_many, steps=True)
    begun.wait()
    worker.cancel()
    qtbot.waitUntil(lambda: not worker.busy)
    assert office.count(Query(Investor)) == 0


def test_who_stops_it_at_the_foot_of_the_window_hears_that_nothing_was_changed(
    qtbot: QtBot, worker: Worker, office: Office
) -> None:
    begun, words, told = threading.Event(), list[str](), list[KnownError]()
    worker.working.connect(words.append)
    worker.failed.connect(told.append)

    def long(office: Office, progress: Callable[[str, int, int], None]) -> None:
        begun.set()
        while True:
            progress("写入", 7, 100)

    for to_asker in (None, told.append):
        begun.clear()
        words.clear()
        worker.run(long, on_error=to_asker, steps=True)
        begun.wait()
        qtbot.waitUntil(lambda: "写入 7 %" in words)
        assert worker.stoppable
        worker.stop()
        qtbot.waitUntil(lambda: not worker.busy)
    assert [str(error) for error in told] == ["已取消，什么都没有改。"] * 2
    assert not worker.stoppable


def test_a_known_error_goes_to_whoever_asked_else_to_the_window(office: Office) -> None:
    def refuse(office: Office) -> None:
        raise KnownError("磁盘已满，这次修改没有保存。", "请腾出空间后再试。")

    worker = Worker(office, AtOnce())
    to_window: list[KnownError] = []
    to_asker: list[KnownError] = []
    worker.failed.connect(to_window.append)
    worker.run(refuse)
    worker.run(refuse, on_error=to_asker.append)
    assert [str(error) for error in to_window] == ["磁盘已满，这次修改没有保存。请腾出空间后再试。"]
    assert len(to_asker) == 1


def test_any_other_error_goes_to_the_crash_dialog(office: Office) -> None:
    def stumble(office: Office) -> None:
        raise ZeroDivisionError

    worker = Worker(office, AtOnce())
    crashed: list[Exception] = []
    worker.crashed.connect(crashed.append)
    worker.run(stumble)
    assert isinstance(crashed[0], ZeroDivisionError)


def test_the_newest_question_wins(qtbot: QtBot, office: Office) -> None:
    reader = Reader(office, OneThread("test reader"))
    first_asked, go_on = threading.Event(), threading.Event()
    answers: list[str] = []

    def slow(office: Office) -> str:
        first_asked.set()
        go_on.wait()
        return "first"

    reader.ask("list", slow, answers.append)
    first_asked.wait()
    reader.ask("list", lambda office: "second", answers.append)
    reader.ask("list", lambda office: "third", answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: bool(answers))
    reader.close()
    assert answers == ["third"]


def test_questions_of_different_channels_do_not_push_each_other_aside(qtbot: QtBot, office: Office) -> None:
    reader = Reader(office, OneThread("test reader"))
    answers: list[str] = []
    reader.ask("list", lambda office: "rows", answers.append)
    reader.ask("counts", lambda office: iter(["one", "two"]), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 3)
    reader.close()
    assert sorted(answers) == ["one", "rows", "two"]


def test_a_listener_does_not_keep_its_owner_alive() -> None:
    class Window:
        def hear(self, word: str) -> None:
            heard.append(word)

    heard: list[str] = []
    window = Window()
    listener = Listener(window.hear)
    listener("one")
    del window
    listener("two")
    assert heard == ["one"]
    assert not listener
