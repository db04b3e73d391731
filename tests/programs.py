"""Finds the programs that tests drive, and installs those that are missing.

``python -m tests.programs`` is run before the tests; a test that needs a program asks ``find``.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright


@dataclass(frozen=True)
class Program:
    """A program, the names it goes by, and the Debian packages that bring it."""

    title: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    """Where it may stand outside of PATH."""
    packages: tuple[str, ...]
    other_commands: tuple[str, ...] = ()
    """Other ways to install it."""

    def find(self) -> Path | None:
        """The program's path, or None if it is not on this machine."""
        for name in self.names:
            if found := shutil.which(name):
                return Path(found)
        return next((Path(place) for place in self.places if Path(place).is_file()), None)

    def require(self) -> Path:
        """The program's path; an error that says which command installs it, if there is none."""
        if found := self.find():
            return found
        raise MissingProgramError(self)

    @property
    def advice(self) -> str:
        """What to do when the program is missing."""
        commands = [f"sudo apt-get install {' '.join(self.packages)}", *self.other_commands]
        listing = "\n  or:  ".join(commands)
        return f"The tests need {self.title}, which is not on this machine. Run:\n  {listing}"


class MissingProgramError(Exception):
    """A program that tests need is not on this machine."""

    def __init__(self, program: Program) -> None:
        super().__init__(program.advice)


class _Browser(Program):
    def find(self) -> Path | None:
        """The installed browser, else the one that Playwright has downloaded."""
        installed = super().find()
        return installed if installed and _starts(installed) else _find_downloaded_browser()


class _Typeface(Program):
    def find(self) -> Path | None:
        """The file with Arial, or with a face in which every letter is as wide as Arial's."""
        found = super().find()
        if found is None or found.suffix == ".ttf":
            return found
        asked = subprocess.run(
            [found, "--format=%{family[0]}\n%{file}", "Arial"],
            capture_output=True,
            text=True,
            check=False,
        )
        family, _, file = asked.stdout.partition("\n")
        return Path(file) if family in ("Arial", "Liberation Sans", "Arimo") else None


def _starts(browser: Path) -> bool:
    # On Ubuntu, chromium-browser may be a note that tells people to install something else.
    asked = subprocess.run([browser, "--version"], capture_output=True, check=False)
    return asked.returncode == 0


def _find_downloaded_browser() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


BROWSER = _Browser(
    title="a browser (Chromium or Chrome)",
    names=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    places=(
        "/opt/google/chrome/chrome",
        "/snap/bin/chromium",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    packages=("chromium",),
    other_commands=(".venv/bin/playwright install chromium",),
)
OFFICE = Program(
    title="LibreOffice Calc, with fonts for the scripts of the workbook",
    names=("soffice", "libreoffice"),
    places=(
        "/usr/lib/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    ),
    packages=("libreoffice-calc", "fonts-dejavu", "fonts-noto-core"),
)
TYPEFACE = _Typeface(
    title="Arial, or a typeface of the same widths, and fontconfig, which finds it",
    names=("fc-match",),
    places=("/System/Library/Fonts/Supplemental/Arial.ttf",),
    packages=("fontconfig", "fonts-liberation"),
)
PDF_READER = Program(
    title="pdftotext (poppler)", names=("pdftotext",), places=(), packages=("poppler-utils",)
)
PROGRAMS = (BROWSER, OFFICE, TYPEFACE, PDF_READER)


def main() -> int:
    """Install what is missing; say what was found, or what to do."""
    missing = [program for program in PROGRAMS if program.find() is None]
    if missing:
        _install(missing)
    for program in PROGRAMS:
        found = program.find()
        if found is None:
            print(program.advice, file=sys.stderr)
            return 1
        print(f"{program.title}: {found}")
    return 0


def _install(missing: list[Program]) -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = [package for program in missing for package in program.packages]
        print(f"Installing {' '.join(packages)}", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        subprocess.run(["apt-get", "update"], env=environment, check=False)
        subprocess.run(install, env=environment, check=False)
    if BROWSER.find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    sys.exit(main())
