"""The line doctor: what a line to the exchange is like, measured by calling over it, and what should be set for it.

`measuring` has the measurements: functions of samples and of times, without any I/O. A `TestedPort` is a port under
test, and its `Timeline` what that has told and carried. `steps`, `pairsteps` and `flashtrials` do one thing each with
one line or two, and `examination` does them one after another. What comes of it is a `LineMeasured`. `findings` tells
it in sentences, `proposals` says what of it belongs into the office document, and `document` makes a page of it all.
"""
