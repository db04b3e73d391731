"""Errors that know their HTTP status and say what happened, what it means and what to do."""

from collections.abc import Mapping

from questionnaires.problems import Problem

NO_HEADERS: Mapping[str, str] = {}


class AppError(Exception):
    """Something that cannot be done; ``Problem`` lists are for what should be mended."""

    status = 500
    code = "error"
    title = "Something went wrong"
    headers: Mapping[str, str] = NO_HEADERS
    """What a refusal tells a program besides."""
    shuts_out = False
    """Whether every page around the one asked for refuses alike, so that no link to them helps."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


class NotFound(AppError):
    """The thing asked for is not there, or not for this person to know of."""

    status = 404
    code = "not-found"
    title = "Not found"


class NotSignedIn(AppError):
    """The page needs a sign-in that the request does not carry."""

    status = 401
    code = "not-signed-in"
    title = "Please sign in"
    shuts_out = True


class Forbidden(AppError):
    """The person is known and may not do this."""

    status = 403
    code = "forbidden"
    title = "Not allowed"


class Conflict(AppError):
    """The request contradicts the present state."""

    status = 409
    code = "conflict"
    title = "Not possible any more"


class NotReady(Conflict):
    """Something that will be there in a while."""

    code = "not-ready"
    title = "Not ready yet"


class Gone(AppError):
    """A link or file that was valid once."""

    status = 410
    code = "gone"
    title = "No longer valid"


class PreconditionRequired(AppError):
    """A change of an answer must name the revision it was based on."""

    status = 428
    code = "precondition-required"
    title = "Revision missing"


class TooLarge(AppError):
    """More bytes than the service takes."""

    status = 413
    code = "too-large"
    title = "Too large"


class UnsupportedFile(AppError):
    """A file of a type that the service does not take."""

    status = 415
    code = "unsupported-file"
    title = "File type not accepted"


class Damaged(AppError):
    """Something that never changes is not what was stored: nothing may be made of it."""

    status = 500
    code = "damaged"
    title = "Something stored was changed"


class TooManyRequests(AppError):
    """Too many tries at something that can be guessed."""

    status = 429
    code = "too-many-requests"
    title = "Too many tries"

    def __init__(self, message: str, *, mend: str = "", seconds: int) -> None:
        """``seconds`` is how long to wait."""
        super().__init__(message, mend=mend)
        self.headers = {"Retry-After": str(seconds)}


class Invalid(AppError):
    """What was sent has faults that can be mended; every one is listed."""

    status = 422
    code = "invalid"
    title = "Please check what you entered"

    def __init__(self, problems: list[Problem], *, message: str = "") -> None:
        super().__init__(message or _in_one(problems))
        self.problems = problems


def _in_one(problems: list[Problem]) -> str:
    """The one fault in its own words; several are counted, since each is listed."""
    if len(problems) == 1:
        return problems[0].message
    return f"{len(problems)} things are to be mended; each is listed."
