"""Longer proofs: the suite tries a few cases of each, and `make proofs` all of them, before an issue is resolved."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

ALL = "COPPERDESK_PROOFS" in os.environ
"""Whether every case is tried, as `make proofs` does."""

Case = TypeVar("Case")


def some(cases: Sequence[Case], every: int) -> list[Case]:
    """One of so many cases, the first one always; all of them where all are to be tried."""
    return list(cases) if ALL else list(cases[::every])
