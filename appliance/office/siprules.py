"""What must hold between the parts of the SIP section of an office document, and between it and the rest."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any

from appliance.nearest import nearest
from appliance.office.emergency import emergency_numbers
from appliance.office.problem import Problem
from appliance.office.sip import Model, begins

Placed = tuple[str, dict[str, Any]]
"""An object of the document, and where it stands."""


def broken_sip_rules(document: dict[str, Any], models: Mapping[str, Model] | None) -> Iterator[Problem]:
    """Every broken rule. models: those there is a profile of; None leaves them unchecked."""
    sip = document.get("sip")
    if not isinstance(sip, dict):
        return
    devices = [*_entries(sip, "sip", "gateways"), *_entries(sip, "sip", "telephones"), *_entries(sip, "sip", "servers")]
    for path, device in devices:
        yield from _address(path, device)
        yield from _model(path, device, models)
    yield from _address("sip", sip)
    trunks = [line for place in devices for line in _lines(place, ("trunks", "lines"))]
    stations = [line for place in devices for line in _lines(place, ("stations",))]
    yield from _twice([*trunks, *stations])
    yield from _kinds(document, trunks, stations)
    yield from _users(devices)
    yield from _reaches(document, devices)


def _entries(holder: dict[str, Any], path: str, name: str) -> list[Placed]:
    entries = holder.get(name)
    if not isinstance(entries, list):
        return []
    within = f"{path}.{name}" if path else name
    return [(f"{within}[{place}]", entry) for place, entry in enumerate(entries) if isinstance(entry, dict)]


def _lines(device: Placed, names: tuple[str, ...]) -> list[Placed]:
    """A device's lines: a telephone is one station itself."""
    path, fields = device
    own = [device] if "stations" in names and isinstance(fields.get("port"), str) else []
    return own + [line for name in names for line in _entries(fields, path, name)]


def _address(path: str, fields: dict[str, Any]) -> Iterator[Problem]:
    address = fields.get("address")
    if not isinstance(address, str):
        return
    try:
        known = ipaddress.IPv4Address(address)
    except ValueError:
        yield Problem(f"{path}.address", "is no IPv4 address, such as 192.168.1.20")
        return
    if known.is_multicast or known.is_unspecified or address.endswith(".255"):
        yield Problem(f"{path}.address", "is no address of a single device")


def _model(path: str, fields: dict[str, Any], models: Mapping[str, Model] | None) -> Iterator[Problem]:
    """A model there is, of the kind its section is of, with sockets for all its lines."""
    name = fields.get("model")
    if not isinstance(name, str) or models is None:
        return
    kind = "telephone" if path.startswith("sip.telephones") else "gateway"
    fitting = {model for model, facts in models.items() if facts.kind == kind}
    if name not in fitting:
        near = nearest(name, fitting)
        known = "" if near else f"; known are {', '.join(sorted(fitting))}"
        yield Problem(f"{path}.model", f"there is no profile of a {kind} {name}{known}", near)
        return
    for section, sockets, what in (("trunks", models[name].fxo, "lines"), ("stations", models[name].fxs, "telephones")):
        wanted = len(fields[section]) if isinstance(fields.get(section), list) else 0
        if wanted > sockets:
            yield Problem(f"{path}.{section}", f"{wanted} {what} are more than {name} has sockets for: {sockets}")


def _twice(lines: list[Placed]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, line in lines:
        port = line.get("port")
        if isinstance(port, str) and first.setdefault(port, path) != path:
            yield Problem(f"{path}.port", f"the port {port} is already given at {first[port]}.port")


def _kinds(document: dict[str, Any], trunks: list[Placed], stations: list[Placed]) -> Iterator[Problem]:
    """A trunk of a gateway is no station of the office, nor the other way round."""
    for section, others, what in (("stations", trunks, "trunk"), ("trunks", stations, "station")):
        ports = {line["port"]: path for path, line in others if isinstance(line.get("port"), str)}
        for path, entry in _entries(document, "", section):
            port = entry.get("port")
            if isinstance(port, str) and port in ports:
                yield Problem(f"{path}.port", f"{port} is a {what}, by {ports[port]}")


def _users(devices: list[Placed]) -> Iterator[Problem]:
    """Lines at one address are told apart by their users."""
    first: dict[tuple[str, str], str] = {}
    for device in devices:
        address = device[1].get("address")
        for path, line in _lines(device, ("trunks", "lines", "stations")):
            user = line.get("user", line.get("port"))
            if isinstance(address, str) and isinstance(user, str):
                before = first.setdefault((address, user), path)
                if before != path:
                    yield Problem(path, f"the user {user} at {address} is already that of {before}")


def _reaches(document: dict[str, Any], devices: list[Placed]) -> Iterator[Problem]:
    """Numbers of other offices begin with no number of this one nor of one before, and are the beginning of none."""
    own: list[str] = ["0"]
    own += [str(document.get("outside_prefix", "9")), str(document.get("mailbox_access", "8500"))]
    own += emergency_numbers(document)
    for _, person in _entries(document, "", "people"):
        if isinstance(person.get("extension"), str):
            own.append(person["extension"])
    before: list[tuple[str, str]] = []
    for path, device in devices:
        patterns = device.get("reaches")
        for place, pattern in enumerate(patterns if isinstance(patterns, list) else []):
            if not isinstance(pattern, str):
                continue
            here = f"{path}.reaches[{place}]"
            for number in own:
                if begins(number[: len(pattern)], pattern):
                    yield Problem(here, f"{pattern} stands for numbers like {number}, of this office")
            for there, other in before:
                if _meet(pattern, other):
                    yield Problem(here, f"{pattern} stands for numbers that {other} at {there} stands for, too")
            before.append((here, pattern))


def _meet(one: str, other: str) -> bool:
    """Whether a number that one pattern stands for is, or begins with, one that the other stands for."""
    return all(a == b or "x" in (a, b) for a, b in zip(one, other, strict=False))
