"""What a killed process has left is cleared at the next start; what a living one uses stays."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from zhaoshang_desktop.runtime import process
from zhaoshang_desktop.runtime.files import clear_parts, clear_remains, making
from zhaoshang_desktop.runtime.held import hold, let_go, refuse_held

TELL = "from zhaoshang_desktop.runtime import process; print(process.mark())"


def gone() -> str:
    """The mark of a process that has ended."""
    told = subprocess.run([sys.executable, "-c", TELL], stdout=subprocess.PIPE, text=True, check=True)
    return told.stdout.strip()


def of_another_pc(mark: str) -> str:
    """The same process on another PC."""
    return f"{'00000000' if mark[0] != '0' else '11111111'}{mark[8:]}"


def test_only_the_folders_of_processes_that_are_gone_are_cleared(tmp_path: Path) -> None:
    mark = gone()
    for name in (mark, f"{mark}.0123abcd", process.mark(), of_another_pc(mark), f"{mark}.别的"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "照片.jpg").write_bytes(b"x")
    clear_remains(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {process.mark(), of_another_pc(mark), f"{mark}.别的"}
    clear_remains(tmp_path / "没有")


def test_only_what_processes_that_are_gone_were_writing_aside_is_cleared(tmp_path: Path) -> None:
    mark = gone()
    with making(tmp_path / "清岚.office") as part:
        left = [f".{mark}.0123abcd.part{ending}" for ending in ("", "-wal", "-shm", "-journal", ".key")]
        kept = [
            part.name,
            f".{of_another_pc(mark)}.0123abcd.part",
            f"{mark}.0123abcd.part",
            ".别的.part",
            "清岚.office",
        ]
        for name in (*left, *kept):
            (tmp_path / name).touch()
        clear_parts(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {*kept}
    assert not part.exists()
    clear_parts(tmp_path / "没有")


def test_a_number_that_another_process_has_by_now_keeps_nothing() -> None:
    machine, number, began = process.mark().split("-")
    assert int(number) == os.getpid()
    assert not process.is_gone(process.mark())
    assert process.is_gone(f"{machine}-{number}-{began}0")


def test_several_may_clear_the_same_remains_at_once(tmp_path: Path) -> None:
    mark = gone()
    for number in range(20):
        place = tmp_path / str(number)
        for inner in range(60):
            (place / mark / str(inner) / "照片").mkdir(parents=True)
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(clear_remains, [place] * 4)) == [None] * 4
        assert not any(place.iterdir())


class Unnumbered(type(Path())):  # type: ignore[misc]
    """A file on a disk that numbers none of its files, as some shares of Windows do."""

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        found = super().stat(follow_symlinks=follow_symlinks)
        return os.stat_result((found.st_mode, 0, *found[2:]))


def test_where_a_disk_numbers_no_files_none_is_taken_for_one_that_is_open(tmp_path: Path) -> None:
    office, list_ = Unnumbered(tmp_path / "清岚.office"), Unnumbered(tmp_path / "名单.xlsx")
    for file in (office, list_):
        file.touch()
    held = hold(office)
    refuse_held(list_)
    let_go(held)
    refuse_held(list_)
