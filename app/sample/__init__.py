"""Samples to try the service with: the survey of 2007, and a fictional one with full answers."""

from app.sample.gfmd import load_gfmd_2007
from app.sample.illustrative.load import load_illustrative
from app.sample.loaded import Loaded

__all__ = ["Loaded", "load_gfmd_2007", "load_illustrative"]
