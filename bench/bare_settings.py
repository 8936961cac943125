"""Settings of the bare app: middleware as in a new Django project, the database set up as that of WerktSamen.

BARE_DATA is the folder in which it keeps itself, unless DATABASE_URL tells of a database.
"""

import os
from pathlib import Path

import dj_database_url

SECRET_KEY = "only for measuring"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
ROOT_URLCONF = "bench.bare"
LOGIN_URL = "/enter/"
TIME_ZONE = "Europe/Brussels"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "bench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

PAGE = """<!doctype html>
<html lang="en">
<head><title>Notes of {{ user }}</title></head>
<body>
<form method="post" action="{% url 'save' notes.0.pk %}">{% csrf_token %}
<textarea name="text">{{ notes.0.text }}</textarea><button>Save</button></form>
<ul>{% for note in notes %}
  <li id="note-{{ note.pk }}"><h2>{{ note.title }}</h2>
    {% if note.text %}<p>{{ note.text }}</p>{% endif %}
    <p><a href="{% url 'save' note.pk %}">Change it</a></p></li>{% endfor %}
</ul>
</body>
</html>
"""

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [("django.template.loaders.locmem.Loader", {"page.html": PAGE})],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{Path(os.environ.get('BARE_DATA', '.'), 'bare.sqlite3').absolute()}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
