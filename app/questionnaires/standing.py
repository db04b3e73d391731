"""What stands in the way of publishing a draft, told where its author's file has it."""

from collections.abc import Sequence

from app.questionnaires.models import QuestionnaireDraft
from app.questionnaires.uploads import read_upload
from questionnaires.models import Definition
from questionnaires.problems import Problem
from questionnaires.publishing import check_publishing
from questionnaires.whereabouts import Whereabouts


def in_the_way(
    draft: QuestionnaireDraft, definition: Definition, published: Sequence[Definition]
) -> list[Problem]:
    """What keeps a draft from being published beside what was published before."""
    problems = check_publishing(definition, published)
    return whereabouts_of(draft).placed(problems) if problems else []


def whereabouts_of(draft: QuestionnaireDraft) -> Whereabouts:
    """Where the parts of a draft stand in its file, which is read anew for it."""
    return read_upload(draft.file_name, draft.content).whereabouts
