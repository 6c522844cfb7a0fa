"""What a fax says, between the process that makes it and the line, which takes a frame every 20 ms.

The process is held up now and then: by the disk, or by whatever else the machine does. Behind each time as many answers
wait as were missing. Silence among them is left out, so that the far end is not answered late ever after. But where
the gap was in the middle of what the fax said, it has cost an answer, and will again. So as many stay in store from
then on.
"""

from __future__ import annotations

from collections import deque

from hw.audio import SILENCE, Frame

_AHEAD = 1
"""Frames of silence that are said first, so that an answer may take up to 40 ms."""
_USUAL = 2
"""So many answers may wait without silence among them being left out."""
_MOST = 8
"""The same where the process was held up before: 160 ms. T.30 has machines wait for 3 s."""


class AnswerStore:
    """See above."""

    def __init__(self) -> None:
        self.silent_frames = 0
        """Ticks at which no answer was there, once there was one."""
        self._answers: deque[Frame] = deque([SILENCE] * _AHEAD)
        self._begun = False
        self._may_wait = _USUAL
        self._saying = False
        """The last answer was no silence."""
        self._missing = 0
        """Ticks, one behind the other, at which none was there."""

    def put(self, answer: Frame) -> None:
        self._begun = True
        self._answers.append(answer)

    def next(self) -> Frame:
        """What the line gets now."""
        while len(self._answers) > self._may_wait and not self._answers[0].any():
            self._answers.popleft()
        if self._answers:
            answer = self._answers.popleft()
            self._missing, self._saying = 0, bool(answer.any())
            return answer
        if self._begun:
            self.silent_frames += 1
            self._missing += 1
            if self._saying:
                self._may_wait = min(max(self._may_wait, _USUAL + self._missing), _MOST)
        return SILENCE
