"""The wheel is complete: away from the checkout it renders the same bytes, and the sdist builds into the same wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.templates.documented import write_documented_folder

ROOT = Path(__file__).parents[1]


def run(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run Python with `arguments` and return what it printed."""
    command = [sys.executable, *arguments]
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **environment}
    done = subprocess.run(command, cwd=cwd, env=settings, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a checkout or sdist with what is installed and return its path."""
    run("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source), cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def wheel_contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path):
    contents = wheel_contents(wheel)
    package = {
        f"symback/{name}": data for name, data in files_below(ROOT / "symback").items() if "__pycache__" not in name
    }
    templates = {f"symback/templates/{name}": data for name, data in files_below(ROOT / "templates").items()}
    assert "symback/py.typed" in package
    assert any(name.startswith("symback/examples/") and name.endswith(".yaml") for name in package)
    assert templates
    assert {name: data for name, data in contents.items() if ".dist-info/" not in name} == package | templates


def test_the_sdist_builds_into_the_same_wheel(wheel: Path, tmp_path: Path):
    run("-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path), cwd=ROOT)
    (sdist,) = tmp_path.glob("*.tar.gz")
    assert wheel_contents(build_wheel(sdist, tmp_path)) == wheel_contents(wheel)


def test_the_unpacked_wheel_renders_the_same_bytes(wheel: Path, tmp_path: Path):
    unpacked, elsewhere = tmp_path / "unpacked", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    origin = run("-c", "import symback; print(symback.__file__)", cwd=elsewhere, PYTHONPATH=str(unpacked))
    assert Path(origin.strip()).is_relative_to(unpacked)

    own = ("--style", "exam-key", "--templates", str(write_documented_folder(tmp_path)))
    for options in ((), own):
        render = ("-m", "symback", "render", "slides", "--to", "md,tex", *options, "-o")
        run(*render, str(tmp_path / "from_wheel"), cwd=elsewhere, PYTHONPATH=str(unpacked))
        run(*render, str(tmp_path / "from_checkout"), cwd=ROOT)
    rendered = files_below(tmp_path / "from_wheel")
    assert set(rendered) == {"slides.md", "slides.tex", "slides.exam-key.md", "slides.exam-key.tex"}
    assert rendered == files_below(tmp_path / "from_checkout")
    assert not list(elsewhere.iterdir())
