"""From a spec and the text of a document to an audit: every claim with its verdict."""

from __future__ import annotations

from symback.graph.build import build_graph
from symback.reading.tree import identifier
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.verify.balls import precise
from symback.verify.binding import Binding
from symback.verify.claims import Claim
from symback.verify.judge import Judge
from symback.verify.network import other_points, true_point
from symback.verify.reading import evidence, read_document, used_names
from symback.verify.spelling import spelling


def audit(spec: Spec, text: str, templates: Templates = BUILT_IN) -> tuple[list[Claim], Binding]:
    """Return every claim of a document with its verdict, and what its names were understood as."""
    from symback.document.compose import names_of

    precise()
    graph = build_graph(spec)
    kinks = {name: number.value for name, number in spec.kinks.items()}
    truth = true_point(graph, kinks)
    aliases = {spelling(identifier(name)): target for name, target in spec.aliases.items()}
    document = read_document(text, [name for name in spec.aliases])
    binding = Binding(graph, names_of(spec, templates), aliases, truth, used_names(document), evidence(document))
    judge = Judge(document, binding, graph, truth, list(other_points(graph, kinks, truth)))
    return judge.judge(), binding
