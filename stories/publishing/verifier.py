"""The verifier as one file, which readers can take away: the same code that verifies here, with nothing else."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_ROOT = Path(__file__).resolve().parents[2]
_FILES = ("stories/__init__.py", "stories/publishing/__init__.py", "stories/publishing/canonical.py")
_MAIN = "import sys\n\nfrom stories.publishing.proof.__main__ import main\n\nsys.exit(main())\n"


@lru_cache(maxsize=1)
def verifier_archive() -> bytes:
    """An archive that Python runs as it is: `python verify.pyz FILE`. Its bytes follow from the code alone."""
    proof = sorted(path.relative_to(_ROOT).as_posix() for path in _ROOT.glob("stories/publishing/proof/*.py"))
    with BytesIO() as raw:
        with ZipFile(raw, "w", ZIP_DEFLATED) as archive:
            archive.writestr(ZipInfo("__main__.py"), _MAIN)
            for name in (*_FILES, *proof):
                archive.writestr(ZipInfo(name), (_ROOT / name).read_bytes())
        return raw.getvalue()
