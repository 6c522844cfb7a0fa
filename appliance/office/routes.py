"""Which lines a number outside is called on, and what is dialled in front of it, such as the cheapest carrier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from appliance.office.callernumber import CallerNumbers
from appliance.office.dialrules import TrunkRoute
from appliance.office.draft import Draft
from appliance.office.model import Office
from appliance.office.numberclass import NumberClass, dearest_class, is_meant, number_class
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import said
from hw.tones.toneplan import tone_plan


@dataclass(frozen=True, slots=True)
class WayOut:
    """Lines that are tried for a number, in this order, by their ports; and what is dialled there."""

    ports: tuple[str, ...]
    number: str


def ways_out(office: Office, number: str, ports: Sequence[str]) -> list[WayOut]:
    """The ways to a number outside that calls nobody for help, one after the other.

    ports: all lines to the public network, in the order of the document: calls go out on the last one first, as they
    come in on the first.
    """
    others = WayOut(tuple(reversed(ports)), number)
    route = route_of(office, number)
    if route is None:
        return [others]
    named = {trunk.name: trunk.port for trunk in office.trunks}
    own = tuple(named.get(name, name) for name in route.trunks) or others.ports
    way = WayOut(tuple(port for port in own if port in ports), route.prefix + number)
    return [way] if route.only else [way, others]


def class_of(office: Office, number: str) -> NumberClass:
    """The class of a number outside, as it is dialled on a line of the office."""
    return number_class(tone_plan(office.country), number, office.dialling.local)


def dearest_class_of(office: Office, number: str) -> NumberClass:
    """The class of the dearest number that whoever dials this may reach by it."""
    return dearest_class(tone_plan(office.country), number, office.dialling.local)


def route_of(office: Office, number: str) -> TrunkRoute | None:
    """The route that a number takes; None: it goes out on any line."""
    numbers = CallerNumbers(tone_plan(office.country).number_forms)
    found = class_of(office, number)
    for route in office.dialling.routes:
        if found in route.classes or any(is_meant(numbers, number, one) for one in route.numbers):
            return route
    return None


def rules(office: Draft) -> Iterator[Problem]:
    """Routes name lines that there are, and numbers."""
    names = {name for _, name in office.texts("trunks", "name")} | {port for _, port in office.texts("trunks", "port")}
    for route in office.group("dialling").entries("routes"):
        if not route.fields.get("classes") and not route.fields.get("numbers"):
            yield Problem(route.path, said("no number goes this way: name classes, or numbers"))
        for path, name in route.items("trunks"):
            if isinstance(name, str) and name not in names:
                yield Problem(path, said("there is no line called %(name)s", name=name), nearest(name, names))
