"""The respondents' pages."""
