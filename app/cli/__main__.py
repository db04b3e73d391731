"""``python -m app.cli`` is the same as ``rapporteur``."""

from app.cli import main

main()
