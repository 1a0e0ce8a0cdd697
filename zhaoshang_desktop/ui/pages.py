"""The pages there are; each is made when it is first looked at."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from zhaoshang_desktop.ui.desk import Desk
    from zhaoshang_desktop.ui.page import Page


@dataclass(frozen=True)
class Entry:
    """Where a page is: `module:class`, made with the desk and these arguments (a library: its record type, and its
    word for a record).

    `noun` is the record type it shows; an entry that is no tab is reached by a command.
    """

    key: str
    title: str
    maker: str
    args: tuple[Any, ...] = ()
    noun: str = ""
    tab: bool = True

    @property
    def works(self) -> bool:
        """Whether there is such a page in this program."""
        return exists(self.maker.partition(":")[0])

    @property
    def loaded(self) -> bool:
        """Whether its code is there already, so that it is made in a moment."""
        return self.maker.partition(":")[0] in sys.modules

    def make(self, desk: Desk, *more: Any) -> Page:
        return cast("Page", named(self.maker)(desk, *self.args, *more))


_LIBRARY = "zhaoshang_desktop.ui.library.page:LibraryPage"

PAGES = (
    Entry("workbench", "工作台", "zhaoshang_desktop.ui.workbench:Workbench"),
    Entry("investors", "客商库", _LIBRARY, ("zhaoshang_desktop.domain.investor:Investor", "客商"), "investor"),
    Entry("projects", "项目库", _LIBRARY, ("zhaoshang_desktop.domain.project:Project", "项目"), "project"),
    Entry("leads", "信息库", _LIBRARY, ("zhaoshang_desktop.domain.lead:Lead", "信息"), "lead"),
    Entry("experts", "专家库", _LIBRARY, ("zhaoshang_desktop.domain.expert:Expert", "专家"), "expert"),
    Entry("trips", "外出", "zhaoshang_desktop.ui.trip.page:TripPage", (), "trip"),
    Entry("receptions", "请进来", "zhaoshang_desktop.ui.reception.page:ReceptionPage", (), "reception"),
    Entry("todo", "待办", "zhaoshang_desktop.ui.todo.page:TodoPage"),
    Entry("units", "单位", _LIBRARY, ("zhaoshang_desktop.domain.unit:Unit", "单位"), "unit", tab=False),
    Entry("members", "招商人员", _LIBRARY, ("zhaoshang_desktop.domain.unit:Member", "招商人员"), "member", tab=False),
    Entry("packs", "出差包", "zhaoshang_desktop.ui.packs.page:PacksPage", tab=False),
    Entry("office", "办公室", "zhaoshang_desktop.ui.office.page:OfficePage", tab=False),
    Entry("sending", "下发与汇总", "zhaoshang_desktop.ui.sending.page:SendingPage", (), "sending", tab=False),
    Entry("forms", "上级报表", "zhaoshang_desktop.ui.form.page:FormPage", (), "form", tab=False),
    Entry("importing", "导入", "zhaoshang_desktop.ui.importing.wizard:ImportWizard", tab=False),
)

FIRST = "investors"


def named(place: str) -> Any:
    """What is called `module:name`; imported now, and nothing besides."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def exists(module: str) -> bool:
    """Whether the program has that module, without importing it."""
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def entry(key: str) -> Entry:
    """The entry of that key."""
    return next(one for one in PAGES if one.key == key)


def entry_of(noun: str) -> Entry | None:
    """The page that shows records of that type, if there is one."""
    return next((one for one in PAGES if one.noun == noun and one.works), None)
