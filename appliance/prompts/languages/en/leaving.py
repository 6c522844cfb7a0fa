"""What is said in English to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    # In a greeting
    "closed-mailbox": "The office is closed now. You have reached the mailbox of {name}.",
    "for-person-press-zero": "For {name}, press 0.",
    "for-call-back-press-nine": "To be called back, press 9.",
    "dial-another-extension": "To reach somebody else, dial the extension now.",
    # To be called back
    "call-back-at": "We can call you back at {number}. If that is right, press 1. To give another number, press 2.",
    "call-back-booked": "Thank you. We will call you back.",
    "call-back-without-number": "I'm sorry, I did not get a number. Please leave a message instead.",
    "call-back-not-noted": "I'm sorry, that could not be noted. Please leave a message instead.",
    # After a message
    "review-menu": (
        "To save your message, press 1. To listen to it, press 2. To record it again, press 3. "
        "To add to it, press 4. To mark it urgent, press 5. To mark it private, press 6. "
        "To cancel it, press star."
    ),
    "go-on-after-tone": "Please go on after the tone.",
    "marked-urgent": "Your message is marked urgent.",
    "marked-urgent-no-more": "Your message is no longer marked urgent.",
    "marked-private": "Your message is marked private.",
    "marked-private-no-more": "Your message is no longer marked private.",
    "message-cancelled": "Your message has been canceled. Nothing was kept.",
    "message-as-long-as-it-may-be": "Your message is now as long as it may be. It has been saved.",
    # The greetings of a mailbox
    "greetings-menu": (
        "For your regular greeting, press 1. For do not disturb, press 2. For while you are on the phone, press 3. For "
        "while the office is closed, press 4. For a temporary greeting, press 5. For your name, press 6. To go back, "
        "press star."
    ),
    "department-greetings-menu": (
        "For the regular greeting, press 1. For the greeting while the office is closed, press 4. "
        "For a temporary greeting, press 5. To go back, press star."
    ),
    "busy-greeting-menu": (
        "To hear the greeting while you are on the phone, press 1. To record it, press 2. "
        "To remove your recording, press 3. To go back, press star."
    ),
    "no-busy-greeting": "You have not recorded a greeting for while you are on the phone.",
    "record-busy-greeting-after-tone": (
        "You can record the greeting for while you are on the phone after the tone. When you are finished, press pound."
    ),
    "closed-greeting-menu": (
        "To hear the greeting while the office is closed, press 1. To record it, press 2. "
        "To remove your recording, press 3. To go back, press star."
    ),
    "no-closed-greeting": "You have not recorded a greeting for while the office is closed.",
    "record-closed-greeting-after-tone": (
        "You can record the greeting for while the office is closed after the tone. When you are finished, press pound."
    ),
    "temporary-greeting-menu": (
        "To hear your temporary greeting, press 1. To record it, press 2. To end it, press 3. To go back, press star."
    ),
    "no-temporary-greeting": "There is no temporary greeting now.",
    "record-temporary-greeting-after-tone": (
        "You can record your temporary greeting after the tone. When you are finished, press pound."
    ),
    "temporary-greeting-days": (
        "On how many days will callers hear it, today included? Enter the number, then press pound."
    ),
    "temporary-greeting-until": "Callers hear your temporary greeting until {when}.",
    "temporary-greeting-over": "Your temporary greeting has ended. Callers hear your other greetings again.",
}
