"""Who signs in, where, and what a password has to be."""

AUTH_USER_MODEL = "stories.User"
LOGIN_URL = "desk_login"
LOGIN_REDIRECT_URL = "desk_inbox"
LOGOUT_REDIRECT_URL = "front_page"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
