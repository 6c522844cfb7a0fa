"""The line card of one's own making in an office document: its rules, and the card that is made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from appliance.gpioboard import board_lines, daa_pins, gpio_card, slic_pins
from appliance.office.document import parse_office
from appliance.office.gpioboard import GpioTelephone, GpioTrunk
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from hw.gpiocard.pinmap import BoardLine, DaaPins, SlicPins
from hw.tones.toneplan import tone_plan

HARBOUR = Path(__file__).parents[2] / "examples/offices/harbour-workshop.json"
TELEPHONE = {"port": "gpio-fxs-1"}
LINE = {"port": "gpio-fxo-1", "codec": "plughw:CARD=codec"}


def office_with(**gpio: Any) -> Office:
    return parse_office(json.loads(HARBOUR.read_text()) | {"gpio": gpio})


def mistakes(**gpio: Any) -> list[tuple[str, str]]:
    with pytest.raises(OfficeErrors) as told:
        office_with(**gpio)
    return [(problem.path, problem.reason) for problem in told.value.problems]


def test_the_documents_pins_are_the_drivers_unless_given():
    assert slic_pins(GpioTelephone(port="a")) == SlicPins()
    assert daa_pins(GpioTrunk(port="a")) == DaaPins()
    assert daa_pins(GpioTrunk(port="a", sensor=False)) == DaaPins(normal=None, reversed=None, idle=None)


def test_an_office_gets_a_card_with_its_chips_or_none():
    office = office_with(telephones=[TELEPHONE], lines=[LINE | {"current_low": True}])
    assert board_lines(office) == (
        BoardLine("gpio-fxs-1", SlicPins(), "plughw:0", "left"),
        BoardLine("gpio-fxo-1", DaaPins(current_low=True), "plughw:CARD=codec", "right"),
    )
    card = gpio_card(office, tone_plan("us"))
    assert card is not None
    assert [port.name for port in (*card.fxo, *card.fxs)] == ["gpio-fxo-1", "gpio-fxs-1"]
    assert gpio_card(office_with(), tone_plan("us")) is None


def test_a_pin_and_a_channel_have_one_use():
    assert mistakes(telephones=[TELEPHONE, {"port": "gpio-fxs-2", "forward": 9, "ring_mode": 10, "hook": 17}]) == [
        ("gpio.telephones[1].power_down", "GPIO 16 is used already, by gpio.telephones[0].power_down"),
        ("gpio.telephones[1].channel", "the left channel of plughw:0 is used by gpio.telephones[0]"),
        ("gpio.telephones[1].hook", "GPIO 17 is used already, by led.gpio"),
    ]


def test_the_pins_of_a_sensor_that_is_not_there_are_free():
    line = LINE | {"sensor": False}
    assert office_with(lines=[line], telephones=[TELEPHONE | {"forward": 25, "hook": 26}])


def test_a_port_is_one_chip_and_a_telephone_is_no_line():
    assert mistakes(telephones=[TELEPHONE], lines=[{"port": "gpio-fxs-1"}]) == [
        ("gpio.lines[0].port", "the port gpio-fxs-1 is already given at gpio.telephones[0].port")
    ]
    document = json.loads(HARBOUR.read_text())
    port = document["trunks"][0]["port"]
    (path, told), *_ = mistakes(telephones=[{"port": port}])
    assert (path, told) == ("trunks[0].port", f"{port} is a station, by gpio.telephones[0]")


def test_the_built_in_exchange_has_no_line_to_a_port_of_the_board():
    office = office_with(telephones=[TELEPHONE], lines=[LINE])
    assert {"gpio-fxs-1", "gpio-fxo-1"} <= office.carded_ports
