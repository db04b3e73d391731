"""Chance that can be repeated."""

from random import Random


def chance(*seed: object) -> Random:
    """Random numbers that are the same whenever the seed is."""
    return Random("/".join(str(part) for part in seed))  # noqa: S311 - a seed, not a secret
