"""The committed gallery is what the code writes; it proves stability, never truth."""

from pathlib import Path

import pytest

from symback import resources
from symback.output.gallery import LARGE, gallery, large_files

FOLDER = Path(__file__).parents[1] / "output"
FILES = gallery()


@pytest.mark.parametrize("name", sorted(FILES))
def test_gallery_is_fresh(name: str):
    content = FILES[name]
    wanted = content.encode() if isinstance(content, str) else content
    assert (FOLDER / name).read_bytes() == wanted, f"output/{name} is stale: run make demo"


def test_gallery_holds_nothing_else():
    pictures = {f"{style}.png" for style in resources.styles()}
    assert {path.name for path in FOLDER.iterdir()} - set(large_files()) == set(FILES) | pictures


def test_large_files_are_kept_for_the_references_of_the_styles_only():
    ignored = (FOLDER.parent / ".gitignore").read_text(encoding="utf-8").split()
    kept = {line.removeprefix("!/output/").removesuffix(".*") for line in ignored if line.startswith("!")}
    assert {f"/output/*.{ending}" for ending in LARGE} <= set(ignored)
    assert {f"{stem}.{ending}" for stem in kept for ending in LARGE} == {
        name for name in FILES if name.endswith(tuple(LARGE))
    }
