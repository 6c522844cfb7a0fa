"""The workers of a SIP endpoint in real time: several of them, many calls, and those that die or hang."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, level_dbm0
from hw.sip import wire
from tests.hw.siprawpeer import RawDialogue, RawPeer
from tests.hw.sipsides import Side, says_still, sides, talking, tone, until, with_raw_peer
from tests.hw.sipworld import Party, calls_a_worker, own_address

pytestmark = pytest.mark.real_time

MORE_THAN_PLACES = 270
"""The bridge has 254 (maxMediaPorts)."""
PACE_SECONDS = 0.03
"""The library keeps a socket's place for half a second when it is closed, and has 64: more than 30 calls a second and
worker are too many for it."""
DIED = "a SIP worker died; its calls are over, and another one starts"


async def test_a_call_for_another_worker_s_line_is_sent_there_and_a_unit_s_call_follows() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}
    async with sides(here_users={"702": 2}, there_users=users) as (here, there):
        assert len(there.endpoint.workers) == 2
        one = here.call("702", f"sip:806@{there.address}:5060")
        other = await there.called()
        assert other.message is not None
        assert other.message.user == "806"
        other.call.accept()
        await one.told.until(wire.Confirmed)
        assert one.told.count(wire.Ended) == []


@pytest.mark.parametrize("dialled", ["103", "*98%23", ""])
async def test_a_telephone_of_another_worker_is_sent_there_with_what_it_has_dialled(dialled: str) -> None:
    users = {"701": calls_a_worker(), "706": calls_a_worker()}
    async with with_raw_peer(users) as (side, peer):
        uri = f"sip:{dialled}@{side.address}:5060" if dialled else f"sip:{side.address}:5060"
        peer.send(peer.request("INVITE", uri, user="706", body=peer.sdp()), (side.address, 5060))
        moved = await peer.next("SIP/2.0 302")
        (contact,) = [line for line in moved.split("\r\n") if line.startswith("Contact:")]
        there = f"{side.address}:{side.endpoint.ports['706']}"
        assert contact == f"Contact: <sip:{dialled}@{there}>" if dialled else f"Contact: <sip:{there}>"
        assert side.calls.items == []


async def test_a_worker_that_is_killed_costs_only_its_own_calls_and_is_back_at_once() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}
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


async def test_a_unit_that_gets_another_address_serves_there_after_its_calls_have_ended() -> None:
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


async def test_a_worker_takes_more_calls_one_after_another_than_its_library_s_bridge_has_places() -> None:
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


async def test_a_worker_that_hangs_is_noticed_and_replaced() -> None:
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


async def test_a_port_that_is_taken_is_told_until_it_is_free_while_the_other_workers_serve() -> None:
    users = {"801": calls_a_worker(), "806": calls_a_worker()}
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


async def test_an_endpoint_that_is_closed_leaves_no_process_and_no_port() -> None:
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


async def test_a_worker_bears_as_many_new_calls_a_second_as_its_library_has_sockets_for() -> None:
    """Each call keeps its sockets for half a second when it is over. The ready-made library has 64, our build 256."""
    calls_a_second = 100 if calls_a_worker() > 4 else 20
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


async def test_one_endpoint_carries_32_calls_with_sound_on_every_one() -> None:
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
