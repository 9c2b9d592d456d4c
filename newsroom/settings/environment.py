"""Where settings come from: the environment, `.env` beside manage.py, and what `make run` chose."""

from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from stories.management.embedded import is_held

BASE_DIR = Path(__file__).resolve().parent.parent.parent

PORT_PATTERN = r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)


def folder_of(name: str, default: Path) -> Path:
    """The folder that a setting names, made where it is missing."""
    folder = Path(env.str(name, "") or default).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be a folder: {error}") from error
    return folder


def each(pattern: str, error: str) -> Callable[[list[str]], None]:
    """A validator of lists, each text of which has to match."""
    is_one = validate.Regexp(pattern, error=error)

    def refuse_others(texts: list[str]) -> None:
        for text in texts:
            is_one(text.strip())

    return refuse_others


DATA_DIR = folder_of("DATA_DIR", BASE_DIR / "var")

# What `make run` chose, as long as it runs: commands that are given beside it find its addresses and sources.
if is_held(DATA_DIR / "running.pid"):
    env.read_env(DATA_DIR / "running.env", recurse=False)

# Where others rely on it, defaults that serve one desk are refused: newsroom/settings/production.py.
PRODUCTION = env.bool("PRODUCTION", False)
