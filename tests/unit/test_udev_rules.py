"""udev's rules: a sound card is called after the port it is in."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

RULES = (Path(__file__).resolve().parents[2] / "systemd/60-copperdesk-lines.rules").read_text()
SOC, PI_4 = "/devices/platform/soc/3f980000.usb/usb1/1-1", "/devices/platform/scb/fd500000.pcie/pci0000:00/usb1/1-1"
PI_5 = "/devices/platform/axi/1000120000.pcie/1f00300000.usb"
CARDS = {
    f"{SOC}/1-1:1.0/sound/card0": "usb1",
    f"{SOC}/1-1.2/1-1.2:1.0/sound/card1": "usb1_2",
    f"{SOC}/1-1.1/1-1.1.2/1-1.1.2:1.0/sound/card1": "usb1_1_2",
    f"{PI_4}/1-1.4/1-1.4:1.0/sound/card3": "usb1_4",
    f"{PI_5}/xhci-hcd.0/usb1/1-2/1-2:1.0/sound/card2": "usb2",
    f"{PI_5}/xhci-hcd.1/usb3/3-2/3-2:1.0/sound/card2": "usbb2",
    f"{PI_4}/1-1.4/1-1.4.1/1-1.4.1:1.0/sound/card3": "",  # Behind a hub of somebody's own.
    "/devices/platform/soc/soc:sound/sound/card0": "",
}
"""Where the kernel has the codec on a Raspberry Pi Zero or 3, a 3, a 3B+, a 4 and a 5, and what it is called."""


@pytest.mark.parametrize("path", CARDS)
def test_a_codec_is_called_after_the_port_it_is_in(path: str) -> None:
    named = re.findall(r'^DEVPATH=="(\S+)", ATTR{id}="(\w+)"', RULES, re.M)
    assert [name for pattern, name in named if fnmatchcase(path, pattern)] == ([CARDS[path]] if CARDS[path] else [])


def test_each_name_is_given_once_and_is_one_that_alsa_takes() -> None:
    names = re.findall(r'ATTR{id}="(\w+)"', RULES)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]\w{0,14}", name) for name in names)
