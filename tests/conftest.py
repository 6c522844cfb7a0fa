"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import HealthCheck, settings

# Prompts are the same for everybody: every worker, and every run after the first, finds them spoken already.
os.environ.setdefault("COPPERDESK_CACHE", str(Path(__file__).resolve().parent.parent / "build" / "cache"))

# The same examples every time: a run that fails can be run again. A busy machine is no failure.
settings.register_profile(
    "copperdesk", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("copperdesk")
