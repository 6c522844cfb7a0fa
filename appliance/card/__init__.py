"""The card of what can be dialled on a telephone of an office, as text and on paper."""
