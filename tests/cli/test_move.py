"""zhaoshang move: to a server, and home into a file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_an_office_goes_to_a_server_and_comes_home_into_a_file(
    run: Run, filled: Path, postgres_database: str, tmp_path: Path
) -> None:
    there = run("move", "--office", filled, "--to", postgres_database)
    assert there.code == 0, there.err
    assert "逐条核对一致" in there.out
    assert "没有动" in there.out
    assert run("check", "--office", postgres_database).code == 0
    home = tmp_path / "回家.office"
    told = run("move", "--office", postgres_database, "--to", home, "--json")
    assert told.code == 0, told.err
    assert told.json["counts"]["investor"] > 0
    words = ("search", "新材料", "--json")
    assert run(*words, "--office", home).json == run(*words, "--office", filled).json


def test_what_is_there_already_is_not_written_over(run: Run, filled: Path, postgres_database: str) -> None:
    assert run("move", "--office", filled, "--to", postgres_database).code == 0
    again = run("move", "--office", filled, "--to", postgres_database)
    assert again.code == 1
    assert "已经有一个办公室" in again.err
    onto_itself = run("move", "--office", filled, "--to", filled)
    assert onto_itself.code == 1
    assert "已经在那里" in onto_itself.err
