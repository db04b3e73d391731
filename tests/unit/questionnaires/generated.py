"""Hypothesis strategies: whole definitions, sound ones, with texts of every kind."""

from collections.abc import Mapping

from hypothesis import strategies as st

from questionnaires.models import (
    Choice,
    Definition,
    Dimension,
    Group,
    Node,
    Question,
    QuestionType,
    Settings,
)

LANGUAGES = ("en", "fr", "ar")
HAZARDS = (
    "no",
    "~",
    "2007",
    "1e5",
    "- a",
    "a: b",
    "a #b",
    "'",
    '"',
    "\\",
    'it\'s "so"',
    "ends with colon:",
    " spaces around ",
    "two\nlines",
    "two\n\nparagraphs\n",
    "\ttab",
    "line\r\nend",
    "a  b",
    "=1+1",
    "_x0041_",
    "‹U+0041›",
    "‘quoted’ and “quoted”",
    "e\u0301",
    "line\u2028separator",
    "\ufeff",
    "no\u00a0break",
    "\x1b",
    "ساعة",
    "👍",
    "word " * 40 + "end",
    "TRUE",
    "#N/A",
    "$ {words} is not shown",
)
texts = st.sampled_from(HAZARDS) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda text: bool(text.strip()))


_ENDINGS = ("", " é", " ع", "\nß")
"""What sets a translation apart: numbers and placeholders stay those of the source."""


@st.composite
def words(draw: st.DrawFn, languages: tuple[str, ...], *, needed: bool = True) -> Mapping[str, str]:
    """A text in some of the languages; in the first, when it is needed."""
    first, *others = languages
    source = draw(texts)
    chosen = [first] if needed or draw(st.booleans()) else []
    chosen += [language for language in others if draw(st.booleans())]
    return {language: source + draw(st.sampled_from(_ENDINGS)) for language in chosen}


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """A definition of a section or two, with questions of any type, a panel or none."""
    languages = tuple(draw(st.permutations(LANGUAGES)))[: draw(st.integers(1, 3))]
    make = _Maker(draw, languages)
    sections = tuple(make.section() for _ in range(draw(st.integers(1, 2))))
    return Definition(
        settings=Settings(
            form_id="generated",
            version=draw(st.sampled_from(["1", "2026.1", "2026-a"])),
            form_title=draw(words(languages)),
            default_language=languages[0],
            languages=languages,
            introduction=draw(words(languages, needed=False)),
            notes=draw(words(languages, needed=False)),
            partial_share=draw(st.sampled_from([0.5, 0.25, 1.0])),
        ),
        dimensions=(Dimension(name="D1", label=draw(words(languages))),),
        choices={
            "colours": tuple(
                Choice(
                    name=name,
                    label=draw(words(languages)),
                    exclusive=name == "none",
                    columns=draw(st.just({}) | st.fixed_dictionaries({"tone": texts})),
                )
                for name in ("red", "1", "none")
            )
        },
        survey=sections,
        panel=make.group(numbered=False, name="panel_group") if draw(st.booleans()) else None,
    )


class _Maker:
    def __init__(self, draw: st.DrawFn, languages: tuple[str, ...]) -> None:
        self._draw = draw
        self._languages = languages
        self._count = 0

    def section(self) -> Group:
        self._count += 1
        children: list[Node] = [self.question(code=f"C{self._count}")]
        if self._draw(st.booleans()):
            children.append(self.group(numbered=True))
        return Group(
            name=f"section_{self._count}",
            label=self._draw(words(self._languages)),
            children=tuple(children),
        )

    def group(self, *, numbered: bool, name: str = "") -> Group:
        self._count += 1
        return Group(
            name=name or f"group_{self._count}",
            label=self._draw(words(self._languages)),
            short_label=self._draw(words(self._languages, needed=False)),
            hint=self._draw(words(self._languages, needed=False)),
            code=f"G{self._count}" if numbered else None,
            core=numbered and self._draw(st.booleans()),
            dimension="D1" if numbered else None,
            source=self._draw(st.none() | texts),
            children=tuple(self.question() for _ in range(self._draw(st.integers(1, 2)))),
        )

    def question(self, code: str | None = None) -> Question:
        self._count += 1
        draw = self._draw
        lists = (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK)
        kind = draw(st.sampled_from([*lists, *_PLAIN]))
        return Question(
            name=f"question_{self._count}",
            type=kind,
            list_name="colours" if kind in lists else None,
            label=draw(words(self._languages)),
            short_label=draw(words(self._languages, needed=False)),
            hint=draw(words(self._languages, needed=False)),
            guidance_hint=draw(words(self._languages, needed=False)),
            required=draw(st.booleans()),
            required_message=draw(words(self._languages, needed=False)),
            constraint=draw(st.sampled_from([None, _CONSTRAINT]))
            if kind is QuestionType.TEXT
            else None,
            constraint_message=draw(words(self._languages, needed=False)),
            code=code,
            concept=draw(st.none() | texts),
            personal=draw(st.booleans()),
            columns=(
                Question(
                    name=f"column_{self._count}",
                    type=QuestionType.TEXT,
                    label=draw(words(self._languages)),
                ),
            )
            if kind is QuestionType.REPEAT
            else (),
            max_rows=draw(st.sampled_from([None, 5])) if kind is QuestionType.REPEAT else None,
        )


_CONSTRAINT = "string-length(.) < 90 and\n  . != ''"
_PLAIN = (
    QuestionType.TEXT,
    QuestionType.INTEGER,
    QuestionType.DECIMAL,
    QuestionType.DATE,
    QuestionType.FILE,
    QuestionType.REPEAT,
)
