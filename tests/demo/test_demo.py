"""People of the demo use a unit as people do, and nothing of it stays."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from appliance.control.errors import ControlError
from appliance.demo import running
from appliance.demo.people import Colleague, DemoPeople, colleagues
from hw.audio import Samples
from hw.tones.toneplan import tone_plan
from tests.calls.world import OFFICE

PLAN = tone_plan("us")
SPOKEN = np.random.default_rng(1).integers(-3000, 3000, 16_000, np.int16)
"""Two seconds of what is no tone."""
TONE = (8000 * np.sin(2 * np.pi * 1000 * np.arange(4_000) / 8000)).astype(np.int16)
QUIET = np.zeros(16_000, np.int16)


class Exchange:
    """A unit that lends telephones, notes what is done with them, speaks to callers, and rings whoever is called.

    answers_after: seconds until it speaks. tone_after: seconds from a key to the tone after which messages begin.
    """

    def __init__(self, answers_after: float = 5.0, tone_after: float = 30.0) -> None:
        self.answers_after, self.tone_after = answers_after, tone_after
        self.at: list[float] = []
        """When each thing was done."""
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
                who = params["phone"]
                self.done.append(f"{self.open[who]} {params['act']} {params['words']}".strip())
                self.at.append(self._now)
                if params["act"] == "call":
                    asyncio.get_running_loop().call_later(self.answers_after, self._sounds, who, SPOKEN, QUIET)
                if params["act"] == "press":
                    asyncio.get_running_loop().call_later(self.tone_after, self._sounds, who, QUIET, TONE, QUIET)
                    for phone in self.open:
                        self._events.put_nowait({"phone": phone, "sees": "rings"})

    @property
    def _now(self) -> float:
        return asyncio.get_running_loop().time()

    def _sounds(self, phone: int, *heard: Samples) -> None:
        """The telephone hears this, and says nothing meanwhile."""
        both = np.concatenate(heard).repeat(2)
        both[::2] = 0
        self._events.put_nowait({"phone": phone, "at": self._now, "sound": base64.b64encode(both.tobytes()).decode()})

    async def watch(self, _topic: str) -> AsyncIterator[Any]:
        yield {"open": []}
        while True:
            yield await self._events.get()


def people(exchange: Exchange) -> DemoPeople:
    return DemoPeople(exchange, [Colleague("101", "fxs-1")], PLAN, Path("fax.tif"), Random(1), lambda _what: None)


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
    watching = asyncio.ensure_future(using.watch())
    await using.leaves_a_message()
    await using.sends_a_fax()
    await using.gives_up()
    watching.cancel()
    assert [one.partition(" say")[0] for one in exchange.done] == [
        *("outside call", "outside press 101", "outside", "outside", "outside hang up"),
        *("outside call", "outside send fax fax.tif"),
        *("outside call", "outside press 101"),
    ]
    assert exchange.open == {}


@pytest.mark.parametrize("tone_after", [3.0, 90.0])
async def test_a_caller_speaks_when_the_tone_has_come_however_long_that_takes(tone_after: float) -> None:
    exchange = Exchange(answers_after=20.0, tone_after=tone_after)
    using = people(exchange)
    watching = asyncio.ensure_future(using.watch())
    await using.leaves_a_message()
    watching.cancel()
    called, pressed, spoke, *_ = exchange.at
    assert pressed - called > 20.0
    assert tone_after <= spoke - pressed < tone_after + 1.0


async def test_a_caller_to_whom_nobody_speaks_gives_up() -> None:
    exchange = Exchange(answers_after=1e6)
    with pytest.raises(TimeoutError):
        await people(exchange).leaves_a_message()
    assert exchange.done == ["outside call"]
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
