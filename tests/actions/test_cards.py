"""Business cards into the library: their firm is found or made, people that are known are filled, photos come along."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from tests.actions.conftest import Stocked
from zhaoshang_desktop.actions.attachment import files_of
from zhaoshang_desktop.actions.importing import import_file
from zhaoshang_desktop.domain.expert import Expert
from zhaoshang_desktop.domain.investor import Contact, Investor
from zhaoshang_desktop.domain.query import Query


def vcf(folder: Path, *cards: str) -> Path:
    path = folder / "名片.vcf"
    path.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n" for card in cards), encoding="utf-8")
    return path


def photo() -> str:
    made = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(made, "JPEG")
    return base64.b64encode(made.getvalue()).decode()


def test_a_card_finds_its_firm_and_brings_its_person_and_photo(stocked: Stocked, tmp_path: Path) -> None:
    path = vcf(
        tmp_path,
        f"FN:李想\nORG:青禾0新材料有限公司\nTITLE:总经理\nTEL;TYPE=CELL:13912340000\nPHOTO;ENCODING=b:{photo()}",
        "FN:周远航\nORG:青禾1新材料有限公司\nTEL;TYPE=CELL:13700002222",
        "FN:陈一\nORG:云帆有限公司\nEMAIL:chen@example.com",
        "FN:陈二\nORG:云帆有限公司",
        "FN:没有单位\nTEL:0510-1234567",
    )
    result = import_file(stocked.office, Investor, path)
    counts = {name: count for name, count in result.plan.counts.items() if count}
    assert counts == {"rows_read": 5, "created": 1, "updated": 3, "rejected": 1}
    people = {one.name: one for one in stocked.office.find(Query(Contact)) if one.investor == stocked.investors[0].id}
    assert (people["李想"].post, people["李想"].mobile) == ("总经理", "13912340000")
    assert [one.attachment.name for one in files_of(stocked.office, Contact, people["李想"].id)] == ["李想.jpg"]
    second = [one for one in stocked.office.find(Query(Contact)) if one.investor == stocked.investors[1].id]
    assert [one.mobile for one in second] == ["13800000000、13700002222"]
    made = next(one for one in stocked.office.find(Query(Investor)) if one.name == "云帆有限公司")
    assert {one.name for one in stocked.office.find(Query(Contact)) if one.investor == made.id} == {"陈一", "陈二"}
    again = import_file(stocked.office, Investor, path)
    assert (again.plan.counts["unchanged"], again.batch) == (4, 0)
    stocked.office.undo_batch(result.batch)
    assert stocked.office.count(Query(Contact)) == len(stocked.investors)


def test_cards_become_experts_too(stocked: Stocked, tmp_path: Path) -> None:
    path = vcf(tmp_path, f"FN:王教授\nORG:江南大学\nTITLE:教授\nTEL:13912340000\nPHOTO;ENCODING=b:{photo()}")
    import_file(stocked.office, Expert, path)
    found = stocked.office.find(Query(Expert))[0]
    assert (found.employer, found.post, found.phone) == ("江南大学", "教授", "13912340000")
    assert len(files_of(stocked.office, Expert, found.id)) == 1
