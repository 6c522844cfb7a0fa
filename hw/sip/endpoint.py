"""The unit's SIP endpoint: as many workers as its lines need, each at the next UDP port after the one before."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hw.said import said
from hw.sip import wire
from hw.sip.assignment import assigned
from hw.sip.call import SipCall
from hw.sip.link import ForkServer, WorkerLink
from hw.sip.message import SipMessage
from hw.ticker import Ticker

RTP_PORTS = 100
"""UDP ports for sound, for each worker."""

LOST = wire.Ended(0, 0)
"""What is told of a call whose worker has died: the call has ended, and there is no SIP status that says why."""


@dataclass(frozen=True, slots=True)
class EndpointLine:
    """What the endpoint must know of a line.

    users: the SIP users that calls for it are addressed to, or come from. calls: how many it may have at once.
    account: its own address at a SIP server, if it has one.
    """

    name: str
    users: tuple[str, ...]
    calls: int = 1
    account: wire.Account | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the endpoint is on the network, and whom it serves."""

    address: str
    """The IPv4 address of this unit."""
    peers: tuple[str, ...]
    """The IPv4 addresses that are served; packets from others are dropped."""
    port: int = 5060
    """The UDP port of the first worker; each further worker has the next."""
    rtp_port: int = 16384
    """The first UDP port for sound."""
    codecs: tuple[str, ...] = ("PCMU", "PCMA")
    """The codecs offered, the preferred one first."""
    session_timer_seconds: int = 1800
    """The session timer (RFC 4028) of a call; 0: none."""


@dataclass(slots=True)
class Events:
    """What the endpoint tells. All but `on_incoming` may be left out.

    on_incoming: a call comes in, from this `address:port`, with its INVITE. on_answered: a request outside any call
    was answered. on_registered: an account was registered, or could not be. on_trouble: what went wrong with a worker,
    for people, or an empty text when nothing is wrong any more. on_unknown_senders: how many packets of unknown senders
    were dropped so far.
    """

    on_incoming: Callable[[SipCall, str, SipMessage], None]
    on_answered: Callable[[wire.Answered], None] = lambda _answer: None
    on_registered: Callable[[wire.Registered], None] = lambda _state: None
    on_trouble: Callable[[str], None] = lambda _reason: None
    on_unknown_senders: Callable[[int], None] = lambda _packets: None


class SipEndpoint:
    """The unit's SIP and RTP. A line is known by its name.

    ports: the UDP port of each line, once started. calls_a_worker: how many calls one worker carries, once that is
    known. clocked: the endpoint has a clock of its own. Otherwise its owner calls `collect` and then `tick` every
    20 ms.
    """

    def __init__(
        self, place: Place, lines: Mapping[str, EndpointLine], events: Events, *, clocked: bool = True
    ) -> None:
        self.ports: dict[str, int] = {}
        self.calls_a_worker = 0
        self.tls = False
        self._place = place
        self._lines = lines
        self._events = events
        self._fork_server = ForkServer()
        self._workers: list[WorkerLink] = []
        self._of_line: dict[str, WorkerLink] = {}
        self._calls: dict[tuple[WorkerLink, int], SipCall] = {}
        self._unknown_senders: dict[WorkerLink, int] = {}
        self._gone_unknown_senders = 0
        self._troubles: dict[WorkerLink, str] = {}
        self._overflow: dict[WorkerLink, str] = {}
        self._last_ref = 0
        self._clocked = clocked
        self._ticker = Ticker(self._collect_and_tick)

    @property
    def workers(self) -> tuple[WorkerLink, ...]:
        return tuple(self._workers)

    async def start(self) -> None:
        """Start as many workers as are needed; this takes half a second. They open their ports in their own time.

        SipUnavailable where there is no SIP library."""
        first = self._worker()
        hello = await first.hello
        self.calls_a_worker, self.tls = hello.calls, hello.tls
        shares = assigned({line.name: line.calls for line in self._lines.values()}, hello.calls)
        while len(self._workers) < len(shares):
            self._worker()
        for number, (worker, names) in enumerate(zip(self._workers, shares, strict=True)):
            for name in names:
                self._of_line[name] = worker
                self.ports[name] = self._place.port + number
        await asyncio.gather(*(worker.hello for worker in self._workers))
        for number, worker in enumerate(self._workers):
            worker.set_up(self._setup(number, worker))

    def move(self, address: str) -> None:
        """Go on at another address, which the unit has now. All calls are over; the workers are started anew."""
        self._place = replace(self._place, address=address)
        for number, worker in enumerate(self._workers):
            worker.begin_again(self._setup(number, worker))

    async def close(self) -> None:
        """End all calls and workers."""
        self._ticker.stop()
        await asyncio.gather(*(worker.close() for worker in self._workers))
        self._fork_server.close()

    def call(self, line: str, uri: str, caller: str = "", headers: Mapping[str, str] | None = None) -> SipCall:
        """Call this address from a line. What becomes of it is told to the call's on_report, never before this returns.

        caller: the From address, with its display name; empty: the line's own.
        """
        worker = self._worker_of(line)
        self._last_ref += 1
        call = self._calls[worker, self._last_ref] = SipCall(self._last_ref, worker)
        self._share_out()
        account = self._lines[line].account
        worker.send(wire.MakeCall(call.ref, uri, caller, account.name if account else "", dict(headers or {})))
        if not worker.serving:
            asyncio.get_running_loop().call_soon(self._end, worker, call)
        return call

    def request(self, line: str, request: wire.SendRequest) -> None:
        """Send a request outside any call from a line's worker."""
        self._worker_of(line).send(request)

    def register(self, line: str) -> None:
        """Register a line's account now."""
        account = self._lines[line].account
        if account is not None:
            self._worker_of(line).send(wire.Register(account.name))

    def _worker_of(self, line: str) -> WorkerLink:
        """The worker that serves a line. Before any works no line has one: then it is the first, which does nothing."""
        return self._of_line.get(line, self._workers[0])

    def _worker(self) -> WorkerLink:
        worker = WorkerLink(self._fork_server, self._report, self._lost)
        self._workers.append(worker)
        worker.start()
        return worker

    def _setup(self, number: int, worker: WorkerLink) -> wire.Configure:
        place = self._place
        lines = [line for line in self._lines.values() if self._of_line[line.name] is worker]
        # A worker's own lines come last, so that it keeps a user that a line of another worker has as well.
        contacts = {
            user: f"{place.address}:{self.ports[line.name]}"
            for line in [*self._lines.values(), *lines]
            for user in line.users
        }
        return wire.Configure(
            address=place.address,
            port=place.port + number,
            rtp_port=place.rtp_port + RTP_PORTS * number,
            peers=place.peers,
            codecs=place.codecs,
            session_timer_seconds=place.session_timer_seconds,
            accounts=tuple(line.account for line in lines if line.account is not None),
            contacts=contacts,
        )

    # What the workers tell

    def _report(self, worker: WorkerLink, report: Any) -> None:
        events = self._events
        match report:
            case wire.Incoming(ref, source, message):
                call = self._calls[worker, ref] = SipCall(ref, worker)
                self._share_out()
                events.on_incoming(call, source, SipMessage(message))
            case wire.Answered():
                events.on_answered(report)
            case wire.Registered():
                events.on_registered(report)
            case wire.Failed(reason):
                self._in_trouble(worker, reason)
            case wire.Trouble(reason):
                events.on_trouble(said("something failed in a SIP worker: %(why)s", why=reason))
            case wire.Ready():
                self._in_trouble(worker, "")
            case wire.UnknownPackets(packets):
                self._unknown_senders[worker] = packets
                events.on_unknown_senders(self._gone_unknown_senders + sum(self._unknown_senders.values()))
            case wire.Hello():
                pass
            case _:
                self._of_call(worker, report)

    def _of_call(self, worker: WorkerLink, report: Any) -> None:
        call = self._calls.get((worker, report.ref))
        if call is None:
            return
        if isinstance(report, wire.Ended):
            del self._calls[worker, report.ref]
            self._share_out()
        call.take(report)
        if call.sounding and self._clocked:
            self._ticker.wake()

    def _share_out(self) -> None:
        """Keep room for calls in each worker.

        A call from a server may come in at any worker. One that has room for only one more call is told to send such
        callers on to the worker that has the fewest calls.
        """
        loads = Counter(worker for worker, _ in self._calls)
        freest = min(self._workers, key=lambda worker: loads[worker])
        for worker in self._workers:
            full = loads[worker] >= self.calls_a_worker - 1 > loads[freest]
            to = f"{freest.setup.address}:{freest.setup.port}" if full and freest.setup is not None else ""
            if self._overflow.get(worker, "") != to:
                self._overflow[worker] = to
                worker.send(wire.Overflow(to))

    def _end(self, worker: WorkerLink, call: SipCall) -> None:
        if self._calls.get((worker, call.ref)) is call:
            self._of_call(worker, replace(LOST, ref=call.ref))

    def _lost(self, worker: WorkerLink) -> None:
        self._gone_unknown_senders += self._unknown_senders.pop(worker, 0)
        self._overflow.pop(worker, None)
        for call in [call for (its, _), call in self._calls.items() if its is worker]:
            self._end(worker, call)
        if worker not in self._troubles:  # If it is in there, the worker has told why it cannot work.
            self._in_trouble(worker, said("a SIP worker died; its calls are over, and another one starts"))

    def _in_trouble(self, worker: WorkerLink, reason: str) -> None:
        """Tell what is wrong with a worker. An empty reason means that it works again: then tell what is still wrong
        with another one, if anything is."""
        self._troubles.pop(worker, None)
        if reason:
            self._troubles[worker] = reason
        self._events.on_trouble(reason or next(iter(self._troubles.values()), ""))

    # Sound

    def collect(self) -> None:
        """Hand on the frames that the workers have got since the last tick."""
        for call in list(self._calls.values()):
            if call.sounding:
                call.deliver()

    def tick(self) -> bool:
        """Have the workers send what was written, and get the next frames. False when there is no sound."""
        sounding = {worker for (worker, _), call in self._calls.items() if call.sounding}
        for worker in sounding:
            worker.tick()
        return bool(sounding)

    def _collect_and_tick(self) -> bool:
        self.collect()
        return self.tick()
