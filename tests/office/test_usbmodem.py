"""The modem of an office: its models are those that have a profile, and it is beside a line of the office."""

from __future__ import annotations

import pytest

from appliance.linemodem import wanted_modem
from appliance.office.document import parse_office
from appliance.office.model import Office
from appliance.office.problem import OfficeErrors
from appliance.office.sip import Sip, SipDevice, SipLine
from appliance.office.usbmodem import ModemUse, UsbModem, UsbModemModel, warnings
from hw.modem.profile import modem_models
from hw.modem.wanted import ModemWanted
from tests.offices import example


def office_with(**modem: str) -> Office:
    return parse_office(example() | {"modem": modem})


def test_there_is_a_model_for_each_profile() -> None:
    assert {model.value for model in UsbModemModel} == {"automatic", *modem_models()}


def test_an_office_without_a_word_about_it_uses_no_modem() -> None:
    assert parse_office(example()).modem == UsbModem()
    assert not UsbModem().tells_callers
    assert not UsbModem().faxes


@pytest.mark.parametrize(
    ("use", "tells_callers", "faxes"), [("caller-id", True, False), ("fax", False, True), ("both", True, True)]
)
def test_what_it_is_for(use: str, tells_callers: bool, faxes: bool) -> None:
    modem = office_with(use=use, line="fxo-1").modem
    assert (modem.tells_callers, modem.faxes) == (tells_callers, faxes)


@pytest.mark.parametrize(
    ("modem", "path", "reason"),
    [
        ({"use": "both"}, "modem.line", "must say beside which line the modem is"),
        ({"use": "fax", "line": "fxo-9"}, "modem.line", "no line to the exchange is at the port fxo-9"),
        ({"use": "fax", "line": "fxs-1"}, "modem.line", "no line to the exchange is at the port fxs-1"),
        ({"use": "telephone", "line": "fxo-1"}, "modem.use", "nothing, caller-id, fax"),
        ({"use": "fax", "line": "fxo-1", "socket": "1/2"}, "modem.socket", "a USB socket such as 1-1.3"),
    ],
)
def test_what_is_wrong_with_it_is_said(modem: dict[str, str], path: str, reason: str) -> None:
    with pytest.raises(OfficeErrors) as told:
        office_with(**modem)
    (problem,) = told.value.problems
    assert problem.path == path
    assert reason in problem.reason


@pytest.mark.parametrize("use", [ModemUse.CALLER_ID, ModemUse.FAX, ModemUse.BOTH])
def test_beside_a_line_over_the_network_it_is_of_no_use(use: ModemUse) -> None:
    gateway = SipDevice("HT813", "grandstream-ht813", "192.0.2.4", (SipLine("gw-1", "100"),))
    beside = UsbModem(use, "gw-1")
    (warning,) = warnings(beside, Sip((gateway,)))
    assert warning.path == "modem.use"
    nothing = UsbModem(ModemUse.NOTHING, "gw-1")
    assert list(warnings(beside, Sip())) == list(warnings(nothing, Sip((gateway,)))) == []


def test_the_driver_is_told_the_country_of_the_line() -> None:
    assert wanted_modem(UsbModem(), "de") == ModemWanted(country_code="42")
    modem = UsbModem(model=UsbModemModel.GENERIC, socket="1-1.3")
    assert wanted_modem(modem, "uk") == ModemWanted(model="generic", named="1-1.3", country_code="B4")
