"""The wheel that people install: built from the checkout, put into an environment of its own, asked for its page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.usefixtures("built_app")
def test_an_installed_wheel_serves_the_application(tmp_path: Path) -> None:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    build: list[str | Path] = [
        "build",
        "--quiet",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        tmp_path,
    ]
    subprocess.run([uv, *build, CHECKOUT], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.stat().st_size < 5 << 20
    home = tmp_path / "env"
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, home], check=True)
    python = home / "bin/python"
    install: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", python]
    subprocess.run([*install, "--require-hashes", "-r", _needed(tmp_path, uv)], check=True)
    subprocess.run([*install, "--no-deps", wheel], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {
        "ZVENO_STORE": f"sqlite:///{tmp_path / 'x.sqlite'}",
        "ZVENO_SNAPSHOT_DIR": str(tmp_path / "snapshots"),
    }
    zveno = home / "bin/zveno"
    subprocess.run([zveno, "load", "demo"], check=True, cwd=tmp_path, env=environment, capture_output=True)
    service = subprocess.Popen([zveno, "serve", "--port", str(port)], cwd=tmp_path, env=environment)
    try:
        page = fetched(f"http://127.0.0.1:{port}/")
        script = re.search(r'src="(/static/app/assets/[^"]+\.js)"', page)
        assert script, page
        assert len(fetched(f"http://127.0.0.1:{port}{script[1]}")) > 10_000
    finally:
        service.terminate()
        service.wait(20)


def _needed(folder: Path, uv: str) -> Path:
    """What the wheel itself needs, without the extras, at the locked versions."""
    needed = folder / "needed.txt"
    locked: list[str | Path] = [
        "--constraints",
        CHECKOUT / "requirements.txt",
        "--generate-hashes",
        "--no-header",
        "--quiet",
    ]
    subprocess.run([uv, "pip", "compile", *locked, CHECKOUT / "pyproject.toml", "--output-file", needed], check=True)
    return needed


def fetched(address: str, seconds: float = 40) -> str:
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address) as response:
                text: str = response.read().decode()
                return text
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
