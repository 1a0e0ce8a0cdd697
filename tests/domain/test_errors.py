"""The sentence for a file that cannot be written names what stands in the way."""

from __future__ import annotations

from pathlib import Path

from zhaoshang_desktop.domain.errors import DiskFull, not_written


def test_a_folder_that_takes_no_file_is_named_and_not_another_program(tmp_path: Path) -> None:
    said = not_written(tmp_path / "小分队.pack", PermissionError(13, "Permission denied"))
    assert said.sentence == f"文件夹“{tmp_path}”不许写，“小分队.pack”没有写成。"
    assert "换一个文件夹" in said.way_out


def test_a_file_that_is_there_may_be_open_in_another_program(tmp_path: Path) -> None:
    (tmp_path / "名单.xlsx").touch()
    assert "Excel" in not_written(tmp_path / "名单.xlsx", PermissionError(13, "Permission denied")).sentence


def test_a_write_protected_stick_is_called_so_as_windows_says_it(tmp_path: Path) -> None:
    reason = PermissionError(13, "The media is write protected")
    reason.winerror = 19  # type: ignore[attr-defined]
    assert "这个磁盘只能读" in not_written(tmp_path / "小分队.pack", reason).sentence


def test_a_full_disk_is_said_of_the_file_that_was_to_be_written(tmp_path: Path) -> None:
    assert "磁盘已满，“小分队.pack”没有写成" in not_written(tmp_path / "小分队.pack", DiskFull("磁盘已满。")).sentence
