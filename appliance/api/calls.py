"""Past calls: the method `log`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from appliance.clock import off_loop
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.model import Office
from appliance.store.calllog import CallRecord
from appliance.unit import Unit

LONGEST_LOG = 1000


def offer_calls(control: ControlServer, unit: Unit) -> None:
    """Put the method on the socket."""

    async def recent(params: dict[str, Any]) -> list[dict[str, Any]]:
        limit = min(max(params["limit"], 1), LONGEST_LOG)
        return [as_json(record, unit.office) for record in await off_loop(unit.calls.recent, limit)]

    control.method("log", recent, {"limit": Param(int, 20)})


def as_json(record: CallRecord, office: Office) -> dict[str, Any]:
    """A call record with its times in ISO 8601, on the office's clock."""
    return {
        name: office.local(value).isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(record).items()
    }
