"""A merge that is killed, or meets the end of the disk, leaves the office as it was."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.actions.laptops import come_home
from tests.actions.merge_crash import FIRMS, kill_while_merging, office_and_pack
from tests.store.test_full_disk import pages_left
from zhaoshang_desktop.actions.homecoming import bring_home
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Investor
from zhaoshang_desktop.domain.pack import PackReturn
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import open_office
from zhaoshang_desktop.store.check import check


def test_a_killed_merge_is_wholly_there_or_not_at_all(tmp_path: Path) -> None:
    where, path = office_and_pack(tmp_path)
    dice = random.Random(3)
    for _ in range(4):
        _, wrong = kill_while_merging(where, path, dice.uniform(0, 1.5))
        assert wrong == []


@pytest.mark.parametrize("more", [0, 3, 15, 60])
def test_a_merge_that_meets_the_end_of_the_disk_leaves_nothing(tmp_path: Path, more: int) -> None:
    where, path = office_and_pack(tmp_path)
    office = open_office(where, actor="张敏")
    home = come_home(office, path)
    with pages_left(office, more), pytest.raises(KnownError, match="磁盘已满"):
        bring_home(office, home)
    assert office.count(Query(Investor)) == FIRMS
    assert office.count(Query(PackReturn)) == 0
    assert check(office).wrong == []
    assert bring_home(office, home).is_whole
    assert check(office).wrong == []
    home.close()
    office.close()


def test_a_merge_can_be_stopped_between_its_steps(tmp_path: Path) -> None:
    where, path = office_and_pack(tmp_path)
    office = open_office(where, actor="张敏")
    home = come_home(office, path)

    def stop(words: str, done: int = 0, _total: int = 0) -> None:
        if words == "合并" and done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bring_home(office, home, progress=stop)
    assert office.count(Query(Investor)) == FIRMS
    home.close()
    office.close()
