"""Modems are found below a made root of sysfs, and the rules of udev name every one that has a profile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hw.modem.bus import FoundModem
from hw.modem.profile import (
    ModemProfileError,
    modem_models,
    modem_profile,
    parse_modem_profile,
    profile_of_usb,
)
from hw.modem.usb import UsbModems, authorize, found_modems
from hw.modem.wanted import ModemWanted

RULES = Path(__file__).parents[2] / "systemd" / "99-copperdesk-modem.rules"


def plug_in(root: Path, tty: str, socket: str, usb_id: str, serial: str = "", *, kind: str = "020201") -> Path:
    """Make what Linux shows of a USB device with a serial port. Returns the folder of the device."""
    usb = root / "sys/devices/platform/soc/usb1" / socket
    interface = usb / f"{socket}:1.0"
    (interface / "tty" / tty).mkdir(parents=True)
    vendor, product = usb_id.split(":")
    texts = {"idVendor": vendor, "idProduct": product, "manufacturer": "U.S.Robotics", "product": "USB Modem"}
    for name, text in (texts | ({"serial": serial} if serial else {})).items():
        (usb / name).write_text(f"{text}\n")
    for at, name in enumerate(("Class", "SubClass", "Protocol")):
        (interface / f"bInterface{name}").write_text(f"{kind[2 * at : 2 * at + 2]}\n")
    (interface / "tty" / tty / "device").symlink_to(interface)
    (usb / "authorized").write_text("1\n")
    for folder, name, place in (
        ("sys/class/tty", tty, interface / "tty" / tty),
        ("sys/bus/usb/devices", socket, usb),
    ):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / name).symlink_to(place)
    return usb


def test_a_modem_is_found_with_its_identifiers_serial_number_and_socket(tmp_path: Path) -> None:
    plug_in(tmp_path, "ttyACM0", "1-1.3", "0baf:0303", "00000002")
    assert found_modems(tmp_path) == [
        FoundModem(str(tmp_path / "dev/ttyACM0"), "0baf", "0303", "00000002", "1-1.3", title="U.S.Robotics USB Modem")
    ]


def test_a_modem_whose_interface_is_its_makers_own_is_found_by_its_identifiers(tmp_path: Path) -> None:
    plug_in(tmp_path, "ttyACM0", "1-1.3", "0572:1340", kind="ff0000")
    plug_in(tmp_path, "ttyUSB0", "1-1.4", "1a86:7523", kind="ff0102")
    assert [modem.socket for modem in found_modems(tmp_path)] == ["1-1.3"]


def test_a_serial_port_on_the_board_is_no_modem(tmp_path: Path) -> None:
    (tmp_path / "sys/class/tty/ttyAMA0").mkdir(parents=True)
    assert found_modems(tmp_path) == []
    assert found_modems(tmp_path / "nowhere") == []


KNOWN = FoundModem("/dev/ttyACM0", "0baf", "0303", "0001", "1-1.3")
UNKNOWN = FoundModem("/dev/ttyACM1", "2341", "0043", "7563", "1-1.2")


@pytest.mark.parametrize(
    ("wanted", "found", "model"),
    [
        (ModemWanted(country_code="B5"), KNOWN, "usrobotics-usr5637"),
        (ModemWanted(country_code="B5"), UNKNOWN, None),
        (ModemWanted(country_code="B5", named="0001"), KNOWN, "usrobotics-usr5637"),
        (ModemWanted(country_code="B5", named="1-1.3"), KNOWN, "usrobotics-usr5637"),
        (ModemWanted(country_code="B5", named="1-1.2"), KNOWN, None),
        (ModemWanted(country_code="B5", named="7563"), UNKNOWN, "generic"),
        (ModemWanted(country_code="B5", model="conexant-cx93010", named="7563"), UNKNOWN, "conexant-cx93010"),
    ],
)
def test_a_device_that_is_no_known_modem_is_spoken_to_only_where_the_office_names_it(
    wanted: ModemWanted, found: FoundModem, model: str | None
) -> None:
    profile = wanted.profile_for(found)
    assert (profile.model if profile is not None else None) == model


@pytest.mark.real_time
async def test_a_modem_is_reset_by_its_file_in_sysfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usb = plug_in(tmp_path, "ttyACM0", "1-1.3", "0baf:0303")
    (modem,) = await UsbModems(tmp_path).find()
    authorize(modem.socket, False, tmp_path)
    assert (usb / "authorized").read_text()[0] == "0"
    monkeypatch.setattr("hw.modem.usb.RESET_S", 0.01)
    await UsbModems(tmp_path).reset(modem)
    assert (usb / "authorized").read_text()[0] == "1"


def test_the_rules_of_udev_name_every_modem_that_has_a_profile_and_no_other() -> None:
    named = set()
    for vendor, products in re.findall(r'idVendor}=="(\w+)", ATTRS\{idProduct}=="([\w|]+)"', RULES.read_text()):
        named |= {f"{vendor}:{product}" for product in products.split("|")}
    assert named == {one for model in modem_models() for one in modem_profile(model).usb}


def test_no_identifiers_are_those_of_two_models() -> None:
    named = [one for model in modem_models() for one in modem_profile(model).usb]
    assert sorted(named) == sorted(set(named))
    assert profile_of_usb("0BAF", "0303") is modem_profile("usrobotics-usr5637")
    assert profile_of_usb("ffff", "ffff") is None


GOOD = """
title = "T"
usb = ["0baf:0303"]
reset = "&F"
set_up = ["E0"]
country = "+GCI={code}"
caller_id = ["+VCID=1"]
caller_id_read = ""
distinctive_ring = []
identity = "I3"
fax_classes = ["1"]
fax_flow = "hardware"
"""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("0baf:0303", "0baf:303"), "vendor:product"),
        (("{code}", "B5"), "no {code}"),
        (('"hardware"', '"none"'), "fax_flow"),
        (('["1"]', '["3"]'), "no class '3'"),
        (('title = "T"', ""), "title: must be there"),
        (('title = "T"', "titel = 1"), "titel: is not known here"),
        (('set_up = ["E0"]', 'set_up = "E0"'), "a list of texts"),
        (('reset = "&F"', "reset = 1"), "may be a text"),
        (('title = "T"', "title ="), "x.toml"),
    ],
)
def test_what_is_wrong_with_a_profile_is_said(change: tuple[str, str], reason: str) -> None:
    assert parse_modem_profile("x", GOOD).model == "x"
    with pytest.raises(ModemProfileError, match=re.escape(reason)):
        parse_modem_profile("x", GOOD.replace(*change))


def test_what_may_have_been_meant_by_a_model_that_there_is_not_is_said() -> None:
    with pytest.raises(ModemProfileError, match="did you mean 'usrobotics-usr5637'"):
        modem_profile("usrobotics-usr5638")
