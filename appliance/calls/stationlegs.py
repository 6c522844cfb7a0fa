"""The legs of one telephone: which port each is on, and which one of a port its user hears."""

from __future__ import annotations

from collections.abc import Callable

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.portmedia import port_media
from appliance.media import detectors
from appliance.media.engine import Engine
from hw.audio import Frame
from hw.linecard import FxsPort


class StationLegs:
    """A port with legs has one that is heard; the others on it are held."""

    def __init__(self, engine: Engine, released: Callable[[Leg], None]) -> None:
        self._engine = engine
        self._released = released
        self._ports: dict[Leg, FxsPort] = {}
        self._heard: dict[FxsPort, Leg] = {}

    @property
    def all(self) -> list[Leg]:
        """The newest is last."""
        return list(self._ports)

    def port(self, leg: Leg) -> FxsPort | None:
        """None: the telephone has no part in this leg any more."""
        return self._ports.get(leg)

    def heard(self, port: FxsPort) -> Leg | None:
        return self._heard.get(port)

    def hears(self, leg: Leg) -> bool:
        return leg in self._heard.values()

    def hear(self, leg: Leg) -> None:
        """Its port is switched to this leg."""
        self._heard[self._ports[leg]] = leg

    def on(self, port: FxsPort) -> list[Leg]:
        """The legs on this port; the one that is heard last."""
        legs = [leg for leg, its in self._ports.items() if its is port]
        return sorted(legs, key=self.hears)

    def newest(self, port: FxsPort) -> Leg:
        """The leg on this port whose call has come last."""
        return next(leg for leg in reversed(self.all) if self._ports[leg] is port)

    def open(self, port: FxsPort, station: str) -> Leg:
        """A new leg on this port, which is heard from now on. station: whose sound it is, for the engine's figures."""
        traits = port.traits
        names = {leg.name for leg in self._ports}
        name = port.name if port.name not in names else f"{port.name}, second call"

        def write(frame: Frame) -> None:
            if self._heard.get(port) is leg:
                port.write(frame)

        media = port_media(self._engine, station, port, write)
        leg = Leg(name, media, self._released, port.send_digits if traits.takes_digits else None)
        if not traits.tells_digits:
            media.listen_for(detectors.Dtmf(from_outside=False))
        media.listen_for(detectors.Voice())
        self._ports[leg] = port
        self._heard[port] = leg
        return leg

    def end(self, leg: Leg, cause: Cause) -> None:
        """The telephone has left this call."""
        leg.left(cause)
        leg.media.close()
        self.forget(leg)

    def forget(self, leg: Leg) -> None:
        """The telephone has no part in this leg any more; its call may yet have. Harmless the second time."""
        port = self._ports.pop(leg, None)
        if port is not None and self._heard.get(port) is leg:
            del self._heard[port]
