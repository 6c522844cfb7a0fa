"""Whether a path led where it should, and in words where it led."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from appliance.ear.heard import Heard, Kind
from appliance.office.callflow import CallFlow
from appliance.office.destination import (
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToMenu,
)
from appliance.office.phrase import phrase
from appliance.office.problem import Problem
from appliance.prompts.language import Language
from appliance.walk.path import PathKind
from appliance.walk.saying import menus_behind, said_in, texts
from appliance.walk.telephones import ringing
from appliance.walk.walker import Walked
from hw.said import fixed

SHORTEST_HEARD = 4
"""Characters of a text that was cut, by which it is still known."""

LED = ("to ", "a message for ", "hears ", "dials ", "goodbye")
"""How the steps of a call's record begin that are destinations, and not who was rung there, or how long."""

MEND = fixed("Try it with `copperdesk phone`, and look at what `copperdesk office check` and `copperdesk status` tell.")


class Judge:
    """Of one office's paths. languages: those its callers are spoken to in. now: on the office's clock."""

    def __init__(self, flow: CallFlow, languages: Sequence[Language], now: datetime) -> None:
        self._flow = flow
        self._languages = languages
        self._now = now

    def finding(self, walked: Walked) -> Problem | None:
        """What is wrong with this path; None where it led where it should."""
        path = walked.path
        reason = self._wrong(walked)
        if not reason:
            return None
        doing = {
            PathKind.KEY: f"who press {path.keys}",
            PathKind.WAITING: "who press nothing" if not path.way else f"who press {path.keys}, at … nothing,",
            PathKind.WRONG_KEY: f"who press {path.keys}, the last a wrong key,",
            PathKind.EXTENSION: f"who dial {path.keys}",
            PathKind.UNANSWERED: f"who press {path.keys}, and whom nobody answers,",
        }[path.kind]
        return Problem(
            path.path,
            fixed(f"callers {doing} on {path.entrance.name} {reason}"),
            mend=MEND,
        )

    def _wrong(self, walked: Walked) -> str:
        path, target = walked.path, walked.path.target
        if not walked.answered:
            return "are not answered"
        if walked.fault:
            return f"meet a fault of the unit: {walked.fault}"
        if not walked.ended:
            return "keep the line when they have hung up"
        wanted = ringing(self._flow, target, path.entrance.company, self._now)
        if wanted and not any(one <= set(walked.rang) for one in wanted):
            name = " and ".join(sorted(wanted[0] - set(walked.rang)))
            return f"do not make {name} ring; they reach {self.reached(walked)}"
        if isinstance(target, MenuBefore | RepeatMenu | Nowhere):
            if path.kind is PathKind.WRONG_KEY and not self._heard(walked.heard, self._texts_of("not-valid")):
                return "do not hear that it is one"
            if not self._menu_heard(walked):
                return "do not hear a menu again"
        elif str(target) not in walked.steps:
            return f"do not come {target}; they reach {self.reached(walked)}"
        if not walked.rang and not any(one.kind in (Kind.WORDS, Kind.FAX) for one in walked.heard):
            return "hear nothing"
        return ""

    def reached(self, walked: Walked) -> str:
        """Where the path led, in words."""
        office, target = self._flow.office, walked.path.target
        if not walked.answered:
            return "nobody"
        if walked.rang:
            whose = [(office.at_station(name), name) for name in walked.rang]
            return " and ".join(f"{person.name}: {name} rings" if person else f"{name} rings" for person, name in whose)
        if walked.reached and (owner := office.person(walked.reached) or office.department(walked.reached)) is not None:
            return f"the mailbox of {owner.name}"
        if isinstance(target, MenuBefore | RepeatMenu | Nowhere):
            menu = self._menu_heard(walked)
            return str(ToMenu(menu)).removeprefix("to ") if menu else "nothing that is known"
        led = [step for step in walked.steps if step.startswith(LED)]
        return led[-1].removeprefix("to ") if led else "nothing that is known"

    def _menu_heard(self, walked: Walked) -> str:
        """The menu that was heard after a way back, by its id; empty for none."""
        path = walked.path
        for id in menus_behind(self._flow, path.menu, path.target):
            said = texts(said_in(self._flow.office, id), self._languages, self._now)
            if self._heard(walked.heard, [*said, *self._texts_of("dial-extension-any-time", "for-operator")]):
                return id
        return ""

    def _texts_of(self, *names: str) -> list[str]:
        return texts([phrase(name) for name in names], self._languages, self._now)

    def _heard(self, heard: Sequence[Heard], said: Sequence[str]) -> bool:
        """Whether one of these was heard, be it cut."""
        parts = [one.text.strip("- ") for one in heard if one.kind is Kind.WORDS]
        return any(len(part) >= SHORTEST_HEARD and part in text for part in parts for text in said)
