"""`hw list` tells the states of DAHDI hardware apart, each with its mend, and writes the kernel's configuration."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Sequence
from pathlib import Path

import pytest

from hw.dahdi.abi import Alarm
from hw.dahdi.found import DialToneTrial, channels_found, found
from hw.dahdi.machine import Machine
from hw.dahdi.systemconf import ranges, system_conf
from hw.found import Found
from hw.sim.dahdi.devices import can_mount
from hw.tones.toneplan import tone_plan
from tests.hw.dahdiworld import DahdiWorld, dahdi_world, mounts


class Root:
    """A machine's /proc, /sys and /lib, as far as they tell of telephone cards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machine = Machine(folder)

    def module(self, *, built: bool = True, loaded: bool = True) -> None:
        if built:
            modules = self.folder / "lib/modules" / platform.release() / "dahdi"
            modules.mkdir(parents=True)
            (modules / "dahdi.ko.xz").touch()
        if loaded:
            (self.folder / "sys/module/dahdi").mkdir(parents=True)

    def pci(self, vendor: int, device: int, driver: str = "") -> None:
        card = self.folder / "sys/bus/pci/devices/0000:01:00.0"
        card.mkdir(parents=True)
        (card / "vendor").write_text(f"{vendor:#06x}\n")
        (card / "device").write_text(f"{device:#06x}\n")
        if driver:
            its = self.folder / "sys/bus/pci/drivers" / driver
            its.mkdir(parents=True)
            (card / "driver").symlink_to(its)

    def usb(self, vendor: str, product: str) -> None:
        bank = self.folder / "sys/bus/usb/devices/1-2"
        (bank / "1-2:1.0").mkdir(parents=True)
        (bank / "idVendor").write_text(f"{vendor}\n")
        (bank / "idProduct").write_text(f"{product}\n")

    def span(self, world: DahdiWorld) -> None:
        proc = self.folder / "proc/dahdi"
        proc.mkdir(parents=True, exist_ok=True)
        (proc / "1").write_text(world.span.proc())


@pytest.fixture
def root(tmp_path: Path) -> Root:
    return Root(tmp_path)


def states(told: Sequence[Found]) -> list[tuple[str, str]]:
    return [(one.name, one.state) for one in told]


def test_a_machine_without_any_of_it_has_nothing_to_tell(root: Root) -> None:
    assert found(machine=root.machine) == []


def test_a_card_without_a_module_is_told_by_its_id(root: Root) -> None:
    root.pci(0xD161, 0x8005)
    root.module(loaded=False)
    (told,) = found(machine=root.machine)
    assert told.state == "no-module"
    assert "d161:8005" in told.told
    assert "modprobe dahdi" in told.mend


def test_a_module_that_an_update_of_the_kernel_has_left_behind_has_to_be_built_again(root: Root) -> None:
    (told,) = found([1], machine=root.machine)
    assert told.state == "no-module"
    assert platform.release() in told.told
    assert "has to be built again" in told.mend


@pytest.mark.parametrize(("usb", "card"), [(False, "d161:0005"), (True, "e4e4:1162")])
def test_a_card_that_no_driver_knows_is_told_by_its_id(root: Root, usb: bool, card: str) -> None:
    root.module()
    if usb:
        root.usb("e4e4", "1162")
    else:
        root.pci(0xD161, 0x0005)
    (told,) = found(machine=root.machine)
    assert (told.name, told.state) == (f"card {card}", "unknown-card")
    assert card in told.told


def test_a_module_without_any_card_is_told(root: Root) -> None:
    root.module()
    root.pci(0x8086, 0x1234)
    assert states(found(machine=root.machine)) == [("dahdi", "no-card")]


def test_device_files_that_do_not_answer_are_told(root: Root, tmp_path: Path) -> None:
    root.module()
    (root.folder / "proc/dahdi").mkdir(parents=True)
    (root.folder / "proc/dahdi/1").write_text('Span 1: WCTDM/4 "Board"\n\n\t   1 WCTDM/4/0 FXSKS \n')
    assert states(found(devices=tmp_path / "nowhere", machine=root.machine)) == [("dahdi", "no-access")]


@mounts
async def test_channels_are_told_with_their_states_whether_they_are_in_use_or_not(root: Root) -> None:
    root.module()
    root.pci(0xD161, 0x8005, driver="wcaxx")
    async with dahdi_world(trunks=2, stations=1) as here:
        here.exchange.fault("dahdi-2", "cut")
        await asyncio.sleep(1)
        root.span(here)
        seen = found([1, 2, 3, 9], devices=here.devices, machine=root.machine)
        assert states(seen) == [
            ("dahdi-1", "healthy"),
            ("dahdi-2", "no-battery"),
            ("dahdi-3", "healthy"),
            ("dahdi-9", "no-such-channel"),
        ]
        here.span.channels[1].alarms = int(Alarm.RED)
        (root.folder / "proc/dahdi/2").mkdir()  # A span that cannot be read: its card is being pulled out.
        assert states(found(devices=here.devices, machine=root.machine))[0] == ("dahdi-1", "no-battery")
        here.span.channels[3].configured = False
        root.span(here)
        assert states(found(devices=here.devices, machine=root.machine))[2] == ("dahdi-3", "not-configured")


@mounts
@pytest.mark.real_time(within=30)
async def test_a_line_without_dial_tone_is_told_when_it_is_listened_to(root: Root) -> None:
    root.module()
    async with dahdi_world(in_step=False) as here:
        await here.card.close()
        root.span(here)
        await asyncio.sleep(0.2)
        for country, state in (("us", "healthy"), ("jp", "no-dial-tone")):
            told: list[str] = []
            listen = DialToneTrial(tone_plan(country), told.append, quiet_ms=1000)
            seen = await asyncio.to_thread(found, devices=here.devices, machine=root.machine, listen=listen)
            assert states(seen)[0] == ("dahdi-1", state)
            assert told == [
                "looks for 1 s whether a line rings, as such a line is not seized",
                "listens for dial tone on channel 1, for 5 s at most",
            ]


@mounts
@pytest.mark.real_time(within=30)
async def test_a_line_that_rings_is_not_seized_in_its_pauses(root: Root) -> None:
    root.module()
    async with dahdi_world(in_step=False) as here:
        await here.card.close()
        root.span(here)
        circuit = here.exchange.lines["5550100"]
        circuit.script.run(circuit.ring(None))
        await asyncio.sleep(1.5)
        listen = DialToneTrial(tone_plan("us"), lambda _told: None, quiet_ms=1000)
        seen = await asyncio.to_thread(found, devices=here.devices, machine=root.machine, listen=listen)
        assert (seen[0].state, seen[0].told) == ("healthy", "Channel 1 (WCTDM/4/0) rings, so it was left alone.")
        assert circuit.script.running
        circuit.stop()


@pytest.mark.skipif(not can_mount(), reason="this machine has no /dev/fuse, so no stand-in can be mounted")
async def test_the_kernels_configuration_is_written_for_the_channels_found(root: Root) -> None:
    async with dahdi_world(trunks=4, stations=2) as here:
        root.span(here)
        channels = channels_found(here.devices, root.machine)
    written = system_conf(channels)
    lines = [line for line in written.splitlines() if line and not line.startswith("#")]
    assert lines == ["fxsks=1-4", "fxoks=5-6", "loadzone=us", "defaultzone=us"]
    assert "echocanceller=mg2,1-6\n" in system_conf(channels, "mg2")


def test_numbers_are_written_as_ranges() -> None:
    assert ranges([7, 1, 2, 3, 9, 10]) == "1-3,7,9-10"
