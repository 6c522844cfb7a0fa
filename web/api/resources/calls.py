"""Calls: those there were, and one that is made."""

from __future__ import annotations

from typing import Any

from web.api.field import Field, flag, number, record, several, text, whole
from web.api.operation import Asked, Operation
from web.unit import ask

_DAY = "A day of the office's clock, such as 2026-03-09"
_FILTER = {
    "since": text(f"{_DAY}: calls of that day or later.", required=False, default="", longest=10),
    "until": text(f"{_DAY}: calls of that day or before.", required=False, default="", longest=10),
    "direction": text("Which way they went.", required=False, default="", choices=("", "in", "out", "inside")),
    "line": text("The line or telephone they began on.", required=False, default=""),
    "text": text("A part of a number or a name.", required=False, default="", longest=100),
    "person": text("The id of a person whose calls alone are wanted.", required=False, default=""),
    "outcome": text("What became of them.", required=False, default=""),
    "answered": text("Whether they were answered.", required=False, default="", choices=("", "yes", "no")),
    "lasted_least": number("Seconds, at least.", required=False, default=0.0, least=0, most=1e9),
    "lasted_most": number("Seconds, at most.", required=False, default=0.0, least=0, most=1e9),
    "step": text("A part of what a step says.", required=False, default="", longest=100),
    "account": text("The code of an account.", required=False, default=""),
    "after": text("`next` of the page before.", required=False, default="", longest=80),
    "limit": whole("Calls on a page.", required=False, default=50, least=1, most=100),
}
_STEP = record(seconds=number("After the call's beginning."), what=text())
_CALL: dict[str, Field] = {
    "id": text(),
    "started": text(),
    "answered": text(null=True),
    "ended": text(null=True),
    "direction": text(),
    "line": text(),
    "caller_number": text(),
    "caller_name": text(),
    "contact": text("The name of the contact who called.", null=True),
    "called": text(),
    "reached": text("The id of the person who was reached."),
    "outcome": text(),
    "cause": text("How it was known that a party had left."),
    "steps": several(_STEP),
}
_OUTSIDE = record(number=text(), began=text(), ended=text(null=True), account=text(), person=text(), telephone=text())


def log(asked: Asked) -> dict[str, Any]:
    wanted = dict(asked.query)
    if asked.token.person:
        wanted["person"] = asked.token.person
    found = ask("log.find", **wanted)
    return {"calls": [_told(one) for one in found["calls"]], "next": found["next"], "until": found["looked_until"]}


def one(asked: Asked) -> dict[str, Any]:
    found = ask("log.call", id=asked.path["id"], person=asked.token.person)
    outside = [{name: call[name] for name in _OUTSIDE.fields} for call in found["outside"]]
    return {**_told(found["call"]), "outside": outside}


def dial(asked: Asked) -> dict[str, Any]:
    ask("calls.dial", telephone=asked.body["telephone"], number=asked.body["number"], person=asked.token.person)
    return {"ringing": True}


def _told(call: dict[str, Any]) -> dict[str, Any]:
    return {name: call[name] for name in _CALL}


OPERATIONS = [
    Operation(
        *("GET", "/calls", "log", "listCalls", "Calls of the log, the newest first.", log),
        record(
            calls=several(record(**_CALL)),
            next=text("With this as `after` the next page is asked for; null: there is none.", null=True),
            until=text("The page has not all it could, as many calls had to be looked at: until then.", null=True),
        ),
        query=_FILTER,
    ),
    Operation(
        *("GET", "/calls/{id}", "log", "getCall", "One call with the numbers outside that were called in it.", one),
        record(**_CALL, outside=several(_OUTSIDE)),
        variables={"id": "Its id."},
    ),
    Operation(
        *("POST", "/calls", "call", "dial", "Rings a telephone, and dials a number once it is lifted.", dial),
        record(ringing=flag()),
        body={"telephone": text("The name of a telephone of the office."), "number": text("Outside.", longest=40)},
    ),
]
