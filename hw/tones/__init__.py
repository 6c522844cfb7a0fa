"""The tones of telephone networks: what each country's are, how they are made, and how they are recognised.

`toneplan.py` reads the plan of each country, `tonegen.py` makes the samples of a tone, `ringing.py` and
`ringpattern.py` are about ringing. A tone is recognised in two steps. `progress.py` cuts the signal of a line into
stretches that sound the same, with the help of `sounds.py`; `cadence.py` then finds the pattern that explains the
stretches. `regulartone.py` recognises tones that are in no plan.
"""
