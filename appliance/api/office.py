"""The office document: read it, check another, put it in place of the one in use. The methods `office.…`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypedDict

from appliance.api.officechanging import Loaded, OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.problem import OfficeErrors, Problem
from appliance.officeparsing import office_of, warnings_of
from hw.said import Wording, told_by, wording


class Document(TypedDict):
    """document: as it was last saved; None while there is none. revision: changes with it, for `office.load`."""

    document: dict[str, Any] | None
    revision: str


class OfficeMistake(TypedDict):
    """A mistake or a warning."""

    path: str
    """Where in the document."""
    reason: str
    """What is wrong."""
    reason_wording: Wording
    """The same, for whoever says it in another language."""
    suggestion: str
    """What may have been meant."""
    mend: str
    """What to do."""
    mend_wording: Wording
    """The same, for whoever says it in another language."""


def offer_office(control: Offers, changing: OfficeChanging, today: Callable[[], date]) -> None:
    """Put the methods on the socket. today: on the office's own clock."""

    async def get(_params: dict[str, Any]) -> Document:
        stored = await changing.document()
        return Document(document=stored, revision=revision(stored))

    async def check(params: dict[str, Any]) -> list[OfficeMistake]:
        try:
            await off_loop(office_of, params["document"])
        except OfficeErrors as errors:
            return [mistake(problem) for problem in errors.problems]
        return []

    async def warnings(params: dict[str, Any]) -> list[OfficeMistake]:
        try:
            found = await off_loop(warnings_of, params["document"], today())
        except OfficeErrors as errors:
            raise ControlError("office-refused", told_by(errors)) from errors
        return [mistake(problem) for problem in found]

    async def load(params: dict[str, Any]) -> Loaded:
        return await changing.load(params["document"], expected=params["revision"], by=params["by"])

    document = {"document": Param(dict)}
    control.method("office.get", get)
    control.method("office.check", check, document)
    control.method("office.warnings", warnings, document)
    control.method("office.load", load, document | {"revision": Param(str, ""), "by": Param(str, "")})


def mistake(problem: Problem) -> OfficeMistake:
    """For whoever asks by the socket."""
    return OfficeMistake(
        path=problem.path,
        reason=problem.reason,
        reason_wording=wording(problem.reason),
        suggestion=problem.suggestion,
        mend=problem.mend,
        mend_wording=wording(problem.mend),
    )
