"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

# Prompts are the same for everybody: every worker, and every run after the first, finds them spoken already.
os.environ.setdefault("COPPERDESK_CACHE", str(Path(__file__).resolve().parent.parent / "build" / "cache"))
