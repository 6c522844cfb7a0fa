"""The lines on which a number outside is called, and what is dialled on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.calls.trunk import TrunkLine
from appliance.office.model import Office
from appliance.office.routes import ways_out


@dataclass(frozen=True, slots=True)
class LinesOut:
    """Lines that are tried for a number outside, in this order, and what is dialled on them."""

    trunks: Sequence[TrunkLine]
    number: str


def lines_out(office: Office, trunks: Sequence[TrunkLine], number: str, *, emergency: bool = False) -> list[LinesOut]:
    """The lines for a number, tried one after the other. For help it is every line, and nothing in front of the number.

    trunks: all lines of all cards. They are taken in the order of the document, whatever card each is on: calls go out
    on the last one first, as they come in on the first. Lines that are not in it come behind all others.
    """
    place = {trunk.port: number for number, trunk in enumerate(office.trunks)}
    ordered = sorted(trunks, key=lambda trunk: place.get(trunk.port, len(place)))
    outside = {trunk.port: trunk for trunk in ordered if trunk.facts.outside}
    if emergency:
        return [LinesOut(list(reversed(outside.values())), number)]
    ways = ways_out(office, number, list(outside))
    return [LinesOut([outside[port] for port in way.ports], way.number) for way in ways]
