"""The verbs of a round: open it, give and follow its links."""
