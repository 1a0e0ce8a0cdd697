"""`zhaoshang` and `python -m zhaoshang_desktop`: a command, or the window when there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.runtime import logs

_READER_FLAG = "--read-workbook"
_SECOND_FLAG = "--second-process"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what is asked for and gives the exit code.

    Each way loads only what it needs: the window must not wait for the command line's imports, nor
    the child process that reads a workbook for anything else.
    """
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if asked == [_READER_FLAG]:
        from zhaoshang_desktop.exchange import reader_process

        reader_process.main()
        return 0
    if asked == [_SECOND_FLAG]:
        from zhaoshang_desktop.runtime import second_process

        second_process.main()
        return 0
    if not asked:
        from zhaoshang_desktop import app

        return app.run()
    from zhaoshang_desktop.cli import main as cli

    return cli.run(asked, cli.Windows(_open_window, _take_pictures), logs.start())


def _open_window(office: Path) -> int:
    from zhaoshang_desktop import app

    return app.run(office=office)


def _take_pictures(office: Path, folder: Path) -> Sequence[Path]:
    """Without a screen, whether there is one or not."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from zhaoshang_desktop import app
        from zhaoshang_desktop.ui.pictures import take_pictures
    except ImportError as error:
        raise KnownError(f"没有拍下画面：{error}。", "系统里缺少 Qt 需要的库。") from None
    return take_pictures(office, folder, app.dress)


if __name__ == "__main__":
    sys.exit(main())
