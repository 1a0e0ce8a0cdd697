"""A save, an import and a merge, each of them refused by the disk at one of its writes; and what must be true then."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.store.broken_disk import between, refusing
from zhaoshang_desktop.actions.homecoming import bring_home, look_into
from zhaoshang_desktop.actions.import_plan import plan_import
from zhaoshang_desktop.actions.importing import run_plan
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.office import Office
from zhaoshang_desktop.store.packs import Cargo, make_pack

KEY = bytes(range(32))
ROWS = 60
Act = Callable[[Office, Path], object]


def save(office: Office, _folder: Path) -> None:
    with office.transaction("新建客商") as tx:
        made = tx.save(Investor(name="云帆智能装备有限公司", note="老朋友" * 400))
        tx.save(Contact(investor=made.id, name="周远航"))


def import_rows(office: Office, _folder: Path) -> None:
    drafts = [Draft(Investor(name=f"公司{n}", note="字" * 200), n, [Contact(name="周远航")]) for n in range(ROWS)]
    plan = plan_import(office, Investor, "名录.xlsx", [("名录", draft) for draft in drafts])
    run_plan(office, plan)


def merge(office: Office, folder: Path) -> None:
    home = look_into(office, folder / "小分队.pack", lambda _copy: KEY)
    try:
        bring_home(office, home)
    finally:
        home.close()


ACTS: dict[str, Act] = {"save": save, "import": import_rows, "merge": merge}


@dataclass(frozen=True)
class Ground:
    """A folder with an office and a pack with work in it, copied for every try."""

    folder: Path

    def copied(self, to: Path) -> Path:
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return to / "清岚.office"


def make_ground(folder: Path) -> Ground:
    office = create_office(folder / "清岚.office", name="清岚县", actor="张敏")
    with office.transaction("准备") as tx:
        firms = [Investor(name=f"青禾{n}") for n in range(30)]
        tx.save_all(firms)
    sent = make_pack(office, folder / "小分队.pack", KEY, Cargo({"investor": [one.id for one in firms]}), "a", "小分队")
    assert sent
    office.close()
    pack = open_office(folder / "小分队.pack", actor="王强", key=KEY)
    with pack.transaction("出差") as tx:
        for one in pack.find(Query(Investor)):
            one.business = "电解液添加剂" * 20
            tx.save(one)
            tx.save(Contact(investor=one.id, name="褚文博"))
    pack.close()
    return Ground(folder)


@between()
def writes_of(ground: Ground, act: Act, to: Path) -> int:
    """How many writes the act does when none is refused."""
    office = open_office(ground.copied(to), actor="张敏")
    with refusing(None) as disk:
        act(office, to)
    office.close()
    return disk.calls


@between()
def faults_of(ground: Ground, act: Act, to: Path, after: int, code: int) -> list[str]:
    """What is wrong after the act was refused at that write: a half of it, an unsound office, another sentence, or an
    office that does not go on when there is room again."""
    office = open_office(ground.copied(to), actor="张敏")
    before, batches = office.count(Query(Contact)), len(office.batches())
    faults = []
    with refusing(after, code) as disk:
        try:
            act(office, to)
            done = True
        except KnownError as error:
            done = False
            if "磁盘" not in str(error):
                faults.append(f"another sentence: {error}")
    if not disk.refused:
        faults.append("nothing was refused")
    if not done and (office.count(Query(Contact)), len(office.batches())) != (before, batches):
        faults.append("a half of it is there")
    if not done:
        faults += check(office).wrong
        act(office, to)
    office.close()
    again = open_office(office.where, actor="张敏")
    if again.count(Query(Contact)) <= before:
        faults.append("it could not be done afterwards")
    faults += check(again).wrong
    again.close()
    return faults
