"""What of DAHDI is connected to this machine, and what is wrong with it, in words: for `copperdesk hw list`.

It asks the kernel about every channel without opening one, so that it tells of lines that a running unit uses, too.
"""

from __future__ import annotations

import errno
import platform
import select
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hw.dahdi.abi import Alarm, ChannelParams, HookRequest, RxHook
from hw.dahdi.channel import DEVICES, ChannelFile, ControlFile
from hw.dahdi.machine import Machine, SeenCard
from hw.found import HEALTHY, Found
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan

KIND = "dahdi"
DIAL_TONES = ("dial", "stutter", "recall")
LISTENED_FRAMES = 250
"""5 s, in which every exchange has given dial tone."""
QUIET_MS = 6000
"""A line that has not rung for so long does not ring: the longest pause of any country's ringing is 5 s."""
LOOK_MS, LOOK_FRAMES = 60, 3
"""How often it is looked whether lines ring: the shortest burst lasts 0.2 s."""
NO_FRAME_MS = 500
"""A card that delivers no frame for so long delivers none."""

BUILD = "docs/dahdi.md says which source to take and how to build it."


@dataclass(frozen=True, slots=True)
class DialToneTrial:
    """That lines are listened to, for 5 s each. One that has rung just before is left alone: that would answer it.

    plan: has the country's tones. progress: told what is being done, for people. quiet_ms: how long a line must not
    have rung.
    """

    plan: TonePlan
    progress: Callable[[str], None]
    quiet_ms: int = QUIET_MS


class _RingWatch:
    """How many milliseconds each line has not rung for, by its channel's number."""

    def __init__(self, numbers: Sequence[int], devices: Path) -> None:
        self.quiet_ms = dict.fromkeys(numbers, 0)
        self._devices = devices

    def look(self, passed_ms: int) -> None:
        """So much time has passed. OSError where the kernel does not answer."""
        control = ControlFile(self._devices)
        try:
            for number in self.quiet_ms:
                rings = control.params(number).rx_hook == RxHook.RING
                self.quiet_ms[number] = 0 if rings else self.quiet_ms[number] + passed_ms
        finally:
            control.close()

    def wait(self, milliseconds: int) -> None:
        """Look for so long."""
        for _ in range(0, milliseconds, LOOK_MS):
            select.poll().poll(LOOK_MS)
            self.look(LOOK_MS)


def found(
    wanted: Sequence[int] = (),
    *,
    devices: Path = DEVICES,
    machine: Machine | None = None,
    listen: DialToneTrial | None = None,
) -> list[Found]:
    """The channels, and what keeps others from being found. It takes some milliseconds, unless it listens.

    wanted: the channels that the office names. listen: also seize each line that is free, and listen for dial tone.
    """
    machine = machine or Machine()
    cards = machine.cards()
    if not machine.module_loaded:
        return [_no_module(cards, machine)] if cards or wanted else []
    told = [_unknown(card) for card in cards if not card.driver]
    channels = machine.channels()
    if not channels and not told:
        told = [_no_card()]
    try:
        told += list(_channels([one.number for one in channels], wanted, devices, listen))
    except OSError as error:
        told.append(_closed_to_us(error))
    return told


def channels_found(devices: Path = DEVICES, machine: Machine | None = None) -> list[ChannelParams]:
    """The channels that there are, for `hw.dahdi.systemconf`. OSError where this program may not ask."""
    numbers = [channel.number for channel in (machine or Machine()).channels()]
    if not numbers:
        return []
    control = ControlFile(devices)
    try:
        return [control.params(number) for number in numbers]
    finally:
        control.close()


def _channels(
    numbers: Sequence[int], wanted: Sequence[int], devices: Path, listen: DialToneTrial | None
) -> Iterator[Found]:
    if numbers:
        control = ControlFile(devices)
        try:
            params = [control.params(number) for number in numbers]
        finally:
            control.close()
        states = [(one, _channel(one)) for one in params if one.to_exchange or one.to_telephone]
        free = [one.channel for one, state in states if one.to_exchange and state.state == HEALTHY]
        watch = _RingWatch(free, devices)
        if listen is not None and free:
            listen.progress(
                f"looks for {listen.quiet_ms / 1000:.0f} s whether a line rings, as such a line is not seized"
            )
            watch.wait(listen.quiet_ms)
        for one, state in states:
            heard = None
            if listen is not None and one.channel in free:
                listen.progress(
                    f"listens for dial tone on channel {one.channel}, for {LISTENED_FRAMES // 50} s at most"
                )
                heard = _heard(one, devices, listen, watch)
            yield heard or state
    for number in sorted(set(wanted) - set(numbers)):
        told = f"The office names channel {number}, and no card has one of this number."
        yield Found(
            KIND,
            f"{KIND}-{number}",
            "no-such-channel",
            told,
            "Look above for the channels that there are, or connect its card.",
        )


def _channel(one: ChannelParams) -> Found:
    name, what = f"{KIND}-{one.channel}", "line to the exchange" if one.to_exchange else "telephone"
    place = f"Channel {one.channel} ({one.name}), a {what}"
    if not one.signalling:
        return Found(
            KIND,
            name,
            "not-configured",
            f"{place}, is not configured.",
            "Have /etc/dahdi/system.conf written for the cards found, then run dahdi_cfg.",
        )
    if one.to_exchange and (one.rx_hook == RxHook.ONHOOK or one.alarms & Alarm.RED):
        return Found(
            KIND,
            name,
            "no-battery",
            f"{place}, has no voltage.",
            "Is the line plugged in, and into the right socket? Does another telephone work on it?",
        )
    return Found(KIND, name, HEALTHY, f"{place}, works.")


def _heard(one: ChannelParams, devices: Path, listen: DialToneTrial, watch: _RingWatch) -> Found | None:
    """What is wrong with the dial tone of a line; None where nothing is, or another program uses the line."""
    name = f"{KIND}-{one.channel}"
    if watch.quiet_ms[one.channel] < listen.quiet_ms:
        return Found(KIND, name, HEALTHY, f"Channel {one.channel} ({one.name}) rings, so it was left alone.")
    try:
        channel = ChannelFile(one.channel, devices)
    except OSError:
        return None
    try:
        channel.hook(HookRequest.OFFHOOK)
        if _dial_tone(channel, listen.plan, watch):
            return None
    finally:
        channel.close()
    return Found(
        KIND,
        name,
        "no-dial-tone",
        f"Channel {one.channel} ({one.name}), a line to the exchange, has voltage, but no dial tone was heard on it.",
        "Is the office's country right? Listen with a telephone in its place: does the exchange give dial tone?",
    )


def _dial_tone(channel: ChannelFile, plan: TonePlan, watch: _RingWatch) -> bool:
    receiver = ProgressReceiver(plan)
    waiting = select.poll()
    waiting.register(channel, select.POLLIN | select.POLLPRI)
    frames = 0
    while frames < LISTENED_FRAMES and waiting.poll(NO_FRAME_MS):
        for frame in channel.read()[0]:
            frames += 1
            if frames % LOOK_FRAMES == 0:
                watch.look(LOOK_MS)
            if any(tone in DIAL_TONES and cycles for tone, cycles in receiver.feed(frame)):
                return True
    return False


def _no_module(cards: Sequence[SeenCard], machine: Machine) -> Found:
    kernel = platform.release()
    seen = f"There is a card ({_names(cards)}), but" if cards else "The office names channels of a card, but"
    if machine.module_built:
        return Found(
            KIND,
            KIND,
            "no-module",
            f"{seen} its kernel driver (the module dahdi) is not loaded.",
            "Run modprobe dahdi, and modprobe with the card's driver. /etc/modules names what is loaded at each start.",
        )
    return Found(
        KIND,
        KIND,
        "no-module",
        f"{seen} there is no kernel driver (the module dahdi) for the kernel that runs, {kernel}.",
        f"Build it. After an update of the kernel it has to be built again. {BUILD}",
    )


def _unknown(card: SeenCard) -> Found:
    return Found(
        KIND,
        f"card {card.id}",
        "unknown-card",
        f"There is a card of {card.maker} with the id {card.id}, and no kernel driver knows it.",
        f"Is the driver of its kind loaded? Older sources know fewer cards, and newer ones have dropped some. {BUILD}",
    )


def _no_card() -> Found:
    return Found(
        KIND,
        KIND,
        "no-card",
        "The kernel driver (the module dahdi) is loaded, but it has no card, and none of a known maker is connected.",
        "Is the card in its slot, or its USB cable plugged in? On a Raspberry Pi 5, is PCI Express switched on?",
    )


def _closed_to_us(error: OSError) -> Found:
    if error.errno in (errno.EACCES, errno.EPERM):
        told, mend = "This program may not use the device files in /dev/dahdi.", "Put its user into the group dialout."
    else:
        told = f"The device files in /dev/dahdi do not answer ({error.strerror})."
        mend = "Restart the machine; if they are missing then, install the udev rules of DAHDI's own tools."
    return Found(KIND, KIND, "no-access", told, mend)


def _names(cards: Sequence[SeenCard]) -> str:
    return ", ".join(f"{card.maker}, {card.id}" for card in cards)
