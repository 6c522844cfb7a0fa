"""Ports of an office that are channels of DAHDI cards, and the card that is made for them."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest

from appliance import cards
from appliance.dahdi import dahdi_card, dahdi_channels, echo_taps
from appliance.office.dahdiports import dahdi_channel, dahdi_port
from appliance.office.document import parse_office
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.simulated import simulated_exchange
from hw.dahdi.abi import LampBy
from hw.dahdi.card import DahdiCard, DahdiChannel
from hw.tones.toneplan import tone_plan

HARBOUR = Path(__file__).parents[2] / "examples/offices/harbour-workshop.json"


def office_on_channels() -> Office:
    """The example office, with a line and a telephone on a card."""
    document = json.loads(HARBOUR.read_text())
    document["trunks"][0]["port"], document["stations"][0]["port"] = "dahdi-3", "dahdi-12"
    return parse_office(document)


@pytest.mark.parametrize(
    ("port", "channel"), [("dahdi-3", 3), ("dahdi-1023", 1023), ("dahdi-0", None), ("fxo-1", None), ("dahdi-3a", None)]
)
def test_a_port_is_named_by_its_channel(port: str, channel: int | None) -> None:
    assert dahdi_channel(port) == channel
    assert channel is None or dahdi_port(channel) == port


def test_an_office_gets_a_card_with_the_channels_it_names_and_no_other_line_for_them() -> None:
    office, plan = office_on_channels(), tone_plan("us")
    assert list(dahdi_channels(office)) == [DahdiChannel("dahdi-3", 3, True), DahdiChannel("dahdi-12", 12, False)]
    exchange = simulated_exchange(office, plan, mock.Mock())
    made = cards.office_cards(office, plan, exchange)
    assert made.faults == ()
    here = made.cards[0]
    (card,) = (one for one in made.cards if isinstance(one, DahdiCard))
    assert [port.name for port in (*card.fxo, *card.fxs)] == ["dahdi-3", "dahdi-12"]
    assert not {port.name for port in (*here.fxo, *here.fxs)} & {"dahdi-3", "dahdi-12"}


def test_an_office_without_channels_has_no_such_card() -> None:
    assert dahdi_card(parse_office(json.loads(HARBOUR.read_text())), tone_plan("us")) is None


def test_what_is_set_of_a_channel_goes_to_its_card() -> None:
    document = json.loads(HARBOUR.read_text())
    document["trunks"][0]["port"], document["stations"][0]["port"] = "dahdi-3", "dahdi-12"
    document["dahdi"] = {
        "ports": [
            {"port": "dahdi-3", "received_db": 2.5, "sent_db": -3, "echo_ms": 0},
            {"port": "dahdi-12", "lamp": ["neon", "reversal"], "echo_ms": 20},
        ]
    }
    assert list(dahdi_channels(parse_office(document))) == [
        DahdiChannel("dahdi-3", 3, True, received_db=2.5, sent_db=-3, echo_taps=0),
        DahdiChannel("dahdi-12", 12, False, lamp=LampBy.NEON | LampBy.REVERSAL, echo_taps=256),
    ]


@pytest.mark.parametrize(
    ("milliseconds", "taps"), [(0, 0), (1, 32), (4, 32), (5, 64), (16, 128), (17, 256), (128, 1024)]
)
def test_the_kernels_canceller_covers_what_is_asked_for(milliseconds: int, taps: int) -> None:
    assert echo_taps(milliseconds) == taps


def test_a_port_is_set_once_and_a_line_has_no_lamp() -> None:
    document = json.loads(HARBOUR.read_text())
    document["trunks"][0]["port"] = "dahdi-3"
    document["dahdi"] = {"ports": [{"port": "dahdi-3", "lamp": ["neon"]}, {"port": "dahdi-3"}, {"port": "fxo-1"}]}
    with pytest.raises(OfficeErrors) as refused:
        parse_office(document)
    told = {one.path: one.reason for one in refused.value.problems}
    assert told["dahdi.ports[2].port"].startswith("must be dahdi- and the number of a channel")
    assert told["dahdi.ports[1].port"] == "the port dahdi-3 is already given at dahdi.ports[0].port"
    assert told["dahdi.ports[0].lamp"] == "dahdi-3 is a line of the exchange: it has no lamp"
    assert len(told) == 3
