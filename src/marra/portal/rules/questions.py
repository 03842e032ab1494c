"""The form that a service is drafted with: what its passport tells, and no question beyond it.

Whatever the state holds already is filled in from a register. Who asks for the service, what is
asked for, which documents come with it, how to reach whoever asks; then everything is confirmed.

Source: ours; JSON Schema 2020-12 with the layer of `marra.flow.forms`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]

PHONE: Final = r"^\+998[0-9]{9}$"
PERSON: Final = ("individual", "both")
BUSINESS: Final = ("legal", "both")


@dataclass(frozen=True, slots=True)
class Question:
    """One field, and the page it is asked on."""

    name: str
    schema: Json
    about: Json
    required: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once."""

    id: str
    title: Json
    questions: Sequence[Question]
    when: str = ""


def words(uz: str, ru: str, en: str) -> Json:
    """A text in three languages; Uzbek in Cyrillic letters is made by rule.

    >>> words("Ism", "Имя", "Name")["ru"]
    'Имя'
    """
    return {"uz": uz, "ru": ru, "en": en}


def _text(most: int, **more: Any) -> Json:
    return {"type": "string", "minLength": 1, "maxLength": most, **more}


FOR_WHOM: Final = Question(
    "applicant_kind",
    {"type": "string", "enum": ["individual", "legal"]},
    {
        "label": words("Kim nomidan?", "От чьего имени?", "On whose behalf?"),
        "widget": "choice",
        "choices": {
            "individual": words("Jismoniy shaxs", "Физическое лицо", "A person"),
            "legal": words("Yuridik shaxs", "Юридическое лицо", "A legal entity"),
        },
    },
)
NAME: Final = Question(
    "full_name",
    _text(200),
    {
        "label": words("Familiya, ism, sharif", "Фамилия, имя, отчество", "Full name"),
        "prefill": "citizens.full_name",
    },
)
PINFL: Final = Question(
    "pinfl",
    {"type": "string", "pattern": "^[0-9]{14}$"},
    {"label": words("JSHSHIR", "ПИНФЛ", "PINFL"), "prefill": "citizens.pinfl"},
)
COMPANY: Final = Question(
    "company_name",
    _text(300),
    {
        "label": words("Tashkilot nomi", "Название организации", "Name of the organisation"),
        "prefill": "companies.name",
    },
)
STIR: Final = Question(
    "company_stir",
    {"type": "string", "pattern": "^[0-9]{9}$"},
    {"label": words("STIR", "ИНН", "Taxpayer number"), "prefill": "companies.stir"},
)
REQUEST: Final = Question(
    "request",
    _text(2000),
    {
        "label": words("Nima soʻrayapsiz?", "Что вы просите?", "What do you ask for?"),
        "hint": words(
            "Pasportda savollar yoʻq: shu savolni aniq savollarga almashtiring.",
            "В паспорте нет вопросов: замените этот на точные.",
            "The passport tells no questions: put precise ones in place of this one.",
        ),
        "widget": "lines",
    },
)
REACH: Final = Question(
    "phone",
    {"type": "string", "pattern": PHONE},
    {
        "label": words("Telefon raqami", "Номер телефона", "Phone number"),
        "hint": words("+998901234567", "+998901234567", "+998901234567"),
        "prefill": "citizens.phone",
    },
)
CONFIRM: Final = Question(
    "is_true",
    {"type": "boolean", "const": True},
    {
        "label": words(
            "Yozganlarim toʻgʻri", "Указанные мной сведения верны", "What I wrote is true"
        ),
        "widget": "confirm",
    },
)


def form(audience: str, documents: Sequence[Mapping[str, str]]) -> Json:
    """The form of a service for an audience, with a field for each document.

    >>> drafted = form("individual", [{"uz": "Pasport nusxasi"}])
    >>> [page["id"] for page in drafted["ui"]["pages"]]
    ['person', 'request', 'documents', 'reach', 'confirm']
    """
    pages = list(_pages(audience, documents))
    asked = [each for page in pages for each in page.questions]
    return {
        "schema": {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {each.name: each.schema for each in asked},
            "required": [each.name for each in asked if each.required],
            "additionalProperties": False,
        },
        "ui": {
            "pages": [_page(each) for each in pages],
            "fields": {each.name: each.about for each in asked},
        },
    }


def _pages(audience: str, documents: Sequence[Mapping[str, str]]) -> Iterator[Page]:
    both = audience not in ("individual", "legal")
    if both:
        yield Page(
            "whose", words("Kim murojaat qilyapti?", "Кто обращается?", "Who asks?"), [FOR_WHOM]
        )
    if audience != "legal":
        when = 'applicant_kind = "individual"' if both else ""
        yield Page("person", words("Siz haqingizda", "О вас", "About you"), [NAME, PINFL], when)
    if audience != "individual":
        when = 'applicant_kind = "legal"' if both else ""
        title = words("Tashkilot haqida", "Об организации", "About the organisation")
        yield Page("company", title, [COMPANY, STIR], when)
    yield Page("request", words("Soʻrovingiz", "Ваш запрос", "Your request"), [REQUEST])
    if documents:
        title = words("Hujjatlar", "Документы", "Documents")
        yield Page("documents", title, [_file(n, d) for n, d in enumerate(documents, start=1)])
    yield Page("reach", words("Bogʻlanish", "Связь", "How to reach you"), [REACH])
    yield Page("confirm", words("Tasdiqlash", "Подтверждение", "Confirm"), [CONFIRM])


def _file(number: int, document: Mapping[str, str]) -> Question:
    uz = document["uz"]
    about = words(uz, document.get("ru", uz), document.get("en", uz))
    return Question(
        f"document_{number}",
        {"type": "string", "maxLength": 80},
        {"label": about, "widget": "file"},
    )


def _page(page: Page) -> Json:
    told = {
        "id": page.id,
        "title": page.title,
        "fields": [each.name for each in page.questions],
    }
    return told | ({"when": page.when} if page.when else {})
