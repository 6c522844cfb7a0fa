"""`python -m tests.web.apifuzz [SECONDS]`: schemathesis (MIT) sends all that the document allows, and all that it does not.

The unit must never answer with a fault of its own, and what it answers must be as the document says.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.web.fuzzing import fuzzed
from tests.web.site import running_site


def main(seconds: str = "300") -> None:
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "data") as site:
        result = fuzzed(site, float(seconds), examples=1000)
    print(result.told)
    raise SystemExit(not result.fine)


if __name__ == "__main__":
    main(*sys.argv[1:])
