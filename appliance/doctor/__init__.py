"""What works on a unit, what does not, and what to do about it; and an archive of that for whoever helps.

`checks.py` has the order. Each check is one small function in `ofunit.py` or `ofmachine.py`: it is given what was found
out beforehand (`examined.py`), and says what it found (`finding.py`). Nothing here changes anything. docs/support.md
tells how it is used.
"""
