"""What the office does by who calls: contacts of rank, callers without a number, callers of other languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.destination import Destination
from appliance.office.draft import Draft
from appliance.office.field import Limits, TextPattern, WrittenAs
from appliance.office.languages import LANGUAGES, LanguageCode
from appliance.office.leading import DestinationForm, Known
from appliance.office.problem import Problem

CallingCode = Annotated[str, TextPattern("^[0-9]{1,4}$", "the code of a country, such as 46, without its +")]


@dataclass(frozen=True, slots=True)
class Callers:
    """What the office does by who calls."""

    ask_number: Annotated[
        bool, "Whether callers who keep their number back, or come without one, are asked to enter it first."
    ] = False
    ranked_from: Annotated[int, Limits(1, 9), "The rank from which contacts go where ranked says."] = 1
    ranked: Annotated[
        Destination | None,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "Where contacts of rank go while the office is open. Without it, to the menu like all others.",
    ] = None
    languages: Annotated[
        frozenset[LanguageCode],
        Limits(0, len(LANGUAGES)),
        "Further languages that are kept ready for contacts who are spoken to in them.",
    ] = frozenset()
    language_of_country: Annotated[
        dict[CallingCode, LanguageCode],
        Limits(0, 50),
        "The language that callers from a country are spoken to in, by the country's calling code.",
    ] = field(default_factory=dict)


def rules(office: Draft) -> Iterator[Problem]:
    """Contacts of rank are sent where there is somebody or something."""
    yield from Known.of(office).rules(office.group("callers").group("ranked"))
