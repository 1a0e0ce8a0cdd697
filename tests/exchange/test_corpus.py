"""The corpus in tests/data/workbooks: every file gets the answer that lies beside it, by the command line's way in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.corpus.case import FOLDER
from tests.exchange.corpus.cases import CASES
from zhaoshang_desktop.actions.import_plan import Fate, ImportPlan
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.actions.office import new_office
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.domain.investor import Contact
from zhaoshang_desktop.domain.libraries import LIBRARIES
from zhaoshang_desktop.domain.record import Record
from zhaoshang_desktop.domain.spec import field_of
from zhaoshang_desktop.exchange.reading import PasswordNeeded
from zhaoshang_desktop.exchange.records import Draft
from zhaoshang_desktop.store.office import Office

FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
LEAST = 60
LARGEST = 40_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = new_office(tmp_path_factory.mktemp("corpus") / "清岚县.office", name="清岚县投资促进局", actor="张敏")
    yield made
    made.close()


def test_the_corpus_is_whole_and_small() -> None:
    assert len(FILES) >= LEAST
    assert {path.name for path in FILES} == {case.file for case in CASES}
    assert all(path.stat().st_size <= LARGEST for path in FILES)
    for case in CASES:
        assert json.loads((FOLDER / f"{case.file}.json").read_text("utf-8")) == json.loads(json.dumps(case.plain()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_workbook_of_the_corpus_gets_its_answer(office: Office, path: Path) -> None:
    answer = json.loads((FOLDER / f"{path.name}.json").read_text("utf-8"))
    record = LIBRARIES[answer.get("library", "investors")]
    if "refused" in answer:
        with pytest.raises(KnownError) as caught:
            import_file(office, record, path, dry_run=True)
        assert answer["refused"] in f"{caught.value.sentence}{caught.value.way_out}"
        return
    if "password" in answer:
        with pytest.raises(PasswordNeeded):
            import_file(office, record, path, dry_run=True)
    plan = import_file(office, record, path, dry_run=True, password=answer.get("password")).plan
    counts = plan.counts
    assert counts["rows_read"] == sum(counts[fate.value] for fate in Fate)
    assert counts["rejected"] == answer.get("rejected", 0)
    drafts = [one.draft for one in plan.decisions if one.fate is not Fate.REJECTED]
    assert [told(draft, wanted) for draft, wanted in zip(drafts, answer["records"], strict=True)] == answer["records"]
    assert places(plan, warning=False) == answer.get("unread", [])
    assert places(plan, warning=True) == answer.get("doubtful", [])
    for words in answer.get("notes", []):
        assert any(words in note for note in plan.notes)


def told(draft: Draft, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the draft says of the wanted fields."""
    answers = {"raw": draft.record.raw, "people": [person(one) for one in draft.children if isinstance(one, Contact)]}
    answers["parts"] = [f"{type(one).__name__}: {written(one)}" for one in draft.children]
    return {name: answers[name] if name in answers else text_of(draft.record, name) for name in wanted}


def text_of(record: Record, name: str) -> str:
    field, value = field_of(type(record), name), getattr(record, name)
    return "" if value is None or value == field.kind.empty else field.kind.write(value)


def person(contact: Contact) -> str:
    told = (contact.name, contact.post, contact.mobile, contact.phone, *contact.raw.values())
    return " ".join(filter(None, told))


def written(child: Record) -> str:
    names = [one for one in ("name", "investor", "role", "share", "step", "planned", "actual") if hasattr(child, one)]
    texts = [text_of(child, name) if name != "investor" else child.raw.get("investor", "") for name in names]
    return " ".join(filter(None, texts))


def places(plan: ImportPlan, *, warning: bool) -> list[str]:
    return [f"{one.sheet}!{one.column}{one.row}" for one in plan.problems if one.warning is warning]
