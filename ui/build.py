"""Build the application in the browser into the package, if what it is made from has changed: ``make ui``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from subprocess import CalledProcessError

import inputs
from node import UI, npm

BUILT = UI.parent / "graph_service/api/static/app"
STAMP = BUILT / "built-from.txt"
SOURCES = ("src", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts")
LOOKS = ("tokens.css", "pages.css")


def main() -> None:
    """Build; do nothing where nothing has changed."""
    inputs.main()
    digest = _digest()
    if not STAMP.exists() or STAMP.read_text() != digest:
        try:
            npm("run", "--silent", "build")
        except CalledProcessError as failure:  # npm has said what is wrong
            raise SystemExit(failure.returncode) from None
        STAMP.write_text(digest)


def _digest() -> str:
    files = [file for name in SOURCES for file in sorted(_files(UI / name))]
    files += [UI.parent / "graph_service/api/static" / name for name in LOOKS]
    digest = hashlib.sha256()
    for file in files:
        if file.name != "schema.ts":  # made from openapi.json, which is among them
            digest.update(str(file.relative_to(UI.parent)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


if __name__ == "__main__":
    main()
