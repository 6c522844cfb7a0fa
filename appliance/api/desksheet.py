"""The sheet of the operator's desk, and what is answered to its scripts: `desk.sheet`, `desk.change-sheet`, …"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from appliance.api.desk import caller_key
from appliance.api.forwarding import LONGEST_WORDS
from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Handler, Offers
from appliance.control.params import Param
from appliance.office.desksheet import EMPTY, LONGEST_LINE, LONGEST_TEXT, problems
from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.desk import DeskStore, ScriptAnswer
from appliance.unit import Unit
from hw.said import said, told_by

MOST_ANSWERS = 100
_BLANK = re.compile(r"\{([0-9]{1,2})\}")


class DeskSheet(TypedDict):
    """sheet: see `appliance.office.desksheet`. revision: changes with it, for `desk.change-sheet`."""

    sheet: Mapping[str, Any]
    revision: str


class SheetChanged(TypedDict):
    """mistakes: why nothing was changed; none where it was."""

    mistakes: list[OfficeMistake]


class AnswersKept(TypedDict):
    """sent: the names of everybody to whom the script has written on the way."""

    sent: list[str]


def offer_desk_sheet(control: Offers, unit: Unit, store: DeskStore, file: Path, write: Handler) -> None:
    """Put the methods on the socket. file: where the sheet is kept. write: `messages.write`."""
    kept, changing = AtomicFile(file), asyncio.Lock()

    async def current() -> Mapping[str, Any]:
        try:
            content = await off_loop(kept.read)
        except DamagedFile as error:
            raise ControlError(
                "disk-failed", said("the sheet of the desk cannot be read: %(why)s", why=told_by(error))
            ) from error
        sheet: Mapping[str, Any] = EMPTY if content is None else json.loads(content)
        return sheet

    async def get(_params: dict[str, Any]) -> DeskSheet:
        sheet = await current()
        return DeskSheet(sheet=sheet, revision=revision(sheet))

    async def change(params: dict[str, Any]) -> SheetChanged:
        sheet = params["sheet"]
        if found := problems(sheet, [one.id for one in unit.office.mailboxes]):
            return SheetChanged(mistakes=[mistake(one) for one in found])
        async with changing:
            if params["revision"] != revision(await current()):
                raise ControlError("sheet-changed", said("somebody else has changed the sheet meanwhile"))
            try:
                await off_loop(kept.write, json.dumps(sheet, ensure_ascii=False).encode())
            except OSError as error:
                raise ControlError("disk-failed", told_by(error)) from error
        return SheetChanged(mistakes=[])

    async def answered(params: dict[str, Any]) -> AnswersKept:
        script = next((one for one in (await current())["scripts"] if one["name"] == params["script"]), None)
        if script is None:
            raise ControlError("no-such-script", "this script is gone: reload the page")
        given = _given(params["answers"], script["steps"])
        caller = caller_key(unit, params["number"]) if params["number"] else ""
        at = unit.now()
        rows = [
            ScriptAnswer(params["call"], caller, at, params["by"], script["name"], script["steps"][step]["ask"], answer)
            for step, answer in given.items()
        ]
        try:
            await off_loop(store.add_answers, rows)
        except OSError as error:
            raise ControlError("disk-failed", told_by(error)) from error
        sent = []
        for step in given:
            mail = script["steps"][step]["mail"]
            owner = unit.office.mailbox_of(mail["to"]) if mail["to"] else None
            if owner is not None:
                words = filled(mail["text"], given)[:LONGEST_WORDS]
                letter = {"to": [owner.id], "words": words, "number": params["number"], "name": params["name"]}
                sent += [owner.name for _ in (await write(letter | {"urgent": False}))["sent"]]
        return AnswersKept(sent=sent)

    control.method("desk.sheet", get)
    control.method("desk.change-sheet", change, {"sheet": Param(dict), "revision": Param(str)})
    of_whom = {"call": Param(str, ""), "number": Param(str, ""), "name": Param(str, ""), "by": Param(str)}
    control.method("desk.answered", answered, of_whom | {"script": Param(str), "answers": Param(list)})


def filled(text: str, answers: Mapping[int, str]) -> str:
    """A template with the answers in its blanks: {1} is the answer to the first step. Others stay empty."""
    return _BLANK.sub(lambda found: answers.get(int(found[1]) - 1, ""), text)


def _given(answers: list[Any], steps: list[Any]) -> dict[int, str]:
    """The answers by the places of their steps, as they were given. answers: pairs of a step, from 1, and a text."""
    given: dict[int, str] = {}
    for one in answers[:MOST_ANSWERS]:
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[0], int) or not isinstance(one[1], str):
            raise ControlError("not-understood", said("answers are pairs of a step and a text"))
        if not 1 <= one[0] <= len(steps) or len(one[1]) > max(LONGEST_TEXT, LONGEST_LINE):
            raise ControlError("not-understood", said("an answer belongs to no step, or is too long"))
        given[one[0] - 1] = one[1].strip()
    return given
