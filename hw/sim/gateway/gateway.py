"""A simulated SIP-to-analog gateway, such as a Grandstream HT813: real SIP and RTP on one side, line-card ports on
the other.

    exchange.add_trunk("line", "5550100")
    port = exchange.card.fxo[0]
    gateway = Gateway(tone_plan("us"), profile("grandstream-ht813"), "127.64.0.2",
                      [FxoLine(port, user="801", unit="127.64.0.1:5060")])
    await exchange.start()
    await gateway.start()

It is a developer's tool, and the tests try the unit's SIP with it. What a model does in its own way is in its profile,
from the unit's point of view: `digits_out` is how digits come to the gateway. What an installer sets is in
`FxoSettings` and `FxsSettings`. Message-waiting lamps stay dark: a NOTIFY is answered, and that is all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from hw.sim.gateway.fxo import GatewayFxo
from hw.sim.gateway.fxs import GatewayFxs
from hw.sim.gateway.settings import FxoLine, FxsLine
from hw.sip.call import SipCall
from hw.sip.endpoint import EndpointLine, Events, Place, SipEndpoint
from hw.sip.message import SipMessage
from hw.sip.profile import Profile
from hw.tones.toneplan import TonePlan

RTP_PORT = 16384
RTP_PORTS_OF_A_SIP_PORT = 2000
READY_SECONDS = 10.0


class GatewayError(RuntimeError):
    """The gateway cannot do its work; the message says why."""


class Gateway:
    """One gateway. Each line is at the UDP port that the profile has for it, FXO and FXS lines counted from 0 each.

    address: its IPv4 address. on_trouble: told what goes wrong after the start. ports: the gateway's side of each line,
    by the line's SIP user.
    The line-card ports are started and stopped by whoever made them. Until `close` they tell the gateway alone.
    """

    def __init__(
        self,
        plan: TonePlan,
        profile: Profile,
        address: str,
        lines: Sequence[FxoLine | FxsLine],
        on_trouble: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        self.ports: dict[str, GatewayFxo | GatewayFxs] = {}
        self._profile = profile
        self._address = address
        self._on_trouble = on_trouble
        self._started = False
        self._troubles: list[str] = []
        self._ready = 0
        self._changed = asyncio.Event()
        self._at: dict[int, list[GatewayFxo | GatewayFxs]] = {}
        fxo = fxs = 0
        for line in lines:
            port: GatewayFxo | GatewayFxs
            if isinstance(line, FxoLine):
                port = GatewayFxo(line.port, line.user, line.unit, plan, profile, line.settings)
                sip_port = profile.sip_port("fxo", fxo)
                fxo += 1
            else:
                port = GatewayFxs(line.port, line.user, line.unit, plan, profile, line.settings)
                sip_port = profile.sip_port("fxs", fxs)
                fxs += 1
            if line.user in self.ports:
                raise GatewayError(f"two lines have the user {line.user}")
            self.ports[line.user] = port
            self._at.setdefault(sip_port, []).append(port)
        self._endpoints = [self._endpoint(number, *one) for number, one in enumerate(self._at.items())]

    async def start(self) -> None:
        """Serve the unit. Returns when all SIP ports are open; GatewayError if one cannot be."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                await asyncio.gather(*(endpoint.start() for endpoint in self._endpoints))
                while self._ready < sum(len(endpoint.workers) for endpoint in self._endpoints):
                    if self._troubles:
                        raise GatewayError(self._troubles[0])
                    self._changed.clear()
                    await self._changed.wait()
        except (GatewayError, TimeoutError) as error:
            await self.close()
            raise GatewayError(str(error) or f"no SIP within {READY_SECONDS:.0f} s") from error
        self._started = True

    async def close(self) -> None:
        """Hang up all lines and end all calls."""
        for port in self.ports.values():
            port.close()
        await asyncio.gather(*(endpoint.close() for endpoint in self._endpoints))

    def _endpoint(self, number: int, sip_port: int, ports: list[GatewayFxo | GatewayFxs]) -> SipEndpoint:
        profile = self._profile
        peers = sorted({port.unit.partition(":")[0] for port in ports})
        place = Place(
            self._address,
            tuple(peers),
            port=sip_port,
            rtp_port=RTP_PORT + number * RTP_PORTS_OF_A_SIP_PORT,
            codecs=profile.codecs,
            session_timer_seconds=profile.session_timer_seconds,
        )
        lines = {port.user: EndpointLine(port.user, users=(port.user,)) for port in ports}
        endpoint = SipEndpoint(place, lines, Events(partial(self._incoming, ports), on_trouble=self._trouble))
        for port in ports:
            port.address = self._address
            port.dial = partial(self._dial, endpoint, port.user)
        return endpoint

    @staticmethod
    def _dial(endpoint: SipEndpoint, line: str, uri: str, caller: str, headers: Mapping[str, str]) -> SipCall:
        return endpoint.call(line, uri, caller, headers)

    @staticmethod
    def _incoming(ports: Sequence[GatewayFxo | GatewayFxs], call: SipCall, _source: str, message: SipMessage) -> None:
        """Give a call of the unit's to its line: the one whose user is called, or the one whose user calls, or, for a
        number, the first FXO line that is free."""
        named = [port for user in (message.user, message.from_user) for port in ports if port.user == user]
        trunks = [port for port in ports if isinstance(port, GatewayFxo)]
        found = next(iter([*named, *(port for port in trunks if not port.busy), *trunks]), None)
        if found is None:
            call.clear(404)
        else:
            found.incoming(call, message)

    def _trouble(self, reason: str) -> None:
        self._ready += not reason
        if reason and self._started:
            self._on_trouble(reason)
        elif reason:
            self._troubles.append(reason)
        self._changed.set()
