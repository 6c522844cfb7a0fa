"""Answers of a small office, for tests."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from appliance.starting.devices import FoundPorts

FOUND = FoundPorts(("fxo-1", "fxo-2"), ("fxs-1", "fxs-2", "fxs-3"))

STEPS: dict[str, Any] = {
    "you": {"name": "Maria Alvarez", "hash": "$argon2id$"},
    "place": {"country": "us", "language": "en", "time_zone": "America/New_York"},
    "company": {"name": "Riverside Dental", "does": "dentistry for the whole family"},
    "lines": {"numbers": {"fxo-1": "407 555-0100", "fxo-2": "407 555-0101"}},
    "people": {
        "rows": [
            {"name": "Maria Alvarez", "extension": "201", "telephone": "fxs-1", "cell": "", "you": True},
            {"name": "Tom Becker", "extension": "202", "telephone": "fxs-2", "cell": "(407) 555-0177"},
            {"name": "Ruth Olsen", "extension": "203", "telephone": "", "cell": "407 555 0188"},
        ]
    },
    "hours": {"week": {"monday": ["09:00-17:00"]}, "holidays": True},
    "menu": {
        "template": "person",
        "departments": [{"name": "Appointments", "members": [0, 1]}, {"name": "Bills", "members": [2]}],
        "second": "Lakeside Orthodontics",
        "second_lines": ["fxo-2"],
        "operator": 0,
    },
}


def steps(**changed: dict[str, Any]) -> dict[str, Any]:
    """Those above, with what is changed in some steps."""
    made = deepcopy(STEPS)
    for step, fields in changed.items():
        made[step] |= fields
    return made
