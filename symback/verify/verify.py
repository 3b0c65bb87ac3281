"""From a spec and the text of a document to an audit: every claim with its verdict."""

from __future__ import annotations

from dataclasses import replace

from symback.graph.build import build_graph
from symback.reading.statements import statements
from symback.resources import BUILT_IN, Templates
from symback.spec.model import Spec
from symback.verify.agreement import Agreement
from symback.verify.applications import indexed
from symback.verify.balls import precise
from symback.verify.binding import Binding
from symback.verify.by_policy import ByPolicy
from symback.verify.claims import Claim
from symback.verify.drawing import other_points, true_point
from symback.verify.equations import formulas_of
from symback.verify.evidence import evidence, used_names
from symback.verify.finer import WITHIN
from symback.verify.home import schemes_at_home
from symback.verify.ids import Ids, ids_of
from symback.verify.judge import Judge
from symback.verify.own_quantities import OWN, with_own_quantities
from symback.verify.reading import read_document
from symback.verify.spelling import spelling
from symback.verify.stars import with_plain_stars
from symback.verify.structure import settle
from symback.written.nodes import Symbol


def audit(spec: Spec, text: str, templates: Templates = BUILT_IN) -> tuple[list[Claim], Binding]:
    """Return every claim of a document with its verdict, and what its names were understood as."""
    precise()
    ids = ids_of(build_graph(spec))
    graph = ids.graph
    kinks = {name: number.value for name, number in spec.at_kinks.items()}
    truth = true_point(graph, kinks)
    aliases = {spelling(_named(name)): ids.inner(target) for name, target in spec.aliases.items()}
    for name, target in list(aliases.items()):  # q(A) at a sample: q alone at whichever is at hand
        if "@" in target and name.above:
            aliases.setdefault(name._replace(above=""), target.partition("@")[0])
    document = read_document(text, {name.base for name in aliases if len(name.base) > 1})
    used = [*used_names(document)]
    home = schemes_at_home(spec, ids, used, templates)
    by_policy = ByPolicy(spec, ids, templates)
    binding = Binding(graph, home, aliases, Agreement(graph, truth, by_policy), used, evidence(document))
    others = list(other_points(graph, kinks, truth))
    points = [truth, *(point for point, same in others if same)][:3]
    settle(binding, document, graph, points)
    extended = with_own_quantities(graph, binding, [*formulas_of(document)], points)
    if extended is not graph:
        graph = extended
        truth = true_point(graph, kinks)
        others = list(other_points(graph, kinks, truth))
        binding.agreement = Agreement(graph, truth, by_policy)
    judge = Judge(with_plain_stars(document, binding), binding, graph, truth, others, kinks, by_policy)
    claims = judge.judge()
    return [replace(claim, quantity=_named_in_spec(ids, claim.quantity)) for claim in claims], binding


def _named_in_spec(ids: Ids, key: str) -> str:
    """Return the key of the spec for one of the judge; nothing for what the spec has no name for."""
    return "" if WITHIN in key or key.removeprefix("-").startswith(OWN) else ids.outer(key)


def _named(name: str) -> Symbol:
    """Return the symbol that an alias spells, in LaTeX or as plain text."""
    for is_math in ("\\" in name or "{" in name, True):
        for statement in statements(name, is_math):
            node = statement.sides[0].node
            found = node if isinstance(node, Symbol) or node is None else indexed(node)
            if found is not None:
                return found
    return Symbol(name)
