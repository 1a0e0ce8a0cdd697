"""What is true in the sample county, before anybody writes it into a workbook.

Links are names here; they become keys when the workbooks are imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.day import When
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.lead import Lead
from zhaoshang_desktop.domain.project import Project
from zhaoshang_desktop.domain.unit import Member, Unit

COUNTY = "清岚县"
OFFICE = "清岚县投资促进局"
BASE = "370400"
"""枣庄, a real city with a high-speed station: the county is invented, and distances need a real place."""


@dataclass
class Firm:
    """An investor with its people; `city` is the heading it stands under, `business` its row of businesses.csv."""

    investor: Investor
    contacts: list[Contact]
    city: str
    business: dict[str, str]
    unit: str = ""
    owner: str = ""


@dataclass
class Work:
    """A project with the dates of the steps it has reached, the last one being where it stands."""

    project: Project
    steps: dict[str, When]
    investor: str = ""
    unit: str = ""
    owner: str = ""

    @property
    def step(self) -> str:
        return next(reversed(self.steps))


@dataclass
class Tip:
    """A lead with the firm it is about."""

    lead: Lead
    firm: str = ""
    owner: str = ""


@dataclass
class Colleague:
    """A member with the name of the unit."""

    member: Member
    unit: str


@dataclass
class County:
    """All of it, on a given day."""

    today: date
    units: list[Unit] = field(default_factory=list)
    colleagues: list[Colleague] = field(default_factory=list)
    facts: list[CountyFact] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)
    experts: list[Expert] = field(default_factory=list)
