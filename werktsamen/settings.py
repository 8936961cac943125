"""All settings. What differs from one installation to the next comes from the environment:

WERKTSAMEN_DATA      folder for database, files and secret key (default: var/ in the project)
WERKTSAMEN_HOSTS     host names that are served, separated by commas (default: localhost)
WERKTSAMEN_ADDRESS   where people find it, for the links in mails (default: http://localhost:8000)
WERKTSAMEN_HTTPS     1 where one proxy serves https in front and sets X-Forwarded-For and X-Forwarded-Proto itself
WERKTSAMEN_DEMO      1 loads a demo organisation and offers one click per role to its people; else you start your own
WERKTSAMEN_DEBUG     1 while developing
WERKTSAMEN_SECRET    the secret key (default: made once and kept in the data folder)
WERKTSAMEN_MAIL      the mail server: smtp://user:password@host:587 (always encrypted where there is a password or the
                     port is 587), smtps://user:password@host:465, or smtp://localhost for one of this machine
                     (default: none; each mail becomes a file in the folder mail of the data folder)
WERKTSAMEN_MAIL_FROM who mails come from: WerktSamen <werktsamen@example.org>
DATABASE_URL         postgres://… (default: SQLite in the data folder)
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_flag(name: str) -> bool:
    return env(name) in {"1", "true", "yes"}


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env("WERKTSAMEN_DATA", str(BASE_DIR / "var"))).absolute()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env_flag("WERKTSAMEN_DEBUG")
DEMO = env_flag("WERKTSAMEN_DEMO")
# Shown to whoever runs a demo installation, which serves this machine only.
DEMO_PASSWORD = "samen-werkt-het"  # noqa: S105
HTTPS = env_flag("WERKTSAMEN_HTTPS")


def kept_secret(path: Path) -> str:
    """The secret key in this file, made on first use. Processes that start together agree on one, and it is whole."""
    if not path.exists():
        descriptor, draft = mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key())
        with suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text()


SECRET_KEY = env("WERKTSAMEN_SECRET") or kept_secret(DATA_DIR / "secret-key")

# Where people find this installation; it stands before the links in mails.
ADDRESS = env("WERKTSAMEN_ADDRESS", "http://localhost:8000").rstrip("/")


def mailer(address: str) -> dict[str, Any]:
    """Who takes our mail: the server at this address, else a folder. A password never goes over an open line."""
    if not address:
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(DATA_DIR / "mail")},
        }
    url = urlsplit(address)
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ValueError("WERKTSAMEN_MAIL is no smtp:// or smtps:// address")
    told: dict[str, Any] = {"host": url.hostname, "timeout": 120}
    told |= {"port": url.port} if url.port else {}
    told |= {"username": unquote(url.username or ""), "password": unquote(url.password or "")}
    told["use_ssl"] = url.scheme == "smtps"
    told["use_tls"] = url.scheme == "smtp" and (bool(url.password) or url.port == 587)
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": told}


MAILERS = {"default": mailer(env("WERKTSAMEN_MAIL"))}
DEFAULT_FROM_EMAIL = env("WERKTSAMEN_MAIL_FROM", f"WerktSamen <werktsamen@{urlsplit(ADDRESS).hostname}>")

ALLOWED_HOSTS = [host.strip() for host in env("WERKTSAMEN_HOSTS", "localhost,127.0.0.1").split(",")]
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# WerktSamen has a host name of its own: what lies under it is served over https as well.
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "werktsamen.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "auditlog",
    "django_htmx",
    "django_tasks_db",
    "django.forms",
    "people",
    "ideas",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.signed_in.SignedInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "werktsamen.size.SizeMiddleware",
]

ROOT_URLCONF = "werktsamen.urls"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "werktsamen.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "people.current.me",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'werktsamen.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A web process and the worker write at the same time: wait for each other, and keep what was confirmed.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # Browser tests read and write from two threads, which a database in memory does not bear.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
AUDITLOG_LOGENTRY_MODEL = "ideas.Change"
AUDITLOG_STORE_JSON_CHANGES = True
# Its own table, which our `Change` takes the place of, is not made.
MIGRATION_MODULES = {"auditlog": None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# It holds the counts of failed sign-ins, which all web processes must share and none may push out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["people.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "people.adapter.MembersOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Behind a proxy, tries are counted by the address that the proxy passes on.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "reset_password": "10/m/ip,3/10m/key"}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# In seconds: whoever proved longer ago who they are does so again before something weighty.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
# Many colleagues come from one address.
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_ADAPTER = "people.adapter.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks differ: the code of half a minute ago or ahead is taken too.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "WerktSamen"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# An account has one address, to which an invitation was mailed; allauth's own list of addresses stays empty.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# `people.weighty` asks, also where allauth would not.
MFA_REAUTHENTICATION_REQUIRED = False
SOCIALACCOUNT_ADAPTER = "people.provider.OfTheOrganisation"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # A page that is not there, or a form with a mistake in it, is nothing to look at; its address may hold a code.
        "django.request": {"level": "ERROR"},
        "django.tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}
