"""Removed here, changed there, moved elsewhere: who comes home first does not matter, and nothing is asked in vain."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.actions.laptops import come_home, held, merge, open_pack, take_out
from zhaoshang_desktop.actions.homecoming_words import conflicts_of
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office

Deed = Callable[[Office], object]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = create_office(tmp_path / "清岚.office", name="清岚县", actor="张敏")
    with made.transaction("准备") as tx:
        firm = tx.save(Investor(name="青禾新材料有限公司"))
        tx.save(Contact(investor=firm.id, name="周远航"))
        tx.save(Investor(name="云帆智能有限公司"))
    yield made
    made.close()


def person_of(office: Office) -> Contact:
    found = [one for gone in (False, True) for one in office.find(Query(Contact, bin=gone))]
    return found[0]  # type: ignore[no-any-return]


def changed(name: str, value: object) -> Deed:
    def deed(office: Office) -> None:
        with office.transaction("修改") as tx:
            person = tx.get(Contact, person_of(office).id)
            setattr(person, name, value)
            tx.save(person)

    return deed


def removed(office: Office) -> None:
    with office.transaction("移走") as tx:
        tx.remove(tx.get(Contact, person_of(office).id))


def erased(office: Office) -> None:
    with office.transaction("彻底删除") as tx:
        tx.erase(Contact, [person_of(office).id])


def packs_with(office: Office, folder: Path, *laptops: tuple[Deed, ...]) -> list[Path]:
    """A pack for each, in which that was done."""
    paths = []
    for number, deeds in enumerate(laptops):
        paths.append(folder / f"{number}.pack")
        take_out(office, paths[-1], f"code{number}")
        there = open_pack(paths[-1])
        for deed in deeds:
            deed(there)
        there.close()
    return paths


def in_every_order(office: Office, folder: Path, packs: list[Path]) -> list[object]:
    """What the office holds after each order, where what lives is chosen before what is gone."""
    home, found = Path(office.where), []
    office.close()
    for order in itertools.permutations(packs):
        copy = folder / f"{'-'.join(path.stem for path in order)}.office"
        shutil.copy(home, copy)
        opened = open_office(copy, actor="张敏")
        for path in order:
            merge(opened, path, alive=True)
        found.append(held(opened))
        assert check(opened).wrong == []
        opened.close()
    return found


def test_removed_on_one_laptop_after_the_change_that_another_made_too_is_the_same_in_either_order(
    office: Office, tmp_path: Path
) -> None:
    packs = packs_with(office, tmp_path, (changed("post", "总经理"),), (changed("post", "总经理"), removed))
    one, other = in_every_order(office, tmp_path, packs)
    assert one == other


def test_what_a_laptop_changed_and_removed_is_asked_for_where_the_office_erased_it_and_another_brings_it_back(
    office: Office, tmp_path: Path
) -> None:
    packs = packs_with(
        office, tmp_path, (changed("post", "总经理"),), (changed("post", "总经理"), changed("note", "已来访"), removed)
    )
    erased(office)
    home = come_home(office, packs[1])
    (asked,) = conflicts_of(office, home)
    assert "出差时改过，又移到了回收站" in str(asked)
    home.close()
    one, other = in_every_order(office, tmp_path, packs)
    assert one == other


def test_a_person_whom_both_sides_erased_and_whose_firm_stands_asks_for_nothing(office: Office, tmp_path: Path) -> None:
    packs = packs_with(office, tmp_path, (erased,))
    home = come_home(office, packs[0])
    assert home.conflicts() == []
    home.close()
    merge(office, packs[0])
    assert office.count(Query(Investor)) == 2
    assert check(office).wrong == []


def test_a_person_who_went_to_another_firm_here_comes_home_without_a_question_about_that_firm(
    office: Office, tmp_path: Path
) -> None:
    packs = packs_with(office, tmp_path, (changed("post", "总经理"),))
    other = next(one for one in office.find(Query(Investor)) if "云帆" in one.name)
    changed("investor", other.id)(office)
    home = come_home(office, packs[0])
    assert home.conflicts() == []
    home.close()
    merge(office, packs[0])
    assert (person_of(office).investor, person_of(office).post) == (other.id, "总经理")
    assert check(office).wrong == []
