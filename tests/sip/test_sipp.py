"""The unit called by sipp as gateways call it: sound, keys, hang-ups at every moment, packets lost or sent twice."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appliance.calls.trunk_protocol import State
from hw.audio import FRAME_SAMPLES, Samples
from hw.dsp.dtmf import dtmf_samples
from hw.sip.card import UNKNOWN_SENDERS_FAULT
from hw.sip.unknownsenders import TOLD_FROM
from tests.sip.device import Device, answered, invite, sdp
from tests.sip.here import RunningUnit, document, own_address, unit, until
from tests.sip.rtp import Listener, Packet, Sound, keys, stream, write_pcap
from tests.sip.sipp import sipp

GREETING = "Good morning, and thank you for calling Riverside Dental."
SPEECH = "For questions about a bill, press 2."
BANK = 20
UAC = 5070
"""sipp's own port where it calls: at 5060 of the same address is what answers the unit's OPTIONS."""
SOUND, MOVED = 7000, 7100

GATEWAYS = ("talks", "keys", "info", "tones", "slow", "early", "late", "twice", "timer", "greets", "loses")


def may_play_pcap() -> bool:
    """sipp plays pcap files through a raw socket, which is not for everybody."""
    try:
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP).close()
    except PermissionError:
        return False
    return True


needs_raw_sockets = pytest.mark.skipif(not may_play_pcap(), reason="sipp plays pcap files only with CAP_NET_RAW")


class Place:
    """The unit, and its gateways with the addresses they have. Each scenario has one to itself."""

    def __init__(self, runner: asyncio.Runner, folder: Path) -> None:
        self.runner = runner
        self.folder = folder
        self.address = own_address()
        self.gateways = {name: own_address() for name in (*GATEWAYS, "bank", "wrong")}
        self.unit: RunningUnit
        self.texts: dict[str, Samples]
        self.devices: dict[str, Device]
        """What answers OPTIONS in place of the gateways."""

    def document(self) -> dict[str, Any]:
        ports = {name: [name] for name in self.gateways} | {"bank": [f"bank-{n}" for n in range(BANK)]}
        gateways = [
            {
                "name": name,
                "model": "generic-gateway",
                "address": address,
                "trunks": [{"port": port} for port in ports[name]],
            }
            for name, address in self.gateways.items()
        ]
        trunks: dict[str, dict[str, Any]] = {port: {} for named in ports.values() for port in named}
        trunks["slow"] = {"answer_after_rings": 3}
        # A call out takes the last line, which is that of the gateway "wrong".
        return document({"address": self.address, "gateways": gateways}, trunks, {})

    def listener(self) -> Listener:
        return Listener(self.texts, self.unit.plan)

    @asynccontextmanager
    async def sound(self, gateway: str, port: int = SOUND) -> AsyncIterator[Sound]:
        with await Sound.open(self.gateways[gateway], port, self.listener()) as sound:
            yield sound

    def call(self, gateway: str, scenario: str, caller: str, *options: str, port: str = "", **values: Any) -> Any:
        port = port or gateway
        folder = self.folder / gateway
        folder.mkdir(exist_ok=True)
        here, values = self.gateways[gateway], {"rtp_port": SOUND, "user": port, "caller": caller} | values
        return sipp(scenario, folder, here, *options, to=self.unit.at(port), port=UAC, **values)

    def write(self, gateway: str, **files: list[Packet]) -> None:
        """What sipp plays as this gateway: keys and speech, nothing where nothing is given."""
        (self.folder / gateway).mkdir(exist_ok=True)
        for name in ("keys", "speech"):
            write_pcap(self.folder / gateway / f"{name}.pcap", files.get(name, []))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with asyncio.Runner() as runner:
        here = Place(runner, tmp_path_factory.mktemp("sipp"))
        opened = unit(here.document(), here.folder / "data", {"info": "info", "tones": "in-band"})

        async def start() -> None:
            here.unit = await opened.__aenter__()
            wanted = (GREETING, SPEECH)
            here.texts = {text: here.unit.clips[text] for text in wanted}
            here.devices = {name: await Device.open(address) for name, address in here.gateways.items()}

        async def stop() -> None:
            for device in here.devices.values():
                device.close()
            await opened.__aexit__(None, None, None)

        runner.run(start())
        yield here
        runner.run(stop())


def together(place: Place, *scenarios: Any) -> None:
    """Run these calls at the same time. Afterwards all is quiet, and nothing was reported."""

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for scenario in scenarios:
                group.create_task(scenario(place))
        await place.unit.all_idle()
        assert place.unit.appliance.faults == []

    place.runner.run(main())


async def greets_rings_and_connects(place: Place) -> None:
    """Sound both ways: the caller hears the greeting, presses 1, and is heard where it rang, once."""
    maria = place.unit.telephone("fxs-1")
    place.write("talks", keys=[*keys("1")], speech=[*stream(place.texts[SPEECH])])
    ear = place.listener()
    async with place.sound("talks") as sound, place.call("talks", "call", "4075550101") as caller:
        await sound.listener.hears(GREETING)
        caller.go_on()
        await maria.ringing()
        maria.telephone.listeners.append(ear.feed)
        maria.telephone.lift()
        await until(lambda: place.unit.talking("line talks"), "conversation")
        caller.go_on()
        await ear.hears(SPEECH)
        caller.go_on()
        await caller.done()
    maria.telephone.hang_up()
    record = await place.unit.record("4075550101")
    assert (record.outcome, record.cause, record.reached) == ("connected", "hung-up", "maria")
    assert (record.caller_name, record.called) == ("JANE DOE", "101")
    assert maria.rings == 1


async def hangs_up_in_the_greeting(place: Place) -> None:
    async with place.sound("greets") as sound, place.call("greets", "short-call", "4075550102") as caller:
        await sound.listener.hears(GREETING)
        caller.go_on()
        await caller.done()
    record = await place.unit.record("4075550102")
    assert (record.outcome, record.cause, record.called) == ("abandoned", "hung-up", "")


async def gives_up_while_it_rings(place: Place) -> None:
    async with place.call("slow", "cancel", "4075550103") as caller:
        await until(lambda: caller.messages("SIP/2.0 180"), "ringing")
        assert place.unit.trunk("line slow").state is State.RINGING
        caller.go_on()
        await caller.done()
    record = await place.unit.record("4075550103")
    assert (record.outcome, record.cause, record.answered) == ("abandoned", "ringing-stopped", None)


async def hangs_up_before_the_acknowledgement(place: Place) -> None:
    async with place.call("early", "bye-before-ack", "4075550104") as caller:
        await caller.done()
    record = await place.unit.record("4075550104")
    assert (record.outcome, record.cause) == ("abandoned", "hung-up")


async def acknowledges_late(place: Place) -> None:
    """The answer is repeated until it is acknowledged, and the call goes on."""
    async with place.call("late", "late-ack", "4075550105") as caller:
        await caller.answered(2)
        caller.go_on()
        await caller.done()
        answers = [text for text in caller.messages("SIP/2.0 200") if "INVITE" in text]
        assert len(answers) >= 2, "the answer was not repeated"
    record = await place.unit.record("4075550105")
    assert (record.outcome, record.cause) == ("abandoned", "hung-up")


async def sends_everything_twice(place: Place) -> None:
    """Each packet is sent again at once: it is one call all the same. sipp cannot be made to do so."""
    address = place.gateways["twice"]
    with await Device.open(address, UAC) as device:
        device.doubled = True
        host, _, port = place.unit.at("twice").partition(":")
        call = invite(device, (host, int(port)), "twice", "4075550108", sdp(address, SOUND))
        await answered(call)
        await until(lambda: place.unit.talks_to("4075550108"), "call")
        await call.hang_up()
        tags = {one.headers.header("to") for one in device.received if one.status in (180, 200)}
        assert len(tags) == 1, "answered as two calls"
    record = await place.unit.record("4075550108")
    assert (record.outcome, record.cause) == ("abandoned", "hung-up")


async def refreshes_its_session(place: Place) -> None:
    """A re-INVITE moves the sound to another port and refreshes the session timer, as does an UPDATE."""
    async with (
        place.sound("timer") as first,
        place.sound("timer", MOVED) as moved,
        place.call("timer", "refreshed", "4075550106", rtp_port_2=MOVED, session=1200) as caller,
    ):
        await until(lambda: first.listener.loud, "sound")
        assert moved.listener.frames == 0
        caller.go_on()
        await until(lambda: moved.listener.loud, "sound at the other port")
        caller.go_on()
        await caller.done()
    assert (await place.unit.record("4075550106")).cause == "hung-up"


async def presses_while_packets_are_lost(place: Place) -> None:
    """Some sound, then keys of which every second packet is lost, and others come in the wrong order."""
    ruth = place.unit.telephone("fxs-3")
    sound = [*stream(np.zeros(20 * FRAME_SAMPLES, np.int16))]
    pressed = [*keys("103", first=len(sound))][1::2]
    late = [Packet(packet.at_s + 0.4 + (0.05 if n % 4 == 1 else 0), packet.data) for n, packet in enumerate(pressed)]
    place.write("loses", keys=[*sound, *late])
    async with place.call("loses", "left", "4075550107") as caller:
        await caller.answered()
        caller.go_on()
        await ruth.ringing()
        ruth.telephone.lift()
        await until(lambda: place.unit.talking("line loses"), "conversation")
        ruth.telephone.hang_up()
        await caller.done()
    record = await place.unit.record("4075550107")
    assert (record.outcome, record.cause, record.reached) == ("connected", "on-hook", "ruth")
    assert ruth.rings == 1


@needs_raw_sockets
def test_sound_and_keys_from_a_pcap_file(place: Place) -> None:
    together(place, greets_rings_and_connects, presses_while_packets_are_lost)


def test_a_caller_may_leave_at_any_moment_and_say_everything_twice(place: Place) -> None:
    together(
        place,
        hangs_up_in_the_greeting,
        gives_up_while_it_rings,
        hangs_up_before_the_acknowledgement,
        acknowledges_late,
        sends_everything_twice,
        refreshes_its_session,
    )


@needs_raw_sockets
def test_a_key_that_comes_as_event_and_tone_and_info_counts_once(place: Place) -> None:
    """Gateways that send each key in several ways; of each one way is believed."""

    def presses(gateway: str, caller_number: str, extension: str, port: str) -> Any:
        sent = [*keys(extension, in_band=True)]
        if gateway == "tones":
            sent = [*stream(np.concatenate([dtmf_samples(digit, -8.0, -6.0, 120, 100) for digit in extension]))]

        async def scenario(place: Place) -> None:
            telephone = place.unit.telephone(port)
            place.write(gateway, keys=sent)
            named = dict(zip(("key1", "key2", "key3"), extension, strict=True))
            async with place.call(gateway, "three-ways", caller_number, **named) as caller:
                await caller.answered()
                caller.go_on()
                await telephone.ringing()
                caller.go_on()
                await caller.done()
            record = await place.unit.record(caller_number)
            assert (record.outcome, record.called) == ("abandoned", extension)
            assert telephone.rings == 1

        return scenario

    together(
        place,
        presses("keys", "4075550111", "101", "fxs-1"),
        presses("info", "4075550112", "102", "fxs-2"),
        presses("tones", "4075550113", "103", "fxs-3"),
    )


async def calls_on_every_line_of_the_bank(place: Place) -> None:
    callers = [str(4075550200 + number) for number in range(BANK)]
    (place.folder / "bank").mkdir(exist_ok=True)
    lines = [f"bank-{number};{caller}\n" for number, caller in enumerate(callers)]
    (place.folder / "bank" / "users.csv").write_text("SEQUENTIAL\n" + "".join(lines), encoding="ascii")
    options = ("-inf", "users.csv", "-r", str(BANK))
    async with (
        place.sound("bank") as sound,
        place.call("bank", "redirected", "", *options, port="bank-0", calls=BANK) as all_of_them,
    ):
        await until(lambda: all(map(place.unit.talks_to, callers)), "call for every line")
        await until(lambda: sound.sources == BANK, "sound of every call")
        await all_of_them.answered(BANK)
        for number in range(BANK):
            all_of_them.go_on(number + 1)
        await all_of_them.done()
        elsewhere = [n for n in range(BANK) if place.unit.at(f"bank-{n}") != place.unit.at("bank-0")]
        assert (len(elsewhere) >= BANK // 2) == (len(place.unit.sip.endpoint.workers) > 1)
        assert len(all_of_them.messages("SIP/2.0 302")) == len(elsewhere)
    for number, caller in enumerate(callers):
        record = await place.unit.record(caller)
        assert (record.line, record.outcome) == (f"line bank-{number}", "abandoned")


def test_twenty_calls_at_once_each_sent_to_the_worker_that_has_its_line(place: Place) -> None:
    together(place, calls_on_every_line_of_the_bank)


async def dials_a_number_that_nobody_has(place: Place) -> None:
    tom = place.unit.telephone("fxs-2")
    ear = place.listener()
    tom.telephone.listeners.append(ear.feed)
    folder = place.folder / "wrong"
    folder.mkdir(exist_ok=True)
    await place.devices["wrong"].make_room()
    async with sipp("wrong-number", folder, place.gateways["wrong"], calls=100) as exchange:
        tom.telephone.lift()
        await ear.hears("dial tone")
        await tom.telephone.press("95550199")
        await ear.hears("reorder tone")
        asked = [text.split()[1] for text in exchange.messages("INVITE ")]
        assert asked == [f"sip:5550199@{place.gateways['wrong']}:5060"]
        assert len(exchange.messages("ACK ")) == 1
    place.devices["wrong"] = await Device.open(place.gateways["wrong"])
    tom.telephone.hang_up()
    record = await place.unit.record("102")
    assert (record.direction, record.called) == ("out", "5550199")


def test_a_number_that_nobody_has_is_told_as_a_tone(place: Place) -> None:
    together(place, dials_a_number_that_nobody_has)


async def a_stranger_knocks(place: Place) -> None:
    stranger, sip = own_address(), place.unit.sip
    before = sip.unknown_senders.packets
    few, there = TOLD_FROM - 1, place.unit.at("talks")
    async with sipp("scan", place.folder, stranger, "-r", "100", to=there, calls=few, caller="100") as scan:
        assert await scan.status() == 1, "a stranger was answered"
        assert scan.messages("SIP/2.0") == []
    await until(lambda: sip.unknown_senders.packets >= before + few, "count of the packets")
    assert sip.unknown_senders.packets == before + few
    assert place.unit.appliance.faults == []
    with await Device.open(stranger) as device:
        device.send("INVITE sip:100@unit SIP/2.0\r\n\r\n", (place.unit.address, 5060))
        await until(lambda: UNKNOWN_SENDERS_FAULT in place.unit.appliance.faults, "fault that tells of it")
        assert sip.unknown_senders.packets == before + TOLD_FROM
        assert device.received == []


def test_a_stranger_gets_no_answer_and_many_are_told_of(place: Place) -> None:
    """The last test of this unit, which has a fault from now on."""
    place.runner.run(a_stranger_knocks(place))
