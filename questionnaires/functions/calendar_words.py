"""Short names of months and days by language, as calendars print them (Unicode CLDR)."""

from collections.abc import Mapping

MONTHS: Mapping[str, str] = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "ru": "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}
"""From January, parted by spaces."""

DAYS: Mapping[str, str] = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "fr": "lun. mar. mer. jeu. ven. sam. dim.",
    "es": "lun mar mié jue vie sáb dom",
    "pt": "seg. ter. qua. qui. sex. sáb. dom.",
    "ru": "пн вт ср чт пт сб вс",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "zh": "周一 周二 周三 周四 周五 周六 周日",
}
"""From Monday, parted by spaces."""


def word_for(names: Mapping[str, str], number: int, language: str | None) -> str:
    """The name at a place, from 0, in a language (``fr``, ``pt-BR``), else in English."""
    tag = (language or "en").partition("-")[0].lower()
    return names.get(tag, names["en"]).split()[number]
