"""The verbs of accounts: add a user, sign in and out, make and revoke API tokens."""

from app.accounts.service.users import add_user, grant_role, set_password

__all__ = ["add_user", "grant_role", "set_password"]
