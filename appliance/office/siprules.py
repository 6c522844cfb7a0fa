"""What must hold between the parts of the SIP section of an office document, and between it and the rest."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from appliance.office.draft import Draft, given_twice
from appliance.office.numbers import OPERATOR_KEY, emergency_numbers
from appliance.office.problem import Problem
from appliance.office.sip import Model, begins
from appliance.office.sipform import MOST_PATTERNS, MOST_SERVERS
from hw.nearest import nearest
from hw.said import Said, in_a_row, said


def rules(office: Draft, models: Mapping[str, Model] | None) -> Iterator[Problem]:
    """Every broken rule. models: those there is a profile of; None leaves them unchecked."""
    sip = office.group("sip")
    gateways, telephones, servers = map(sip.entries, ("gateways", "telephones", "servers"))
    for device in (*gateways, *telephones, *servers, sip):
        yield from _address(device)
    for gateway in gateways:
        yield from _model(gateway, "gateway", models)
    for telephone in telephones:
        yield from _model(telephone, "telephone", models)
    trunks, stations = _trunks(sip), _stations(sip)
    ports = [(line.at("port"), line.text("port")) for line in sockets(office)]
    yield from given_twice(filter(itemgetter(1), ports), "port")
    yield from kinds(office, trunks, stations)
    yield from _users([*gateways, *telephones, *servers])
    yield from _reaches(office, servers)


def sockets(office: Draft) -> list[Draft]:
    """Every line and telephone over SIP, each of which has a port's name."""
    sip = office.group("sip")
    return [*_trunks(sip), *_stations(sip)]


def _trunks(sip: Draft) -> list[Draft]:
    trunks = [line for device in sip.entries("gateways") for line in device.entries("trunks")]
    return trunks + [line for server in sip.entries("servers") for line in server.entries("lines")]


def _stations(sip: Draft) -> list[Draft]:
    stations = [line for device in sip.entries("gateways") for line in device.entries("stations")]
    return stations + sip.entries("telephones")


def _address(device: Draft) -> Iterator[Problem]:
    address = device.text("address")
    if address and (reason := not_a_device(address)):
        yield Problem(device.at("address"), reason)


def not_a_device(address: str) -> Said | None:
    """Why this is no address of a device; None where it may be one."""
    try:
        known = ipaddress.IPv4Address(address)
    except ValueError:
        return said("is no IPv4 address, such as 192.168.1.20")
    if known.is_multicast or known.is_unspecified or address.endswith(".255"):
        return said("is no address of a single device")
    return None


def _model(device: Draft, kind: str, models: Mapping[str, Model] | None) -> Iterator[Problem]:
    """A model there is, of this kind, with sockets for all its lines."""
    name = device.text("model")
    if not name or models is None:
        return
    fitting = {model for model, facts in models.items() if facts.kind == kind}
    if name not in fitting:
        near = nearest(name, fitting)
        if kind == "gateway":
            reason = said("there is no profile of a gateway %(model)s", model=name)
        else:
            reason = said("there is no profile of a telephone %(model)s", model=name)
        if not near:
            reason = in_a_row(reason, said("known are %(models)s", models=tuple(sorted(fitting))), by="; ")
        yield Problem(device.at("model"), reason, near)
        return
    for section, sockets, what in (
        ("trunks", models[name].fxo, said("lines")),
        ("stations", models[name].fxs, said("telephones")),
    ):
        wanted = len(device.items(section))
        if wanted > sockets:
            yield Problem(
                device.at(section),
                said(
                    "%(wanted)s %(what)s are more than %(name)s has sockets for: %(sockets)s",
                    wanted=wanted,
                    what=what,
                    name=name,
                    sockets=sockets,
                ),
            )


def kinds(office: Draft, trunks: Sequence[Draft], stations: Sequence[Draft]) -> Iterator[Problem]:
    """A trunk of a device is no station of the office, nor the other way round."""
    of_trunks = {line.text("port"): line.path for line in trunks}
    of_stations = {line.text("port"): line.path for line in stations}
    for path, port in office.texts("stations", "port"):
        if port in of_trunks:
            yield Problem(path, said("%(port)s is a trunk, by %(place)s", port=port, place=of_trunks[port]))
    for path, port in office.texts("trunks", "port"):
        if port in of_stations:
            yield Problem(path, said("%(port)s is a station, by %(place)s", port=port, place=of_stations[port]))


def _users(devices: Sequence[Draft]) -> Iterator[Problem]:
    """Lines at one address are told apart by their users."""
    first: dict[tuple[str, str], str] = {}
    for device in devices:
        lines = [line for section in ("trunks", "stations", "lines") for line in device.entries(section)]
        for line in lines or [device]:
            address, user = device.text("address"), line.text("user") or line.text("port")
            before = first.setdefault((address, user), line.path)
            if address and user and before != line.path:
                yield Problem(
                    line.path,
                    said(
                        "the user %(user)s at %(address)s is already that of %(before)s",
                        user=user,
                        address=address,
                        before=before,
                    ),
                )


def _reaches(office: Draft, servers: Sequence[Draft]) -> Iterator[Problem]:
    """Numbers of other offices begin with no number of this one nor of one before, and are the beginning of none."""
    own = [OPERATOR_KEY, office.text("outside_prefix"), office.text("mailbox_access")]
    own += emergency_numbers(office.text("country"))
    own += [extension for _, extension in office.texts("people", "extension")]
    patterns = (place for server in servers for place in server.items("reaches"))
    before: list[tuple[str, str]] = []
    for here, pattern in islice(patterns, MOST_SERVERS * MOST_PATTERNS):
        if not isinstance(pattern, str):
            continue
        for number in filter(None, own):
            if begins(number[: len(pattern)], pattern):
                yield Problem(
                    here,
                    said(
                        "%(pattern)s stands for numbers like %(number)s, of this office", pattern=pattern, number=number
                    ),
                )
        for there, other in before:
            if _meet(pattern, other):
                yield Problem(
                    here,
                    said(
                        "%(pattern)s stands for numbers that %(other)s at %(there)s stands for, too",
                        pattern=pattern,
                        other=other,
                        there=there,
                    ),
                )
        before.append((here, pattern))


def _meet(one: str, other: str) -> bool:
    """Whether a number that one pattern stands for is, or begins with, one that the other stands for."""
    return all(a == b or "x" in (a, b) for a, b in zip(one, other, strict=False))
