"""The directory: a caller spells a name on the keys, and chooses among the people found."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.mail import OwnRecording
from appliance.calls.outcome import Outcome
from appliance.flows.keys import TRIES
from appliance.office.destination import Destination, MenuBefore, ToOperator, ToPerson
from appliance.office.directory import MOST_READ, Directory
from appliance.office.model import Person
from appliance.office.numbers import OPERATOR_KEY
from appliance.office.phrase import Digits, Recorded, Sayable, phrase

BACK_KEY = "*"
MORE_KEY = "9"
FIRST_LETTER_SECONDS = 5.0
MOST_NAMES = 20
"""So many names may be spelled in a row: a cell phone in a pocket may press keys."""


async def directory(call: Call) -> Outcome:
    """Find somebody for a caller who came from no menu, whom going back leads to the menu of the company."""
    await call.answer()
    return await call.follow(await find_somebody(call))


async def find_somebody(call: Call) -> Destination:
    """Let the caller spell a name and choose. Returns where the call goes then; * at the first question leads back."""
    names = Directory(call.office, call.company.id)
    failed = 0
    sorry: list[Sayable] = []
    for _ in range(MOST_NAMES if names else 0):
        letters = await spell(call, names, sorry)
        sorry = []
        if letters == BACK_KEY:
            return MenuBefore()
        if letters == OPERATOR_KEY:
            break
        if letters.endswith(BACK_KEY):
            continue
        if letters and names.find(letters):
            chosen = await choose(call, names, letters)
            if chosen is not None:
                return chosen
            continue
        if letters:
            await call.caller.let_finish_dialling()
        failed += 1
        if failed == TRIES:
            break
        sorry = [phrase("directory-nobody") if letters else phrase("did-not-hear")]
    return ToOperator()


async def spell(call: Call, names: Directory, sorry: list[Sayable]) -> str:
    """The keys of the letters, once they are enough: few people are found, or the caller spells no further.

    "" where nothing is pressed, 0 where the operator is wanted. A * behind them: the caller wants to go back.
    """
    letters = await read_letters(call, names, "", [*sorry, phrase("directory-spell")])
    while letters and names.too_many(letters):
        more = await read_letters(call, names, letters, [phrase("directory-several")])
        if not more:
            break
        if more == OPERATOR_KEY and not names.find(letters + more):
            return OPERATOR_KEY
        letters += more
    return letters


async def read_letters(call: Call, names: Directory, before: str, said: list[Sayable]) -> str:
    """Further letters behind those before. A # ends them and is left out."""
    keys = await call.caller.read_digits(lambda keys: names.wait(before + keys), *said, first=FIRST_LETTER_SECONDS)
    return keys.removesuffix("#")


async def choose(call: Call, names: Directory, letters: str) -> Destination | None:
    """Read the people found, until the caller chooses one, or spells on. None: to spell another name.

    What was not offered yet is no choice but a further letter, so that whoever spells a whole name chooses nothing by
    it. Only 1, which is no letter but on old keypads, may be pressed ahead.
    """
    first = heard = failed = 0
    sorry: list[Sayable] = []
    while failed < TRIES:
        found = names.find(letters)
        people, more = found[first : first + MOST_READ], len(found) > first + MOST_READ
        key, offered = await offer(call, people, sorry, more=more)
        heard = max(heard, offered)
        sorry = []
        if spells_on(names, letters, key, heard):
            letters += key
            first = heard = 0
        elif key == BACK_KEY:
            return None
        elif key == OPERATOR_KEY:
            return ToOperator()
        elif key == MORE_KEY and more and heard:
            first += MOST_READ
            heard = 1
        elif key.isdecimal() and int(key) <= min(len(people), max(heard, 1)):
            call.caller.leg.number_read()
            return ToPerson(people[int(key) - 1].id)
        else:
            if key:
                await call.caller.let_finish_dialling()
            failed += 1
            sorry = [not_understood(key, heard)]
            continue
        call.caller.leg.number_read()
    return ToOperator()


def spells_on(names: Directory, letters: str, key: str, heard: int) -> bool:
    """Whether a key is a further letter of a name found. heard: the last key offered so far; 0 in the first name."""
    return key.isdecimal() and (heard == 0 or int(key) > heard) and bool(names.find(letters + key))


def not_understood(key: str, heard: int) -> Sayable:
    """What is said of a key that is neither a choice nor a letter. Before anything was offered it was meant as one."""
    if not key:
        return phrase("did-not-hear")
    return phrase("not-valid") if heard else phrase("directory-nobody")


async def offer(call: Call, people: list[Person], sorry: list[Sayable], *, more: bool) -> tuple[str, int]:
    """Read the people, each with a key. The key that is pressed, or "", and the last one offered before it."""
    for number, person in enumerate(people, start=1):
        key = await call.caller.read_key(*sorry, *await entry(call, number, person), first=0)
        if key:
            return key, number if number > 1 else 0
        sorry = []
    further: list[Sayable] = [phrase("directory-more")] if more else []
    key = await call.caller.read_key(*further, phrase("directory-another"), phrase("for-operator"))
    return key, int(MORE_KEY) if more else len(people)


async def entry(call: Call, number: int, person: Person) -> list[Sayable]:
    """One person as callers hear it, the name in the person's own voice where there is one."""
    key, extension = Digits(str(number)), Digits(person.extension)
    own = await call.mail.own(person.id, OwnRecording.NAME)
    if own is None or not await call.playable(Recorded(own)):
        return [phrase("directory-choice", key=key, name=person.name, extension=extension)]
    before = phrase("directory-choice-before", key=key)
    return [before, Recorded(own), phrase("directory-choice-behind", extension=extension)]
