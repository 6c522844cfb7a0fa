"""Visitors of the office's own web site who want to be called."""

from __future__ import annotations

from typing import Any

from web.api.field import flag, record, text
from web.api.operation import Asked, Operation
from web.unit import ask


def wish(asked: Asked) -> dict[str, Any]:
    ask("calls.web-wish", number=asked.body["number"], address=asked.body["visitor"] or asked.address)
    return {"calling": True}


OPERATIONS = [
    Operation(
        *("POST", "/call-me-back", "call-me-back", "callMeBack"),
        "Calls a visitor of the web site at once. Who answers presses 1 to talk with the office; without that, nobody "
        "in the office is rung. How often one address, one number and all together are called has limits.",
        wish,
        record(calling=flag()),
        body={
            "number": text("The visitor's telephone number.", longest=40),
            "visitor": text(
                "The visitor's address, where the web site's server asks for its visitors.",
                required=False,
                default="",
                longest=60,
            ),
        },
        from_web_sites=True,
    ),
]
