"""A day at the office: callers, staff and mishaps use a whole unit in virtual time, and promises are watched.

Begin with docs/simulate.md. `population.py` says who does what and when, `habits.py` and the modules that it names how
each of them goes about it, `promises.py` what must hold meanwhile, `shrinking.py` what is told where it did not.
"""
