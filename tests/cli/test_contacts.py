"""zhaoshang contacts, as scripts use it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def vcf(path: Path, *cards: str) -> Path:
    path.write_text("".join(f"BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n" for card in cards), encoding="utf-8")
    return path


def test_cards_of_several_files_are_one_batch_and_what_is_left_out_is_said(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    first = vcf(tmp_path / "一.vcf", "FN:张伟\nORG:青禾有限公司\nTEL:13800000001", "FN:无单位\nTEL:13800000009")
    second = vcf(tmp_path / "二.vcf", "FN:李想\nORG:青禾有限公司", "FN:陈一\nORG:云帆有限公司")
    told = run("contacts", first, second, "--office", office, "--json").json
    assert (told["cards"], told["created"], told["contacts_created"], told["rejected"]) == (4, 2, 3, 1)
    assert told["left_out"][0]["name"] == "无单位"
    again = vcf(tmp_path / "三.vcf", "FN:张伟\nORG:青禾有限公司\nTITLE:总经理")
    told = run("contacts", again, "--office", office, "--json").json
    assert (told["contacts_created"], told["contacts_updated"]) == (0, 1)
    assert "补充 0 位" in run("contacts", again, "--office", office).out


def test_a_trial_stores_nothing_and_a_list_is_no_card(run: Run, tmp_path: Path) -> None:
    office = tmp_path / "新.office"
    one = vcf(tmp_path / "一.vcf", "FN:张伟\nORG:青禾有限公司")
    assert run("contacts", one, "--office", office, "--dry-run").code == 0
    assert not office.exists()
    (tmp_path / "表.csv").write_text("企业名称\n青禾有限公司\n", encoding="utf-8")
    told = run("contacts", tmp_path / "表.csv", "--office", office)
    assert (told.code, "不是名片文件" in told.err) == (1, True)
