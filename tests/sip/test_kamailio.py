"""Two units are one office through Debian's Kamailio, set up as docs/growing.md says: real processes, real sound."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

import numpy as np
import pytest

from appliance.office.document import load_document, parse_office
from hw.audio import SAMPLE_RATE
from hw.sip.profile import profiles
from hw.tones.toneplan import COUNTRIES
from tests.sip.kamailio import EXAMPLES, SERVER, UNIT_A, UNIT_B, Kamailio, own_address, placed
from tests.sip.units import Telephone, Unit

LINES = {"sip-1", "sip-2", "sip-3"}
KNOWN_AGAIN_S = 12.0
"""A unit that has started, and both units when the server has: registered so soon."""
POLITE_S = 8.0
"""A caller is told so soon that the other unit cannot be reached."""


@dataclass
class Offices:
    server: Kamailio
    a: Unit
    b: Unit
    tones: dict[int, Path]


@asynccontextmanager
async def two_offices(folder: Path) -> AsyncIterator[Offices]:
    """Both units and the server, started. Unit A has a fourth line, whose password is wrong."""
    addresses = {SERVER: own_address(), UNIT_A: own_address(), UNIT_B: own_address()}
    server = Kamailio(folder / "server", addresses)
    office_a = json.loads(placed("unit-a.json", addresses))
    wrong = {"port": "sip-4", "user": "201", "password": "not-this-secret"}
    office_a["sip"]["servers"][0]["lines"].append(wrong)
    office_a["trunks"].append({"name": "wrong", "port": "sip-4"})
    a = Unit(folder / "a", json.dumps(office_a))
    b = Unit(folder / "b", placed("unit-b.json", addresses))
    try:
        await asyncio.gather(server.start(), a.start(), b.start())
        yield Offices(server, a, b, {frequency: _tone(folder, frequency) for frequency in (600, 1500)})
    except AssertionError as error:
        for unit in (a, b):
            error.add_note(await unit.story())
        raise
    finally:
        await a.kill()
        await b.kill()
        server.stop()


def _tone(folder: Path, hertz: int) -> Path:
    path = folder / f"{hertz}.wav"
    samples = 6000 * np.sin(2 * np.pi * hertz * np.arange(SAMPLE_RATE) / SAMPLE_RATE)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return path


def test_the_guide_shows_what_is_tried_here() -> None:
    guide = (EXAMPLES.parent.parent / "docs/growing.md").read_text(encoding="utf-8")
    shown = re.findall(r"<!-- examples/kamailio/(\S+) -->\n```\n(.*?\n)```\n", guide, re.DOTALL)
    assert [name for name, _ in shown] == ["offices.cfg", "kamailio.cfg", "unit-a.json", "unit-b.json"]
    for name, text in shown:
        example = (EXAMPLES / name).read_text(encoding="utf-8")
        assert (text == example) if name.endswith(".cfg") else (text.strip() in example), name


def test_the_accounts_of_the_server_are_those_of_the_units() -> None:
    listed = dict(re.findall(r'accounts=>(\d+)\) = "(\w+)"', (EXAMPLES / "offices.cfg").read_text(encoding="utf-8")))
    offices = [load_document((EXAMPLES / name).read_text(encoding="utf-8")) for name in ("unit-a.json", "unit-b.json")]
    lines = [line for office in offices for line in parse_office(office, COUNTRIES, profiles()).sip.devices[0].trunks]
    digest = {line.user: md5(f"{line.user}:copperdesk:{line.password}".encode()).hexdigest() for line in lines}
    assert listed == digest


@pytest.mark.real_time
async def test_the_server_serves_its_units_alone(tmp_path: Path) -> None:
    """No answer to strangers; no call without a password, none to anywhere else, and none to nobody."""
    addresses = {SERVER: own_address(), UNIT_A: own_address(), UNIT_B: own_address()}
    server = Kamailio(tmp_path / "server", addresses)
    here, unit, stranger = addresses[SERVER], addresses[UNIT_A], own_address()
    try:
        await server.start()
        answers = await asyncio.gather(
            _answer(here, stranger, "OPTIONS", f"sip:{here}"),
            _answer(here, stranger, "INVITE", f"sip:201@{here}"),
            _answer(here, stranger, "INVITE", f"sip:201@{here}", "Route: <sip:127.0.0.1:5070;lr>", to_tag=";tag=1"),
            _answer(here, unit, "OPTIONS", f"sip:{here}"),
            _answer(here, unit, "REGISTER", f"sip:{here}"),
            _answer(here, unit, "INVITE", f"sip:201@{here}"),
            _answer(here, unit, "INVITE", "sip:201@127.0.0.1:5070"),
            _answer(here, unit, "MESSAGE", f"sip:201@{here}"),
        )
        assert answers == ["", "", "", "200", "401", "407", "407", "405"]
    finally:
        server.stop()


async def _answer(server: str, source: str, method: str, uri: str, *more: str, to_tag: str = "") -> str:
    """The status of the first final answer to a request from this address; empty where there is none."""
    loop = asyncio.get_running_loop()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as at:
        at.bind((source, 0))
        at.setblocking(False)
        here = f"{source}:{at.getsockname()[1]}"
        lines = [
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/UDP {here};branch=z9hG4bK{here}",
            "Max-Forwards: 70",
            f"From: <sip:101@{server}>;tag=1",
            f"To: <sip:201@{server}>{to_tag}",
            f"Call-ID: {here}",
            f"CSeq: 1 {method}",
            f"Contact: <sip:101@{here}>",
            *more,
            "Content-Length: 0",
        ]
        await loop.sock_sendto(at, "\r\n".join([*lines, "", ""]).encode(), (server, 5060))
        try:
            async with asyncio.timeout(1.0):
                while (status := (await loop.sock_recv(at, 4096)).split()[1].decode()) < "200":
                    pass
                return status
        except TimeoutError:
            return ""


@pytest.mark.real_time
async def test_a_line_that_wants_tls_where_there_is_none_harms_no_other(tmp_path: Path) -> None:
    """One of them by TLS, which a library without the system's own must refuse, and never speak to in clear."""
    addresses = {SERVER: own_address(), UNIT_A: own_address(), UNIT_B: own_address()}
    server = Kamailio(tmp_path / "server", addresses)
    office = json.loads(placed("unit-a.json", addresses))
    secure = office["sip"]["servers"][0] | {
        "name": "secure",
        "transport": "tls",
        "sip_port": 5061,
        "reaches": ["3xx"],
        "lines": [{"port": "sip-9", "user": "301", "password": "a-secret"}],
    }
    office["sip"]["servers"].append(secure)
    office["trunks"].append({"name": "secure", "port": "sip-9"})
    unit = Unit(tmp_path / "a", json.dumps(office))
    try:
        await asyncio.gather(server.start(), unit.start())
        await unit.until_registered(LINES)
        if not (await unit.sip_status())["tls"]:
            (fault,) = await unit.faults()
            assert fault.startswith("secure is dead: this unit's SIP library has no TLS")
        assert "a-secret" not in unit.output + str(await unit.status())
    finally:
        await unit.kill()
        server.stop()


@pytest.mark.real_time
async def test_two_units_are_one_office(tmp_path: Path) -> None:
    async with two_offices(tmp_path) as offices:
        await _both_register_and_a_wrong_password_is_shown(offices)
        at_a = [await offices.a.telephone(f"fxs-{n}") for n in (1, 2, 3, 4)]
        at_b = [await offices.b.telephone(f"fxs-{n}") for n in (1, 2)]
        await asyncio.gather(_a_calls_b(offices, at_a[0], at_b[0]), _b_calls_a(offices, at_a[1], at_b[1]))
        await asyncio.gather(offices.a.until_quiet(), offices.b.until_quiet())
        await _when_all_lines_are_taken_the_next_caller_is_told(at_a)
        await offices.a.until_quiet()
        await _a_unit_loses_power_and_returns(offices, at_a[0])
        await _the_server_starts_anew(offices)
        for secret in ("change-me", "not-this-secret"):
            assert secret not in offices.a.output + offices.b.output
            assert secret not in json.dumps([await offices.a.status(), await offices.b.status()])


async def _both_register_and_a_wrong_password_is_shown(offices: Offices) -> None:
    await asyncio.gather(offices.a.until_registered(LINES), offices.b.until_registered(LINES))
    assert await offices.a.faults() == ["wrong is dead: the SIP server refuses its user or password"]
    assert await offices.b.faults() == []


async def _a_calls_b(offices: Offices, ann: Telephone, dora: Telephone) -> None:
    await ann.calls("201")
    await dora.sees("rings")
    await ann.hears(440, 480)
    await dora.sees('shows 101 "Ann Hill"')
    await dora.lift()
    await _they_hear_each_other(offices, ann, dora)
    hanging_up = asyncio.ensure_future(dora.hang_up())
    assert await offices.a.last_outcome("desk 1") == "connected"
    await asyncio.gather(hanging_up, ann.hang_up())


async def _b_calls_a(offices: Offices, ben: Telephone, ed: Telephone) -> None:
    await ed.calls("102")
    await ben.sees("rings")
    await ben.lift()
    await _they_hear_each_other(offices, ben, ed)
    hanging_up = asyncio.ensure_future(ed.hang_up())
    assert await offices.a.last_outcome("to the other office 2") == "connected"
    await asyncio.gather(hanging_up, ben.hang_up())


async def _they_hear_each_other(offices: Offices, one: Telephone, other: Telephone) -> None:
    for speaker, listener, hertz in ((one, other, 600), (other, one, 1500)):
        speaking = asyncio.ensure_future(speaker.plays(offices.tones[hertz]))
        await listener.hears(hertz)
        await speaking


async def _when_all_lines_are_taken_the_next_caller_is_told(callers: list[Telephone]) -> None:
    *first, last = callers
    await asyncio.gather(*(caller.calls(f"20{n}") for n, caller in enumerate(first, start=1)))
    await asyncio.gather(*(caller.hears(440, 480) for caller in first))
    await last.calls("201")
    await last.hears_words("I'm sorry, all our lines are in use.", POLITE_S)
    await asyncio.gather(*(caller.hang_up() for caller in callers))


async def _a_unit_loses_power_and_returns(offices: Offices, ann: Telephone) -> None:
    await offices.b.kill()
    began = time.monotonic()
    await ann.calls("201")
    await ann.hears_words("I'm sorry, nobody can take your call right now.", POLITE_S)
    print(f"told after {time.monotonic() - began:.1f} s that the other unit is not there")
    await ann.hang_up()
    began = time.monotonic()
    await offices.b.start()
    ready = time.monotonic() - began
    await offices.b.until_registered(LINES, KNOWN_AGAIN_S)
    print(f"unit ready after {ready:.1f} s, registered after {time.monotonic() - began:.1f} s")
    dora = await offices.b.telephone("fxs-1")
    await ann.calls("201")
    await dora.sees("rings")
    await ann.hang_up()


async def _the_server_starts_anew(offices: Offices) -> None:
    offices.server.stop()
    await offices.server.start()
    began = time.monotonic()
    everybody = {"101", "102", "103", "201", "202", "203"}
    while (known := await offices.server.accounts()) != everybody:
        assert time.monotonic() - began < KNOWN_AGAIN_S, f"{known} are registered"
        await asyncio.sleep(0.1)
    print(f"the server knows everybody {time.monotonic() - began:.1f} s after its start")
    await offices.a.until_registered(LINES)
    await offices.b.until_registered(LINES)
