"""The committed gallery is what the code writes; it proves stability, never truth."""

from pathlib import Path

import pytest

from symback.output.gallery import gallery

FOLDER = Path(__file__).parents[1] / "output"
FILES = gallery()


@pytest.mark.parametrize("name", sorted(FILES))
def test_gallery_is_fresh(name: str):
    content = FILES[name]
    wanted = content.encode() if isinstance(content, str) else content
    assert (FOLDER / name).read_bytes() == wanted, f"output/{name} is stale: run make demo"


def test_gallery_holds_nothing_else():
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)
