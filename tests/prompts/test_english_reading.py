import pytest

from appliance.prompts.languages.en.catalogue import CATALOGUE
from appliance.prompts.languages.en.reading import as_read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Please enter your PIN.", "Please enter your pin."),
        ("AM.", "A-M."),
        ("We open at 9 AM.", "We open at 9 AM."),
        ("Dr. Lee and Mrs. Smith are in.", "Doctor Lee and Missis Smith are in."),
        ("J. R. Smith Jr.", "J R Smith Junior."),
        ("St. Mary's Church, 12 Main St.", "Saint Mary's Church, 12 Main St."),
        ("Call us at 555-0142.", "Call us at 5 5 5, 0 1 4 2."),
        ("Call (503) 555-0142 or 1-800-555-0100.", "Call 5 0 3, 5 5 5, 0 1 4 2 or 1, 8 0 0, 5 5 5, 0 1 0 0."),
        ("Dial extension 204.", "Dial extension 2 0 4."),
        ("Since 1998, open 24 hours.", "Since 1998, open 24 hours."),
        ("Order 12-555-01420.", "Order 12-555-01420."),
    ],
)
def test_a_text_is_read_as_people_say_it(written: str, read: str) -> None:
    assert as_read(written) == read


def test_the_catalogue_is_spelled_for_the_voice_only_where_it_speaks_of_a_pin() -> None:
    assert [name for name, entry in CATALOGUE.items() if isinstance(entry, str) and as_read(entry) != entry] == [
        "enter-pin",
        "wrong-pin",
        "nobody-could-unlock",
    ]
