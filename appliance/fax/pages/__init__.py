"""The pages of a fax as files: read from TIFF, made PDF and pictures, recognised, printed.

`PageConverter.convert` (converting.py) is the one way in. The work itself is done by a process with limits (child.py),
since a file that came over the telephone, or from anybody's disk, may be made so that reading it never ends.
"""
