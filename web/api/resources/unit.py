"""The unit as a whole: what goes on, the night mode, the announcement."""

from __future__ import annotations

from typing import Any

from web.api.field import flag, record, several, text
from web.api.operation import Asked, Operation
from web.unit import ask

UNTIL = text("When it ends by itself: 18:30, or a date and time; empty: never.", required=False, default="", longest=40)

_STATUS = record(
    office=text("The name of the office."),
    since=text("When the unit was started."),
    lines=several(record(name=text(), state=text()), "The lines to the exchange."),
    telephones=several(record(name=text(), state=text())),
    calls=several(record(id=text(), line=text(), caller=text(), reached=text()), "Those in progress."),
    faults=several(text(), "What is wrong, in sentences for people."),
    night_mode=text(),
    announcement=flag(),
)
_NIGHT = record(mode=text("automatic, closed or open."), until=text("When the hours decide again.", null=True))
_ANNOUNCEMENT = record(on=flag(), until=text("When it ends by itself.", null=True))


def status(_asked: Asked) -> dict[str, Any]:
    found = ask("status")
    calls = [{name: one[name] for name in ("id", "line", "caller", "reached")} for one in found["calls"]]
    return {
        "office": found["office"],
        "since": found["since"],
        "lines": [{"name": one["name"], "state": one["state"]} for one in found["trunks"]],
        "telephones": [{"name": one["name"], "state": one["state"]} for one in found["stations"]],
        "calls": calls,
        "faults": found["faults"],
        "night_mode": found["night"]["mode"],
        "announcement": found["announcement"]["on"],
    }


def night(_asked: Asked) -> Any:
    return ask("status")["night"]


def set_night(asked: Asked) -> Any:
    return ask("night.set", by=asked.token.name, **asked.body)


def announcement(_asked: Asked) -> Any:
    return ask("status")["announcement"]


def set_announcement(asked: Asked) -> Any:
    return ask("announcement.set", by=asked.token.name, **asked.body)


OPERATIONS = [
    Operation("GET", "/status", "status", "getStatus", "What goes on at this moment.", status, _STATUS),
    Operation("GET", "/night-mode", "office", "getNightMode", "How the night mode stands.", night, _NIGHT),
    Operation(
        *("PUT", "/night-mode", "office", "setNightMode", "Closes or opens the office by hand.", set_night, _NIGHT),
        body={"mode": text("What holds from now on.", choices=("automatic", "closed", "open")), "until": UNTIL},
    ),
    Operation(
        *("GET", "/announcement", "office", "getAnnouncement", "Whether all callers hear the announcement first."),
        *(announcement, _ANNOUNCEMENT),
    ),
    Operation(
        *("PUT", "/announcement", "office", "setAnnouncement", "Switches the announcement on or off."),
        *(set_announcement, _ANNOUNCEMENT),
        body={"on": flag("Whether callers hear it."), "until": UNTIL},
    ),
]
