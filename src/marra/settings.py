"""Settings, read from the environment; every name stands in docs/settings.md.

With nothing set, this is a laptop: SQLite in ./var, reachable from this machine only.
"""

import os
import secrets
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import django.conf.locale
from django.core.exceptions import ImproperlyConfigured

from marra.kit.places import NoSuchPlace, place

PACKAGE: Final = Path(__file__).resolve().parent


def text(name: str, default: str) -> str:
    """A setting as it stands in the environment, or its default; an empty one is not set."""
    return os.environ.get(f"MARRA_{name}", "").strip() or default


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A whole number between two bounds."""
    given = text(name, str(default))
    if not (given.isascii() and given.isdigit() and least <= int(given) <= most):
        raise ImproperlyConfigured(
            f"MARRA_{name} is “{given}”. Set it to a whole number from {least} to {most}."
        )
    return int(given)


def switch(name: str) -> bool:
    """Whether a setting that is off by default is on."""
    return bool(number(name, 0, least=0, most=1))


def one_of(name: str, default: str, *known: str) -> str:
    """One of a few words."""
    given = text(name, default)
    if given not in known:
        raise ImproperlyConfigured(
            f"MARRA_{name} is “{given}”. Set it to one of: {', '.join(known)}."
        )
    return given


def country(name: str, default: str) -> str:
    """A member state by its alpha-3 code."""
    try:
        return place(text(name, default)).iso3
    except NoSuchPlace as refusal:
        raise ImproperlyConfigured(f"MARRA_{name}: {refusal}") from None


def service(name: str, *schemes: str) -> str:
    """The address of a service outside; empty if there is none. What is wrong is not repeated:
    such an address may hold a password."""
    given = text(name, "")
    known = schemes or ("http", "https")
    try:
        parts = urlsplit(given)
        fits = parts.scheme in known and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if given and not fits:
        raise ImproperlyConfigured(
            f"MARRA_{name} is no address. Write one like {known[0]}://127.0.0.1:8080."
        )
    return given


def hosts(name: str) -> frozenset[tuple[str, int]]:
    """Hosts with their ports, divided by commas."""
    found = set()
    for each in filter(None, map(str.strip, text(name, "").split(","))):
        host, _, port = each.rpartition(":")
        if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
            raise ImproperlyConfigured(
                f"MARRA_{name} has “{each}”. Write hosts with their ports, such as "
                "test.gov.uz:8443, divided by commas."
            )
        found.add((host.lower(), int(port)))
    return frozenset(found)


def own_address() -> str:
    """Where readers find this house: told, or made up from its names."""
    scheme, name = ("https" if HTTPS else "http"), (NAMES[0] if NAMES else f"{HOST}:{PORT}")
    return service("ADDRESS").rstrip("/") or f"{scheme}://{name}"


def data_folder() -> Path:
    """Where the database and the secret key lie; made if absent."""
    folder = Path(text("DATA", "var")).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be made ({fault.strerror}). "
            "Choose another one by MARRA_DATA."
        ) from None
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: from the environment, or made once and kept by its owner."""
    if given := text("SECRET_KEY", ""):
        return given
    key = folder / "secret-key"
    try:
        opened = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return key.read_text(encoding="ascii")
    except OSError as fault:
        raise ImproperlyConfigured(
            f"The secret key cannot be written to {key} ({fault.strerror}). "
            "Choose another data folder by MARRA_DATA, or set MARRA_SECRET_KEY."
        ) from None
    with os.fdopen(opened, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(50)
        file.write(made)
    return made


def database(address: str) -> dict[str, Any]:
    """Django's description of a database named by its address, sqlite:///… or postgresql://…"""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or ":memory:",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # writers queue up instead of failing
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,  # a connection for each request costs ten times more
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"MARRA_DATABASE begins with “{parts.scheme}”. "
        "Write sqlite:///file or postgresql://user@host/name."
    )


# ── Marra's own ──────────────────────────────────────────────────────────────────────────────
DATA: Final = data_folder()
COUNTRY: Final = country("COUNTRY", "UZB")
GOAL_RANK: Final = number("GOAL_RANK", 30, least=1, most=193)
HOST: Final = text("HOST", "127.0.0.1")
PORT: Final = number("PORT", 8000, least=1, most=65535)
WORKERS: Final = number("WORKERS", 2, least=1, most=64)
PROXIES: Final = number("PROXIES", 0, least=0, most=5)
HTTPS: Final = switch("HTTPS")
WORK = bool(number("WORK", 1, least=0, most=1))
SECOND_FACTOR = one_of("SECOND_FACTOR", "staff" if HTTPS else "off", "off", "staff")
EIMZO = service("EIMZO")
EIMZO_KEY = text("EIMZO_KEY", "")
PAYME_MERCHANT = text("PAYME_MERCHANT", "")
PAYME_KEY = text("PAYME_KEY", "")
CLICK_SERVICE = text("CLICK_SERVICE", "")
CLICK_MERCHANT = text("CLICK_MERCHANT", "")
CLICK_SECRET = text("CLICK_SECRET", "")
SEAL = text("SEAL", "")
SEAL_PASSWORD = text("SEAL_PASSWORD", "")
MAIL = service("MAIL", "smtp", "smtps")
MAIL_FROM = text("MAIL_FROM", "marra@localhost")
TELEGRAM = service("TELEGRAM")
SMS = service("SMS")
SMS_FROM = text("SMS_FROM", "3700")
CLAMAV = service("CLAMAV", "tcp")
CHROMIUM = text("CHROMIUM", "")
CHROMIUM_SANDBOX = bool(number("CHROMIUM_SANDBOX", 1, least=0, most=1))
CHECKS_ALSO = hosts("CHECKS_ALSO")
PLANNER = bool(number("PLANNER", 1, least=0, most=1))
NAMES: Final = [name for name in text("NAMES", "").split(",") if name]
ADDRESS = own_address()

# ── Django's ─────────────────────────────────────────────────────────────────────────────────

DEBUG = switch("DEBUG")
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", HOST, *NAMES]
DATABASES = {"default": database(text("DATABASE", f"sqlite:///{DATA}/marra.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "marra.journal",
    "marra.people",
    "marra.archive",
    "marra.inventory",
    "marra.portal",
    "marra.evidence",
    "marra.commission",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "marra.door.security_headers",
    "marra.api.problems.as_problems",
    "marra.door.bounded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "marra.web.kept.Kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "marra.door.Refusals",
]
ROOT_URLCONF = "marra.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates", PACKAGE / "web" / "parts"],
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "marra.web.templatetags.page"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "marra.web.layout.context",
            ],
        },
    },
]

AUTH_USER_MODEL = "people.Account"
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "marra.web.problems.csrf_failed"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and PROXIES else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "web" / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+[-.][0-9A-Za-z_-]{8}\.\w+$"

# ── Languages and time ───────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "uz"
LANGUAGES = [("uz", "Oʻzbekcha"), ("uz-cyrl", "Ўзбекча"), ("ru", "Русский"), ("en", "English")]
django.conf.locale.LANG_INFO["uz-cyrl"] = {
    "bidi": False,
    "code": "uz-cyrl",
    "name": "Uzbek (Cyrillic)",
    "name_local": "Ўзбекча",
}
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Tashkent"
