"""The call flow of a document as a picture, with what is wrong in it: `office.picture`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any, TypedDict, cast

from appliance.api.office import OfficeMistake, mistake
from appliance.api.officechanging import OfficeChanging, revision
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.office.problem import OfficeErrors
from appliance.picture.sheet import Sheet, sheet_of

KEPT = 4
"""Pictures: of the office in use, of the draft, and what was asked for before."""


class PictureBox(TypedDict):
    """A box of the picture: the fields of a `ChartBox`."""

    name: str
    """By which arrows and `office.explain` know it."""
    kind: str
    """`line`, `menu`, `person`, `department`, `operator`, `mailbox`, `told` or `other`."""
    lines: list[str]
    """What is written in it; the first is its title."""
    path: str
    """Where what it stands for is in the document; or empty."""
    names: list[str]
    """Of all it stands for, as several lines may have one box."""
    wrong: bool
    """There is a finding about it."""


class PictureArrow(TypedDict):
    """A way from one box to another: the fields of a `ChartArrow`."""

    source: str
    """The name of the box it begins at."""
    target: str
    """The name of the box it ends at."""
    by: str
    """A key, `waiting`, `closed`, `lunch`, `holiday`, `rank`, `announcement`, `unanswered`; or empty."""
    says: str
    """What callers hear about it."""
    path: str
    """Where it stands in the document."""
    wrong: bool
    """There is a finding about it."""


class Picture(TypedDict):
    """svg: an element to stand in a page; empty where it could not be drawn, and `fault` says why."""

    svg: str
    fault: str
    boxes: list[PictureBox]
    arrows: list[PictureArrow]
    warnings: list[OfficeMistake]


def offer_picture(control: Offers, changing: OfficeChanging, today: Callable[[], date]) -> None:
    """Put the method on the socket. today: on the office's own clock."""
    kept: dict[tuple[str, date], Sheet] = {}
    drawing = asyncio.Lock()

    async def picture(params: dict[str, Any]) -> Picture:
        document = params["document"] or await changing.document()
        if document is None:
            raise ControlError("no-office", "there is no office yet")
        which = revision(document), today()
        async with drawing:  # One at a time: each takes a core.
            if which not in kept:
                try:
                    kept[which] = await off_loop(sheet_of, document, which[1])
                except OfficeErrors as errors:
                    raise ControlError("office-refused", str(errors)) from errors
                if len(kept) > KEPT:
                    kept.pop(next(iter(kept)))
        return _written(kept[which])

    control.method("office.picture", picture, {"document": Param(dict, {})})


def _written(sheet: Sheet) -> Picture:
    return Picture(
        svg=sheet.svg,
        fault=sheet.fault,
        boxes=[_box(asdict(box)) for box in sheet.chart.boxes],
        arrows=[cast(PictureArrow, asdict(arrow)) for arrow in sheet.chart.arrows],
        warnings=[mistake(problem) for problem in sheet.warnings],
    )


def _box(fields: dict[str, Any]) -> PictureBox:
    return cast(PictureBox, fields | {"lines": list(fields["lines"]), "names": list(fields["names"])})
