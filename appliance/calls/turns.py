"""Whose turn it is in the departments of the office: remembered from call to call, in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from appliance.office.departments import Department, Member, Strategy

NEVER = datetime.min.replace(tzinfo=UTC)


class Turns:
    """Made once by the unit. `in_turn` is what a `Finder` asks for the order of a department's members.

    After a restart every round begins with the first member of the document, and nobody has talked yet.
    """

    def __init__(self) -> None:
        self._first: dict[str, tuple[str | None, str | None]] = {}
        """By the id of a department: the member with whom its last round began, as a person or a number."""
        self._talked: dict[str, datetime] = {}
        """By the id of a person, when that person's last talk was over."""

    def talked(self, person: str, at: datetime) -> None:
        """A talk of the person with this id was over at this moment (UTC)."""
        self._talked[person] = at

    def in_turn(self, department: Department, members: Sequence[Member]) -> Sequence[Member]:
        """The members, of all whom the department has, in the order in which this call rings them.

        Each call of it is one round of a round robin, which the next one begins behind.
        """
        match department.strategy:
            case Strategy.ROUND_ROBIN:
                return self._next_round(department, members)
            case Strategy.LONGEST_IDLE:
                return sorted(members, key=self._last_talk)
            case _:
                return members

    def _next_round(self, department: Department, members: Sequence[Member]) -> Sequence[Member]:
        listed = [_key(member) for member in department.members]
        last = self._first.get(department.id)
        behind = listed.index(last) + 1 if last in listed else 0
        places = {key: (place - behind) % len(listed) for place, key in enumerate(listed)}
        ordered = sorted(members, key=lambda member: places[_key(member)])
        if ordered:
            self._first[department.id] = _key(ordered[0])
        return ordered

    def _last_talk(self, member: Member) -> tuple[bool, datetime]:
        """Of a number nobody knows when it talked last, so numbers come behind all people."""
        return member.person is None, self._talked.get(member.person or "", NEVER)


def _key(member: Member) -> tuple[str | None, str | None]:
    return member.person, member.number
