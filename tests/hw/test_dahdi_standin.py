"""The stand-in of DAHDI hardware keeps the kernel's rules where the card's contract does not show them."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from hw.dahdi.abi import CADENCE, ELAST, INTEGER, ChannelEvent, HookRequest, Ioctl
from hw.dahdi.channel import ChannelFile
from hw.sim.dahdi.channel import CallRefused, StandInChannel
from tests.hw.dahdiworld import DahdiWorld, dahdi_world, mounts

pytestmark = mounts
ROOT = Path(__file__).parents[2]
HELD_OPEN = """
import asyncio
from tests.hw.dahdiworld import dahdi_world

async def main():
    async with dahdi_world(in_step=False) as here:
        print(here.devices, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.fixture
def here() -> AbstractAsyncContextManager[DahdiWorld]:
    return dahdi_world(started=False)


def mounted(folder: str) -> bool:
    """By the list of mounts: to look into a folder that nobody answers for would wait for ever."""
    return f" {folder} " in Path("/proc/self/mounts").read_text()


def refusal(channel: StandInChannel, code: int, argument: bytes) -> int:
    with pytest.raises(CallRefused) as refused:
        channel.request(code, argument)
    assert refused.value.errno is not None
    return refused.value.errno


def hook(channel: StandInChannel, request: HookRequest) -> int:
    """The error that a request for the hook gives; 0 for none."""
    try:
        channel.request(Ioctl.HOOK, INTEGER.pack(request))
    except CallRefused as refused:
        return refused.errno or 0
    return 0


async def test_the_hook_has_the_kernels_states(here: DahdiWorld) -> None:
    trunk, station = here.span.channels.values()
    assert hook(trunk, HookRequest.FLASH) == errno.EBUSY
    assert hook(trunk, HookRequest.OFFHOOK) == 0
    await asyncio.sleep(0.5)
    assert hook(trunk, HookRequest.FLASH) == errno.EBUSY
    await asyncio.sleep(0.2)
    assert hook(trunk, HookRequest.FLASH) == errno.EINPROGRESS
    assert hook(station, HookRequest.RING) == errno.EINPROGRESS
    assert hook(station, HookRequest.RING) == errno.EBUSY
    assert hook(station, HookRequest.RINGOFF) == 0
    here.telephones[0].lift()
    await asyncio.sleep(0.1)
    assert hook(station, HookRequest.OFFHOOK) == 0
    assert hook(station, HookRequest.ONHOOK) == 0
    assert hook(station, HookRequest.OFFHOOK) == errno.EBUSY
    await asyncio.sleep(0.7)
    assert hook(station, HookRequest.OFFHOOK) == errno.EBUSY
    await asyncio.sleep(0.2)
    assert hook(station, HookRequest.OFFHOOK) == 0


async def test_a_cadence_rings_on_and_off_and_tells_each(here: DahdiWorld) -> None:
    station = here.span.channels[2]
    station.opened()
    station.request(Ioctl.SETCADENCE, CADENCE.pack(400, 200, 400, 2000, *[0] * 12))
    hook(station, HookRequest.RING)
    await asyncio.sleep(0.1)
    rung = []
    for _ in range(16):
        rung.append(here.loops["dahdi-2"].ringing)
        await asyncio.sleep(0.2)
    assert "".join("#" if on else "." for on in rung) == "##.##..........#"


async def test_reading_fails_while_an_event_waits_and_only_63_wait(here: DahdiWorld) -> None:
    channel = here.span.channels[1]
    channel.opened()
    here.span.storm(1, [ChannelEvent.ALARM] * 100)
    with pytest.raises(CallRefused) as refused:
        channel.read(320)
    assert refused.value.errno == ELAST
    told = [INTEGER.unpack(channel.request(Ioctl.GETEVENT, b""))[0] for _ in range(64)]
    assert told == [ChannelEvent.ALARM] * 63 + [ChannelEvent.NONE]


async def test_what_a_channel_does_not_know_is_refused_as_the_kernel_refuses_it(here: DahdiWorld) -> None:
    trunk, station = here.span.channels.values()
    assert refusal(trunk, Ioctl.VMWI, INTEGER.pack(1)) == errno.ENOTTY
    assert refusal(station, Ioctl.WCTDM_GET_STATS, b"") == errno.ENOTTY
    assert refusal(trunk, Ioctl.SET_BUFINFO, bytes(24)) == errno.EINVAL
    with pytest.raises(OSError, match="Invalid argument"):
        ChannelFile(9, here.devices)
    here.span.channels[1].configured = False
    with pytest.raises(OSError, match="No such device or address"):
        ChannelFile(1, here.devices)


@pytest.mark.real_time(within=60)
async def test_a_program_that_is_killed_ends_and_leaves_no_mount() -> None:
    """Its threads would otherwise wait for answers of the file system that they were to give themselves."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    one = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HELD_OPEN, stdout=asyncio.subprocess.PIPE, cwd=ROOT, env=environment
    )
    assert one.stdout is not None
    folder = (await one.stdout.readline()).decode().strip()
    assert mounted(folder)
    one.terminate()
    assert await asyncio.wait_for(one.wait(), 20) == -signal.SIGTERM
    async with asyncio.timeout(20):
        while mounted(folder):  # noqa: ASYNC110 - the kernel tells nobody of it
            await asyncio.sleep(0.05)
