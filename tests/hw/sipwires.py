"""A network of fakes under the ports of a SIP card, and an ear for what the ports tell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import numpy as np

from hw.audio import Frame
from hw.callerid.coding import CallerId
from hw.linecard import LineEvent
from hw.sip import wire
from hw.sip.call import SipCall
from hw.sip.framememory import RING_FRAMES, FrameMemory
from hw.sip.lineport import Device
from hw.sip.profile import Profile
from hw.sip.stationport import SipStationPort
from hw.sip.trunkport import SipTrunkPort
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan, tone_plan

HOME = "192.0.2.1:5060"
GATEWAY = Profile(model="g", title="The gateway", sheet="g", kind="gateway", fxo=4, fxs=4)
PLAN = tone_plan("us")
ANNE = CallerId("4075550122", "ANNE HILL")
FRAME = np.arange(160, dtype=np.int16)


class Wires:
    """Stands for the endpoint (`Network`) and its worker (`Link`): keeps what is asked of them, call by call.

    made: the calls asked for, as line, address, caller and further headers. asked: all other commands.
    """

    def __init__(self) -> None:
        self.memory = FrameMemory.create(4)
        self.rings = np.frombuffer(self.memory.view(), dtype=np.int16).reshape(4, 2, RING_FRAMES, -1)
        self.made: list[tuple[str, str, str, dict[str, str]]] = []
        self.asked: list[Any] = []
        self.calls: list[SipCall] = []

    def call(self, line: str, uri: str, caller: str = "", headers: Mapping[str, str] | None = None) -> SipCall:
        self.made.append((line, uri, caller, dict(headers or {})))
        return self.new_call(len(self.made))

    def request(self, line: str, request: wire.SendRequest) -> None:
        self.asked.append(request)

    def send(self, command: wire.Command) -> None:
        self.asked.append(command)

    def new_call(self, ref: int) -> SipCall:
        call = SipCall(ref, self)
        self.calls.append(call)
        return call

    def tell(self, *reports: Any) -> None:
        """Reports of the newest call."""
        for report in reports:
            self.calls[-1].take(report)

    def take_asked(self) -> list[Any]:
        asked, self.asked = self.asked, []
        return asked


class Told:
    """What a port tells, and the frames it gives."""

    def __init__(self, port: SipTrunkPort | SipStationPort) -> None:
        self.events: list[LineEvent] = []
        self.times: list[float] = []
        self.frames: list[Frame] = []
        port.attach(self._event, self.frames.append)

    def _event(self, event: LineEvent) -> None:
        self.events.append(event)
        self.times.append(round(asyncio.get_running_loop().time(), 3))

    def take(self) -> list[LineEvent]:
        events, self.events = self.events, []
        return events

    def tones(self, plan: TonePlan) -> set[str]:
        """The tones in the frames so far."""
        receiver = ProgressReceiver(plan)
        return {tone for frame in self.frames for tone, cycles in receiver.feed(frame) if cycles}


def trunk(wires: Wires, profile: Profile = GATEWAY, plan: TonePlan = PLAN, **device: Any) -> SipTrunkPort:
    return SipTrunkPort("gate-1", Device(profile, "192.0.2.20", 5062, "801", **device), HOME, wires, plan)


def station(wires: Wires, profile: Profile = GATEWAY, second: SipStationPort | None = None) -> SipStationPort:
    device = Device(profile, "192.0.2.31", 5060, "702")
    return SipStationPort("phone-1", device, HOME, wires, _port_of, second)


def _port_of(call_id: str) -> str:
    return "phone-1-second" if call_id == "abc@home" else ""


def seconds_of_silence(wires: Wires, ref: int, seconds: int, packets: int = 50) -> None:
    wires.tell(*[wire.Reception(ref, packets)] * seconds)
