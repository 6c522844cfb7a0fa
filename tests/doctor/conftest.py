from __future__ import annotations

import pytest

from appliance.cli import doctor


@pytest.fixture(autouse=True)
def priority_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of all tests keeps its priority, though the command is tried in it."""
    monkeypatch.setattr(doctor, "make_way", lambda: None)
