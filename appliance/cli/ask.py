"""Asking the daemon one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from appliance.control.blocking import BlockingClient
from appliance.control.folder import DataFolder


def ask(data: Path, method: str, /, **params: Any) -> Any:
    """The result of one control method. ControlError where the daemon refuses or does not run (`not-running`)."""
    with BlockingClient(DataFolder(data).socket) as control:
        return control.call(method, **params)
