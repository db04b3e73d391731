"""Which macro of the template draws which type of question."""

from questionnaires.models import QuestionType

MACROS = {
    QuestionType.TEXT: "text",
    QuestionType.INTEGER: "integer",
    QuestionType.DECIMAL: "decimal",
    QuestionType.RANGE: "scale",
    QuestionType.DATE: "date",
    QuestionType.TIME: "time",
    QuestionType.DATETIME: "moment",
    QuestionType.SELECT_ONE: "select_one",
    QuestionType.SELECT_MULTIPLE: "select_multiple",
    QuestionType.RANK: "rank",
    QuestionType.ACKNOWLEDGE: "acknowledge",
    QuestionType.GEOPOINT: "place",
    QuestionType.FILE: "file",
    QuestionType.IMAGE: "file",
    QuestionType.AUDIO: "file",
    QuestionType.VIDEO: "file",
    QuestionType.REPEAT: "table",
}
"""By type; what nobody answers is drawn otherwise."""
