"""The tests that draw their values, at new seeds again and again: the test command draws the same ones every time."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from tests.bench.measures import measure

ROUNDS = 30
ROOT = Path(__file__).parents[2]


@measure("drawn.rounds", bar=ROUNDS, at_least=True, unit="rounds")
@measure("drawn.faults", bar=0)
def drawn() -> dict[str, float]:
    """A round is every test with drawn values once; its fault is told with the seed that finds it again."""
    options = ["-m", "pytest", "-q", "-n", "2", "-m", "hypothesis", "--hypothesis-profile=drawn"]
    faults = 0
    for number in range(1, ROUNDS + 1):
        seed = random.SystemRandom().randrange(1 << 32)
        done = subprocess.run(
            [sys.executable, *options, f"--hypothesis-seed={seed}"],
            cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        print(f"round {number}, seed {seed}: {done.stdout.strip().splitlines()[-1]}", flush=True)
        if done.returncode:
            faults += 1
            print(done.stdout)
    return {"drawn.rounds": ROUNDS, "drawn.faults": faults}
