"""The unit's SIP endpoint in real time, over loopback addresses of each test's own: calls, sound, keys, and what is
done to it: workers that die or hang, strangers, malformed datagrams."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples, level_dbm0, sine_peak
from hw.sip import wire
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.tones.toneplan import tone_plan
from tests.hw.siprawpeer import RawDialogue, RawPeer
from tests.hw.sipworld import Log, Party, calls_a_worker, own_address

PLAN = tone_plan("us")
MORE_THAN_PLACES = 270
"""The bridge has 254 (maxMediaPorts)."""
PACE_SECONDS = 0.03
"""The library keeps a socket's place for half a second when it is closed, and has 64: more than 30 calls a second and
worker are too many for it."""
DIED = "a SIP worker died; its calls are over, and another one starts"


def tone(hertz: int, seconds: float) -> Samples:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(-10) * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def pitch(samples: Samples) -> int:
    """The strongest frequency, to 10 Hz."""
    power = np.abs(np.fft.rfft(samples.astype(np.float64) * np.hanning(len(samples))))
    return round(int(np.argmax(power)) * SAMPLE_RATE / len(samples), -1)


class Side:
    """An endpoint. calls: the parties that have called; the logs hold what else it told."""

    def __init__(self, address: str, peers: Sequence[str], users: Mapping[str, int]) -> None:
        self.address = address
        self.calls, self.answers, self.trouble, self.unknown_senders = Log(), Log(), Log(), Log()
        self.endpoint = SipEndpoint(
            Place(address, tuple(peers)),
            {user: EndpointLine(user, (user,), calls) for user, calls in users.items()},
            Events(
                lambda call, _source, message: self.calls.add(Party(call, message, PLAN)),
                on_answered=self.answers.add,
                on_trouble=self.trouble.add,
                on_unknown_senders=self.unknown_senders.add,
            ),
        )

    async def start(self) -> None:
        await self.endpoint.start()
        await until(lambda: all(worker.serving for worker in self.endpoint.workers))
        self.trouble.items.clear()

    def at(self, user: str) -> str:
        return f"sip:{user}@{self.address}:{self.endpoint.ports[user]}"

    def call(self, user: str, uri: str, **headers: str) -> Party:
        """headers: further ones of the INVITE."""
        return Party(self.endpoint.call(user, uri, f"<sip:{user}@{self.address}>", headers), None, PLAN)

    async def called(self) -> Party:
        party: Party = await self.calls.until(Party)
        return party


@asynccontextmanager
async def sides(
    here_users: Mapping[str, int] | None = None, there_users: Mapping[str, int] | None = None
) -> AsyncIterator[tuple[Side, Side]]:
    """Two endpoints that serve each other."""
    addresses = own_address(), own_address()
    here = Side(addresses[0], [addresses[1]], here_users or {"801": 2})
    there = Side(addresses[1], [addresses[0]], there_users or {"702": 2})
    try:
        await asyncio.gather(here.start(), there.start())
        yield here, there
    finally:
        await asyncio.gather(here.endpoint.close(), there.endpoint.close())


@asynccontextmanager
async def with_raw_peer(
    users: Mapping[str, int] | None = None, peer_port: int = 5060
) -> AsyncIterator[tuple[Side, RawPeer]]:
    """An endpoint that serves a peer made by hand."""
    peer = RawPeer(own_address(), peer_port)
    side = Side(own_address(), [peer.address], users or {"801": 2})
    try:
        await side.start()
        yield side, peer
    finally:
        await side.endpoint.close()
        peer.close()


def run(main: Callable[[], Any]) -> None:
    """In real time. What fails in a callback fails the test."""

    async def whole() -> None:
        failures: list[Any] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        await main()
        assert failures == []

    asyncio.run(whole())


async def talking(caller: Side, callee: Side, user: str = "801", called: str = "702") -> tuple[Party, Party]:
    one = caller.call(user, callee.at(called))
    other = await callee.called()
    other.call.accept()
    for party in (one, other):
        await party.told.until(wire.Confirmed)
        if not party.call.sounding:
            await party.told.until(wire.Media)
    return one, other


def keys(party: Party) -> list[tuple[str, str]]:
    return [(report.digit, report.way) for report in party.told.count(wire.KeyPressed)]


async def until(true: Callable[[], bool], seconds: float = 4.0) -> None:
    for _ in range(round(seconds / 0.02)):
        if true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it did not happen within {seconds} s")


# Calls


def test_two_endpoints_call_each_other_hear_each_other_press_keys_and_hang_up() -> None:
    async def main() -> None:
        async with sides() as (here, there):
            one, other = await talking(here, there)
            assert other.message is not None
            assert (other.message.user, other.message.from_user) == ("702", "801")

            saying = [asyncio.ensure_future(one.say(tone(600, 2))), asyncio.ensure_future(other.say(tone(900, 2)))]
            await asyncio.sleep(0.5)
            heard = await asyncio.gather(one.hears.next(0.5), other.hears.next(0.5))
            assert [pitch(samples) for samples in heard] == [900, 600]
            assert [level_dbm0(samples) for samples in heard] == pytest.approx([-10, -10], abs=0.7)
            await asyncio.gather(*saying)

            one.call.send_digits("11*", "rfc4733")
            other.call.send_digits("#0", "info")
            await until(lambda: len(keys(other)) == 3 and len(keys(one)) == 2)
            one.call.send_flash("rfc4733", "")
            await other.told.until(wire.Flashed(other.call.ref, "rfc4733"))
            for content_type in ("application/hook-flash", "application/broadsoft", "application/dtmf-relay"):
                other.call.send_flash("info", content_type)
                await one.told.until(wire.Flashed(one.call.ref, "info"))
            await asyncio.sleep(0.3)
            assert keys(other) == [("1", "rfc4733"), ("1", "rfc4733"), ("*", "rfc4733")]
            assert keys(one) == [("#", "info"), ("0", "info")]
            assert len(one.told.count(wire.Flashed)) == 3

            other.call.clear()
            ended = await one.told.until(wire.Ended), await other.told.until(wire.Ended)
            assert [(end.status, end.by_us) for end in ended] == [(200, False), (200, True)]
            assert one.told.items[-1] is ended[0]

    run(main)


def test_calls_that_come_to_nothing_say_why() -> None:
    async def main() -> None:
        async with sides() as (here, there):
            one = here.call("801", there.at("702"))
            other = await there.called()
            other.call.alert()
            await one.told.until(wire.ProvisionalAnswer(one.call.ref, 180, False))
            other.call.clear(486)
            assert (await one.told.until(wire.Ended)).status == 486

            one = here.call("801", there.at("702"))
            other = await there.called()
            other.call.alert()
            await one.told.until(wire.ProvisionalAnswer)
            one.call.clear()
            assert (await other.told.until(wire.Ended)).status == 487
            assert (await one.told.until(wire.Ended)).by_us

            one = here.call("801", "sip:not a uri at all")
            assert (await one.told.until(wire.Ended)).status == 503
            assert here.trouble.items == there.trouble.items == []

    run(main)


def test_headers_and_the_caller_are_those_that_were_asked_for() -> None:
    async def main() -> None:
        async with sides() as (here, there):
            here.endpoint.call("801", there.at("702"), '"A \\"q\\"" <sip:anna@unit>', {"Privacy": "id"})
            other = await there.called()
            assert other.message is not None
            assert other.message.header("from").partition(";")[0] == '"A \\"q\\"" <sip:anna@unit>'
            assert other.message.header("privacy") == "id"

    run(main)


# What devices ask within a call, by hand


def test_hold_options_and_transfers_within_a_call_are_answered_and_told() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            dialogue = RawDialogue(peer, (side.address, 5060), "103")
            party = await side.called()
            party.call.accept()
            await dialogue.answered()
            await party.told.until(wire.Confirmed)
            assert party.call.call_id == dialogue.call_id

            for direction in ("sendonly", "inactive", "0.0.0.0"):
                for now, held in ((direction, True), ("sendrecv", False)):
                    await dialogue.renew(now)
                    assert (await party.told.until(wire.HoldChanged)).held is held

            await dialogue.ask("OPTIONS", "200")
            await dialogue.ask(
                "INFO", "200", "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\nDuration=160\r\n"
            )
            await dialogue.ask("INFO", "200", "Content-Type: application/dtmf-relay\r\n", "Signal=16\r\n")
            await dialogue.ask("INFO", "200", "Content-Type: application/media_control+xml\r\n", "<x/>")
            await party.told.until(wire.Flashed(party.call.ref, "info"))
            assert keys(party) == [("5", "info")]

            await dialogue.ask("REFER", "202", f"Refer-To: <sip:104@{side.address}>\r\n")
            await party.told.until(wire.ReferAsked(party.call.ref, "104", ""))
            party.call.tell_referrer(503)
            notify = await peer.next("NOTIFY")
            assert "SIP/2.0 503" in notify
            assert "terminated" in notify
            replaces = "Replaces=second%40192.0.2.31%3Bto-tag%3D1%3Bfrom-tag%3D2"
            await dialogue.ask("REFER", "202", f"Refer-To: <sip:104@{side.address}?{replaces}>\r\n")
            await party.told.until(wire.ReferAsked(party.call.ref, "104", "second@192.0.2.31"))

            await dialogue.ask("BYE", "200", 'Reason: Q.850;cause=16;text="Terminated"\r\n')
            assert await party.told.until(wire.Ended) == wire.Ended(party.call.ref, 200, 16)
            assert side.trouble.items == []

    run(main)


def test_requests_outside_any_call_are_answered_and_those_sent_are_told_with_their_answer() -> None:
    async def main() -> None:
        async with with_raw_peer(peer_port=5062) as (side, peer):
            peer.send(peer.request("OPTIONS", f"sip:{side.address}"), (side.address, 5060))
            await peer.next("SIP/2.0 200")

            side.endpoint.request("801", wire.SendRequest("OPTIONS", f"sip:702@{peer.address}:5062"))
            asked = await peer.next("OPTIONS")
            lines = asked.split("\r\n")
            kept = [line for line in lines if line.lower().startswith(("via", "from", "to", "call-id", "cseq"))]
            answer = "\r\n".join(["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""])
            peer.send(answer, (side.address, 5060))
            told = await side.answers.until(wire.Answered)
            assert told == wire.Answered("OPTIONS", "702", f"{peer.address}:5062", 200)

            headers = {"Event": "message-summary", "Subscription-State": "active"}
            body = "Messages-Waiting: yes\r\n"
            request = wire.SendRequest(
                "NOTIFY", f"sip:702@{peer.address}:5062", headers, "application/simple-message-summary", body
            )
            side.endpoint.request("801", request)
            notify = await peer.next("NOTIFY")
            assert notify.endswith(f"\r\n\r\n{body}")
            assert "Event: message-summary\r\n" in notify

    run(main)


# Several workers


def test_a_call_for_another_worker_s_line_is_sent_there_and_a_unit_s_call_follows() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}

    async def main() -> None:
        async with sides(here_users={"702": 2}, there_users=users) as (here, there):
            assert len(there.endpoint.workers) == 2
            one = here.call("702", f"sip:806@{there.address}:5060")
            other = await there.called()
            assert other.message is not None
            assert other.message.user == "806"
            other.call.accept()
            await one.told.until(wire.Confirmed)
            assert one.told.count(wire.Ended) == []

    run(main)


@pytest.mark.parametrize("dialled", ["103", "*98%23", ""])
def test_a_telephone_of_another_worker_is_sent_there_with_what_it_has_dialled(dialled: str) -> None:
    users = {"701": calls_a_worker(), "706": calls_a_worker()}

    async def main() -> None:
        async with with_raw_peer(users) as (side, peer):
            uri = f"sip:{dialled}@{side.address}:5060" if dialled else f"sip:{side.address}:5060"
            peer.send(peer.request("INVITE", uri, user="706", body=peer.sdp()), (side.address, 5060))
            moved = await peer.next("SIP/2.0 302")
            (contact,) = [line for line in moved.split("\r\n") if line.startswith("Contact:")]
            there = f"{side.address}:{side.endpoint.ports['706']}"
            assert contact == f"Contact: <sip:{dialled}@{there}>" if dialled else f"Contact: <sip:{there}>"
            assert side.calls.items == []

    run(main)


def test_a_call_offers_sound_and_nothing_else() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            side.call("801", f"sip:702@{peer.address}:5060")
            invite = await peer.next("INVITE")
            assert [line.split()[0] for line in invite.split("\r\n") if line.startswith("m=")] == ["m=audio"]

    run(main)


async def says_still(party: Party, other: Party, hertz: int) -> None:
    saying = asyncio.ensure_future(party.say(tone(hertz, 0.8)))
    await asyncio.sleep(0.2)
    assert pitch(await other.hears.next(0.3)) == hertz
    await saying


def test_a_worker_that_is_killed_costs_only_its_own_calls_and_is_back_at_once() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}

    async def main() -> None:
        async with sides(users, {"702": 2}) as (here, there):
            first, last = here.endpoint.workers[0], here.endpoint.workers[-1]
            lost, lost_there = await talking(here, there, "801")
            kept, kept_there = await talking(here, there, "806")
            killed = first.pid
            assert killed is not None
            assert killed != last.pid
            os.kill(killed, signal.SIGKILL)
            assert (await lost.told.until(wire.Ended)).status == 0
            await here.trouble.until(DIED, 1)
            while_down = here.call("801", there.at("702"))
            assert (await while_down.told.until(wire.Ended, 1)).status == 0
            await says_still(kept, kept_there, 700)
            await here.trouble.until("", 2)
            assert first.serving
            assert first.pid not in (None, killed)
            assert kept.told.count(wire.Ended) == []
            lost_there.call.clear()
            await lost_there.told.until(wire.Ended)
            again, again_there = await talking(here, there, "801")
            await says_still(again, again_there, 800)

    run(main)


def test_a_unit_that_gets_another_address_serves_there_after_its_calls_have_ended() -> None:
    async def main() -> None:
        before, after, far = own_address(), own_address(), own_address()
        here, there = Side(before, [far], {"801": 1}), Side(far, [before, after], {"702": 2})
        await asyncio.gather(here.start(), there.start())
        try:
            lost, _ = await talking(here, there, "801")
            here.endpoint.move(after)
            assert (await lost.told.until(wire.Ended)).status == 0
            await until(lambda: here.endpoint.workers[0].pid is None)
            await until(lambda: here.endpoint.workers[0].serving)
            here.address = after
            there.call("702", here.at("801"))
            comes = await here.called()
            assert comes.message is not None
            assert comes.message.from_user == "702"
        finally:
            await asyncio.gather(here.endpoint.close(), there.endpoint.close())

    run(main)


def test_a_worker_takes_more_calls_one_after_another_than_its_library_s_bridge_has_places() -> None:
    async def main() -> None:
        async with sides({"801": 4}, {"702": 4}) as (here, there):
            pids = [worker.pid for worker in here.endpoint.workers]
            for _ in range(MORE_THAN_PLACES):
                one = here.call("801", there.at("702"))
                other = await there.called()
                other.call.accept()
                await one.told.until(wire.Media)
                one.call.clear()
                assert (await one.told.until(wire.Ended)).status == 200
                await asyncio.sleep(PACE_SECONDS)
            assert [worker.pid for worker in here.endpoint.workers] == pids

    run(main)


def test_a_worker_that_hangs_is_noticed_and_replaced() -> None:
    async def main() -> None:
        async with sides() as (here, there):
            lost, _ = await talking(here, there)
            (worker,) = here.endpoint.workers
            stopped = worker.pid
            assert stopped is not None
            os.kill(stopped, signal.SIGSTOP)
            try:
                assert (await lost.told.until(wire.Ended, 6)).status == 0
                await here.trouble.until("", 3)
                assert worker.pid not in (None, stopped)
            finally:
                with suppress(ProcessLookupError):
                    os.kill(stopped, signal.SIGKILL)

    run(main)


def test_a_port_that_is_taken_is_told_until_it_is_free_while_the_other_workers_serve() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}

    async def main() -> None:
        taker = RawPeer(own_address(), 5061)
        peer = RawPeer(own_address())
        side = Side(taker.address, [peer.address], users)
        try:
            await side.endpoint.start()
            reason = f"SIP over udp cannot be opened at {side.address}:5061: Address already in use"
            await until(lambda: side.endpoint.workers[0].serving and reason in side.trouble.items)
            await asyncio.sleep(0.3)
            assert side.trouble.items[-1] == reason
            peer.send(peer.request("OPTIONS", f"sip:{side.address}"), (side.address, 5060))
            await peer.next("SIP/2.0 200")
            taker.close()
            await until(lambda: side.endpoint.workers[1].serving)
            assert side.trouble.items[-1] == ""
            assert DIED not in side.trouble.items
        finally:
            await side.endpoint.close()
            taker.close()
            peer.close()

    run(main)


def test_an_endpoint_that_is_closed_leaves_no_process_and_no_port() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            pids = [worker.pid for worker in side.endpoint.workers]
            dialogue = RawDialogue(peer, (side.address, 5060), "103")
            party = await side.called()
            party.call.accept()
            await dialogue.answered()
        for pid in pids:
            assert pid is not None
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)
        RawPeer(side.address).close()

    run(main)


# Who must not get in


def test_strangers_get_no_answer_at_all_and_are_counted() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            stranger = RawPeer(own_address())
            try:
                to = (side.address, 5060)
                stranger.send(stranger.request("OPTIONS", f"sip:{side.address}"), to)
                stranger.send(stranger.request("INVITE", f"sip:801@{side.address}", body=stranger.sdp()), to)
                stranger.send(stranger.request("REGISTER", f"sip:{side.address}"), to)
                for _ in range(7):
                    stranger.send(b"\r\n\r\n", to)
                await stranger.silence(0.5)
                assert await side.unknown_senders.until(int, 3) == 10
                assert side.calls.items == []
                peer.send(peer.request("OPTIONS", f"sip:{side.address}"), to)
                await peer.next("SIP/2.0 200")
            finally:
                stranger.close()

    run(main)


def malformed(peer: RawPeer, address: str) -> list[str | bytes]:
    uri = f"sip:801@{address}"
    whole = peer.request("INVITE", uri, body=peer.sdp())
    random = np.random.default_rng(7)
    return [
        b"",
        b"\x00",
        b"\r\n\r\n",
        b"\xff" * 1400,
        b"A" * 60_000,
        "INVITE\r\n\r\n",
        "INVITE sip: SIP/2.0\r\n\r\n",
        f"INVITE {uri} SIP/9.9\r\n\r\n",
        "SIP/2.0 200 OK\r\n\r\n",
        "SIP/2.0 999999999999 \r\n\r\n",
        *[whole[:length] for length in (20, 60, 150, 250, 400)],
        whole.replace("CSeq: 1 INVITE", "CSeq: 99999999999999999999 INVITE"),
        whole.replace("Content-Length: ", "Content-Length: 9"),
        whole.replace("Content-Length: ", "Content-Length: -"),
        whole.replace("From: <sip:702", 'From: "\x00\x07 <sip:702'),
        whole.replace(";tag=raw", ""),
        whole.replace("Via:", "Vai:"),
        whole.replace("m=audio 30000", "m=audio 999999999"),
        whole.replace("c=IN IP4", "c=IN IP9"),
        whole.replace("v=0", "v=v"),
        whole.replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + "Route: <sip:a@b;lr>\r\n" * 200),
        peer.request("INVITE", uri, to_tag="never-heard-of", body=peer.sdp()),
        peer.request("BYE", uri, to_tag="never-heard-of"),
        peer.request("REFER", uri, headers="Refer-To: <<>>\r\n"),
        peer.request("NOTIFY", uri, headers="Event: x\r\nSubscription-State: \r\n"),
        *[random.bytes(int(length)) for length in random.integers(1, 1400, 40)],
    ]


def test_malformed_datagrams_of_a_served_device_leave_the_endpoint_answering_and_its_call_talking() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            to = (side.address, 5060)
            dialogue = RawDialogue(peer, to, "103")
            party = await side.called()
            party.call.accept()
            await dialogue.answered()
            pid = side.endpoint.workers[0].pid
            for data in malformed(peer, side.address):
                peer.send(data, to)
            for other in side.calls.items[1:]:
                other.call.clear()
            await asyncio.sleep(0.5)
            await dialogue.ask("OPTIONS", "200")
            await dialogue.ask("BYE", "200")
            await party.told.until(wire.Ended)
            for other in side.calls.items[1:]:
                other.call.clear()
            await asyncio.sleep(0.3)
            again = RawDialogue(peer, to, "104")
            accepted = await side.calls.until(Party)
            while accepted.message is None or accepted.message.user != "104":
                accepted = await side.calls.until(Party)
            accepted.call.accept()
            await again.answered()
            assert side.endpoint.workers[0].pid == pid
            assert side.trouble.items == []

    run(main)


def test_sound_from_another_address_than_the_device_s_is_not_heard() -> None:
    async def main() -> None:
        async with with_raw_peer() as (side, peer):
            dialogue = RawDialogue(peer, (side.address, 5060), "103")
            party = await side.called()
            party.call.accept()
            answer = await dialogue.answered()
            port = int(answer.partition("m=audio ")[2].partition(" ")[0])
            await party.told.until(wire.Media)
            speech, noise = RawPeer(peer.address, 30000), RawPeer(own_address(), 30000)
            try:
                for n in range(100):
                    head = bytes([0x80, 0]) + n.to_bytes(2, "big") + (160 * n).to_bytes(4, "big")
                    noise.send(head + b"\x00\x00\x00\x01" + b"\x00\x80" * 80, (side.address, port))
                    if n >= 50:
                        speech.send(head + b"\x00\x00\x00\x02" + b"\x20\xa0" * 80, (side.address, port))
                    await asyncio.sleep(0.02)
                    if n == 49:
                        assert level_dbm0(np.concatenate(party.hears.frames)) < -60
                await asyncio.sleep(0.1)
                heard = np.concatenate(party.hears.frames[-20:])
                assert np.abs(heard).max() > 1000
            finally:
                speech.close()
                noise.close()

    run(main)


# Many


def test_a_worker_bears_as_many_new_calls_a_second_as_its_library_has_sockets_for() -> None:
    """Each call keeps its sockets for half a second when it is over. The ready-made library has 64, our build 256."""
    calls_a_second = 100 if calls_a_worker() > 4 else 20

    async def main() -> None:
        async with with_raw_peer({"801": 2}) as (side, peer):
            pids = [worker.pid for worker in side.endpoint.workers]
            for count in range(2 * calls_a_second):
                peer.send(
                    peer.request("INVITE", f"sip:801@{side.address}", user="801", body=peer.sdp()), (side.address, 5060)
                )
                await asyncio.sleep(1 / calls_a_second)
                for party in side.calls.items[count:]:
                    party.call.clear(486)
            await until(lambda: len(side.calls.items) == 2 * calls_a_second)
            assert [worker.pid for worker in side.endpoint.workers] == pids
            assert side.trouble.items == []

    run(main)


def test_one_endpoint_carries_32_calls_with_sound_on_every_one() -> None:
    async def main() -> None:
        users = {str(801 + n): 1 for n in range(32)}
        async with sides(users, users) as (here, there):
            assert len(here.endpoint.workers) == -(-32 // here.endpoint.calls_a_worker)
            calling = {user: here.call(user, there.at(user)) for user in users}
            called: dict[str, Party] = {}
            for _ in users:
                party = await there.called()
                assert party.message is not None
                called[party.message.user] = party
                party.call.accept()
            assert sorted(called) == list(users)
            for user in users:
                await until(lambda user=user: calling[user].call.sounding and called[user].call.sounding)
            frames = tone(600, 1.5).reshape(-1, FRAME_SAMPLES)
            began = asyncio.get_running_loop().time()
            for number, frame in enumerate(frames):
                for party in (*calling.values(), *called.values()):
                    party.call.write(frame)
                await asyncio.sleep(max(0, began + 0.02 * (number + 1) - asyncio.get_running_loop().time()))
            silent = [
                user
                for user in users
                for party in (calling[user], called[user])
                if level_dbm0(np.concatenate(party.hears.frames[-30:])) < -20
            ]
            assert silent == []
            for party in calling.values():
                party.call.clear()
            for party in called.values():
                await party.told.until(wire.Ended)
            assert here.trouble.items == []

    run(main)
