"""What stands in the way of publishing a draft, told where its author's file has it."""

from collections.abc import Collection, Sequence

from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.uploads import read_upload
from questionnaires.media import FOLDER, missing_pictures
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.publishing import check_publishing
from questionnaires.whereabouts import Whereabouts

WHERE_PICTURES_GO = (
    "Upload it on the page of the draft; on the command line, put it into the folder "
    f"«{FOLDER}» beside the file."
)


def in_the_way(
    draft: QuestionnaireDraft,
    definition: Definition,
    published: Sequence[Definition],
    pictures: Collection[str],
) -> list[Problem]:
    """What keeps a draft from being published beside what was published before.

    ``pictures`` are the names of those that are there.
    """
    problems = obstacles(definition, published, pictures)
    return whereabouts_of(draft).placed(problems) if problems else []


def obstacles(
    definition: Definition, published: Sequence[Definition], pictures: Collection[str]
) -> list[Problem]:
    """The same, at its places in the definition: quick, where the file need not be named."""
    return [
        *check_publishing(definition, published),
        *missing_pictures(definition, pictures, mend=WHERE_PICTURES_GO),
    ]


def whereabouts_of(draft: QuestionnaireDraft) -> Whereabouts:
    """Where the parts of a draft stand in its file, which is read anew for it."""
    return read_upload(draft.file_name, draft.content).whereabouts
