"""Measurements: what the service costs, each beside a bare limit taken in the same run."""
