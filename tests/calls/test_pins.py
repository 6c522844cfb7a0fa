"""Guarding mailboxes."""

from appliance.calls.pins import HOUR_SECONDS, TRIES_PER_HOUR, PinGuard


class Hour:
    """A clock and a list of locked mailboxes."""

    def __init__(self) -> None:
        self.now = 0.0
        self.locked: list[str] = []
        self.guard = PinGuard(lambda: self.now, self.locked.append)


def test_the_right_pin_opens_and_a_wrong_one_does_not() -> None:
    guard = Hour().guard
    assert guard.right("ann", "7391", "7391")
    assert not guard.right("ann", "7391", "7392")
    assert not guard.right("ann", "7391", "")


def test_a_person_without_a_pin_cannot_be_opened() -> None:
    assert not Hour().guard.right("ann", "", "")


def test_ten_wrong_pins_in_an_hour_lock_the_mailbox_even_for_the_right_one_and_are_told_once() -> None:
    hour = Hour()
    for _ in range(TRIES_PER_HOUR):
        assert not hour.guard.right("ann", "7391", "0000")
        hour.now += 60
    assert not hour.guard.right("ann", "7391", "7391")
    assert hour.locked == ["ann"]
    assert hour.guard.right("bob", "4062", "4062")


def test_a_locked_mailbox_opens_again_an_hour_after_the_oldest_wrong_pin() -> None:
    hour = Hour()
    for _ in range(TRIES_PER_HOUR):
        hour.guard.right("ann", "7391", "0000")
    hour.now = HOUR_SECONDS - 1
    assert hour.guard.locked("ann")
    hour.now = HOUR_SECONDS
    assert hour.guard.right("ann", "7391", "7391")
