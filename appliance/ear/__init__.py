"""The recogniser of what a party heard, from the sound alone: words of known clips, tones, digits.

Begin with `ear.py`. Words are found by searching a book of clips for a piece of the sound (`clipbook.py`); each place
that fits becomes a guess, which is followed through the sound (`follow.py`, `words.py`).
"""
