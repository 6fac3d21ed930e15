"""Every setting of the product, in one place. Each is read from the environment, or from NAME_FILE."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from communis import environment
from communis.cli.log import CONFIG

BASE = Path(__file__).resolve().parent

# Where the database, the files, the keys and the spool live. One folder, so that one backup is whole.
DATA = Path(environment.text("COMMUNIS_DATA", str(Path.cwd() / ".data" / "default"))).absolute()

# Below this many free MiB in the data folder nothing starts, so that nothing accepted is lost.
LEAST_FREE_MIB = environment.whole("COMMUNIS_LEAST_FREE_MIB", 200, 1, 1_000_000)

# The demonstration: invented people, sign-in links on a page, loopback only.
DEMONSTRATION = environment.boolean("COMMUNIS_DEMONSTRATION", False)
# What people in the demonstration speak, when it is built: sv or en.
DEMONSTRATION_LANGUAGE = environment.text("COMMUNIS_DEMONSTRATION_LANGUAGE", "sv")
# In development mails are kept in a folder and shown on a page instead of sent.
DEVELOPMENT = environment.boolean("COMMUNIS_DEVELOPMENT", DEMONSTRATION)
DEBUG = False

ORGANISATION_NAME = environment.text("COMMUNIS_ORGANISATION", "Åvinge kommun" if DEMONSTRATION else "")
BASE_URL = environment.text("COMMUNIS_URL", "http://127.0.0.1:8000").rstrip("/")
PUBLIC_RUNG = environment.boolean("COMMUNIS_PUBLIC_RUNG", True)
# Where a report of wrongdoing belongs: shown when a text sounds like one (D27).
REPORTING_CHANNEL = environment.text("COMMUNIS_REPORTING_CHANNEL")

# Whom to turn to, as the pages say it: an address of mail or web, or a sentence. What is empty, `communis check` names.
CONTACT = environment.text("COMMUNIS_CONTACT", "hjalp@avinge.example" if DEMONSTRATION else "")
REGISTRAR = environment.text("COMMUNIS_REGISTRAR", "registrator@avinge.example" if DEMONSTRATION else "")
DATA_PROTECTION_OFFICER = environment.text(
    "COMMUNIS_DATA_PROTECTION_OFFICER", "dataskydd@avinge.example" if DEMONSTRATION else ""
)

# What the law asks of the accessibility statement (D51, lag 2018:1937). One fault, with its reason, a line.
ACCESSIBILITY_LEVEL = environment.one_of("COMMUNIS_ACCESSIBILITY_LEVEL", ("full", "partly", "not"))
ACCESSIBILITY_FAULTS = environment.lines("COMMUNIS_ACCESSIBILITY_FAULTS")
ACCESSIBILITY_TOO_BURDENSOME = environment.lines("COMMUNIS_ACCESSIBILITY_TOO_BURDENSOME")
ACCESSIBILITY_OUTSIDE_THE_LAW = environment.lines("COMMUNIS_ACCESSIBILITY_OUTSIDE_THE_LAW")
ACCESSIBILITY_TESTED_BY = environment.one_of("COMMUNIS_ACCESSIBILITY_TESTED_BY", ("ourselves", "others"))
ACCESSIBILITY_TESTED = environment.day("COMMUNIS_ACCESSIBILITY_TESTED")
ACCESSIBILITY_UPDATED = environment.day("COMMUNIS_ACCESSIBILITY_UPDATED")
PUBLISHED = environment.day("COMMUNIS_PUBLISHED")

# In which whoever wrote an idea reads the answer before others do (R18); and days promised where nobody said others.
HOURS_OF_HEADS_UP = environment.whole("COMMUNIS_HOURS_OF_HEADS_UP", 24, 0, 168)
DAYS_TO_ANSWER = environment.whole("COMMUNIS_DAYS_TO_ANSWER", 14, 1, 90)
# Who is told when an author was cut down: mail addresses, the first of them who had no part in it (R24).
RECEIVES_REPORTS = environment.listing("COMMUNIS_RECEIVES_REPORTS", [])
# How long a yes can be taken back after somebody chose to open what was said (0 to 72).
HOURS_TO_TAKE_BACK = environment.whole("COMMUNIS_HOURS_TO_TAKE_BACK", 24, 0, 72)


def secret_key() -> str:
    """COMMUNIS_SECRET_KEY, else the key that first run wrote below the data folder; never a default."""
    given = environment.text("COMMUNIS_SECRET_KEY")
    kept = DATA / "keys" / "secret"
    if given or not kept.exists():
        return given
    return kept.read_text(encoding="ascii").strip()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = environment.listing("COMMUNIS_HOSTS", ["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "communis",
]

MIDDLEWARE = [
    # Outermost: before anything looks at who sends the words.
    "communis.web.without_cookie.without_cookie",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "communis.web.middleware.looking",
    "communis.web.unwritable.WithoutUnwritable",
    "csp.middleware.CSPMiddleware",
]

# A form from before a new sign-in gives its words back.
CSRF_FAILURE_VIEW = "communis.web.kept_words.form_refused"

ROOT_URLCONF = "communis.urls"
WSGI_APPLICATION = "communis.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "communis.web.context.page",
            ],
            "libraries": {"communis": "communis.web.template_tags"},
        },
    }
]


def database() -> dict[str, Any]:
    """PostgreSQL when DATABASE_URL says so, else the embedded database below the data folder."""
    url = environment.text("DATABASE_URL")
    if url:
        server: dict[str, Any] = dict(dj_database_url.parse(url))
        if server["ENGINE"] != "django.db.backends.postgresql":
            raise environment.SettingError("DATABASE_URL has to begin with postgresql://.")
        # The pool keeps connections, so Django must not.
        server["CONN_MAX_AGE"] = 0
        server["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4}, "server_side_binding": True}
        return server
    return {
        "ENGINE": "communis.database.backend",
        "NAME": str(DATA / "communis.sqlite3"),
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(DATA / "test.sqlite3")},
    }


DATABASES = {"default": database()}

# Whether one can write behind the scenes. PostgreSQL keeps, in its own columns and logs, in which order rows came
# (docs/settings.md), so there it has to be chosen.
BEHIND_THE_SCENES = environment.boolean(
    "COMMUNIS_BEHIND_THE_SCENES", DATABASES["default"]["ENGINE"] == "communis.database.backend"
)
# Among how many, the one asked apart, an author behind the scenes must be at least.
LEAST_BEHIND_THE_SCENES = environment.whole("COMMUNIS_LEAST_BEHIND_THE_SCENES", 8, 8, 1000)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "communis.Account"

# Sign-in: a code comes by mail. No passwords and no sign-up; a steward invites.
AUTHENTICATION_BACKENDS = ["communis.people.signing_in.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "communis.web.signing_in.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "communis.web.forms.signing_in.Address",
    "confirm_login_code": "communis.web.forms.signing_in.Code",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# The address of an account is proved by the code each time, so allauth's own table of addresses stays empty.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# An unknown address gets a mail as well: the two take the same time, and a mistyped address is found out.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
# Many share one address of the network at a municipality, so the limit for one of those is the wide one.
ACCOUNT_RATE_LIMITS = {"request_login_code": "100/h/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.boolean("COMMUNIS_BEHIND_PROXY", False) else 0
# A session lasts this long from signing in, whatever is done meanwhile.
SESSION_COOKIE_AGE = 24 * 3600 * environment.whole("COMMUNIS_SESSION_DAYS", 14, 1, 90)
# The limits are counted in the database: all web workers share it. A migration makes the table.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "communis_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Mail. In development it is kept in a folder and shown on a page.
# With a key, each is signed by us (RFC 6376); without one, the mail server is to do it.
DKIM_KEY = environment.text("COMMUNIS_DKIM_KEY")
DKIM_SELECTOR = environment.text("COMMUNIS_DKIM_SELECTOR")
if bool(DKIM_KEY) != bool(DKIM_SELECTOR):
    raise environment.SettingError("COMMUNIS_DKIM_KEY and COMMUNIS_DKIM_SELECTOR need one another.")
EMAIL_BACKEND = (
    "communis.channels.email.signed_smtp.SignedSmtp"
    if DKIM_KEY
    else "django.core.mail.backends.smtp.EmailBackend"
)
if DEVELOPMENT:
    EMAIL_BACKEND = "communis.people.mail_folder.MailFolder"
EMAIL_HOST = environment.text("COMMUNIS_MAIL_HOST", "localhost")
EMAIL_PORT = environment.whole("COMMUNIS_MAIL_PORT", 25, 1, 65535)
EMAIL_HOST_USER = environment.text("COMMUNIS_MAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("COMMUNIS_MAIL_PASSWORD")
EMAIL_USE_TLS = environment.boolean("COMMUNIS_MAIL_STARTTLS", False)
EMAIL_USE_SSL = environment.boolean("COMMUNIS_MAIL_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "COMMUNIS_MAIL_FROM", f"communis@{urlsplit(BASE_URL).hostname or 'localhost'}"
)

# Whether mails hold the words they tell of. Each person may want them without.
# Otherwise it is said ten minutes after its sender was told (rulings, Mail).
MAIL_MUST_BE_CONFIRMED = environment.boolean("COMMUNIS_MAIL_MUST_BE_CONFIRMED", False)
MAIL_WORDS = environment.boolean("COMMUNIS_MAIL_WORDS", True)

# At which hours digests are sent; a person gets the first of them, or as many as wanted.
DIGEST_HOURS = environment.hours("COMMUNIS_DIGEST_HOURS", [7, 12, 16])

# Mail that is answered comes to this domain; empty where no mail is taken. Our own mail server delivers it here by
# LMTP or SMTP, from one of these networks, and signs with this name what it found out about the sender (RFC 8601).
MAIL_DOMAIN = environment.text("COMMUNIS_MAIL_DOMAIN").lower()
LMTP = environment.place("COMMUNIS_LMTP")
SMTP = environment.place("COMMUNIS_SMTP")
MAIL_TRUSTED = environment.listing("COMMUNIS_MAIL_TRUSTED", ["127.0.0.0/8", "::1/128"])
MAIL_AUTHENTICATED_BY = environment.text("COMMUNIS_MAIL_AUTHENTICATED_BY")
# Where it does not find out anything, signatures are tried here. The name server that is asked; else the machine's.
MAIL_CHECKED_HERE = environment.boolean("COMMUNIS_MAIL_CHECKED_HERE", False)
DNS = environment.place("COMMUNIS_DNS")
# Or we fetch it from a mailbox. Whom a mail was sent to is said by the first of these headers with an address of ours.
IMAP = environment.mailbox("COMMUNIS_IMAP")
IMAP_PASSWORD = environment.text("COMMUNIS_IMAP_PASSWORD")
IMAP_RECIPIENT = environment.listing(
    "COMMUNIS_IMAP_RECIPIENT", ["X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc"]
)
if IMAP is not None and not (IMAP_PASSWORD and MAIL_DOMAIN):
    raise environment.SettingError("COMMUNIS_IMAP needs COMMUNIS_IMAP_PASSWORD and COMMUNIS_MAIL_DOMAIN.")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "svenska"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("COMMUNIS_TIME_ZONE", "Europe/Stockholm")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE / "web" / "static"]

# Static files get a name with their hash and are served, compressed, by the same process.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Sessions are rows, so that they end at once when somebody's sign-in is closed.
SESSION_ENGINE = "communis.people.sessions"
# Nobody has a password; should one ever be set, it is hashed with what Python itself carries.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

HTTPS = BASE_URL.startswith("https://")
# A cookie with this prefix is only taken from this very host, and only over https.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Only behind a proxy that sets this header itself: anyone else could claim to have come by https.
if environment.boolean("COMMUNIS_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Nothing is told to other sites. "no-referrer" would tell them no less, but browsers then send
# "Origin: null" with our own forms, which the check against forged requests has to refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# What one request may carry, files apart; and the files it may carry.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# An export of a whole blog, uploaded by a steward.
LARGEST_IMPORT_MIB = environment.whole("COMMUNIS_LARGEST_IMPORT_MIB", 2048, 1, 1_000_000)
# Large uploads wait on the disk that has the room, not where a system keeps small temporary files in memory.
FILE_UPLOAD_TEMP_DIR = DATA
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# One JSON object a line, without words, addresses or IP numbers (trust LOG-1).
LOGGING = CONFIG
