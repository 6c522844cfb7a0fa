"""The formula of a company's greeting: what the company does, and who answers, as texts ready for an office document.

The texts are English and short: each is spoken in well under twenty seconds, whatever names are put in.
"""

from __future__ import annotations

from typing import Any

from appliance.office.daypart import Part

LONGEST_BLANK = 60
"""Characters of what is put in: more would keep callers waiting."""


def greeting_formula(company: str, does: str, who: str = "") -> dict[str, Any]:
    """The greetings of a menu, and the announcement and the information for when nobody is there, in the document's
    form. does: what the company does. who: who answers; without it, nobody is named."""
    called = f"thank you for calling {company}, your place for {does}"
    answers = f" {who} will be with you in a moment." if who else " We will be with you in a moment."
    greetings = {part.value: f"Good {part.value}, and {called}.{answers}" for part in Part}
    signed = f" and {who} will call you back" if who else " and we will call you back"
    closed = (
        f"Thank you for calling {company}, your place for {does}. We are closed now. "
        f"Leave us your name and number,{signed} when we open."
    )
    return {"menu": {"greetings": greetings}, "information": {"closed": {"says": closed}}}
