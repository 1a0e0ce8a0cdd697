"""A second process shares the reckoning; nothing depends on it."""

from __future__ import annotations

from contextlib import closing

from zhaoshang_desktop.domain.text import folded
from zhaoshang_desktop.runtime.second import Second

TASKS = [f"  青禾{n}　Ａ" for n in range(200)]


def test_every_task_comes_back_once_and_in_order() -> None:
    with closing(Second(folded)) as second:
        answers = [one for task in TASKS for one in second.share(task)]
        answers += second.rest()
    assert answers == [(task, folded(task)) for task in TASKS]


def test_some_of_it_is_done_over_there() -> None:
    with closing(Second(folded)) as second:
        second._ready = second._answers.get(timeout=60) is not None
        assert list(second.share(TASKS[0])) in ([], [(TASKS[0], folded(TASKS[0]))])
        assert not second._process.poll()
        assert [*second.rest()] in ([], [(TASKS[0], folded(TASKS[0]))])


def test_what_a_dead_one_owes_is_reckoned_here() -> None:
    with closing(Second(folded)) as second:
        second._ready = second._answers.get(timeout=60) is not None
        answers = [*second.share(TASKS[0])]
        second._process.kill()
        second._process.wait()
        answers += [one for task in TASKS[1:] for one in second.share(task)]
        answers += second.rest()
    assert answers == [(task, folded(task)) for task in TASKS]
