"""The directory of an office, or of one of its companies: who is found by the letters that a caller presses."""

from __future__ import annotations

from typing import Final

from appliance.office.keypad import DIGITS
from appliance.office.model import Office, Person
from appliance.office.numbers import OPERATOR_KEY

ENOUGH_LETTERS: Final = 3
"""So many are waited for, however few people they leave."""
MOST_READ: Final = 8
"""Of more people no list is read to a caller who may still go on spelling."""
LETTER_SECONDS: Final = 3.0


class Directory:
    """Whom callers of one company find by name: whoever wants to be found, and can be called or left a message.

    company: its id; without one, everybody of the office is found.
    """

    def __init__(self, office: Office, company: str = "") -> None:
        there = [one for one in office.known_to(company) if one.directory and (one.station or one.mailbox)]
        people = sorted(there, key=lambda person: (person.spelled.order, person.extension))
        self._found = {"": people}
        """Everybody whose name may begin with these letters, in alphabetical order."""

    def __bool__(self) -> bool:
        return bool(self._found[""])

    def find(self, letters: str) -> list[Person]:
        """Whose names may begin with these letters, given as keys, in alphabetical order."""
        if letters not in self._found:
            fewer_letters = self.find(letters[:-1])
            self._found[letters] = [person for person in fewer_letters if person.spelled.begins_with(letters)]
        return self._found[letters]

    def too_many(self, letters: str) -> bool:
        """Whether more people are found than can be read to a caller, and a further letter may leave fewer."""
        return len(self.find(letters)) > MOST_READ and any(self.find(letters + key) for key in DIGITS)

    def wait(self, letters: str) -> float | None:
        """Seconds to wait for a further key; None: the letters are enough, or end in * or #. It is a `Plan`.

        A 0 that begins nobody's name, as on old keypads, is for the operator.
        """
        if not letters.isdecimal() or (letters == OPERATOR_KEY and not self.find(letters)):
            return None
        if len(letters) < ENOUGH_LETTERS:
            return LETTER_SECONDS
        return LETTER_SECONDS if self.too_many(letters) else None
