"""What is said in English of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Everybody who called has reached somebody.",
    "lost-callers": Plural(
        "count",
        "One person called without reaching anybody.",
        "{count} people called without reaching anybody.",
    ),
    "lost-callers-besides": Plural(
        "count",
        "And one person called without leaving a message.",
        "And {count} people called without leaving a message.",
    ),
    "new-faxes-besides": Plural(
        "count",
        "And there is one new fax.",
        "And there are {count} new faxes.",
    ),
    "lost-caller-number": "{number} called {when}.",
    "lost-caller-private": "A private number called {when}.",
    "lost-caller-unknown": "An unknown number called {when}.",
    "lost-caller-often": Plural("count", "It was one call.", "There were {count} calls."),
    "lost-caller-asks": "They would like to be called back.",
    "lost-caller-menu": "To call back, press 1. If this is done, press 2. For the next one, press 3.",
    "lost-caller-menu-no-number": "If this is done, press 2. For the next one, press 3.",
    "lost-caller-done": "Done.",
    "lost-callers-no-more": "That was everybody.",
    # The call about a message
    "message-call": "Hello. This is the mailbox of {name}. There is a new message.",
    "web-wish": "Hello. This is {name}. You have asked us on our web site to call you. To talk to us, press 1.",
}
