"""What is dialled on a telephone of the office to change something, instead of to call somebody."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, fields
from typing import Annotated

from appliance.office.destination import (
    Destination,
    ToAnnouncement,
    ToBlockLast,
    ToDoNotDisturb,
    ToFeature,
    ToForwarding,
    ToMembership,
    ToNightMode,
    ToPresence,
    ToPromptRecording,
)
from appliance.office.draft import Draft, given_twice
from appliance.office.feature import Feature
from appliance.office.field import TextPattern
from appliance.office.numbers import emergency_numbers
from appliance.office.problem import Problem
from hw.said import said

Code = Annotated[str, TextPattern("^[*][0-9]{2,4}$", "a star and 2 to 4 digits, such as *81")]
CodeOfTheUnit = Annotated[str, TextPattern("^[*]{1,2}[0-9]{1,4}$", "one or two stars and 1 to 4 digits, such as **0")]
"""Apart from those that people use every day, so that nobody dials it by mistake."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What is dialed on a telephone of the office to change something."""

    night_mode: Annotated[Code, "Closes or opens the office by hand, or lets its hours decide again."] = "*81"

    record_prompts: Annotated[Code, "Records what callers hear, or brings back the previous recording."] = "*82"
    announcement: Annotated[
        Code,
        "Records the announcement that every caller hears first, and switches it on and off. It can be dialed in a "
        "menu, too, by a manager who calls from outside.",
    ] = "*83"

    do_not_disturb: Annotated[
        Code, "The telephone does not ring; callers hear the unavailable greeting. It can be dialed in a menu, too."
    ] = "*78"
    disturb: Annotated[Code, "The telephone rings again. It can be dialed in a menu, too."] = "*79"
    forward: Annotated[
        Code, "Forwards the calls of the owner to a number that is asked for. It can be dialed in a menu, too."
    ] = "*72"
    forward_no_more: Annotated[Code, "Ends that. It can be dialed in a menu, too."] = "*73"
    come: Annotated[Code, "The owner of the telephone is at the office."] = "*85"
    leave: Annotated[Code, "The owner of the telephone is away."] = "*86"
    departments: Annotated[
        Code, "Logs the owner of the telephone in to a department, or out, so that its calls ring there or not."
    ] = "*84"
    block_last: Annotated[Code, "Blocks whoever reached the owner of the telephone last."] = "*60"
    park: Annotated[Code, "Parks whoever is on hold, and says in which place. It is dialed after a hook flash."] = "*76"
    fax: Annotated[
        Code,
        "Has the fax received of whoever is on hold, whose fax machine is silent; it is dialed after a hook flash. Who "
        "has nobody on hold sends a fax to the office with it.",
    ] = "*96"
    take_parked: Annotated[Code, "Takes up a parked call: its place is dialed after it."] = "*77"
    pick_up: Annotated[Code, "Answers a telephone that rings nearby: of the same department, or else anybody's."] = (
        "*97"
    )
    pick_up_from: Annotated[Code, "Answers somebody's telephone. Their extension is dialed after it."] = "*98"
    without_waiting: Annotated[Code, "Keeps waiting calls away during one call, whose number is dialed after it."] = (
        "*70"
    )
    last_number: Annotated[Code, "Dials the number again that was dialed last on this telephone."] = "*68"
    call_return: Annotated[Code, "Says who called last and when, and calls back by one key."] = "*69"
    who_called: Annotated[Code, "Says who called this telephone last, and when."] = "*64"
    speed: Annotated[Code, "Dials a speed number: one digit is one's own, two digits are the office's."] = "*75"
    set_speed: Annotated[Code, "Stores one's own speed number."] = "*74"
    redial: Annotated[Code, "After a busy number or colleague: rings both ends once that is free."] = "*66"
    redial_no_more: Annotated[Code, "Ends that."] = "*65"
    page: Annotated[Code, "Speaks to all telephones, or to a group whose number is dialed after it."] = "*61"
    wake_up: Annotated[Code, "Sets a wake-up call, or ends it."] = "*55"
    conference: Annotated[Code, "Joins a conference of up to eight, whose number is dialed after it."] = "*63"
    emergency_test: Annotated[
        Code, "Tries what an emergency call does in the office: whoever is to be told is rung, and nobody else."
    ] = "*91"
    listen_in: Annotated[Code, "Lets an operator listen to an emergency call that goes on."] = "*92"
    account: Annotated[Code, "Dials an outside number for an account, whose code is dialed after it."] = "*71"
    log_in: Annotated[
        Code, "Makes this the telephone of whoever enters their extension and PIN, with all their rights and calls."
    ] = "*87"
    log_out: Annotated[Code, "Gives the telephone back."] = "*88"
    lock: Annotated[Code, "Locks the telephone: it calls inside the office, and for help, until it is unlocked."] = (
        "*56"
    )
    unlock: Annotated[Code, "Unlocks it again, by PIN."] = "*57"
    lost_callers: Annotated[Code, "Tells who called and got nobody, and calls back by one key."] = "*93"
    spoken_code: Annotated[
        CodeOfTheUnit,
        "Says the code that the local page asks for, such as before the unit is set up. Nothing outside can hear it.",
    ] = "**0"
    address: Annotated[
        CodeOfTheUnit,
        "Says the unit's address in the network and its name, and whether the file on its memory card has mistakes.",
    ] = "**1"
    version: Annotated[
        CodeOfTheUnit, "Says which version of the program runs, and whether and why the last update did not stay."
    ] = "**2"
    without_star: Annotated[
        str,
        TextPattern("^([0-9]{2,3})?$", "two or three digits, or empty"),
        "What is dialed in place of the star on a telephone that has none, as those with a dial; for a second star 0 "
        "is. Empty: nothing is.",
    ] = "77"
    """In no country does a number for help begin so, as many do with 11."""

    def destinations(self) -> dict[str, Destination]:
        """What each code leads to, dialled with a star or without one."""
        codes = self._with_star()
        if not self.without_star:
            return codes
        return codes | {self.dialled_without_star(code): where for code, where in codes.items()}

    def dialled_without_star(self, code: str) -> str:
        """How a telephone without a star dials this code; empty where it cannot."""
        return without_star(code, self.without_star)

    def features(self) -> dict[str, Feature]:
        """What a telephone can do by each code: the field has the name of the feature."""
        return {getattr(self, feature.name.lower()): feature for feature in Feature}

    def _with_star(self) -> dict[str, Destination]:
        return {
            **{code: ToFeature(feature) for code, feature in self.features().items()},
            self.night_mode: ToNightMode(),
            self.record_prompts: ToPromptRecording(),
            self.announcement: ToAnnouncement(),
            self.block_last: ToBlockLast(),
            self.come: ToPresence(here=True),
            self.leave: ToPresence(here=False),
            self.departments: ToMembership(),
            **self.of_a_person(),
        }

    def of_a_person(self) -> dict[str, Destination]:
        """The same for those that everybody may dial in a menu, too, and give the PIN there."""
        return {
            self.do_not_disturb: ToDoNotDisturb(on=True),
            self.disturb: ToDoNotDisturb(on=False),
            self.forward: ToForwarding(on=True),
            self.forward_no_more: ToForwarding(on=False),
        }

    def from_outside(self) -> dict[str, Destination]:
        """The same for those that managers may dial in a menu, too."""
        return {self.announcement: ToAnnouncement()}


def without_star(code: str, instead: str) -> str:
    """A code as it is dialled with something else in place of its star, and 0 for a second one. Empty: with nothing."""
    return instead + code.removeprefix("*").replace("*", "0") if instead else ""


def rules(office: Draft) -> Iterator[Problem]:
    """No two codes are the same, and none is the beginning of another."""
    codes = office.group("codes")
    names = [field.name for field in fields(Codes) if field.name != "without_star"]
    given = [(codes.at(name), code) for name in names if (code := codes.text(name))]
    yield from given_twice(given, "code")
    for path, code in given:
        for other_path, other in given:
            if other != code and other.startswith(code):
                yield Problem(
                    path,
                    said(
                        "%(code)s is the beginning of %(other)s, the code at %(place)s",
                        code=code,
                        other=other,
                        place=other_path,
                    ),
                )
    yield from _without_star(office)


def _without_star(office: Draft) -> Iterator[Problem]:
    """What is dialled in place of the star makes no code a number that leads elsewhere, or that help waits for."""
    codes = office.group("codes")
    instead, path = codes.text("without_star"), codes.at("without_star")
    if not instead:
        return
    named = dict(office.texts("people", "extension") + office.texts("departments", "extension"))
    taken = {extension: said("is the extension at %(place)s", place=place) for place, extension in named.items()}
    taken[office.text("mailbox_access") or "8500"] = said("is the number for hearing messages")
    prefix = office.text("outside_prefix")
    for code in _given_or_left_out(codes):
        dialled = without_star(code, instead)
        emergency = next((one for one in emergency_numbers(office.text("country")) if dialled.startswith(one)), "")
        wrong = taken.get(dialled)
        if wrong is None and emergency:
            wrong = said("begins with %(number)s, a call for help", number=emergency)
        if prefix and dialled.startswith(prefix):
            wrong = wrong or said("begins with %(prefix)s for an outside line", prefix=prefix)
        if wrong:
            yield Problem(
                path,
                said(
                    "%(code)s would be dialed as %(dialled)s, which %(wrong)s", code=code, dialled=dialled, wrong=wrong
                ),
            )
            return


def _given_or_left_out(codes: Draft) -> Iterator[str]:
    """Every code, the document's or the one that is left out of it."""
    left_out = Codes()
    for field in fields(Codes):
        if field.name != "without_star":
            yield codes.text(field.name) or getattr(left_out, field.name)


def warnings(office: Codes, extensions: Set[str]) -> Iterator[Problem]:
    """Codes that cannot be dialled without a star, as somebody has that extension."""
    lost = sorted(extensions & office.destinations().keys())
    if lost:
        reason = said(
            "without a star, codes would be dialed as %(lost)s, which are extensions: they ring there",
            lost=", ".join(lost),
        )
        yield Problem(
            "codes.without_star", reason, mend=said("Name other digits that are dialed in place of the star.")
        )
