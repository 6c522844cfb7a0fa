"""The unit's SIP endpoint in real time: calls, sound, keys, and what devices ask within a call and outside any."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import level_dbm0
from hw.sip import wire
from tests.hw.siprawpeer import RawDialogue
from tests.hw.sipsides import keys, pitch, sides, talking, tone, until, with_raw_peer

pytestmark = pytest.mark.real_time


# Calls


async def test_two_endpoints_call_each_other_hear_each_other_press_keys_and_hang_up() -> None:
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


async def test_calls_that_come_to_nothing_say_why() -> None:
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


async def test_headers_and_the_caller_are_those_that_were_asked_for() -> None:
    async with sides() as (here, there):
        here.endpoint.call("801", there.at("702"), '"A \\"q\\"" <sip:anna@unit>', {"Privacy": "id"})
        other = await there.called()
        assert other.message is not None
        assert other.message.header("from").partition(";")[0] == '"A \\"q\\"" <sip:anna@unit>'
        assert other.message.header("privacy") == "id"


# What devices ask within a call, by hand


async def test_hold_options_and_transfers_within_a_call_are_answered_and_told() -> None:
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
        await dialogue.ask("INFO", "200", "Content-Type: application/dtmf-relay\r\n", "Signal=5\r\nDuration=160\r\n")
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


async def test_requests_outside_any_call_are_answered_and_those_sent_are_told_with_their_answer() -> None:
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


async def test_a_call_offers_sound_and_nothing_else() -> None:
    async with with_raw_peer() as (side, peer):
        side.call("801", f"sip:702@{peer.address}:5060")
        invite = await peer.next("INVITE")
        assert [line.split()[0] for line in invite.split("\r\n") if line.startswith("m=")] == ["m=audio"]
