"""What is written in English: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "New message from {caller}",
    "message-text": (
        "{name}, you have a new message.\n"
        "\n"
        "From: {caller}\n"
        "Received: {when}\n"
        "Length: {length}\n"
        "Mailbox: {mailbox}\n"
        "\n"
        "{words}\n"
        "{mark}\n"
        "{sound}\n"
        "\n"
        "A machine has written it down; it may have misheard. It is {sure} percent sure:\n"
        "{text}"
    ),
    "written-subject": "Message for you from {caller}",
    "written-text": (
        "{name}, the office has taken a message for you.\n\n"
        "From: {caller}\nReceived: {when}\nMailbox: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "New fax from {caller}",
    "new-fax-text": (
        "A new fax has come.\n\n"
        "From: {caller}\nFax machine: {identity}\nReceived: {when}\nPages: {pages}\nFor: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "It broke off: pages may be missing.",
    "fax-attached": "The fax is attached.",
    "fax-too-large": "The fax is too large to be attached. You find it on the page of the telephone system.",
    "fax-not-attached": "You find it on the page of the telephone system.",
    "urgent": "The caller marked it as urgent.",
    "private": "The caller marked it as private. To hear it, please call your mailbox.",
    "attached": "The message is attached.",
    "too-large": "The message is too long to be attached. To hear it, please call your mailbox.",
    "not-attached": "To hear it, please call your mailbox.",
    "unknown-caller": "an unknown number",
    "private-caller": "a private number",
    "lost-caller-subject": "{caller} called and reached nobody",
    "lost-caller-text": (
        "{name}, somebody called and hung up without a word to anybody.\n"
        "\n"
        "From: {caller}\n"
        "Called: {when}\n"
        "How far: {got_to}\n"
        "\n"
        "{asks}"
    ),
    "asks": "They would like to be called back.",
    "emergency-subject": "Emergency call from {telephone}",
    "emergency-text": (
        "An emergency call is being made.\n\nNumber: {number}\nTelephone: {telephone}\nPlace: {place}\nWhen: {when}"
    ),
    "first-abroad-subject": "First call abroad at night",
    "first-abroad-text": (
        "For the first time, a call abroad was made at night. If nobody at the office knows of it, lock the "
        "telephone.\n"
        "\n"
        "Number: {number}\n"
        "Telephone: {telephone}\n"
        "By: {who}\n"
        "When: {when}"
    ),
    "limit-reached-subject": "A limit for outside calls has been reached",
    "limit-reached-text": (
        "No more outside calls are made for now. Emergency calls always go out.\n"
        "\n"
        "Limit: {limit}\n"
        "Telephone: {telephone}\n"
        "By: {who}\n"
        "When: {when}"
    ),
    "fault-subject": "Copperdesk: something is wrong",
    "fault-text": "The telephone system of {office} reports a fault.\n\nFault: {fault}\nWhen: {when}",
    "password-reset-subject": "A password was reset",
    "password-reset-text": (
        "A new password was set for the page of the telephone system of {office}, with a code from "
        "one of its telephones and the label of the unit. If nobody of the office did that, tell "
        "whoever looks after the system at once.\n"
        "\n"
        "Account: {account}\n"
        "When: {when}"
    ),
    "test-subject": "Copperdesk: a test",
    "test-text": "If you can read this, mail from the telephone system of {office} arrives.",
    "fax-sent-subject": "Your fax to {number} was delivered",
    "fax-sent-text": (
        "The fax was delivered: the other machine has confirmed every page.\n\n"
        "To: {to}\nNumber: {number}\nWhat: {what}\nPages: {pages}\nWhen: {when}\nWhy: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Your fax to {number} was not delivered",
    "fax-not-sent-text": (
        "The fax was given up.\n\n"
        "To: {to}\nNumber: {number}\nWhat: {what}\nPages: {pages}\nWhen: {when}\nWhy: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "The proof is attached.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "To: {to}\nFax number: {number}\nFrom: {from}\nDate: {date}\nPages, with this one: {pages}\n\n{note}"
    ),
    "fax-page": "page {n} of {m}",
    "fax-delivered": "Fax delivered",
    "fax-unsure": "Fax: all pages confirmed, end not confirmed",
    "fax-not-delivered": "Fax not delivered",
    "fax-number": "Number",
    "fax-to": "To",
    "fax-answered-as": "The other machine",
    "fax-from": "From",
    "fax-what": "What",
    "fax-pages": "Pages confirmed",
    "fax-queued": "Handed in",
    "fax-began": "Last call began",
    "fax-ended": "Ended",
    "fax-tries": "Calls",
    "fax-speed": "Speed",
    "fax-id": "Mark",
}
