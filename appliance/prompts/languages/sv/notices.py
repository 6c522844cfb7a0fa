"""What is said in Swedish of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Alla som ringde har nått någon.",
    "lost-callers": Plural(
        "count",
        one="En person ringde utan att nå någon.",
        other="{count:common} personer ringde utan att nå någon.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="Och en person ringde utan att lämna meddelande.",
        other="Och {count:common} personer ringde utan att lämna meddelande.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="Och det finns ett nytt fax.",
        other="Och det finns {count} nya fax.",
    ),
    "lost-caller-number": "{number} ringde {when}.",
    "lost-caller-private": "Ett skyddat nummer ringde {when}.",
    "lost-caller-unknown": "Ett okänt nummer ringde {when}.",
    "lost-caller-often": Plural(
        "count",
        one="Det var ett samtal.",
        other="Det var {count} samtal.",
    ),
    "lost-caller-asks": "Den som ringde vill bli uppringd.",
    "lost-caller-menu": "För att ringa tillbaka, tryck 1. Om det är klart, tryck 2. För nästa, tryck 3.",
    "lost-caller-menu-no-number": "Om det är klart, tryck 2. För nästa, tryck 3.",
    "lost-caller-done": "Klart.",
    "lost-callers-no-more": "Det var alla.",
    # The call about a message
    "message-call": "Hej. Det här är röstbrevlådan för {name}. Det finns ett nytt meddelande.",
    "web-wish": "Hej. Det här är {name}. Du har bett oss på vår webbplats att "
    "ringa dig. För att prata med oss, tryck 1.",
}
