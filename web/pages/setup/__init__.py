"""Setting up a new unit: a few short steps, which take effect with the last one, and the first call behind them."""

from __future__ import annotations

import importlib

from web.pages.setup.ticket import pages

for name in ("welcome", "steps", "live", "finishing", "first_call", "restoring"):
    importlib.import_module(f"{__name__}.{name}")

__all__ = ["pages"]
