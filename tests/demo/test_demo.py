"""People of the demo use a unit as people do, and nothing of it stays."""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from appliance.control.errors import ControlError
from appliance.demo import running
from appliance.demo.people import Colleague, DemoPeople, colleagues
from tests.calls.world import OFFICE


class Exchange:
    """A unit that lends telephones, notes what is done with them, and rings whoever is called."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.open: dict[int, str] = {}
        self.refuses = ""
        self._ids = itertools.count(1)
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def call(self, method: str, /, **params: Any) -> Any:
        match method:
            case "phone.open":
                if self.refuses:
                    raise ControlError(self.refuses, "no")
                phone = next(self._ids)
                self.open[phone] = params.get("inside", "outside")
                return {"phone": phone, "number": "1"}
            case "phone.close":
                del self.open[params["phone"]]
            case "phone.do":
                self.done.append(f"{self.open[params['phone']]} {params['act']} {params['words']}".strip())
                if params["act"] == "press":
                    for phone in self.open:
                        self._events.put_nowait({"phone": phone, "sees": "rings"})

    async def watch(self, _topic: str) -> AsyncIterator[Any]:
        yield {"open": []}
        while True:
            yield await self._events.get()


def people(exchange: Exchange) -> DemoPeople:
    return DemoPeople(exchange, [Colleague("101", "fxs-1")], Path("fax.tif"), Random(1), lambda _what: None)


async def test_whoever_is_called_lifts_once_it_rings_and_they_talk() -> None:
    exchange = Exchange()
    using = people(exchange)
    watching = asyncio.ensure_future(using.watch())
    await using.talks()
    watching.cancel()
    acts = [one.split(" say")[0] for one in exchange.done]
    assert acts == ["outside call", "outside press 101", "fxs-1 lift", "fxs-1", "outside", "fxs-1", "outside hang up"]
    assert exchange.open == {}


async def test_others_leave_messages_send_faxes_or_give_up() -> None:
    exchange = Exchange()
    using = people(exchange)
    await using.leaves_a_message()
    await using.sends_a_fax()
    await using.gives_up()
    assert [one.partition(" say")[0] for one in exchange.done] == [
        *("outside call", "outside press 101", "outside", "outside", "outside hang up"),
        *("outside call", "outside send fax fax.tif"),
        *("outside call", "outside press 101"),
    ]
    assert exchange.open == {}


async def test_a_telephone_that_a_visitor_has_is_left_to_the_visitor_and_life_goes_on() -> None:
    exchange = Exchange()
    exchange.refuses = "in-use"
    living = asyncio.ensure_future(people(exchange).live(calls_an_hour=600))
    await asyncio.sleep(60)
    exchange.refuses = ""
    await asyncio.sleep(120)
    assert exchange.done
    exchange.refuses = "connection-lost"
    with pytest.raises(ExceptionGroup):
        await asyncio.wait_for(living, 600)


def test_everybody_with_a_telephone_can_be_called() -> None:
    document = json.loads(OFFICE.read_text(encoding="utf-8"))
    found = colleagues(document)
    assert [one.extension for one in found] == [
        one["extension"] for one in document["people"] if one.get("station") and one.get("extension")
    ]
    assert found
    assert {one.port for one in found} <= {one["port"] for one in document["stations"]}


@pytest.mark.real_time
async def test_nothing_stays_where_the_unit_does_not_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = tmp_path / "office.json"
    office.write_text("{}")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:  # The path of a socket has 107 characters at most.
        monkeypatch.setattr(tempfile, "tempdir", short)
        assert await running.demonstrate(office, None, 60.0, 60.0, lambda _what: None) == 1
        assert list(Path(short).iterdir()) == []
