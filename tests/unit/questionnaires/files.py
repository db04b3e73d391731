"""Where the definitions are that tests read."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
LINT = ROOT / "questionnaires" / "lint"
RCP_2007 = ROOT / "questionnaires" / "definitions" / "rcp-migration-development" / "2007.yaml"

INVALID = sorted((ROOT / "tests" / "definitions" / "invalid").glob("*.yaml"))
VALID = sorted((ROOT / "tests" / "definitions" / "valid").glob("*.yaml"))
SHIPPED = sorted((ROOT / "questionnaires" / "definitions").glob("*/*.yaml"))


def valid(name: str) -> Path:
    """A sound definition among those of the tests."""
    return ROOT / "tests" / "definitions" / "valid" / f"{name}.yaml"


def invalid(name: str) -> Path:
    """A broken definition among those of the tests."""
    return ROOT / "tests" / "definitions" / "invalid" / f"{name}.yaml"
