"""What the control socket offers: methods and topics, one file a subject."""
