"""What every deployment shares. Values that differ come from the environment (docs/reference/settings.md)."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from toolkit_site.addons import installed_addons
from toolkit_site.environment import Environment

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent.parent.parent
SITE_DIR = BASE_DIR / "site" / "toolkit_site"
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False

INSTALLED_APPS = [
    "toolkit_site",
    *installed_addons(off=env.list("TOOLKIT_ADDONS_OFF", default=[])),
    "toolkit_pages",
    "campaign_library",
    "editions.network",
    "editions",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "toolkit_site.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages too, where no server in front does it; Django pads them, so that their length tells nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "editions.network.second_step.SecondStepMiddleware",
    "editions.network.middleware.DoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "toolkit_pages.public.closed.SiteStateMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "toolkit_site.urls"
WSGI_APPLICATION = "toolkit_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "ATOMIC_REBUILD": True}}
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'network.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers wait for one another instead of failing: a worker and the server share the file.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Half of a release's time on PostgreSQL is compressing page bodies; lz4 takes a quarter of the default's time.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c default_toast_compression=lz4")
    # Made by a migration: words without case and accents, in any language, as SQLite has them.
    WAGTAILSEARCH_BACKENDS["default"]["SEARCH_CONFIG"] = "toolkit"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Ten wrong passwords for one name, and it waits a quarter of an hour. A counter in the cache: nothing is written
# into the database, and no address of anybody is kept.
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "editions.network.second_step.no_address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "network/locked_out.html"
# National people log in with a password and a code of an app.
NETWORK_SECOND_STEP_REQUIRED = env.bool("SECOND_STEP_REQUIRED", default=True)
OTP_TOTP_ISSUER = "Toolkit network"

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español"), ("ar", "العربية")]
# Those in which all words of the admin are translated. Of the others, the words that readers see are.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The types of the pages that opening an affiliate makes: the network imports no app that defines one.
EDITIONS_FOLDER_PAGE_MODEL = "toolkit_pages.FolderPage"
EDITIONS_HOME_PAGE_MODEL = "toolkit_pages.HomePage"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAIL_SITE_NAME = _("Toolkit network")
WAGTAILADMIN_BASE_URL = env.str("ADMIN_URL", default="http://localhost:8000")
# The admin asks nothing of the outside: no avatars, no version checks, no banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A page deleted by mistake keeps its translated strings, so that restoring it restores them.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# What is only handed to translators is a draft: published at once, its English words would stand under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Papers, tables, slides, pictures, sound. Not among them: what a browser would run (HTML, SVG, XML) or a computer would.
WAGTAILDOCS_EXTENSIONS = (
    "pdf doc docx odt rtf txt md xls xlsx ods csv ppt pptx odp epub ics vcf zip"
    " jpg jpeg png gif webp avif heic tif tiff bmp mp3 m4a ogg wav mp4 webm srt vtt"
).split()
# What photos and PDFs say of where and by whom they were made is taken off before they are stored.
WAGTAILIMAGES_IMAGE_FORM_BASE = "toolkit_site.uploads.forms.CleanImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "toolkit_site.uploads.forms.CleanDocumentForm"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="network@example.org")

SILENCED_SYSTEM_CHECKS = [
    "wagtailadmin.W003",
    # Wrong passwords are counted for each name, in the cache of one process or the shared one of several (decision 19).
    "axes.W001",
    "axes.W006",
]
