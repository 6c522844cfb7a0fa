"""The scenario language: a call written down, played in virtual time on the simulated exchange, and judged.

Begin with docs/scenarios.md. `parser.py` reads a scenario, `runner.py` plays it, `judge.py` decides whether what was
expected has come, and `play.py` is the command.
"""
