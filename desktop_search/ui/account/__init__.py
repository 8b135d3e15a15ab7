"""Windows about the account: what was sent, what was used, what it costs."""
