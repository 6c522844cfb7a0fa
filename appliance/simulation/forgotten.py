"""The promise that nobody who calls from outside is forgotten: who got nobody and left nothing is in the list."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

from appliance.calls.lostcallers import CALLED_BY_US
from appliance.calls.outcome import Outcome
from appliance.office.codes import Codes
from appliance.office.destination import ToAnnouncement, ToMessages
from appliance.scenario import actions as act
from appliance.simulation.promises import Suspicion
from appliance.simulation.town import Town
from appliance.store.calllog import CallRecord
from appliance.store.lostcalls import LostStore

IN_VAIN = {
    outcome.value
    for outcome in (
        Outcome.ABANDONED,
        Outcome.CALLBACK_BOOKED,
        Outcome.CONNECTED,
        Outcome.FAULT,
        Outcome.FORWARDED,
        Outcome.INTERRUPTED,
        Outcome.NO_ANSWER,
        Outcome.NO_LINE,
        Outcome.OPERATOR,
    )
}
"""What the log may say of a call in which nobody was talked to. All others have left a message, want nobody, or have
chosen to end the call."""
OF_STAFF = {str(where) for where in (ToMessages(), ToAnnouncement(), *Codes().of_a_person().values())}
"""Where somebody of the office has come who calls from outside, in the words of the log: they want nobody."""


@dataclass(slots=True)
class _OffHook:
    """A telephone is off hook: from when until when, in seconds of the town, and whether its holder was talked to."""

    party: str
    began_s: float
    ended_s: float = float("inf")
    talked: bool = False


class NobodyIsForgotten:
    """Whoever has called from outside, talked to nobody and left no message is in the file of lost callers.

    The unit is not asked who has talked: nobody has where no other telephone was off hook during the call, or where
    the two were never seen to talk.
    """

    def __init__(self, town: Town) -> None:
        self._town = town
        self._rested = town.environment.clock.now()
        self._began = self._rested - timedelta(seconds=town.now_s)
        self._off_hook: list[_OffHook] = []

    def acted(self, action: act.Act) -> None:
        match action:
            case act.Lifts(party):
                self._off_hook.append(_OffHook(party, self._town.now_s))
            case act.HangsUp(party):
                for one in self._open:
                    if one.party == party:
                        one.ended_s = self._town.now_s
        self._see_who_talks()

    def look(self) -> Iterable[Suspicion]:
        self._see_who_talks()
        return ()

    def at_rest(self) -> Iterable[Suspicion]:
        environment = self._town.environment
        calls = [
            one for one in environment.appliance.calls.since(self._rested) if self._came_in(one) and self._in_vain(one)
        ]
        listed = self._listed({one.id for one in calls})
        for call in calls:
            if call.id not in listed:
                yield Suspicion(
                    "a caller is forgotten",
                    call.id,
                    f"{call.caller_number} on {call.line} at {call.started:%H:%M:%S}, {call.outcome}",
                    0.0,
                    "log shows: outcome message-left",
                )
        self._rested = environment.clock.now()
        self._off_hook = self._open

    @property
    def _open(self) -> list[_OffHook]:
        return [one for one in self._off_hook if one.ended_s == float("inf")]

    def _see_who_talks(self) -> None:
        for one in self._open:
            one.talked = one.talked or self._town.talks(self._town.hands[one.party].telephone.name)

    def _came_in(self, call: CallRecord) -> bool:
        trunks = {trunk.name for trunk in self._town.environment.office.trunks}
        by_unit = bool(call.steps) and call.steps[0].what == CALLED_BY_US
        return call.line in trunks and call.direction == "in" and not by_unit

    def _in_vain(self, call: CallRecord) -> bool:
        """Nobody was there to talk to, or nobody was seen to talk, by this caller."""
        if call.outcome not in IN_VAIN or call.ended is None or (call.steps and call.steps[-1].what in OF_STAFF):
            return False
        began_s, ended_s = ((at - self._began).total_seconds() for at in (call.started, call.ended))
        during = [one for one in self._off_hook if one.began_s <= ended_s and one.ended_s >= began_s]
        theirs = [one for one in during if one.party in self._town.cast.callers and one.began_s <= began_s]
        if all(one in theirs for one in during):
            return True
        said_so = call.outcome in (Outcome.CONNECTED.value, Outcome.OPERATOR.value, Outcome.FORWARDED.value)
        return not said_so and not any(one.talked for one in theirs)

    def _listed(self, calls: set[str]) -> set[str]:
        """Those of these calls that stand in the file, whatever has become of them since."""
        if not calls:
            return set()
        with closing(LostStore.open(self._town.environment.data.lost_callers)) as store:
            return store.entered(calls)
