"""Fields that nobody types: computed from other records in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, TextClause, bindparam, select, text, update

from zhaoshang_desktop.domain.milestone import Milestone, stage_of
from zhaoshang_desktop.store.tables import TABLES, record_of_row

CHUNK = 500

SOURCES = {
    "visit": ("investor", "investor"),
    "stake": ("investor", "investor"),
    "milestone": ("project", "project"),
    "lead": ("expert", "expert"),
}
"""Whose saving changes another's derived fields: noun → (the other's noun, the link to it)."""

_HELD = "v.investor = investor.id AND v.removed IS NULL AND v.state = '已完成'"
_OPEN = "v.next_step IS NOT NULL AND (v.next_done IS NULL OR v.next_done = 0)"
_LATEST = "ORDER BY v.day DESC, v.id DESC LIMIT 1"
_FIELDS = {
    "investor": {
        "last_contact": f"(SELECT max(v.day) FROM visit v WHERE {_HELD})",
        "contact_count": f"(SELECT nullif(count(*), 0) FROM visit v WHERE {_HELD})",
        "next_step": f"(SELECT v.next_step FROM visit v WHERE {_HELD} AND {_OPEN} {_LATEST})",
        "next_due": f"(SELECT v.next_due FROM visit v WHERE {_HELD} AND {_OPEN} {_LATEST})",
        "open_projects": """(
            SELECT nullif(count(DISTINCT p.id), 0) FROM project p JOIN stake s ON s.project = p.id
            WHERE s.investor = investor.id AND p.removed IS NULL AND s.removed IS NULL AND p.stage = '在谈')""",
    },
    "expert": {
        "lead_count": """(
            SELECT nullif(count(*), 0) FROM lead l WHERE l.expert = expert.id AND l.removed IS NULL)""",
    },
}
"""What each derived field is, as SQL over the record's own row; a project's stage is reckoned in `_stages`."""
_UPDATES = {
    noun: f"UPDATE {noun} SET {', '.join(f'{name} = {said}' for name, said in fields.items())} WHERE id IN :keys"
    for noun, fields in _FIELDS.items()
}
_INVESTORS = "SELECT DISTINCT investor FROM stake WHERE investor IS NOT NULL AND project IN :keys"


def refresh(connection: Connection, wanted: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Computes the derived fields of these records anew; gives back all whose fields it may have changed."""
    projects = wanted.get("project", set())
    investors = set(wanted.get("investor", ()))
    _refresh_stages(connection, projects)
    for chunk in _chunks(projects):
        investors |= set(connection.execute(_with_keys(_INVESTORS), {"keys": chunk}).scalars())
    experts = wanted.get("expert", set())
    for noun, keys in (("investor", investors), ("expert", experts)):
        for chunk in _chunks(keys):
            connection.execute(_with_keys(_UPDATES[noun]), {"keys": chunk})
    return {"project": set(projects), "investor": investors, "expert": set(experts)}


def depending(connection: Connection, changed: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Whose derived fields the changes of these records may have changed, as far as the records are still there."""
    found: dict[str, set[int]] = {}
    for noun, (target, link) in SOURCES.items():
        table = TABLES[noun]
        for chunk in _chunks(changed.get(noun, ())):
            owners = select(table.c[link]).where(table.c.id.in_(chunk), table.c[link].is_not(None)).distinct()
            found.setdefault(target, set()).update(connection.execute(owners).scalars())
    projects = found.get("project", set()) | set(changed.get("project", ()))
    for chunk in _chunks(projects):
        found.setdefault("investor", set()).update(
            connection.execute(_with_keys(_INVESTORS), {"keys": chunk}).scalars()
        )
    return found


def stale(connection: Connection) -> dict[str, set[int]]:
    """The records whose derived fields are not what they should be."""
    differs = "IS DISTINCT FROM" if connection.dialect.name == "postgresql" else "IS NOT"
    found: dict[str, set[int]] = {}
    for noun, fields in _FIELDS.items():
        other = " OR ".join(f"{name} {differs} {said}" for name, said in fields.items())
        found[noun] = set(connection.exec_driver_sql(f"SELECT id FROM {noun} WHERE {other}").scalars())
    project = TABLES["project"]
    stored = {row.id: row.stage for row in connection.execute(select(project.c.id, project.c.stage))}
    for chunk in _chunks(stored):
        stages = _stages(connection, chunk)
        found.setdefault("project", set()).update(key for key in chunk if stages[key] != stored[key])
    return {noun: keys for noun, keys in found.items() if keys}


def _refresh_stages(connection: Connection, projects: Iterable[int]) -> None:
    project = TABLES["project"]
    for chunk in _chunks(projects):
        stages = [{"key": key, "new_stage": stage} for key, stage in _stages(connection, chunk).items()]
        put = update(project).where(project.c.id == bindparam("key")).values(stage=bindparam("new_stage"))
        connection.execute(put, stages)


def _stages(connection: Connection, projects: Sequence[int]) -> dict[int, str | None]:
    milestones = TABLES["milestone"]
    found: dict[int, list[Milestone]] = {key: [] for key in projects}
    wanted = select(milestones).where(milestones.c.project.in_(projects), milestones.c.removed.is_(None))
    for row in connection.execute(wanted).mappings():
        found[row["project"]].append(record_of_row(Milestone, row))  # type: ignore[arg-type]
    return {key: stage_of(steps) or None for key, steps in found.items()}


def _with_keys(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("keys", expanding=True))


def _chunks(keys: Iterable[int]) -> list[Sequence[int]]:
    wanted = sorted(keys)
    return [wanted[start : start + CHUNK] for start in range(0, len(wanted), CHUNK)]
