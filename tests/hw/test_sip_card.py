"""The SIP card in virtual time, over an endpoint that is a fake: on which line a call comes in, and who is there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appliance.office.document import load_document, parse_office
from appliance.sip import own_address, sip_card
from hw.callerid.coding import Absence, CallerId
from hw.linecard import BatteryLost, BatteryRestored, CallTold, OffHook, TransferAsked
from hw.sip import card as card_module
from hw.sip import wire
from hw.sip.card import UNKNOWN_SENDERS_FAULT, CardLine, SipCard
from hw.sip.endpoint import EndpointLine, Events, Place
from hw.sip.lineport import Device
from hw.sip.link import SipUnavailable
from hw.sip.message import SipMessage
from hw.sip.profile import Profile, profile
from hw.tones.toneplan import tone_plan
from tests.hw.sipwires import Told, Wires

HARBOUR = Path(__file__).parents[2] / "examples/offices/harbour-workshop.json"
PLAN = tone_plan("us")
PLACE = Place("192.0.2.1", ("192.0.2.20", "192.0.2.5"))
MIXED, SERVER, TELEPHONE = profile("grandstream-ht813"), profile("sip-server"), profile("sip-telephone")
SERVED = "192.0.2.20"


class FakeEndpoint(Wires):
    """Stands for `SipEndpoint`."""

    def __init__(
        self, place: Place, lines: Mapping[str, EndpointLine], events: Events, *, clocked: bool = True
    ) -> None:
        super().__init__()
        self.place, self.lines, self.events, self.clocked = place, lines, events, clocked
        self.ports = {name: 5060 + number // 4 for number, name in enumerate(lines)}
        self.workers: Sequence[Any] = ()
        self.tls = False
        self.registered: list[str] = []
        self.moves: list[str] = []
        self.unavailable = ""
        self.requests: list[tuple[float, str, wire.SendRequest]] = []

    async def start(self) -> None:
        if self.unavailable:
            raise SipUnavailable(self.unavailable)

    async def close(self) -> None:
        self.memory.close()

    def request(self, line: str, request: wire.SendRequest) -> None:
        self.requests.append((asyncio.get_running_loop().time(), line, request))

    def move(self, address: str) -> None:
        self.moves.append(address)

    def register(self, line: str) -> None:
        self.registered.append(line)

    def comes(self, source: str, uri: str, caller: str) -> Any:
        """A call comes in from this address."""
        call = self.new_call(-1 - len(self.calls))
        message = SipMessage(f"INVITE {uri} SIP/2.0\r\nFrom: {caller};tag=1\r\n\r\n")
        self.events.on_incoming(call, source, message)
        return call


def line(name: str, facts: Profile, address: str, sip_port: int, user: str, **more: Any) -> CardLine:
    trunk = more.pop("trunk", facts.fxo > 0)
    two_calls = facts.kind == "telephone"
    return CardLine(name, trunk, Device(facts, address, sip_port, user, **more), two_calls)


GATEWAY = [
    line("line", MIXED, SERVED, 5062, "801"),
    line("bench", MIXED, SERVED, 5060, "701", trunk=False),
]
ACCOUNTS = [
    line(name, SERVER, "192.0.2.5", 5060, user, account=wire.Account(name, f"sip:{user}@192.0.2.5", "sip:192.0.2.5"))
    for name, user in (("join-1", "301"), ("join-2", "302"))
]
PHONES = [
    line("yard", TELEPHONE, "192.0.2.31", 5060, "702"),
    line("lab", TELEPHONE, "192.0.2.31", 5060, "703"),
]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a card over a fake endpoint; gives both."""
    monkeypatch.setattr(card_module, "SipEndpoint", FakeEndpoint)

    def make(lines: Sequence[CardLine], **options: Any) -> tuple[SipCard, Any]:
        card = SipCard(PLACE, lines, PLAN, **options)
        return card, card.endpoint

    return make


# Which line


@pytest.mark.parametrize(
    ("source", "uri", "caller", "port", "told"),
    [
        # The gateway's line rings: its user is called. Where no caller was told it puts its own user there.
        (SERVED, "sip:801@192.0.2.1", '"ANNE" <sip:4075550122@h>', "line", CallTold(CallerId("4075550122", "ANNE"))),
        (SERVED, "sip:801@192.0.2.1", "<sip:801@h>", "line", CallTold(CallerId(number_absence=Absence.UNAVAILABLE))),
        (SERVED, "sip:801@192.0.2.1", "<sip:701@h>", "line", CallTold(CallerId("701"))),
        # Its telephone is lifted: any number is called, or its own, by its user.
        (SERVED, "sip:103@192.0.2.1", "<sip:701@h>", "bench", OffHook("103")),
        (SERVED, "sip:701@192.0.2.1", "<sip:701@h>", "bench", OffHook()),
        (SERVED, "sip:192.0.2.1", "<sip:701@h>", "bench", OffHook()),
        # The server: to one of its accounts, or to an extension.
        ("192.0.2.5", "sip:302@192.0.2.1", "<sip:610@h>", "join-2", CallTold(CallerId("610"), "302")),
        ("192.0.2.5", "sip:103@192.0.2.1", "<sip:610@h>", "join-1", CallTold(CallerId("610"), "103")),
        # Two telephones at one address.
        ("192.0.2.31", "sip:103@192.0.2.1", "<sip:703@h>", "lab", OffHook("103")),
        ("192.0.2.31", "sip:103@192.0.2.1", "<sip:nobody@h>", "yard", OffHook("103")),
    ],
)
async def test_a_call_comes_in_on_the_line_it_is_for(
    made: Any, source: str, uri: str, caller: str, port: str, told: Any
) -> None:
    card, endpoint = made([*GATEWAY, *ACCOUNTS, *PHONES])
    ears = {one.name: Told(one) for one in (*card.fxo, *card.fxs)}
    call = endpoint.comes(f"{source}:5062", uri, caller)
    call.take(wire.Confirmed(call.ref))
    assert {name: ear.events[:1] for name, ear in ears.items() if ear.events} == {port: [told]}
    await card.close()


async def test_calls_of_a_server_take_the_free_lines_and_one_too_many_is_busy(made: Any) -> None:
    card, endpoint = made(ACCOUNTS)
    ears = [Told(port) for port in card.fxo]
    for caller in ("610", "611", "612"):
        endpoint.comes("192.0.2.5:5060", "sip:302@192.0.2.1", f"<sip:{caller}@h>")
    assert [ear.events[:1] for ear in ears] == [
        [CallTold(CallerId("611"), "302")],
        [CallTold(CallerId("610"), "302")],
    ]
    assert endpoint.asked == [wire.Alert(-1), wire.Alert(-2), wire.Clear(-3, 486)]
    await card.close()


async def test_a_call_from_a_device_without_lines_is_not_found(made: Any) -> None:
    card, endpoint = made(GATEWAY)
    endpoint.comes("192.0.2.99:5060", "sip:801@192.0.2.1", "<sip:1@h>")
    assert endpoint.asked == [wire.Clear(-1, 404)]
    await card.close()


async def test_a_telephone_s_second_call_may_be_named_in_a_transfer(made: Any) -> None:
    card, endpoint = made(PHONES)
    yard = card.fxs[0]
    assert yard.second is not None
    ears = Told(yard), Told(yard.second)
    first = endpoint.comes("192.0.2.31:5060", "sip:103@192.0.2.1", "<sip:702@h>")
    second = endpoint.comes("192.0.2.31:5060", "sip:104@192.0.2.1", "<sip:702@h>")
    for call, call_id in ((first, "one@h"), (second, "two@h")):
        call.take(wire.Identity(call.ref, call_id))
        call.take(wire.Confirmed(call.ref))
    assert [ear.take() for ear in ears] == [[OffHook("103")], [OffHook("104")]]
    first.take(wire.ReferAsked(first.ref, "104", "two@h"))
    second.take(wire.ReferAsked(second.ref, "103", "one@h"))
    assert [ear.take() for ear in ears] == [[TransferAsked(to="yard-second")], [TransferAsked(to="yard")]]
    await card.close()


async def test_lines_want_one_call_each_and_telephones_two(made: Any) -> None:
    card, endpoint = made([*GATEWAY, *ACCOUNTS, *PHONES])
    assert {name: (wanted.users, wanted.calls) for name, wanted in endpoint.lines.items()} == {
        "line": (("801",), 1),
        "bench": (("701",), 1),
        "join-1": (("301",), 1),
        "join-2": (("302",), 1),
        "yard": (("702",), 2),
        "lab": (("703",), 2),
    }
    await card.close()


# Who is there


def asked(endpoint: Any) -> list[tuple[float, str]]:
    return [(when, request.uri) for when, _, request in endpoint.requests if request.method == "OPTIONS"]


def answer(endpoint: Any, host: str) -> None:
    endpoint.events.on_answered(wire.Answered("OPTIONS", "801", host, 200))


async def test_each_address_of_a_device_is_asked_and_a_line_lives_by_its_own(made: Any) -> None:
    """As a gateway whose telephone is at one port and whose line is at another."""
    card, endpoint = made(GATEWAY)
    told = Told(card.fxo[0])
    await card.start()
    assert asked(endpoint) == [(0, "sip:801@192.0.2.20:5062"), (0, "sip:701@192.0.2.20:5060")]
    answer(endpoint, "192.0.2.20:5060")
    await asyncio.sleep(20)
    assert told.take() == [BatteryLost()]
    assert [port.up for port in (*card.fxo, *card.fxs)] == [False, True]
    answer(endpoint, "192.0.2.20:5062")
    assert told.take() == [BatteryRestored()]
    for strange in ("192.0.2.20", "192.0.2.20:x", "", "192.0.2.99:5060", "[::1]:5060"):
        answer(endpoint, strange)
    await card.close()
    requests = len(endpoint.requests)
    await asyncio.sleep(100)
    assert len(endpoint.requests) == requests, "a closed card asks nobody"


async def test_a_call_from_a_device_that_was_taken_for_lost_brings_it_back_first(made: Any) -> None:
    card, endpoint = made(GATEWAY)
    told = Told(card.fxo[0])
    await card.start()
    await asyncio.sleep(20)
    assert told.take() == [BatteryLost()]
    endpoint.comes("192.0.2.20:5062", "sip:801@192.0.2.1", "<sip:4075550122@h>")
    assert told.take()[:2] == [BatteryRestored(), CallTold(CallerId("4075550122"))]
    await card.close()


async def test_lines_at_one_address_are_asked_about_once_and_die_together(made: Any) -> None:
    card, endpoint = made(ACCOUNTS)
    ears = [Told(port) for port in card.fxo]
    await card.start()
    await asyncio.sleep(20)
    assert asked(endpoint)[:2] == [(when, "sip:192.0.2.5:5060;transport=udp") for when in (0, 4)]
    assert len({line for _, line, _ in endpoint.requests}) == 1
    assert [ear.take() for ear in ears] == [[BatteryLost()]] * 2
    answer(endpoint, "192.0.2.5:5060")
    assert [ear.take() for ear in ears] == [[BatteryRestored()]] * 2
    assert endpoint.registered == ["join-1", "join-2"], "a server that is back may have forgotten us"
    await card.close()


async def test_a_line_whose_account_is_refused_is_dead_and_says_why_until_it_is_registered(made: Any) -> None:
    card, endpoint = made(ACCOUNTS)
    ears = [Told(port) for port in card.fxo]
    await card.start()
    answer(endpoint, "192.0.2.5:5060")
    endpoint.events.on_registered(wire.Registered("join-1", False, 403))
    assert [ear.take() for ear in ears] == [[BatteryLost()], []]
    assert card.fxo[0].dead_because == "the SIP server refuses its user or password"
    await asyncio.sleep(3)
    assert [ear.take() for ear in ears] == [[], []]
    endpoint.events.on_registered(wire.Registered("join-1", True, 200))
    assert [ear.take() for ear in ears] == [[BatteryRestored()], []]
    assert [entry["registered"] for entry in card.status()["lines"]] == [True, None]
    await card.close()


async def test_trouble_is_told_and_taken_back(made: Any) -> None:
    card, endpoint = made(GATEWAY)
    faults: list[tuple[str, bool]] = []
    card.on_fault = lambda fault, there: faults.append((fault, there))
    await card.start()
    for reason in ("one", "two", "", ""):
        endpoint.events.on_trouble(reason)
    assert faults == [("one", True), ("one", False), ("two", True), ("two", False)]
    faults.clear()
    endpoint.events.on_unknown_senders(29)
    await asyncio.sleep(2)
    assert faults == []
    endpoint.events.on_unknown_senders(30)
    await asyncio.sleep(2)
    await asyncio.sleep(700)
    assert faults == [(UNKNOWN_SENDERS_FAULT, True), (UNKNOWN_SENDERS_FAULT, False)]
    assert card.status()["unknown_senders"] == 30
    await card.close()


async def test_without_the_library_the_lines_are_dead_and_that_is_told(made: Any) -> None:
    card, endpoint = made(GATEWAY)
    endpoint.unavailable = "no library"
    faults: list[tuple[str, bool]] = []
    card.on_fault = lambda fault, there: faults.append((fault, there))
    told = Told(card.fxo[0])
    await card.start()
    assert (faults, told.events) == ([("no library", True)], [BatteryLost()])
    await card.close()


async def test_the_status_names_every_line_its_device_and_the_unit_s_port(made: Any) -> None:
    card, _ = made([*GATEWAY, *PHONES])
    assert card.status() == {
        "kind": "sip",
        "lines": [
            {
                "port": port,
                "device": title,
                "address": address,
                "unit_port": 5060,
                "up": True,
                "heard": False,
                "registered": None,
                "codec": "",
            }
            for port, title, address in (
                ("line", "Grandstream HT813", "192.0.2.20:5062"),
                ("bench", "Grandstream HT813", "192.0.2.20:5060"),
                ("yard", "SIP telephone", "192.0.2.31:5060"),
                ("lab", "SIP telephone", "192.0.2.31:5060"),
            )
        ],
        "workers": [],
        "unknown_senders": 0,
        "tls": False,
    }
    await card.close()


async def test_a_unit_whose_address_changes_moves_its_endpoint_and_tells_its_new_one(made: Any) -> None:
    addresses = iter(["192.0.2.1", "", "192.0.2.7", "192.0.2.7"])
    card, endpoint = made(GATEWAY, find_address=lambda: next(addresses, "192.0.2.7"))
    await card.start()
    await asyncio.sleep(25)
    assert endpoint.moves == ["192.0.2.7"]
    card.fxo[0].seize("5550142")
    assert endpoint.made[-1][2] == "<sip:801@192.0.2.7:5060>"
    await card.close()


# The card of an office


async def test_the_card_of_an_office_has_its_lines_at_their_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_module, "SipEndpoint", FakeEndpoint)
    office = parse_office(load_document(HARBOUR.read_text()))
    card = sip_card(office, PLAN)
    assert card is not None
    assert [(port.name, port.device.uri(port.device.user)) for port in (*card.fxo, *card.fxs)] == [
        ("line", "sip:801@192.168.1.20:5062"),
        ("boatyard-1", "sip:301@192.168.1.5:5060;transport=udp"),
        ("boatyard-2", "sip:302@192.168.1.5:5060;transport=udp"),
        ("bench", "sip:701@192.168.1.20:5060"),
        ("office-phone", "sip:702@192.168.1.31:5060"),
        ("yard-phone", "sip:703@192.168.1.32:5060"),
    ]
    assert [port.second is not None for port in card.fxs] == [False, True, True]
    assert [port.device.joins for port in card.fxo] == [False, True, True]
    place: Place = card.endpoint.place  # type: ignore[attr-defined]
    assert (place.address, place.peers) == (
        "192.168.1.10",
        ("192.168.1.20", "192.168.1.31", "192.168.1.32", "192.168.1.5"),
    )
    await card.close()
    assert sip_card(replace(office, sip=replace(office.sip, devices=())), PLAN) is None


def test_the_unit_s_own_address_is_that_by_which_it_reaches_a_device() -> None:
    assert own_address("127.96.0.1") == "127.0.0.1"
