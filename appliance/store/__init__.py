"""The disk: the office document, messages and the call log, so arranged that a power cut loses none of them."""
