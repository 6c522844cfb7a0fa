"""The messages of RFC 4475 and 300 offers, each followed by a call that must be answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.hw.sipworld import calls_a_worker
from tests.sip.device import Device, Dialogue, Message, answered, invite, sdp
from tests.sip.here import RunningUnit, document, own_address, unit, until
from tests.sip.malformed import Place
from tests.sip.offers import CALL, SOUND, offers
from tests.sip.torture import messages

pytestmark = pytest.mark.real_time

PORT = 7900
FINAL = 200


@asynccontextmanager
async def two_gateways(folder: Path) -> AsyncIterator[tuple[RunningUnit, Device, Device]]:
    """A unit, a gateway that calls as it should, and one that does not."""
    here, proper, odd = own_address(), own_address(), own_address()
    gateways = [
        {"name": name, "model": "generic-gateway", "address": address, "trunks": [{"port": name}]}
        for name, address in (("proper", proper), ("odd", odd))
    ]
    sip = {"address": here, "gateways": gateways}
    async with unit(document(sip, {"proper": {}, "odd": {}}, {}), folder) as at:
        with await Device.open(proper) as good, await Device.open(odd) as bad:
            yield at, good, bad


async def proper_call(at: RunningUnit, device: Device, after: str) -> None:
    """Answered and ended as a call should be. AssertionError, which says what came before, where it is not."""
    host, _, port = at.at("proper").partition(":")
    call = invite(device, (host, int(port)), "proper", "4075550150", sdp(device.here[0], PORT))
    try:
        await answered(call)
        await call.hang_up()
        await until(lambda: not at.talks_to("4075550150"), "end of the call")
    except AssertionError as missing:
        raise AssertionError(f"after {after}: {missing}") from missing


async def end(device: Device, call: Dialogue) -> Message:
    """The final answer to its INVITE, acknowledged; a call that was answered is ended."""

    def final() -> Message | None:
        mine = (one for one in device.received if one.headers.header("call-id") == call.call_id)
        return next((one for one in mine if one.status >= FINAL), None)

    answer: Message = await until(final, "final answer")
    call.remote = answer.headers.header("to")
    call.request("ACK")
    if answer.status < 300:
        call.request("BYE")
    return answer


async def test_the_messages_of_rfc_4475_leave_the_unit_answering(tmp_path: Path) -> None:
    async with two_gateways(tmp_path) as (at, good, bad):
        host, _, port = at.at("odd").partition(":")
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        for name, message in messages(Place(bad.here, (host, int(port)), "odd")).items():
            bad.send_raw(message, (host, int(port)))
            await proper_call(at, good, name)
            assert [worker.pid for worker in at.sip.endpoint.workers] == workers, name


def test_there_are_as_many_messages_as_the_rfc_has() -> None:
    place = Place(("127.0.0.2", 5060), ("127.0.0.1", 5060), "line")
    assert len(messages(place)) == 49
    assert len(set(messages(place).values())) == 49


@pytest.mark.parametrize("of_the_call", CALL)
async def test_every_offer_gets_an_answer_and_leaves_the_unit_answering(of_the_call: str, tmp_path: Path) -> None:
    async with two_gateways(tmp_path) as (at, good, bad):
        host, _, port = at.at("odd").partition(":")
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        for name, offer in offers(bad.here[0], PORT):
            if not name.startswith(f"{of_the_call}, "):
                continue
            call = invite(bad, (host, int(port)), "odd", "4075550151", offer)
            answer = await end(bad, call)
            assert answer.status in (200, 400, 415, 488, 606), (name, answer.text)
            await proper_call(at, good, name)
            await until(lambda: not at.talks_to("4075550151"), f"end of the call that offered {name}")
            assert [worker.pid for worker in at.sip.endpoint.workers] == workers, name


def test_there_are_300_offers_and_no_two_are_the_same() -> None:
    assert len(CALL) * len(SOUND) == 300
    assert len(dict(offers("127.0.0.1", PORT))) == len({text for _, text in offers("127.0.0.1", PORT)}) == 300


KILLERS = ("an ACK with another branch", "a host of 254 characters", "a malformed offer within the call")
NO_FRAMES = {
    "frames of two seconds": ("a=ptime:20", "a=ptime:2000"),
    "frames of 65 s": ("a=ptime:20", "a=ptime:65535"),
    "frames of no length": ("a=ptime:20", "a=ptime:0"),
    "another rate": ("PCMU/8000", "PCMU/16000"),
    "two channels": ("PCMU/8000", "PCMU/8000/2"),
    "packets of at most 1 ms": ("a=ptime:20", "a=maxptime:1"),
}


@pytest.mark.parametrize("what", NO_FRAMES)
async def test_sound_that_cannot_be_carried_ends_its_own_call_at_most(what: str, tmp_path: Path) -> None:
    async with two_gateways(tmp_path) as (at, good, bad):
        host, _, port = at.at("odd").partition(":")
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        call = invite(bad, (host, int(port)), "odd", "4075550151", sdp(bad.here[0], PORT).replace(*NO_FRAMES[what]))
        answer = await end(bad, call)
        assert answer.status in (200, 415, 488, 500, 603), answer.text
        await proper_call(at, good, what)
        assert [worker.pid for worker in at.sip.endpoint.workers] == workers


async def dealt_with(at: RunningUnit, bad: Device, there: tuple[str, int], workers: list[int]) -> None:
    """Wait until a worker has read what was sent to it last: it answers what comes behind that, or has ended."""
    local = f"<sip:4075550153@{bad.here[0]}>;tag=behind"
    behind = Dialogue(bad, there, "behind", local, f"<sip:odd@{there[0]}>", f"sip:odd@{there[0]}:{there[1]}", 0)
    behind.request("OPTIONS")

    def known() -> bool:
        ended = [worker.pid for worker in at.sip.endpoint.workers] != workers
        return ended or any(one.headers.header("call-id") == behind.call_id for one in bad.received)

    await until(known, "answer to what came behind")


@pytest.mark.parametrize("what", KILLERS)
async def test_what_ended_a_worker_of_the_ready_made_library_ends_none_of_ours(what: str, tmp_path: Path) -> None:
    """With the ready-made library, which asserts, the worker must be back, and the next call answered."""
    async with two_gateways(tmp_path) as (at, good, bad):
        host, _, port = at.at("odd").partition(":")
        there = (host, int(port))
        workers = [worker.pid for worker in at.sip.endpoint.workers]
        plain = sdp(bad.here[0], PORT)
        if what == KILLERS[0]:
            refused = invite(bad, there, "odd", "4075550152", plain.replace("0 101", "18"))
            await bad.next("SIP/2.0 4")
            refused.request("ACK")  # Its branch is new, and To has no tag.
        elif what == KILLERS[1]:
            invite(bad, there, "odd", "4075550152", plain.replace(f"IN IP4 {bad.here[0]}", "IN IP4 " + "h" * 254))
        else:
            call = invite(bad, there, "odd", "4075550152", plain)
            await answered(call)
            for body in (plain.replace("m=audio", "m="), plain.replace("a=rtpmap:0", "a=rtpmap:"), "v=0\r\n", "x"):
                call.request("INVITE", body=body)
            call.request("INVITE", body=plain.replace("m=audio 7900", "m=audio 0"))
            call.request("BYE")
        await dealt_with(at, bad, there, workers)
        await until(lambda: all(worker.serving for worker in at.sip.endpoint.workers), "worker that serves")
        await proper_call(at, good, what)
        if calls_a_worker() > 4:
            assert [worker.pid for worker in at.sip.endpoint.workers] == workers
