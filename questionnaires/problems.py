"""What is wrong and how to mend it: the value every check returns."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """An error blocks; a warning is shown and may be passed over."""

    ERROR = "error"
    WARNING = "warning"


class Problem(BaseModel):
    """One fault: a stable code, where it is, what it means and how to mend it."""

    model_config = ConfigDict(frozen=True)

    code: str
    """Stable, hyphenated: ``unknown-reference``, ``too-long`` …"""
    message: str
    mend: str
    place: str = ""
    """The question's name, or a path in a definition such as ``survey/section_c/md_topics``."""
    line: int | None = None
    """Line in the file (from 1), where the fault is in one."""
    severity: Severity = Severity.ERROR

    def sentence(self, source: str = "") -> str:
        """The fault as one line for a terminal: file, line, place, code, message, mend.

        Of a warning it says that it is one. Without a file, the place may be one: the line follows.
        """
        is_warning = self.severity is Severity.WARNING
        parts = [
            *self._where(source),
            f"[{self.code}, warning]" if is_warning else f"[{self.code}]",
        ]
        return " ".join(part for part in parts if part) + f" {self.message} {self.mend}".rstrip()

    def _where(self, source: str) -> tuple[str, ...]:
        if self.line is None:
            return (source, self.place)
        if source:
            return (f"{source}:{self.line}", self.place)
        return (f"{self.place}, line {self.line}" if self.place else f"line {self.line}",)
