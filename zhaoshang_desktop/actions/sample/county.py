"""The whole sample county on a day."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from zhaoshang_desktop.actions.sample import people, works
from zhaoshang_desktop.actions.sample.firms import FirmMaker
from zhaoshang_desktop.actions.sample.model import County
from zhaoshang_desktop.actions.sample.words import rows
from zhaoshang_desktop.domain.county import CountyFact
from zhaoshang_desktop.domain.day import When

SEED = 20260101


def sample_county(today: date, seed: int = SEED) -> County:
    """The same county for the same day and seed."""
    rng = Random(seed)
    directory = people.Directory(rng)
    county = County(today, people.units(), people.colleagues(directory), facts(today))
    county.firms = FirmMaker(rng, directory, county.colleagues, today).all()
    county.works = works.works(rng, county.firms, county.colleagues, today)
    county.tips = works.tips(rng, county.firms, county.colleagues, directory, today)
    county.experts = people.experts(rng, directory, today)
    return county


def facts(today: date) -> list[CountyFact]:
    """What every paper says about the county; figures are as of last month or of the close of a year."""
    last_month = today.replace(day=1) - timedelta(days=1)
    recent = When(last_month.year, last_month.month)
    return [
        CountyFact(
            topic=row["topic"],
            heading=row["heading"],
            text=row["text"],
            as_of=When(today.year - int(row["years_ago"]), 12) if int(row["years_ago"]) else recent,
            source=row["source"],
        )
        for row in rows("county")
    ]
