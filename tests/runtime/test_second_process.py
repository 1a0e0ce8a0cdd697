"""A second process shares the reckoning; nothing depends on it."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest

from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.runtime.second_process import SecondProcess

TASKS = [f"  青禾{n}　Ａ" for n in range(200)]
DONE = [(task, folded(task)) for task in TASKS]


def begun(second: SecondProcess) -> SecondProcess:
    """That process, once it is at work."""
    with second._changed:
        assert second._changed.wait_for(lambda: second._ready, 60)
    return second


def test_every_task_comes_back_once_and_in_order() -> None:
    with closing(SecondProcess(folded)) as second:
        answers = [one for task in TASKS for one in second.share(task)]
        answers += second.rest()
    assert answers == DONE


def test_some_of_it_is_done_over_there() -> None:
    with closing(begun(SecondProcess(folded))) as second:
        answers = [*second.share(TASKS[0])]
        with second._changed:
            assert second._changed.wait_for(lambda: not second._waiting and not second._out, 60)
        answers += second.rest()
    assert answers == DONE[:1]


def test_what_waits_when_the_rest_is_wanted_is_done_here_too() -> None:
    with closing(SecondProcess(folded)) as second:
        answers = [one for task in TASKS for one in second.share(task)]
        second._end()
        answers += second.rest()
    assert answers == DONE


def test_what_a_dead_one_owes_is_reckoned_here() -> None:
    with closing(begun(SecondProcess(folded))) as second:
        answers = [*second.share(TASKS[0])]
        second._process.kill()
        second._process.wait()
        answers += [one for task in TASKS[1:] for one in second.share(task)]
        answers += second.rest()
    assert answers == DONE


def test_where_no_process_can_be_started_everything_is_reckoned_here(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/没有/这个程序")
    with closing(SecondProcess(folded)) as second:
        answers = [one for task in TASKS for one in second.share(task)]
        answers += second.rest()
    assert answers == DONE
    assert "no second process" in caplog.text
