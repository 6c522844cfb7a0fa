"""What callers meet: menus, information, who they are, how people are found for them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

_OTHERWISE = _l("For some of them, choose below with whom or what.")

WORDS = {
    "menu.keys": (_l("Keys"), _l("What each key does. 0 leads to the operator unless it is given something else.")),
    "key.action": (_l("What happens"), _OTHERWISE),
    "key.person": (_l("Person"), _l("Who is called, or whose mailbox it is.")),
    "key.department": (_l("Department"), _l("Which one is called.")),
    "key.menu": (_l("Menu"), _l("Which one callers hear.")),
    "key.information": (_l("Information"), _l("What callers are told.")),
    "key.number": (_l("Number outside"), _l("As it is dialed on a line of the office.")),
    "key.says": (
        _l("What the menu says about it"),
        _l("Such as: for appointments, press 2. A key without words works, and is not told."),
    ),
    "menu.greetings": (_l("Greeting by the time of day"), _l("Leave it empty if the greeting is the same all day.")),
    "greetings.morning": (_l("In the morning"), _l("When that ends is set in Name and place.")),
    "greetings.afternoon": (_l("In the afternoon"), _l("Between morning and evening.")),
    "greetings.evening": (_l("In the evening"), _l("When that begins is set in Name and place, too.")),
    "menu.greeting": (_l("Greeting"), _l("The first sentence callers hear, where it is the same all day.")),
    "menu.first_digit_seconds": (
        _l("Time for the first key, in seconds"),
        _l("How long a caller has once the menu has been read out."),
    ),
    "menu.between_digits_seconds": (
        _l("Time between the digits of an extension, in seconds"),
        _l("How long the unit waits for the next digit."),
    ),
    "menu.shared_prefix_seconds": (
        _l("The same where a key is also the beginning of an extension"),
        _l("In seconds: then the key counts."),
    ),
    "menu.silent_tries": (
        _l("Read out to callers who press nothing"),
        _l("How often, before the operator is called."),
    ),
    "menu.wrong_tries": (_l("Wrong keys allowed"), _l("How many, before the operator is called.")),
    "menu.language": (
        _l("Language"),
        _l("What its texts are written in, and callers hear from here on. Leave it empty for that of the office."),
    ),
    "menu.extensions": (_l("Extensions can be dialed"), _l("Callers who know one can dial it here.")),
    "menu.waits": (
        _l("Callers who press nothing"),
        _l("Where callers go who have no keys, or do not use them. Leave it empty for the operator."),
    ),
    "information.says": (_l("Text"), _l("What callers are told. They can hear it again, or go back.")),
    "information.language": (_l("Language"), _l("What it is written in. Leave it empty for that of the office.")),
    "callers.ask_number": (
        _l("Ask callers without a number"),
        _l("Callers who withhold their number are asked to enter one first."),
    ),
    "callers.ranked_from": (
        _l("Important contacts have at least the rank"),
        _l("Contacts can have a rank from 1 to 9. From this rank on, they go to what is chosen below."),
    ),
    "callers.ranked": (
        _l("Important contacts go to"),
        _l("While the office is open. Leave it empty: to the menu, like all others."),
    ),
    "callers.languages": (
        _l("More languages"),
        _l("Kept ready for contacts who are spoken to in them."),
    ),
    "callers.language_of_country": (
        _l("Language by country"),
        _l("Callers from a country, by its calling code such as 46, are spoken to in this language."),
    ),
    "reaching.ways": (
        _l("How people outside are called"),
        _l(
            "In which order it is tried. Your telephone company offers transfer and three-way calls only where they "
            "are ordered."
        ),
    ),
    "reaching.keep_lines_free": (
        _l("Lines kept free"),
        _l("This many stay free for callers when people are called outside."),
    ),
    "reaching.longest_seconds": (_l("Looked for at most, in seconds"), _l("Then the mailbox answers.")),
    "reaching.music": (
        _l("Music while somebody is looked for"),
        _l("Instead of ringing, while people outside are called."),
    ),
}
