"""Schemes: each is a table from indices to the quantities that they name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from symback.verify.spelling import Spelling
from symback.written.nodes import Symbol

Target = str | tuple[tuple[str, ...], ...]
"""The id of a quantity, or the rows of ids of a vector or matrix."""

Indices = tuple[str, str]
"""What stands below and above the base, joined."""

VECTORS = "vectors, "
"""How schemes of whole vectors are described before what they have in common with those of their entries."""

SAMPLE_ABOVE = ", the sample above"
THEN_SAMPLE = ", then the sample"
"""How schemes with the number of the sample among the indices are described, behind how those without it are."""

AT_HOME = "the notation of the spec"
"""How schemes of the spec's own notation, or of another that ships, are described."""


@dataclass(frozen=True)
class Scheme:
    """One way to read the indices of a family of names.

    ``prior`` is how usual it is, between 0 and 1; ``says`` describes it for a person; ``vectors`` are those whose names
    are also names of one number in ``table``, and ``exact`` says of names that are told apart by their brackets, or by
    being bold, what each of them is. What else can be asked of it is asked for every name of a document, and
    found once (for which it has no slots).
    """

    role: str
    says: str
    table: Mapping[Indices, Target]
    prior: float
    vectors: Mapping[Indices, Target] = field(default_factory=dict)
    exact: Mapping[Symbol, Target] = field(default_factory=dict)

    def knows(self, name: Spelling) -> bool:
        """Whether the indices of a name mean something."""
        return (name.below, name.above) in self.table

    def share_in_layer(self, layer: str) -> float:
        """Return what share of what it names stands in a layer, of that which stands in any."""
        ids = [target if isinstance(target, str) else target[0][0] for target in self.table.values()]
        layers = [name.partition("@")[0].split(".")[1] for name in ids if not name.startswith("x.")]
        return layers.count(layer) / len(layers) if layers else 0.0

    @cached_property
    def is_home(self) -> bool:
        """Whether it is how the spec's own notation, or another that ships, names things."""
        return self.says.startswith(AT_HOME)

    @cached_property
    def of_entries(self) -> str:
        """How it describes itself but for vectors and samples: a way to name the same of others describes itself so."""
        return self.says.removeprefix(VECTORS).removesuffix(SAMPLE_ABOVE).removesuffix(THEN_SAMPLE)

    @cached_property
    def names_sample(self) -> bool:
        """Whether the number of the sample is among its indices."""
        return self.says.endswith((SAMPLE_ABOVE, THEN_SAMPLE))

    @cached_property
    def is_vector(self) -> bool:
        """Whether it names whole vectors and matrices."""
        return any(not isinstance(target, str) for target in self.table.values())
