"""People who run rounds: accounts, roles, sessions and API tokens."""
