"""Packages of npm, pinned by version and SHA-256, fetched once by npm itself."""

import hashlib
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

CACHE = Path(__file__).parents[1] / "build" / "npm"


def npm_files(name: str, version: str, sha256: str, wanted: Iterable[str]) -> dict[str, bytes]:
    """Return files of a package; a package that is not the one that was pinned ends the program."""
    archive = CACHE / f"{name}-{version}.tgz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"], cwd=CACHE, check=True, stdout=subprocess.DEVNULL
        )
    data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        archive.unlink()
        sys.exit(f"{name} {version} is not the archive that was pinned")
    with tarfile.open(fileobj=BytesIO(data)) as tar:
        found = {file: tar.extractfile(f"package/{file}") for file in wanted}
        return {file: part.read() for file, part in found.items() if part is not None}
