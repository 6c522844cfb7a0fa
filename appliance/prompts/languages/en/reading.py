"""How a written text is spelled for an English voice, so that it reads it as people say it.

Voices end a sentence after "Dr.", spell PIN letter by letter and read 555-0142 as an amount with a dash.
"""

from __future__ import annotations

import re
from typing import Final

_SPELLINGS: Final = (
    (r"^AM\b", "A-M"),
    (r"\bPIN\b", "pin"),
    (r"\bFAX\b", "fax"),
    (r"\bDr\.(?= )", "Doctor"),
    (r"\bMr\.(?= )", "Mister"),
    (r"\bMrs\.(?= )", "Missis"),
    (r"\bMs\.(?= )", "Miz"),
    (r"\bProf\.(?= )", "Professor"),
    (r"\bSt\.(?= [A-Z]\w+'s\b)", "Saint"),
    (r"\bJr\b", "Junior"),
    (r"\bSr\b", "Senior"),
    (r"\b([A-Z])\.(?= [A-Z])", r"\1"),
)
_TELEPHONE_NUMBER: Final = re.compile(
    r"(?<![\d-])(?:\+?(1)[-. ])?(?:\(?(\d{3})\)?[-. ]\s?)?(\d{3})[-. ](\d{4})(?![\d-])"
)
_EXTENSION: Final = re.compile(r"\b([Ee]xtension )(\d+)")


def as_read(text: str) -> str:
    """The text as the voice is given it. A text that needs nothing comes back unchanged."""
    for pattern, spelling in _SPELLINGS:
        text = re.sub(pattern, spelling, text)
    text = _TELEPHONE_NUMBER.sub(lambda found: ", ".join(" ".join(group) for group in found.groups() if group), text)
    return _EXTENSION.sub(lambda found: found[1] + " ".join(found[2]), text)
