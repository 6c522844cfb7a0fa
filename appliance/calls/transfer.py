"""What a party of a talk wants to become of another one: transferred, joined, or left on hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from appliance.calls.parkinglot import ParkingPlace
from appliance.calls.party import Party
from appliance.calls.station import StationLine


class Transfer:
    """`initiator` wants `transferred` transferred to a number; or, where `to` is not empty, to whom the initiator talks
    to in its other call, on the leg of that name. It is told once what became of that.
    """

    def __init__(
        self, initiator: Party, transferred: Party, number: str, to: str, reply: Callable[[bool], None]
    ) -> None:
        self.initiator = initiator
        self.transferred = transferred
        self.number = number
        self.to = to
        self._reply: Callable[[bool], None] | None = reply

    def accept(self) -> None:
        """It is made. Only the first answer counts."""
        self._answer(True)

    def refuse(self) -> None:
        """It cannot be made, and the talk goes on. Only the first answer counts."""
        self._answer(False)

    def handed_to(self, initiator: Party, transferred: Party, to: str) -> Transfer:
        """The same request put to the other of the initiator's two talks; it is answered there from now on."""
        reply, self._reply = self._reply, None
        assert reply is not None
        return Transfer(initiator, transferred, "", to, reply)

    def _answer(self, done: bool) -> None:
        reply, self._reply = self._reply, None
        if reply is not None:
            reply(done)


class Join(Transfer):
    """`initiator` stays, and wants whom it talks to in its other call, on the leg `to`, to join this talk of two."""


class Park(Transfer):
    """`initiator` wants `transferred` parked in this place."""

    def __init__(
        self, initiator: Party, transferred: Party, place: ParkingPlace, reply: Callable[[bool], None]
    ) -> None:
        super().__init__(initiator, transferred, "", "", reply)
        self.place = place


class LetFax(Transfer):
    """`initiator` leaves, and `transferred` is a fax machine that is silent: its fax is to be received."""

    def __init__(self, initiator: Party, transferred: Party, reply: Callable[[bool], None]) -> None:
        super().__init__(initiator, transferred, "", "", reply)


@dataclass(frozen=True, slots=True)
class WaitsNoMore:
    """Whom this telephone held is tired of waiting, and is the call's caller from now on."""

    station: StationLine


@dataclass(frozen=True, slots=True)
class LeftHolding:
    """This telephone was hung up while it held the other party, which is the call's caller from now on."""

    station: StationLine
