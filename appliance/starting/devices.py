"""Lines and telephones of a new office that come over its network: from a gateway, or as network telephones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from appliance.office.siprules import not_a_device
from hw.sip.profile import Profile, profiles

GATEWAY_NAME: Final = "gateway"
UNKNOWN_MODEL: Final = "generic-gateway"
SOCKETS_OF_UNKNOWN = 4
"""Of each kind, of a gateway whose model is not known: what such boxes usually have. The settings have the rest."""


@dataclass(frozen=True, slots=True)
class FoundPorts:
    """What the unit has: the ports of its lines to the exchange, and of its telephones."""

    lines: tuple[str, ...]
    telephones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartDevices:
    """What was answered about the network."""

    model: str = ""
    """Of the gateway, as office documents have it; empty: there is none."""
    address: str = ""
    """The gateway's IPv4 address."""
    telephones: tuple[str, ...] = ()
    """The IPv4 addresses of network telephones."""

    def beside(self, found: FoundPorts) -> FoundPorts:
        """What was found, and behind it what comes over the network."""
        lines, sockets = self._sockets()
        return FoundPorts((*found.lines, *lines), (*found.telephones, *sockets, *self._network_ports()))

    def section(self) -> dict[str, Any]:
        """The part `sip` of the office document; empty where nothing comes over the network."""
        lines, sockets = self._sockets()
        made: dict[str, Any] = {}
        if self.model:
            gateway: dict[str, Any] = {"name": GATEWAY_NAME, "model": self.model, "address": self.address}
            gateway |= {"trunks": _written(lines)} if lines else {}
            made["gateways"] = [gateway | ({"stations": _written(sockets)} if sockets else {})]
        if self.telephones:
            pairs = zip(self._network_ports(), self.telephones, strict=True)
            made["telephones"] = [{"port": port, "address": address} for port, address in pairs]
        return made

    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """The field of each, a word for why, and the address that it is about."""
        if self.model and self._profile() is None:
            yield "gateway_model", "unknown", ""
        elif self.model and (not self.address or not_a_device(self.address)):
            yield "gateway_address", "no-address", self.address
        taken = {self.address} if self.model else set()
        for address in self.telephones:
            if not_a_device(address):
                yield "network_telephones", "no-address", address
            elif address in taken:
                yield "network_telephones", "taken", address
            taken.add(address)

    def _profile(self) -> Profile | None:
        known = profiles().get(self.model)
        return known if known is not None and known.kind == "gateway" else None

    def _sockets(self) -> tuple[list[str], list[str]]:
        """The ports of the gateway's lines, and of its telephones."""
        known = self._profile()
        if known is None:
            return [], []
        most = SOCKETS_OF_UNKNOWN if self.model == UNKNOWN_MODEL else known.fxo + known.fxs
        lines = [f"{GATEWAY_NAME}-line-{number}" for number in range(1, min(known.fxo, most) + 1)]
        return lines, [f"{GATEWAY_NAME}-phone-{number}" for number in range(1, min(known.fxs, most) + 1)]

    def _network_ports(self) -> list[str]:
        return [f"network-phone-{number}" for number in range(1, len(self.telephones) + 1)]


def gateway_models() -> list[tuple[str, str]]:
    """The model and the title of every gateway that the unit knows."""
    return [(one.model, one.title) for one in profiles().values() if one.kind == "gateway"]


def _written(ports: Sequence[str]) -> list[dict[str, str]]:
    return [{"port": port} for port in ports]
