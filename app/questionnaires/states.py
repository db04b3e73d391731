"""Where a version of a questionnaire stands."""

from enum import StrEnum


class VersionState(StrEnum):
    """From the first upload to the end of its time."""

    DRAFT = "draft"
    """Not published: it can be tried, and no round can use it."""
    PUBLISHED = "published"
    """The newest that is published: the next round of a survey opens with it."""
    SUPERSEDED = "superseded"
    """Published, and a newer one is too. Rounds that use it go on with it."""
    CHANGED = "changed since it was published"
    """A file that is not what was published: it is refused until it is put back."""
