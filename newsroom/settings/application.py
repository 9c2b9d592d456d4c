"""What the product is made of: applications, middleware, templates and static files."""

from newsroom.settings.environment import BASE_DIR, DATA_DIR, PRODUCTION, folder_of

INSTALLED_APPS = [
    # Its own configuration would make a site that imports every screen at once.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "newsroom.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "simple_history",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "stories.apps.StoriesConfig",
]

MIDDLEWARE = [
    "newsroom.trail.TrailMiddleware",
    "newsroom.headers.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.headers.ContentPolicy",
    "newsroom.caching.PrivateUnlessPublished",
    "newsroom.nul.CookiesWithoutNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.languages.SpeakTheirLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "stories.signing_in.middleware.Asked",
    "allauth.account.middleware.AccountMiddleware",
    "stories.signing_in.middleware.SecondFactorRequired",
    "stories.signing_in.middleware.PersonsOwnZone",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "newsroom.same_moment.AsIfItCameLater",
    # The last: what they cannot read, or do not, is refused in a page with all headers.
    "newsroom.in_parts.FormsInParts",
    "newsroom.nul.WithoutNul",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
# The parts of forms may be ours, too, as every other template of the theme's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "newsroom.theme.Loader"],
                )
            ],
            "builtins": ["stories.templatetags.shortened", "stories.templatetags.nonced"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stories.templatetags.newsroom.newsroom_context",
            ],
        },
    },
]

STATIC_URL = "static/"
STATIC_ROOT = folder_of("STATIC_ROOT", DATA_DIR / "static")
# One desk serves them from where they lie. In production `collectstatic` names each by what is in it, and packs it.
WHITENOISE_USE_FINDERS = not PRODUCTION
if PRODUCTION:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# The form of a long story has nine for each quotation and five for each claim.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
