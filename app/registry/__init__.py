"""Respondents, their names and their contacts."""
