"""All settings, read from the environment, with safe defaults for the embedded size.

One file for every size and mode, so that what is tested is what runs
(docs/decisions/0010). Addresses come from DATABASE_URL, REDIS_URL and EMAIL_URL;
the project's own switches begin with ELEARNING_ and stand in the last block.
"""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from certificates.numbering import DEFAULT_PATTERN
from elearning import embedded
from elearning.addresses import bucket_parts, database_parts, mail_parts
from elearning.environment import RecordedEnv
from lib.markdown.recordings import VIDEO_HOSTS

env = RecordedEnv()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- size and mode -----------------------------------------------------------------
ELEARNING_MODE = env.str("ELEARNING_MODE", default="demo")
if ELEARNING_MODE not in {"demo", "production"}:
    raise ImproperlyConfigured("ELEARNING_MODE is either 'demo' or 'production'.")
DEMO = ELEARNING_MODE == "demo"
ELEARNING_VAR = Path(env.str("ELEARNING_VAR", default=str(BASE_DIR / "var"))).resolve()
DATABASE_PARTS = env.address("DATABASE_URL", database_parts)
EMBEDDED_DATABASE = DATABASE_PARTS is None
EMBEDDED_BROKER = not env.str("REDIS_URL", default="")

# --- secrets and hosts -------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not (EMBEDDED_DATABASE or DEMO):
        raise ImproperlyConfigured("A scaled production site needs SECRET_KEY.")
    SECRET_KEY = embedded.read_or_create_secret(ELEARNING_VAR / "secret-key")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEMO else []
)
# Without the variable, the address that `up` has left for commands in other shells.
ADDRESS_FILE = ELEARNING_VAR / "public-url"
PUBLIC_URL = (
    env.str("PUBLIC_URL", default="") or embedded.left_address(ADDRESS_FILE)
).rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []
# A production site is reached over https; the demo on 127.0.0.1 is not.
HTTPS = not DEMO and not PUBLIC_URL.startswith("http://")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True) and HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https")
    if env.bool("BEHIND_PROXY", default=False)
    else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# With this a browser takes a cookie from this host alone, over https, for every path.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
# No script reads it: forms carry the token.
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_FAILURE_VIEW = "elearning.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# The provider of single sign-on, "" for none: `docs/operations.md`, Single sign-on.
ELEARNING_SSO_ISSUER = env.str("ELEARNING_SSO_ISSUER", default="").rstrip("/")

# With `requests` it is megabytes, which nobody pays who has no provider.
SSO_APPS = (
    ["allauth.socialaccount.providers.openid_connect"] if ELEARNING_SSO_ISSUER else []
)

# --- applications ------------------------------------------------------------------
INSTALLED_APPS = [
    "elearning",
    "studio",
    "reports",
    "certificates",
    "quizzes",
    "courses",
    "accounts",
    "lib",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *SSO_APPS,
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
# Moments whole, as the seals of the audit trail need them.
SERIALIZATION_MODULES = {
    "json": "lib.dumps.whole_json",
    "jsonl": "lib.dumps.whole_jsonl",
}
MIDDLEWARE = [
    "elearning.middleware.request_ids",
    "elearning.watching.request_times.count_requests",
    "elearning.middleware.permissions_policy",
    "elearning.middleware.probes",
    "elearning.middleware.former_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Both pad their answers, so compressing pages with secrets is safe (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "elearning.packing.brotli_pages",
    "elearning.middleware.content_security_policy",
    "elearning.middleware.maintenance",
    "elearning.middleware.null_characters",
    "elearning.middleware.token_requests",
    # Before whatever sets a cookie: its answers are somebody's.
    "accounts.middleware.personal_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.roles",
    "accounts.middleware.staff_sessions",
    "accounts.middleware.time_zone",
    "accounts.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "elearning.urls"
WSGI_APPLICATION = "elearning.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "elearning.context_processors.site",
                "elearning.context_processors.phone",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- data --------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Immediate transactions: 0 of 480 writers refused, against 399 with the defaults; the
# figures are in docs/decisions/0011.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA busy_timeout=20000;PRAGMA cache_size=-4000;"
        "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;"
    ),
}
if DATABASE_PARTS is None:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ELEARNING_VAR / "melek.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
            # Opening the file and saying the above took half of a small page.
            "CONN_MAX_AGE": 600,
        }
    }
else:
    # What the address says of itself wins (docs/capacity.md: behind PgBouncer).
    DATABASES = {
        "default": {
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            **DATABASE_PARTS,
        }
    }
    # The tree is asked by ranges of paths, of which the planner expects thousands of
    # times the rows there are: it compiled for 16 s what then ran for 3. PgBouncer
    # takes no such word; there the role has to say it (docs/capacity.md).
    if not DATABASE_PARTS.get("DISABLE_SERVER_SIDE_CURSORS"):
        said = {"options": "-c jit=off"}
        DATABASES["default"]["OPTIONS"] = said | DATABASE_PARTS.get("OPTIONS", {})
BROKER_SOCKET = embedded.broker_socket(ELEARNING_VAR)
REDIS_URL = env.str("REDIS_URL", default="") or f"unix://{BROKER_SOCKET}?db=0"
CACHES = {
    "default": {
        "BACKEND": "lib.forgiving_cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "melek",
        "OPTIONS": {
            # A cache that is down must not keep anybody from learning.
            "IGNORE_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 1,
            "SOCKET_TIMEOUT": 1,
            # Nor must one that was filled by the version before a deployment.
            "SERIALIZER": "lib.forgiving_cache.ForgivingPickleSerializer",
        },
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "accounts.sessions"
MESSAGE_STORAGE = "lib.message_cookies.MessageStorage"
MEDIA_ROOT = ELEARNING_VAR / "media"
# An object storage in place of that folder, None for none; its keys (backups use them,
# too), without them those of the machine.
FILES_PARTS = env.address("ELEARNING_FILES", bucket_parts)
BUCKET_KEYS = {
    "access_key": env.str("ELEARNING_FILES_KEY_ID", default="") or None,
    "secret_key": env.str("ELEARNING_FILES_SECRET", default="") or None,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Celery ------------------------------------------------------------------------
CELERY_BROKER_URL = f"redis+socket://{BROKER_SOCKET}" if EMBEDDED_BROKER else REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# A task that takes its worker with it is begun again as often as its `max_retries`
# says, three times by default. Rejected alone, it would come back for ever.
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "mail"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Queueing never fails a request: no retry, one second, and the sweep does the rest.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # Without this kombu tries again for six seconds before it gives up.
    "max_retries": 0,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(ELEARNING_VAR / "beat-schedule")
CELERY_TIMEZONE = "Asia/Jakarta"

# --- signing in --------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.PersonBackend",
    # Sessions name what let them in, and those of 0.1 name this one: an update ends
    # none. It lets nobody in any more, for the first one has the last word.
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "accounts.hashers.ThriftyArgon2",
    # Of sites before 0.2; hashed anew when somebody signs in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_DJANGO_S = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.password_words.SiteWordsValidator"},
    *(
        {"NAME": f"{_DJANGO_S}{name}", "OPTIONS": options}
        for name, options in (
            ("UserAttributeSimilarityValidator", {"user_attributes": ("nip", "name")}),
            ("MinimumLengthValidator", {"min_length": 12}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ),
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.PasswordChangeForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nip"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Whoever's password or second factor changes is told by mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
# allauth counts in the cache, which may be away: accounts/tries.py counts instead.
ACCOUNT_RATE_LIMITS = False
# Nobody makes the site write to addresses of people that it does not know.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
# An address proves nothing by itself: whose account it is, is decided by `linking`.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# How many proxies of ours stand before the site; X-Forwarded-For is believed so far.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Addresses come from HR; nobody confirms one here before the second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "accounts.passkeys.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.forms_second_factor.AuthenticateForm",
    "reauthenticate": "accounts.forms_second_factor.ReauthenticateForm",
    "activate_totp": "accounts.forms_second_factor.ActivateTOTPForm",
    "add_webauthn": "accounts.passkeys.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.passkeys.forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.passkeys.forms.UsePasskeyForm",
    "login_webauthn": "accounts.passkeys.forms.SignInWithPasskeyForm",
    "reauthenticate_webauthn": "accounts.passkeys.forms.ConfirmWithPasskeyForm",
}
# As for passwords: accounts/tries.py counts.
MFA_RATE_LIMITS = False
# Codes of half a minute before and after are taken: telephones go wrong by that much.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = env.str("ELEARNING_PRODUCT_NAME", default="Melek ASN")

# --- language, time ----------------------------------------------------------------
LANGUAGE_CODE = "id"
# English follows once its catalogue is there.
LANGUAGES = [("id", _("Bahasa Indonesia"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FIRST_DAY_OF_WEEK = 1

# --- static files, mail, logging ---------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(ELEARNING_VAR / "static")))
# Sources and build script lie beside the built files and are not published.
STATICFILES_DIRS = [
    (name, BASE_DIR / "static" / name) for name in ("css", "dist", "help", "icons")
]
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "lib.whole_storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if FILES_PARTS is not None:
    STORAGES["default"] = {
        "BACKEND": "lib.object_storage.ObjectStorage",
        "OPTIONS": {**FILES_PARTS, **BUCKET_KEYS},
    }
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# No other site uses our styles and scripts.
WHITENOISE_ALLOW_ALL_ORIGINS = False
MAIL_PARTS = env.address("EMAIL_URL", mail_parts)
if MAIL_PARTS is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = ELEARNING_VAR / "mail"
else:
    vars().update(MAIL_PARTS)
# A server that says nothing must not keep a worker for ever.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="melek@contoh.example")
LOG_LEVEL = env.word("LOG_LEVEL", "INFO", {"DEBUG", "INFO", "WARNING", "ERROR"})
# Lines for people, or JSON for what collects logs.
LOG_FORMAT = env.word("LOG_FORMAT", "line", {"line", "json"})
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "lib.log_lines.LineFormatter"},
        "json": {"()": "lib.log_lines.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"pyhanko": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}

# --- films of other sites -------------------------------------------------------------
# Sites whose films lessons may show, by the names of `lib.markdown.recordings`; empty
# for none.
ELEARNING_VIDEO_HOSTS = env.list("ELEARNING_VIDEO_HOSTS", default=["youtube"])
if _unknown := set(ELEARNING_VIDEO_HOSTS) - set(VIDEO_HOSTS):
    raise ImproperlyConfigured(
        f"ELEARNING_VIDEO_HOSTS: unknown {', '.join(sorted(_unknown))}; "
        f"known are {', '.join(sorted(VIDEO_HOSTS))}."
    )

# --- Content-Security-Policy -------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # Only where a page asks for one: the editor of Studio makes its sheet itself.
        "style-src": [SELF, NONCE],
        "img-src": [SELF],
        "media-src": [SELF],
        # Players of films; nothing of theirs is asked for before somebody presses.
        "frame-src": [VIDEO_HOSTS[name].origin for name in ELEARNING_VIDEO_HOSTS]
        or [NONE],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- the project's own switches ----------------------------------------------------
# Who runs the site; every agency sets its own.
ELEARNING_PRODUCT_NAME = env.str("ELEARNING_PRODUCT_NAME", default="Melek ASN")
ELEARNING_AGENCY_NAME = env.str(
    "ELEARNING_AGENCY_NAME", default="Pemerintah Kabupaten Contoh"
)
ELEARNING_AGENCY_SHORT = env.str("ELEARNING_AGENCY_SHORT", default="Pemkab Contoh")
ELEARNING_OPERATOR = env.str("ELEARNING_OPERATOR", default="BKPSDM Kabupaten Contoh")
# A telephone number or address that people may turn to, empty for none.
ELEARNING_HELP_CONTACT = env.str("ELEARNING_HELP_CONTACT", default="")
# Test NIPs (serial 900-999) are refused unless this is on.
ELEARNING_ALLOW_TEST_NIP = env.bool("ELEARNING_ALLOW_TEST_NIP", default=DEMO)
# The first start of the embedded demo fills it with invented people.
ELEARNING_DEMO_PEOPLE = env.bool("ELEARNING_DEMO_PEOPLE", default=DEMO)
# Staff roles must have a second factor.
ELEARNING_STAFF_MFA = env.bool("ELEARNING_STAFF_MFA", default=not DEMO)
# A passkey lets in alone: the device asks for a fingerprint, a face or a PIN. Off, it
# is the second step after the password.
ELEARNING_PASSKEY_SIGN_IN = env.bool("ELEARNING_PASSKEY_SIGN_IN", default=True)
# This site as a client of that provider; what people read on the button; the claim with
# the NIP, and whether it is proof alone because people cannot write it themselves; the
# code of the unit that takes in whoever is not known yet, empty for nobody.
ELEARNING_SSO_CLIENT_ID = env.str("ELEARNING_SSO_CLIENT_ID", default="")
ELEARNING_SSO_CLIENT_SECRET = env.str("ELEARNING_SSO_CLIENT_SECRET", default="")
ELEARNING_SSO_NAME = env.str("ELEARNING_SSO_NAME", default="akun instansi")
ELEARNING_SSO_NIP_CLAIM = env.str("ELEARNING_SSO_NIP_CLAIM", default="nip")
ELEARNING_SSO_TRUSTS_NIP = env.bool("ELEARNING_SSO_TRUSTS_NIP", default=False)
ELEARNING_SSO_NEWCOMERS_UNIT = env.str("ELEARNING_SSO_NEWCOMERS_UNIT", default="")
# So long after signing in people with a role sign in again, whatever they asked for.
ELEARNING_STAFF_SESSION = timedelta(
    hours=env.int("ELEARNING_STAFF_SESSION_HOURS", default=12)
)
# And when nobody has worked in it for so long.
ELEARNING_STAFF_IDLE = timedelta(
    minutes=env.int("ELEARNING_STAFF_IDLE_MINUTES", default=60)
)
# After how many years an account that was closed is anonymised; 0 for never.
ELEARNING_RETENTION_YEARS = env.int("ELEARNING_RETENTION_YEARS", default=0)
# Whether a draft is published only after somebody else has approved exactly that state.
ELEARNING_PUBLISH_NEEDS_REVIEW = env.bool(
    "ELEARNING_PUBLISH_NEEDS_REVIEW", default=False
)
# Percent of all people who should have the JP of PNS by the end of the year, as the
# dashboard draws it; 0 draws no such line.
ELEARNING_JP_SHARE_TARGET = env.int("ELEARNING_JP_SHARE_TARGET", default=100)
# Whether superiors see the scores of their people, and not only what is done.
ELEARNING_TEAM_SEES_SCORES = env.bool("ELEARNING_TEAM_SEES_SCORES", default=False)
# Between which hours of the reader's day reminders of deadlines go out.
ELEARNING_MAIL_HOURS = (
    env.int("ELEARNING_MAIL_FROM_HOUR", default=7),
    env.int("ELEARNING_MAIL_TO_HOUR", default=18),
)
# JP targets by employment status: (JP, "minimum" or "maximum"); DOMAIN: PP 11/2017
# art. 203(4) for PNS, PP 49/2018 art. 40 for PPPK.
ELEARNING_JP_TARGETS = {
    "PNS": (20, "minimum"),
    "CPNS": (20, "minimum"),
    "PPPK": (24, "maximum"),
    "PPPK Paruh Waktu": (24, "maximum"),
}
# Whose JP are counted by years of the work agreement instead of calendar years.
ELEARNING_JP_AGREEMENT_YEARS = ("PPPK", "PPPK Paruh Waktu")
# What the field `jenisDiklat` of SIASN and MyASN says for every course here: its code
# and word (DOMAIN §4.2).
ELEARNING_SIASN_JENIS_DIKLAT = env.str(
    "ELEARNING_SIASN_JENIS_DIKLAT", default="16 E-Learning"
)
# What every course handed on to SIASN says (DOMAIN §4.1, §4.2): the agency's id at BKN,
# and the kind, by its code alone.
ELEARNING_SIASN = {
    "instansiId": env.str("ELEARNING_SIASN_INSTANSI_ID", default=""),
    "jenisDiklatId": ELEARNING_SIASN_JENIS_DIKLAT.partition(" ")[0],
    "jenisKursus": env.str("ELEARNING_SIASN_JENIS_KURSUS", default=""),
    "jenisKursusSertipikat": env.str("ELEARNING_SIASN_JENIS_SERTIPIKAT", default="T"),
}
# Points of the IP ASN for 20 JP of technical training, for the estimate in reports;
# DOMAIN §4.4: Peraturan BKN 8/2019 art. 8, the figure for pelaksana from practice.
ELEARNING_IP_ASN_POINTS = {"pelaksana": Decimal("22.5"), "lainnya": Decimal(15)}
# Predikat by score, highest first: (score above which it applies, word).
ELEARNING_PREDIKAT = (
    (90, "Sangat Memuaskan"),
    (80, "Memuaskan"),
    (70, "Baik"),
    (60, "Cukup"),
    (-1, "Kurang"),
)
# Certificates.
ELEARNING_ISSUER_CODE = env.str("ELEARNING_ISSUER_CODE", default="BKPSDM")
ELEARNING_NUMBER_PATTERN = env.str("ELEARNING_NUMBER_PATTERN", default=DEFAULT_PATTERN)
ELEARNING_CLASSIFICATION_CODE = env.str(
    "ELEARNING_CLASSIFICATION_CODE", default="800.2.4"
)
ELEARNING_SIGNER_TITLE = env.str(
    "ELEARNING_SIGNER_TITLE", default="Kepala BKPSDM Kabupaten Contoh"
)
ELEARNING_SIGNER_NAME = env.str(
    "ELEARNING_SIGNER_NAME", default="Dra. Contoh Pejabat, M.Si."
)
ELEARNING_SIGNER_RANK = env.str("ELEARNING_SIGNER_RANK", default="Pembina Utama Muda")
ELEARNING_SIGNER_NIP = env.str("ELEARNING_SIGNER_NIP", default="196501011985031919")
# The line below the agency's name on reports that are printed; empty for none.
ELEARNING_LETTER_ADDRESS = env.str("ELEARNING_LETTER_ADDRESS", default="")
ELEARNING_ISSUE_PLACE = env.str("ELEARNING_ISSUE_PLACE", default="Contoh")
ELEARNING_SIGNING_KEY = Path(
    env.str("ELEARNING_SIGNING_KEY", default=str(ELEARNING_VAR / "signing-key.pem"))
)
# The newest seals of the audit trail, outside the database: on another machine's disk
# where the trail is to hold against whoever runs the database.
ELEARNING_SEAL_FILE = Path(
    env.str("ELEARNING_SEAL_FILE", default=str(ELEARNING_VAR / "audit-seals"))
)
# Backups: the folder, or s3://…, for the nightly one, empty for none; how many are kept
# there; and the public keys (age1…) of who may open them, empty for open ones.
ELEARNING_BACKUP_FOLDER = env.str("ELEARNING_BACKUP_FOLDER", default="")
ELEARNING_BACKUP_KEEP = env.int("ELEARNING_BACKUP_KEEP", default=14)
ELEARNING_BACKUP_RECIPIENTS = env.list("ELEARNING_BACKUP_RECIPIENTS", default=[])
# Who may read /metrics: whoever brings the token, and these networks; with neither
# there are none. docs/operations.md, Watching.
ELEARNING_METRICS_TOKEN = env.str("ELEARNING_METRICS_TOKEN", default="")
ELEARNING_METRICS_NETWORKS = env.list("ELEARNING_METRICS_NETWORKS", default=[])
# While this file exists the site answers "sedang dipelihara".
ELEARNING_MAINTENANCE_FILE = ELEARNING_VAR / "maintenance"
# Files of courses: the largest film, sound or paper, the largest picture as it is sent,
# and all files of one course together; in bytes.
ELEARNING_MEDIA_BYTES = env.int("ELEARNING_MEDIA_BYTES", default=50_000_000)
ELEARNING_PICTURE_BYTES = env.int("ELEARNING_PICTURE_BYTES", default=20_000_000)
ELEARNING_COURSE_FILES_BYTES = env.int(
    "ELEARNING_COURSE_FILES_BYTES", default=300_000_000
)
# Exports of at most this many rows are made at once, larger ones by the worker.
ELEARNING_INLINE_EXPORT_ROWS = env.int("ELEARNING_INLINE_EXPORT_ROWS", default=5_000)
