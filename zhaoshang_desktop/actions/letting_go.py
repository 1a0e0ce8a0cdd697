"""What points to a trip or a reception that is erased: what was held stays with its investor, what was only planned
goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from zhaoshang_desktop.actions.attachment import erase_with
from zhaoshang_desktop.domain.expert import Service
from zhaoshang_desktop.domain.query import Query, Where
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.visit import HELD, Visit

if TYPE_CHECKING:
    from zhaoshang_desktop.store.transaction import Transaction

R = TypeVar("R", bound=Record)


def let_go_of_trips(tx: Transaction, keys: Sequence[int]) -> None:
    """Visits that were held, and services of experts, are nobody's trip from now on."""
    visits = _all(tx, Visit, "trip", keys)
    for visit in visits:
        visit.trip = visit.team = visit.only_team = 0
    _part(tx, visits)
    services = _all(tx, Service, "trip", keys)
    for service in services:
        service.trip = 0
    tx.save_all(services)


def let_go_of_receptions(tx: Transaction, keys: Sequence[int]) -> None:
    """Talks that were held are nobody's reception from now on."""
    visits = _all(tx, Visit, "reception", keys)
    for visit in visits:
        visit.reception = 0
    _part(tx, visits)


def _part(tx: Transaction, visits: Sequence[Visit]) -> None:
    tx.save_all([visit for visit in visits if visit.state == HELD])
    planned = [visit.id for visit in visits if visit.state != HELD]
    erase_with(tx, Visit, planned)
    tx.erase(Visit, planned)


def _all(tx: Transaction, record: type[R], field: str, keys: Sequence[int]) -> list[R]:
    """Those of the recycle bin too."""
    asked = (
        Query(record, where=(Where(field, "in", tuple(keys)),), bin=there, order=("id",)) for there in (False, True)
    )
    return [one for query in asked for one in tx.find(query)]
