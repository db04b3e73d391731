"""The few words of ours that stand beside the questions, in the languages of the forms.

What is answered under a clearance, or pressed to answer it, is read in the language of the form;
menus and messages around it are the interface's, which is said in the form's, too. A language that
has no words here gets English.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from app.responses.language import as_said, spoken
from app.web.said import INTERFACE
from questionnaires.languages import closest
from questionnaires.models import MissingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """Every word in one language; none can be left out."""

    dont_know: str
    not_applicable: str
    declined: str
    not_answered: str
    cannot_answer: str
    cannot_answer_folded: str
    """The line that opens the reasons for no answer."""
    clear: str
    clear_answer: str
    clear_row: str
    needed: str
    needed_in_row: str
    core: str
    more: str
    more_here: str
    """The same beside a text that asks nothing."""
    remarks: str
    """The line that opens comment, source and documents."""
    comment: str
    source: str
    source_hint: str
    add_material: str
    add_file: str
    add_picture: str
    add_recording: str
    add_film: str
    add_row: str
    remove: str
    row: str
    """Before the number of a row."""
    not_chosen: str
    first: str
    second: str
    third: str
    fourth: str
    fifth: str
    place: str
    """Before the number of a place in a ranking, from the sixth on."""
    confirm: str
    latitude: str
    longitude: str
    pages_in_english: str
    """What to expect of the pages around the questions, before one starts."""

    @property
    def reasons(self) -> Mapping[MissingCode, str]:
        """What may be said instead of an answer, in the order in which it is offered."""
        return {
            MissingCode.DONT_KNOW: self.dont_know,
            MissingCode.NOT_APPLICABLE: self.not_applicable,
            MissingCode.DECLINED: self.declined,
        }

    def place_named(self, number: int) -> str:
        """What stands before a place of a ranking; the first is 1."""
        named = (self.first, self.second, self.third, self.fourth, self.fifth)
        if number <= len(named):
            return named[number - 1]
        return as_said(self.place, f"{self.place} {number}")

    def to_add(self, upload: str) -> str:
        """What leads to the page on which a file of a kind is added."""
        kinds = {"image": self.add_picture, "audio": self.add_recording, "video": self.add_film}
        return kinds.get(upload, self.add_file)


ENGLISH = FormWords(
    dont_know="Don’t know",
    not_applicable="Does not apply",
    declined="Prefer not to answer",
    not_answered="Not answered",
    cannot_answer="If you cannot answer",
    cannot_answer_folded="Cannot answer?",
    clear="Clear",
    clear_answer="Clear the answer",
    clear_row="Clear this row",
    needed="needed to submit",
    needed_in_row="needed in each row",
    core="core question",
    more="More about this question",
    more_here="More about this",
    remarks="Comment, source, documents",
    comment="Comment",
    source="Source of this answer",
    source_hint="For example a document and its page, a decision, or who was asked.",
    add_material="Add a file, link or note",
    add_file="Add a file or a link",
    add_picture="Add a picture",
    add_recording="Add a recording",
    add_film="Add a film",
    add_row="Add a row",
    remove="Remove",
    row="Row",
    not_chosen="– not chosen –",
    first="First",
    second="Second",
    third="Third",
    fourth="Fourth",
    fifth="Fifth",
    place="Place",
    confirm="I confirm this",
    latitude="Latitude (south is negative)",
    longitude="Longitude (west is negative)",
    pages_in_english=(
        "The questions are in this language as far as they are translated; menus and messages are "
        "in English."
    ),
)
FRENCH = FormWords(
    dont_know="Ne sait pas",
    not_applicable="Sans objet",
    declined="Préfère ne pas répondre",
    not_answered="Sans réponse",
    cannot_answer="Si vous ne pouvez pas répondre",
    cannot_answer_folded="Vous ne pouvez pas répondre\u202f?",
    clear="Effacer",
    clear_answer="Effacer la réponse",
    clear_row="Effacer cette ligne",
    needed="réponse requise pour l’envoi",
    needed_in_row="à remplir dans chaque ligne",
    core="question essentielle",
    more="Précisions sur cette question",
    more_here="Précisions",
    remarks="Commentaire, source, documents",
    comment="Commentaire",
    source="Source de cette réponse",
    source_hint="Par exemple un document et la page, une décision, ou qui a été consulté.",
    add_material="Ajouter un fichier, un lien ou une note",
    add_file="Ajouter un fichier ou un lien",
    add_picture="Ajouter une image",
    add_recording="Ajouter un enregistrement",
    add_film="Ajouter une vidéo",
    add_row="Ajouter une ligne",
    remove="Supprimer",
    row="Ligne",
    not_chosen="– aucun choix –",
    first="En premier",
    second="En deuxième",
    third="En troisième",
    fourth="En quatrième",
    fifth="En cinquième",
    place="Rang",
    confirm="Je le confirme",
    latitude="Latitude (négative au sud)",
    longitude="Longitude (négative à l’ouest)",
    pages_in_english=(
        "Les questions sont dans cette langue dans la mesure où elles sont traduites\u202f; les "
        "menus et les messages sont en anglais."
    ),
)
SPANISH = FormWords(
    dont_know="No sabe",
    not_applicable="No es aplicable",
    declined="Prefiere no responder",
    not_answered="Sin respuesta",
    cannot_answer="Si no puede responder",
    cannot_answer_folded="¿No puede responder?",
    clear="Borrar",
    clear_answer="Borrar la respuesta",
    clear_row="Borrar esta fila",
    needed="respuesta necesaria para el envío",
    needed_in_row="necesario en cada fila",
    core="pregunta esencial",
    more="Más información sobre esta pregunta",
    more_here="Más información",
    remarks="Comentario, fuente, documentos",
    comment="Comentario",
    source="Fuente de esta respuesta",
    source_hint="Por ejemplo, un documento y su página, una decisión o a quién se consultó.",
    add_material="Añadir un archivo, un enlace o una nota",
    add_file="Añadir un archivo o un enlace",
    add_picture="Añadir una imagen",
    add_recording="Añadir una grabación",
    add_film="Añadir un vídeo",
    add_row="Añadir una fila",
    remove="Eliminar",
    row="Fila",
    not_chosen="– sin elegir –",
    first="En primer lugar",
    second="En segundo lugar",
    third="En tercer lugar",
    fourth="En cuarto lugar",
    fifth="En quinto lugar",
    place="Lugar",
    confirm="Lo confirmo",
    latitude="Latitud (negativa al sur)",
    longitude="Longitud (negativa al oeste)",
    pages_in_english=(
        "Las preguntas están en este idioma en la medida en que se han traducido; los menús y los "
        "mensajes están en inglés."
    ),
)
ARABIC = FormWords(
    dont_know="لا نعرف",
    not_applicable="لا ينطبق",
    declined="نفضّل عدم الإجابة",
    not_answered="بلا إجابة",
    cannot_answer="إذا تعذّرت الإجابة",
    cannot_answer_folded="هل تتعذّر الإجابة؟",
    clear="مسح",
    clear_answer="مسح الإجابة",
    clear_row="مسح هذا الصف",
    needed="الإجابة مطلوبة قبل الإرسال",
    needed_in_row="مطلوب في كل صف",
    core="سؤال أساسي",
    more="المزيد عن هذا السؤال",
    more_here="مزيد من المعلومات",
    remarks="التعليق والمصدر والوثائق",
    comment="التعليق",
    source="مصدر هذه الإجابة",
    source_hint="على سبيل المثال: وثيقة ورقم الصفحة فيها، أو قرار، أو الجهة التي استُشيرت.",
    add_material="إضافة ملف أو رابط أو ملاحظة",
    add_file="إضافة ملف أو رابط",
    add_picture="إضافة صورة",
    add_recording="إضافة تسجيل صوتي",
    add_film="إضافة تسجيل مصوَّر",
    add_row="إضافة صف",
    remove="حذف",
    row="الصف",
    not_chosen="– لم يُختر بعد –",
    first="أولاً",
    second="ثانياً",
    third="ثالثاً",
    fourth="رابعاً",
    fifth="خامساً",
    place="المرتبة",
    confirm="نؤكد ذلك",
    latitude="خط العرض (سالب جنوباً)",
    longitude="خط الطول (سالب غرباً)",
    pages_in_english=(
        "الأسئلة بهذه اللغة بقدر ما تُرجم منها، أما القوائم والرسائل فهي باللغة الإنكليزية."
    ),
)
RUSSIAN = FormWords(
    dont_know="Ответ неизвестен",
    not_applicable="Неприменимо",
    declined="Предпочитаем не отвечать",
    not_answered="Нет ответа",
    cannot_answer="Если ответить невозможно",
    cannot_answer_folded="Ответить невозможно?",
    clear="Очистить",
    clear_answer="Удалить ответ",
    clear_row="Очистить эту строку",
    needed="без ответа отправить нельзя",
    needed_in_row="заполняется в каждой строке",
    core="основной вопрос",
    more="Подробнее об этом вопросе",
    more_here="Подробнее",
    remarks="Комментарий, источник, документы",
    comment="Комментарий",
    source="Источник этого ответа",
    source_hint="Например, документ и страница, решение или тот, к кому обращались.",
    add_material="Добавить файл, ссылку или примечание",
    add_file="Добавить файл или ссылку",
    add_picture="Добавить изображение",
    add_recording="Добавить аудиозапись",
    add_film="Добавить видеозапись",
    add_row="Добавить строку",
    remove="Удалить",
    row="Строка",
    not_chosen="– не выбрано –",
    first="Первое место",
    second="Второе место",
    third="Третье место",
    fourth="Четвёртое место",
    fifth="Пятое место",
    place="Место",
    confirm="Подтверждаем",
    latitude="Широта (южная — со знаком минус)",
    longitude="Долгота (западная — со знаком минус)",
    pages_in_english=(
        "Вопросы даны на этом языке в той мере, в какой они переведены; меню и сообщения — на "
        "английском языке."
    ),
)
LANGUAGES: Mapping[str, FormWords] = {
    INTERFACE: ENGLISH,
    "fr": FRENCH,
    "es": SPANISH,
    "ar": ARABIC,
    "ru": RUSSIAN,
}


@lru_cache(maxsize=64)
def form_words(language: str, page: str = INTERFACE) -> FormWords:
    """The words for a form that is read in a language; each knows it where it is not the page's."""
    found = closest(tuple(LANGUAGES), language) or INTERFACE
    words = LANGUAGES[found]
    return replace(
        words,
        **{
            word.name: spoken(getattr(words, word.name), found, among=language, page=page)
            for word in fields(FormWords)
        },
    )
