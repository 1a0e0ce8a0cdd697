from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.runner import main

if __name__ == "__main__":
    sys.exit(main(Path(__file__).parent, sys.argv[1:]))
