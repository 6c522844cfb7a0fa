"""Every number and structure of DAHDI's interface is what the header of Debian's package `dahdi-source` says."""

from __future__ import annotations

import json
import struct
import subprocess
import tarfile
from enum import IntEnum
from pathlib import Path

import pytest

from hw.dahdi import abi

SOURCE = Path("/usr/src/dahdi.tar.bz2")
Header = dict[str, dict[str, int]]
HEADERS = "modules/dahdi/include/dahdi/"

REQUESTS = {request.name: f"DAHDI_{request.name}" for request in abi.Ioctl} | {"WCTDM_GET_STATS": "WCTDM_GET_STATS"}
HOOKS = {request.name: f"DAHDI_{request.name}" for request in abi.HookRequest}
EVENTS = {event.name: f"DAHDI_EVENT_{event.name}" for event in abi.ChannelEvent}
SIGNALLINGS = {signalling.name: f"DAHDI_SIG_{signalling.name}" for signalling in abi.Signalling}
ALARMS = {alarm.name: f"DAHDI_ALARM_{alarm.name}" for alarm in abi.Alarm}
LAMPS = {"REVERSAL": "DAHDI_VMWI_LREV", "VOLTAGE": "DAHDI_VMWI_HVDC", "NEON": "DAHDI_VMWI_HVAC"}
RX_HOOKS = {state.name: f"DAHDI_RXSIG_{state.name}" for state in abi.RxHook}
STRUCTURES = {
    "dahdi_params": abi.ChannelParams.LAYOUT,
    "dahdi_bufferinfo": abi.BUFFERS,
    "dahdi_ring_cadence": abi.CADENCE,
    "dahdi_hwgain": abi.HWGAIN,
    "wctdm_stats": abi.STATS,
}
PARAMS = {
    "channel": "channo",
    "span": "spanno",
    "signalling": "sigtype",
    "capable": "sigcap",
    "rx_hook": "rxhooksig",
    "name": "name",
    "preflash": "preflashtime",
    "flash": "flashtime",
    "rx_flash": "rxflashtime",
    "debounce": "debouncetime",
    "alarms": "chan_alarms",
}


@pytest.fixture(scope="module")
def header(tmp_path_factory: pytest.TempPathFactory) -> Header:
    """What a C program says that is compiled with the header."""
    if not SOURCE.exists():
        pytest.skip(f"{SOURCE} of Debian's package dahdi-source is not installed")
    folder = tmp_path_factory.mktemp("dahdi")
    with tarfile.open(SOURCE) as archive:
        archive.extractall(folder, [one for one in archive if one.name.lstrip("./").startswith(HEADERS)])
    include = folder / HEADERS
    kernel = (include / "kernel.h").read_text()
    states = kernel[kernel.index("enum dahdi_rxsig") :]
    numbers = [*REQUESTS.values(), *HOOKS.values(), *EVENTS.values(), *SIGNALLINGS.values(), *ALARMS.values()]
    numbers += [*LAMPS.values(), *RX_HOOKS.values(), "DAHDI_EVENT_PULSEDIGIT"]
    numbers += ["__DAHDI_SIG_FXS", "__DAHDI_SIG_FXO"]
    lines = [f'printf("  \\"{name}\\": %llu,\\n", (unsigned long long)(unsigned int)({name}));' for name in numbers]
    sizes = [f'printf("  \\"{name}\\": %zu,\\n", sizeof(struct {name}));' for name in STRUCTURES]
    places = [f'printf("  \\"{one}\\": %zu,\\n", offsetof(struct dahdi_params, {one}));' for one in PARAMS.values()]
    program = f"""
        #include <stddef.h>
        #include <stdio.h>
        #include <sys/ioctl.h>
        #include <linux/types.h>
        #include "user.h"
        #include "wctdm_user.h"
        {states[: states.index("};") + 2]}
        int main(void) {{
            printf("{{\\"numbers\\": {{\\n"); {" ".join(lines)} printf("\\"\\": 0}}, \\"sizes\\": {{\\n");
            {" ".join(sizes)} printf("\\"\\": 0}}, \\"places\\": {{\\n"); {" ".join(places)}
            printf("\\"\\": 0}}}}\\n");
            return 0;
        }}
    """
    (folder / "told.c").write_text(program)
    told = str(folder / "told")
    subprocess.run(["gcc", "-I", str(include), "-o", told, str(folder / "told.c")], check=True)
    said: Header = json.loads(subprocess.run([told], check=True, capture_output=True).stdout)
    return said


@pytest.mark.parametrize(
    ("ours", "names"),
    [
        (abi.Ioctl, REQUESTS),
        (abi.HookRequest, HOOKS),
        (abi.ChannelEvent, EVENTS),
        (abi.Signalling, SIGNALLINGS),
        (abi.Alarm, ALARMS),
        (abi.LampBy, LAMPS),
        (abi.RxHook, RX_HOOKS),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_numbers_are_the_headers(header: Header, ours: type[IntEnum], names: dict[str, str]) -> None:
    assert {name: int(ours[name]) for name in names} == {
        name: header["numbers"][theirs] for name, theirs in names.items()
    }


def test_the_bits_of_digits_and_of_signallings_are_the_headers(header: Header) -> None:
    names = ("DAHDI_EVENT_PULSEDIGIT", "__DAHDI_SIG_FXS", "__DAHDI_SIG_FXO")
    assert [header["numbers"][name] for name in names] == [abi.PULSEDIGIT, abi.TO_EXCHANGE, abi.TO_TELEPHONE]


def test_the_structures_are_as_long_as_the_headers(header: Header) -> None:
    assert {name: ours.size for name, ours in STRUCTURES.items()} == {
        name: header["sizes"][name] for name in STRUCTURES
    }


def test_the_size_of_what_is_passed_is_in_each_request_code() -> None:
    """So a file system in user space knows how much to pass."""
    passed = {
        abi.Ioctl.GET_PARAMS: abi.ChannelParams.LAYOUT,
        abi.Ioctl.SET_PARAMS: abi.ChannelParams.LAYOUT,
        abi.Ioctl.GET_BUFINFO: abi.BUFFERS,
        abi.Ioctl.SET_BUFINFO: abi.BUFFERS,
        abi.Ioctl.SETCADENCE: abi.CADENCE,
        abi.Ioctl.SET_HWGAIN: abi.HWGAIN,
        abi.Ioctl.WCTDM_GET_STATS: abi.STATS,
    }
    assert {code: code >> 16 & 0x3FFF for code in abi.Ioctl} == {
        code: passed.get(code, abi.INTEGER).size for code in abi.Ioctl
    }


@pytest.mark.parametrize(("ours", "theirs"), PARAMS.items())
def test_a_parameter_is_read_from_its_place(header: Header, ours: str, theirs: str) -> None:
    data = bytearray(abi.ChannelParams.LAYOUT.size)
    value = b"WCTDM/4/0" if ours == "name" else struct.pack("<i", 1234)
    data[header["places"][theirs] : header["places"][theirs] + len(value)] = value
    assert getattr(abi.ChannelParams.unpack(bytes(data)), ours) == ("WCTDM/4/0" if ours == "name" else 1234)


def test_times_are_changed_and_all_else_is_kept() -> None:
    data = abi.ChannelParams.LAYOUT.pack(*range(12), b"name", *range(12, 24))
    changed = abi.ChannelParams.unpack(data).with_times(preflash=1, flash=100, rx_flash=820, debounce=90)
    again = abi.ChannelParams.unpack(changed.pack())
    assert again == changed
    assert (again.preflash, again.flash, again.rx_flash, again.debounce) == (1, 100, 820, 90)
    assert abi.ChannelParams.unpack(data).with_times().pack() == data
