from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.prompts.languages.en import LANGUAGE as ENGLISH

NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)  # a Thursday


def spoken(texts: list[str]) -> str:
    return " ".join(texts)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (7, "seven"),
        (13, "thirteen"),
        (20, "twenty"),
        (42, "forty-two"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (101, "one hundred one"),
        (340, "three hundred forty"),
        (1000, "one thousand"),
        (1234, "one thousand two hundred thirty-four"),
        (40_017, "forty thousand seventeen"),
        (999_999, "nine hundred ninety-nine thousand nine hundred ninety-nine"),
    ],
)
def test_numbers_are_spoken_as_amounts(value: int, words: str) -> None:
    assert spoken(ENGLISH.number(value)) == words


@pytest.mark.parametrize("value", [-1, 1_000_000])
def test_a_number_that_cannot_be_spoken_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match=str(value)):
        ENGLISH.number(value)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "zero seconds"),
        (1, "one second"),
        (45, "forty-five seconds"),
        (60, "one minute"),
        (61, "one minute and one second"),
        (80, "one minute and twenty seconds"),
        (120, "two minutes"),
        (3600, "one hour"),
        (3725, "one hour, two minutes and five seconds"),
        (7201, "two hours and one second"),
    ],
)
def test_amounts_of_seconds_are_spoken_in_hours_minutes_and_seconds(seconds: int, words: str) -> None:
    assert spoken(ENGLISH.duration(seconds)) == words


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("", ""),
        ("5", "five"),
        ("101", "one zero one"),
        ("8500", "eight five zero zero"),
        ("55501", "five, five five zero one"),
        ("5550142", "five five five, zero one four two"),
        ("(503) 555-0142", "five zero three, five five five, zero one four two"),
        ("+15035550142", "plus one, five zero three, five five five, zero one four two"),
        ("*69", "star six nine"),
        ("12#", "one two pound"),
        ("٣", ""),
    ],
)
def test_digits_are_read_one_by_one_in_groups(digits: str, words: str) -> None:
    assert spoken(ENGLISH.digits(digits)) == words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (0, 1, "twelve oh one AM"),
        (3, 0, "three o'clock in the morning"),
        (9, 15, "nine fifteen AM"),
        (11, 59, "eleven fifty-nine AM"),
        (12, 0, "noon"),
        (12, 30, "twelve thirty PM"),
        (15, 0, "three o'clock in the afternoon"),
        (15, 5, "three oh five PM"),
        (17, 0, "five o'clock in the evening"),
        (21, 0, "nine o'clock at night"),
        (23, 40, "eleven forty PM"),
    ],
)
def test_times_of_day_are_spoken_as_people_say_them(hour: int, minute: int, words: str) -> None:
    assert spoken(ENGLISH.time_of_day(time(hour, minute))) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 3, 12, 15, 5, tzinfo=UTC), "today at three oh five PM"),
        (datetime(2026, 3, 12, 0, 0, tzinfo=UTC), "today at midnight"),
        (datetime(2026, 3, 11, 23, 59, tzinfo=UTC), "yesterday at eleven fifty-nine PM"),
        (datetime(2026, 3, 10, 12, 0, tzinfo=UTC), "Tuesday at noon"),
        (datetime(2026, 3, 6, 8, 20, tzinfo=UTC), "Friday at eight twenty AM"),
        (datetime(2026, 3, 5, 8, 20, tzinfo=UTC), "March fifth at eight twenty AM"),
        (datetime(2026, 1, 31, 12, 0, tzinfo=UTC), "January thirty-first at noon"),
        (datetime(2025, 12, 25, 12, 0, tzinfo=UTC), "December twenty-fifth, twenty twenty-five at noon"),
        (datetime(2007, 7, 1, 12, 0, tzinfo=UTC), "July first, two thousand seven at noon"),
        (datetime(1905, 7, 1, 12, 0, tzinfo=UTC), "July first, nineteen oh five at noon"),
        (datetime(2026, 3, 13, 9, 0, tzinfo=UTC), "tomorrow at nine o'clock in the morning"),
        (datetime(2026, 3, 14, 9, 0, tzinfo=UTC), "March fourteenth at nine o'clock in the morning"),
    ],
)
def test_moments_are_spoken_as_seen_from_now(when: datetime, words: str) -> None:
    assert spoken(ENGLISH.moment(when, NOW)) == words


def test_yesterday_is_the_calendar_day_before_even_a_minute_ago() -> None:
    midnight = datetime(2026, 3, 12, tzinfo=UTC)
    assert ENGLISH.moment(midnight - timedelta(minutes=1), midnight)[0] == "yesterday at"


def test_a_moment_in_another_time_zone_is_spoken_on_the_clock_of_now() -> None:
    portland = timezone(timedelta(hours=-8))
    now = datetime(2026, 3, 12, 16, 30, tzinfo=portland)
    assert spoken(ENGLISH.moment(datetime(2026, 3, 13, 0, 5, tzinfo=UTC), now)) == "today at four oh five PM"


def fixed(texts: list[str]) -> bool:
    """Whether these words can be spoken without synthesis."""
    return {text.removesuffix(",") for text in texts} <= set(ENGLISH.vocabulary())


@given(st.integers(0, 999_999))
def test_every_number_is_made_of_fixed_clips(value: int) -> None:
    assert fixed(ENGLISH.number(value))


@given(st.integers(0, 100_000))
def test_every_amount_of_seconds_is_made_of_fixed_clips_and_can_end_a_sentence(seconds: int) -> None:
    texts = ENGLISH.duration(seconds)
    assert fixed([*texts, f"{texts[-1]}."])


@given(st.text(alphabet="0123456789*#+-() ", min_size=1).filter(lambda text: text.strip("-() ")))
def test_all_digits_are_made_of_fixed_clips_and_can_end_a_sentence(digits: str) -> None:
    texts = ENGLISH.digits(digits)
    assert fixed([*texts, f"{texts[-1]}."])
    assert len(texts) == sum(character not in "-() " for character in digits)


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(timezones=st.just(UTC)),
)
def test_every_moment_is_made_of_fixed_clips_and_can_end_a_sentence(when: datetime, now: datetime) -> None:
    texts = ENGLISH.moment(when, now)
    assert fixed([*texts, f"{texts[-1]}."])


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_two_numbers_never_sound_the_same(one: int, other: int) -> None:
    assert (ENGLISH.number(one) == ENGLISH.number(other)) == (one == other)
