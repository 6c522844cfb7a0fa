"""The dialogue with a modem, step by step, and with whatever comes in its place. Sans I/O."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hw.modem.dialogue_protocol import (
    ANSWER_S,
    CHECK_EVERY_S,
    RESYNC_S,
    DialogueAction,
    DialogueState,
    FromModem,
    ModemAnswered,
    ModemDialogue,
    ModemIsMute,
    ModemIsReady,
    ToModem,
)
from hw.modem.events import ModemRang
from hw.modem.profile import modem_models, modem_profile

Answer = Callable[[str], bytes]


def well(_command: str) -> bytes:
    return b"\r\nOK\r\n"


class Talk:
    """A dialogue whose modem answers at once, by `answer`. said: the commands; told: all else that came of it."""

    def __init__(self, model: str = "generic", answer: Answer = well) -> None:
        self.dialogue = ModemDialogue(modem_profile(model), "B5")
        self.answer = answer
        self.now = 0.0
        self.said: list[str] = []
        self.told: list[DialogueAction] = []
        self.carry_out(self.dialogue.begin(0.0))

    def carry_out(self, actions: list[DialogueAction]) -> None:
        for action in actions:
            if isinstance(action, ToModem):
                self.said.append(action.data.decode().strip())
                self.carry_out(self.dialogue.received(self.answer(self.said[-1][2:]), self.now))
            else:
                self.told.append(action)

    def receives(self, data: bytes) -> None:
        self.carry_out(self.dialogue.received(data, self.now))

    def passes(self, seconds: float) -> None:
        """Time passes, and each deadline in it comes."""
        until = self.now + seconds
        while (at := self.dialogue.deadline) is not None and at <= until:
            self.now = max(at, self.now)
            self.carry_out(self.dialogue.due(self.now))
        self.now = until


@pytest.mark.parametrize("model", modem_models())
def test_every_profile_s_modem_is_set_up_with_its_first_commands(model: str) -> None:
    talk, profile = Talk(model), modem_profile(model)
    talk.passes(3)
    (ready,) = talk.told
    assert isinstance(ready, ModemIsReady)
    assert (ready.taken["caller ID"], ready.taken["country"]) == (profile.caller_id[0], "+GCI=B5")
    assert talk.said[0] == "ATQ0V1E0"
    assert talk.dialogue.state is DialogueState.READY


def test_commands_that_are_refused_are_fallen_back_from_and_those_not_needed_left_out() -> None:
    talk = Talk(answer=lambda said: b"\r\nERROR\r\n" if "+" in said or said == "I3" else well(said))
    talk.passes(3)
    (ready,) = talk.told
    assert isinstance(ready, ModemIsReady)
    assert ready.taken["caller ID"] == "#CID=1"
    assert not {"country", "identity", "distinctive ring"} & set(ready.taken)


def test_a_modem_that_takes_no_command_to_tell_callers_is_ready_for_faxes_all_the_same() -> None:
    commands = modem_profile("generic").caller_id
    talk = Talk(answer=lambda said: b"\r\nERROR\r\n" if said in commands else well(said))
    talk.passes(3)
    (ready,) = talk.told
    assert isinstance(ready, ModemIsReady)
    assert "caller ID" not in ready.taken
    assert [said[2:] for said in talk.said if said[2:] in commands] == list(commands)


def test_a_modem_that_refuses_what_it_cannot_do_without_is_of_no_use() -> None:
    talk = Talk(answer=lambda said: b"\r\nERROR\r\n" if said == "S0=0" else well(said))
    talk.passes(3)
    assert talk.told == [ModemIsMute("S0=0")]
    assert talk.dialogue.deadline is None


def test_a_modem_that_says_nothing_is_mute_behind_two_questions() -> None:
    talk = Talk(answer=lambda _said: b"")
    talk.passes(ANSWER_S + RESYNC_S + 1)
    assert talk.said == ["ATQ0V1E0", "ATS3?"]
    assert talk.told == [ModemIsMute()]


def ready(model: str = "usrobotics-usr5637") -> Talk:
    talk = Talk(model)
    talk.passes(3)
    talk.said.clear()
    talk.told.clear()
    return talk


@pytest.mark.parametrize("answer", [b"\r\n1\r\n\r\nOK\r\n", b"\r\n+VCID: 1\r\n\r\nOK\r\n", b"\r\nERROR\r\n"])
def test_a_check_that_is_answered_well_changes_nothing(answer: bytes) -> None:
    talk = ready()
    talk.answer = lambda _said: answer
    talk.passes(3 * CHECK_EVERY_S)
    assert talk.told == []
    assert "ATQ0V1E0" not in talk.said


@pytest.mark.parametrize(
    "answer", [b"\r\n0\r\n\r\nOK\r\n", b"\r\n+VCID: 0\r\n\r\nOK\r\n", b"AT+VCID?\r\r\n1\r\n\r\nOK\r\n"]
)
def test_a_check_that_shows_factory_settings_has_the_modem_set_up_again(answer: bytes) -> None:
    talk = ready()
    talk.answer = lambda said: answer if said == "+VCID?" else well(said)
    talk.passes(CHECK_EVERY_S + 3)
    assert talk.said[:2] == ["AT+VCID?", "ATQ0V1E0"]
    assert [type(one) for one in talk.told] == [ModemIsReady]


def test_a_modem_that_always_reads_as_reset_is_set_up_again_once_and_not_for_ever() -> None:
    talk = ready()
    talk.answer = lambda said: b"\r\n0\r\n\r\nOK\r\n" if said == "+VCID?" else well(said)
    talk.passes(20 * CHECK_EVERY_S)
    assert talk.said.count("ATQ0V1E0") == 1
    assert talk.said[-1] == "AT"


def test_questions_are_answered_in_their_order_between_checks() -> None:
    talk = ready()
    talk.answer = lambda said: f"\r\n{said}!\r\n\r\nOK\r\n".encode() if said != "I9" else b"\r\nERROR\r\n"
    for question in ("I0", "I9", "I1"):
        talk.dialogue.ask(question, talk.now)
    talk.passes(2)
    assert talk.told == [ModemAnswered(("I0!",)), ModemAnswered(None), ModemAnswered(("I1!",))]


def test_rings_and_noise_in_the_middle_of_the_setting_up_are_no_answers() -> None:
    talk = Talk(answer=lambda said: b"\r\nRING\r\n\r\nNO CARRIER\r\n~{\r\nOK\r\n")
    talk.passes(3)
    assert sum(isinstance(one, ModemIsReady) for one in talk.told) == 1
    assert FromModem(ModemRang()) in talk.told


PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from([b"\r\nOK\r\n", b"\r\nERROR\r\n", b"\r\n013\r\n", b"RING\r\n", b"NMBR = P\r\n", b"AT\r", b"0\r\n"]),
)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0.01, 9.0), PIECES), max_size=60))
def test_whatever_comes_and_when_the_dialogue_goes_on_until_it_says_that_the_modem_is_mute(
    happens: list[tuple[float, bytes]],
) -> None:
    talk = Talk(answer=lambda _said: b"")
    for seconds, data in happens:
        talk.passes(seconds)
        if talk.dialogue.state is not DialogueState.FAILED:
            talk.receives(data)
            assert talk.dialogue.deadline is not None or talk.dialogue.state is DialogueState.FAILED
    talk.passes(120)
    assert talk.dialogue.state is DialogueState.FAILED
    assert sum(isinstance(one, ModemIsMute) for one in talk.told) == 1
