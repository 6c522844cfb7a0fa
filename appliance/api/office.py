"""The office document: read it, check another, put it in place of the one in use. The methods `office.…`."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any, TypedDict

from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Handler
from appliance.control.params import Param
from appliance.control.server import ControlServer
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors, Problem
from appliance.officeparsing import office_of
from appliance.prompts.synthesis import SynthesisFailed
from appliance.store.office import OfficeStore, StoreFull
from appliance.unit import Unit


class Document(TypedDict):
    """document: as it was last saved; None while there is none. revision: changes with it, for `office.load`."""

    document: dict[str, Any] | None
    revision: str


class OfficeMistake(TypedDict):
    """A mistake or a warning: where in the document, what is wrong, what may have been meant, and what to do."""

    path: str
    reason: str
    suggestion: str
    mend: str


class Loaded(TypedDict):
    """later: what of it is used only when no call is on any line; all else is used now. warnings: for people.

    revision: of the document that is in use now.
    """

    later: list[str]
    warnings: list[str]
    revision: str


def offer_office(
    control: ControlServer,
    unit: Unit,
    store: OfficeStore,
    *,
    change_led: Callable[[Office], None],
    make_anew: Callable[[], None],
) -> Handler:
    """Put the methods on the socket. Returns `office.load`, for others who change a part of the document.

    change_led: takes the LED that the office names. make_anew: the unit has to be put together anew, by this office.
    """
    loading = asyncio.Lock()

    async def get(_params: dict[str, Any]) -> Document:
        stored = await off_loop(store.load)
        return Document(document=stored.document, revision=revision(stored.document))

    async def check(params: dict[str, Any]) -> list[OfficeMistake]:
        try:
            await off_loop(office_of, params["document"])
        except OfficeErrors as errors:
            return [mistake(problem) for problem in errors.problems]
        return []

    async def load(params: dict[str, Any]) -> Loaded:
        document = params["document"]
        try:
            office = await off_loop(office_of, document)
        except OfficeErrors as errors:
            raise ControlError("office-refused", str(errors)) from errors
        async with loading:  # One at a time, so that the office stored last is the one in use.
            if params["revision"] and params["revision"] != revision((await off_loop(store.load)).document):
                raise ControlError("office-changed", "somebody else has changed the office meanwhile")
            try:
                await unit.prepare(office)
                await off_loop(store.save, document)
            except SynthesisFailed as error:
                raise ControlError("voice-failed", str(error)) from error
            except StoreFull as error:
                raise ControlError("disk-full", str(error)) from error
            before, warnings = unit.office, unit.left_out(office)
            await unit.use(office)
            if office.led != before.led:
                change_led(office)
            later = []
            if office.country != before.country:
                later.append("its country")
            if office.sip != before.sip:
                later.append("what it has over SIP")
            if later:
                make_anew()
            return Loaded(later=later, warnings=warnings, revision=revision(document))

    document = {"document": Param(dict)}
    control.method("office.get", get)
    control.method("office.check", check, document)
    control.method("office.load", load, document | {"revision": Param(str, "")})
    return load


def mistake(problem: Problem) -> OfficeMistake:
    """For whoever asks by the socket."""
    return OfficeMistake(path=problem.path, reason=problem.reason, suggestion=problem.suggestion, mend=problem.mend)


def revision(document: object) -> str:
    """The same for documents that say the same, however they are written."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(written).hexdigest()[:16]
