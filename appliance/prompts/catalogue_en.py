"""What the system says in English: name -> text with `{blanks}`.

A text may hold several sentences; each sentence without a blank is one clip, a blank splits its sentence into clips.
Blanks: a number is spoken as an amount, `{x:seconds}` as a length of time, `Digits` digit by digit, a `datetime` as
the moment it is from now, a text as it stands. A blank named in `CHOICES` has few values: its sentence stays whole
and exists once for each. Where grammar follows a number the entry is a `Plural`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Plural:
    """`one` where the value of the blank `of` is 1, otherwise `other`."""

    of: str
    one: str
    other: str


CHOICES: Final[dict[str, dict[str, str]]] = {
    "key": {**{digit: digit for digit in "0123456789"}, "*": "star", "#": "pound"},
}
"""Blank -> value -> how it is written into the sentence."""

CATALOGUE: Final[dict[str, str | Plural]] = {
    # The attendant
    "builtin-greeting": "Thank you for calling. Please hold the line while we find somebody for you.",
    "dial-extension-any-time": "If you know your party's extension, you may dial it at any time.",
    "for-key": "{says}, press {key}.",
    "for-operator": "For the operator, press 0.",
    "did-not-hear": "I'm sorry, I didn't hear anything.",
    "nobody-there": "I didn't hear anything, so I will say goodbye now.",
    "not-valid": "I'm sorry, that is not a valid choice.",
    "no-such-extension": "I'm sorry, there is no such extension.",
    "connecting-operator": "I'm connecting you to the operator.",
    "one-moment": "One moment, please.",
    "system-fault": "I'm sorry, we are having a problem with our telephones. Please call again in a few minutes.",
    "goodbye": "Goodbye.",
    "thank-you-goodbye": "Thank you for calling. Goodbye.",
    "no-line-free": "I'm sorry, all our lines are in use. Please try again in a few minutes.",
    # Reaching a person
    "connecting-to": "I'm connecting you to {name}.",
    "trying": "I'm trying {name}.",
    "still-trying": "I'm still trying. Thank you for holding.",
    "not-available": "{name} is not available.",
    "on-the-phone": "{name} is on the phone.",
    "nobody-available": "I'm sorry, nobody can take your call right now.",
    # Leaving a message
    "greeting-default": "You have reached the mailbox of {name}.",
    "greeting-default-general": "You have reached our general mailbox.",
    "leave-message": (
        "Please leave a message after the tone. When you are finished, hang up or press pound for more options."
    ),
    "mailbox-full": "I'm sorry, this mailbox is full and cannot take another message.",
    "seconds-left": "You can speak for another {count:seconds}.",
    "review-menu": "To save your message, press 1. To listen to it, press 2. To record it again, press 3.",
    "message-saved": "Your message has been saved.",
    "message-too-short": "That was too short to keep. Please leave your message after the tone.",
    "message-deleted": "Your message has been deleted.",
    "message-not-recorded": "I'm sorry, nothing was recorded.",
    "recording-stopped-disk-full": (
        "I'm sorry, there is no more room to record. What you have said so far has been kept."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Please enter your extension.",
    "enter-pin": "Please enter your PIN.",
    "wrong-pin": "I'm sorry, that PIN is not right.",
    "locked": "I'm sorry, this mailbox is locked. There have been too many wrong tries.",
    # Hearing messages
    "you-have-no-messages": "You have no messages.",
    "you-have-no-new-messages": "You have no new messages.",
    "you-have-no-saved-messages": "You have no saved messages.",
    "you-have-new": Plural("count", "You have one new message.", "You have {count} new messages."),
    "you-have-saved": Plural("count", "You have one saved message.", "You have {count} saved messages."),
    "you-have-new-and-saved": Plural(
        "saved",
        "You have {new} new and one saved message.",
        "You have {new} new and {saved} saved messages.",
    ),
    "new-message": "New message.",
    "saved-message": "Saved message.",
    "message-number": "Message {count},",
    "from-number": "from {number}.",
    "from-name": "from {name}.",
    "from-unknown": "from an unknown number.",
    "from-private": "from a private number.",
    "received": "Received {when}.",
    "message-length": "Its length is {count:seconds}.",
    "message-unreadable": "I'm sorry, this message cannot be played.",
    "message-menu": "To hear it again, press 1. To keep it, press 2. To delete it, press 3.",
    "kept": "Message kept.",
    "deleted": "Message deleted.",
    "no-more-messages": "There are no more messages.",
    "mailbox-menu": (
        "To hear your new messages, press 1. To hear your saved messages, press 2. To change your greeting, press 3."
    ),
    # A person's own greeting
    "greeting-menu": (
        "To hear your greeting, press 1. To record a new greeting, press 2. "
        "To remove your greeting, press 3. To go back, press star."
    ),
    "no-greeting": "You have not recorded a greeting. Callers hear the standard one.",
    "record-greeting-after-tone": "You can record your greeting after the tone. When you are finished, press pound.",
    "greeting-review-menu": "To keep this greeting, press 1. To listen to it, press 2. To record it again, press 3.",
    "greeting-saved": "Your greeting has been saved.",
    "greeting-removed": "Your greeting has been removed.",
    "greeting-too-short": "That greeting was too short to keep.",
}
