"""A process that opens, writes and closes an encrypted office is killed a hundred times at moments drawn by lot.

Each time the office file is first copied alone, as onto a stick: its vault is at its end only. After the kill it must
open by its passphrase and be whole.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measures import measure
from tests.store.crash import HOUSE
from tests.store.test_vault import OPENING
from zhaoshang_desktop.domain.errors import KnownError
from zhaoshang_desktop.store import create_office, open_office
from zhaoshang_desktop.store.check import check
from zhaoshang_desktop.store.vault import new_vault

KILLS = 100
LONGEST_SECONDS = 0.6
SECRET = "铁桶 青禾 月台 七"


@measure("vault_crash.kills", unit="kills")
@measure("vault_crash.faults", bar=0)
def kills() -> dict[str, float]:
    """Faults are offices that do not open, and everything `check` finds wrong."""
    dice, made, faults = random.Random(20261128), new_vault(SECRET), 0
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "清岚.office"
        create_office(first, name="清岚县", key=made.key, vault=made.vault).close()
        for kill in range(KILLS):
            (Path(folder) / str(kill)).mkdir()
            alone = Path(shutil.copy(first, Path(folder) / str(kill) / first.name))
            _kill(alone, made.key, dice.uniform(0, LONGEST_SECONDS))
            try:
                with contextlib.closing(open_office(alone, secret=SECRET)) as office:
                    wrong = check(office).wrong
            except KnownError as error:
                wrong = [str(error)]
            faults += len(wrong)
            for fault in wrong:
                print(f"kill {kill}: {fault}")
            shutil.rmtree(alone.parent)
    return {"vault_crash.kills": KILLS, "vault_crash.faults": faults}


def _kill(office: Path, key: bytes, seconds: float) -> None:
    """So long after the process has said that it begins."""
    command = [sys.executable, "-c", OPENING, str(office), key.hex()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=HOUSE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
