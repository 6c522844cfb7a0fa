"""Received faxes over the control socket: whose boxes, their pages, and that it is noted who looks."""

from __future__ import annotations

import base64
from contextlib import AbstractAsyncContextManager
from io import BytesIO

import pytest
from PIL import Image

from appliance.api.faxes import offer_faxes
from appliance.calls.faxroom import FaxSheet, ReceivedFax
from appliance.office.fax import OFFICE_BOX
from tests.calls.peopleoffice import with_departments
from tests.calls.world import MORNING, World, world
from tests.control.offered import Offered
from tests.fax.papers import saved, text


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world(with_departments)


def offered(here: World) -> Offered:
    made = Offered()
    offer_faxes(made, here.appliance)
    return made


async def received(here: World, box: str) -> ReceivedFax:
    """A fax of two pages in this box."""
    room = here.appliance.fax_desk.room
    sheet = FaxSheet(MORNING, number="4075550123", line="main", identity="+1 407 5550123", pages=2, cause="complete")
    path = await room.begin(box, sheet)
    saved(path, [text(), text(seed=1)])
    return await room.commit(path, sheet, box)


async def test_people_may_open_their_own_boxes_those_of_departments_and_the_operator_the_offices(here: World) -> None:
    methods = offered(here)
    await received(here, "sales")
    told = await methods.ask("faxes.boxes", person="maria")
    assert [(one["box"], one["own"], one["new"]) for one in told] == [
        ("maria", True, 0),
        (OFFICE_BOX, False, 0),
        ("sales", False, 1),
        ("service", False, 0),
    ]
    assert [one["box"] for one in await methods.ask("faxes.boxes", person="ruth")] == ["ruth"]
    assert await methods.ask("faxes.boxes", person="nobody") == []
    assert OFFICE_BOX in [one["box"] for one in await methods.ask("faxes.boxes")]


async def test_a_fax_is_listed_with_what_is_known_of_it(here: World) -> None:
    methods = offered(here)
    for _ in range(2):
        await received(here, "maria")
    told = await methods.ask("faxes.list", box="101")
    assert (told["total"], [one["id"] for one in told["faxes"]]) == (2, ["000002", "000001"])
    (one, _) = told["faxes"]
    assert (one["state"], one["pages"], one["complete"], one["identity"]) == ("new", 2, True, "+1 407 5550123")
    assert one["received"] == "2026-03-03T09:15:00-05:00"
    assert await methods.refused("faxes.list", box="mariah") == "no-such-box"
    assert await methods.refused("faxes.list", box="maria", state="all") == "not-understood"
    assert await methods.refused("faxes.one", box="maria", id="../new") == "no-such-fax"


async def test_pages_are_shown_as_pictures_and_as_a_pdf_and_it_is_noted_who_looked(here: World) -> None:
    methods, fax = offered(here), await received(here, "sales")
    which = {"box": "sales", "id": fax.id}
    told = await methods.ask("faxes.page", page=2, by="maria", **which)
    content = base64.b64decode(told["piece"])
    while len(content) < told["size"]:
        told = await methods.ask("faxes.page", page=2, by="maria", at=len(content), **which)
        content += base64.b64decode(told["piece"])
    assert Image.open(BytesIO(content)).format == "PNG"
    pdf = await methods.ask("faxes.pdf", by="ruth", **which)
    assert base64.b64decode(pdf["piece"]).startswith(b"%PDF")
    seen = await methods.ask("faxes.one", **which)
    assert (seen["state"], seen["seen_by"]) == ("seen", "Maria Alvarez")
    opened = await methods.ask("faxes.opened", box="sales")
    assert [(one["by"], one["how"], one["fax"]) for one in opened] == [
        ("Ruth Olsen", "page", fax.id),
        ("Maria Alvarez", "page", fax.id),
    ]
    assert await methods.refused("faxes.page", page=3, **which) == "no-such-page"
    assert await methods.refused("faxes.page", page=1, how="spying", **which) == "not-understood"
    assert (await methods.ask("faxes.mark_new", **which))["state"] == "new"


async def test_a_fax_is_deleted_brought_back_and_forwarded(here: World) -> None:
    methods, fax = offered(here), await received(here, OFFICE_BOX)
    which = {"box": OFFICE_BOX, "id": fax.id}
    copy = await methods.ask("faxes.forward", to="102", by="maria", **which)
    assert (copy["box"], copy["state"], copy["forwarded_by"]) == ("tom", "new", "Maria Alvarez")
    assert await methods.refused("faxes.forward", to="office", by="maria", **which) == "already-there"
    deleted = await methods.ask("faxes.delete", by="maria", **which)
    assert (deleted["state"], deleted["deleted"] is not None) == ("deleted", True)
    assert await methods.refused("faxes.forward", to="tom", by="maria", **which) == "no-such-fax"
    assert (await methods.ask("faxes.restore", **which))["state"] == "seen"
    assert (await methods.ask("faxes.one", box="tom", id=copy["id"]))["pages"] == 2
