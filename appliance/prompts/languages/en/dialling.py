"""What is said in English to who dials outside: classes of service, accounts, limits, log-in, lock."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {
    # Classes of service
    "may-not-call-outside": "I'm sorry, this telephone may not call outside the office.",
    "may-not-call-national": "I'm sorry, this telephone may not make long-distance calls.",
    "may-not-call-mobile": "I'm sorry, this telephone may not call cell phones.",
    "may-not-call-abroad": "I'm sorry, this telephone may not call abroad.",
    "may-not-call-premium": "I'm sorry, this telephone may not call numbers that cost extra.",
    "may-not-be-called-from-outside": "I'm sorry, this number cannot be called from outside the office.",
    # Limits
    "limit-of-the-hour": "I'm sorry, you have used all your outside calls for this hour. Please try again later.",
    "limit-of-the-day": "I'm sorry, you have used all your outside calls for today. Please ask the operator for help.",
    "limit-at-once": "I'm sorry, you have too many outside calls at once. Please end one of them first.",
    "limit-from-outside": "I'm sorry, this number cannot be called just now. Please try again later.",
    # The first call abroad while the office is closed, as the operator hears it
    "abroad-from-extension": (
        "The office is closed, and extension {extension} is calling abroad. The number is {number}."
    ),
    "abroad-from-nobody": "The office is closed, and a telephone is calling abroad. The number is {number}.",
    "abroad-from-outside": "The office is closed, and a call was forwarded abroad. The number is {number}.",
    # Accounts
    "enter-account": "Please enter the account code, then press pound.",
    "no-such-account": "I'm sorry, there is no such account.",
    # Logging in at another telephone
    "logged-in-until": "You are logged in. This telephone is yours until {when}.",
    "logged-out": "You are logged out. Thank you.",
    "nobody-logged-in": "Nobody is logged in at this telephone.",
    # The lock
    "telephone-locked": "This telephone is locked. It can call the office, and emergency numbers.",
    "telephone-unlocked": "This telephone is unlocked.",
    "nobody-could-unlock": "I'm sorry, this telephone cannot be locked, because nobody has a PIN to unlock it.",
    "not-yours-to-unlock": "I'm sorry, only the owner of this telephone or a manager can unlock it.",
}
