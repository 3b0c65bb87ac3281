"""Pages that symback writes are read back by its own verifier, which shares nothing with the writer but the network."""

from __future__ import annotations

import pytest

import symback
from symback.verify.claims import BLAMED, Verdict
from symback.verify.verify import audit

CLEAN = ("slides", "scalar-check")
"""Examples whose page in its own style leaves nothing open."""

OPEN = {"formula-sheet": 5, "matrix": 8, "notes": 2}
"""How many claims of a page stay undecided: what underbraces explain, chains of whole matrices, another loss."""


@pytest.mark.parametrize("to", ["md", "tex"])
@pytest.mark.parametrize("name", [*CLEAN, *OPEN])
def test_a_page_in_its_own_style_is_right(name: str, to: str):
    spec = symback.load(name)
    claims, _ = audit(spec, symback.render(spec, to))
    blamed = [claim for claim in claims if claim.verdict in (*BLAMED, Verdict.FOLLOWS)]
    assert blamed == []
    assert sum(claim.verdict is Verdict.UNDECIDED for claim in claims) <= OPEN.get(name, 0)
    assert len(claims) > 40
