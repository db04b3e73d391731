"""Pictures beside labels, by the names of their files."""

from questionnaires.lint.findings import Findings
from questionnaires.media import FOLDER, is_picture_name


def check_pictures(findings: Findings) -> None:
    """Refuse names that can be no picture's."""
    for question, part in findings.questions(columns=True):
        for name in question.image.values():
            if not is_picture_name(name):
                findings.add(
                    "bad-picture-name",
                    f"«{name[:60]}» cannot be the name of a picture.",
                    "Write the name of a png, jpg, gif or webp file without a folder. The file is "
                    f"uploaded with the draft, or lies in «{FOLDER}» beside the definition.",
                    at=question,
                    key="image",
                    place=part.place,
                )
            elif part.table is not None:
                findings.add(
                    "picture-in-table",
                    "The heading of a column has no room for a picture.",
                    "Put it beside the label of the table.",
                    at=question,
                    key="image",
                    place=part.place,
                )
