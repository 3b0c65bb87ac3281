"""What symback does for a Python program; the command line does the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from symback.resources import Templates
from symback.spec.load import known_names, load_file, load_mapping
from symback.spec.model import Spec
from symback.spec.parts import refuse_parts
from symback.spec.problems import Problem, SpecError, check_choice, nearest, show
from symback.spec.templates import templates_in
from symback.verify.supervise import verify as verify

if TYPE_CHECKING:
    import sympy

    from symback.gradient_check import Finding


Folder = str | Path | Templates | None
"""A folder of an author's own templates over those of symback; None for these alone."""


def load(source: str | Path | Mapping[str, Any], templates: Folder = None) -> Spec:
    """Return the spec in a file, of a shipped example, or in a mapping of Python values.

    Parameters
    ----------
    source : str, Path or mapping
        Path of a YAML file, ``-`` for standard input, the name of an example, or the spec itself; a float means its
        shortest decimal, and `decimal.Decimal`, `fractions.Fraction` and str are taken exactly.
    templates : str or Path, optional
        A folder of your own templates, whose names the spec may use; the same goes to whatever is done with the spec.

    Raises
    ------
    symback.spec.problems.SpecError
        If anything in it is wrong, with every problem and its place.
    symback.spec.problems.TemplateError
        If anything in the folder of templates is wrong, with every problem and its place.
    """
    names = known_names(templates_in(templates))
    return load_mapping(source, names) if isinstance(source, Mapping) else load_file(source, names)


@overload
def render(  # type: ignore[overload-overlap]  # "pdf" is a str too, and the only one that gives bytes
    spec: Spec,
    to: Literal["pdf"],
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Folder = None,
    engine: str = "typst",
) -> bytes: ...


@overload
def render(
    spec: Spec,
    to: str = "md",
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Folder = None,
    engine: str = "typst",
) -> str: ...


def render(
    spec: Spec,
    to: str = "md",
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Folder = None,
    engine: str = "typst",
) -> str | bytes:
    """Return the page of a spec in one format, such as ``md`` or ``tex``; of ``pdf``, its bytes.

    A notebook shows ``md`` and ``html`` as pages.

    `kind` is ``handout``, ``worksheet`` (questions and room for answers) or ``solution``; `templates` is a folder of
    your own templates; `engine` makes the PDF, ``typst`` or ``latex``.

    Raises
    ------
    symback.spec.problems.SpecError
        If the style, the notation, the format, the kind or the engine is not known, or if the engine cannot do it.
    symback.spec.problems.TemplateError
        If a template of your own that the page needs is wrong.
    """
    from symback.formats.shown import ShownPage
    from symback.output.pages import contents

    content = contents(spec, (to,), style, notation, kind, templates_in(templates), engine)[to]
    return content if isinstance(content, bytes) else ShownPage(content, to)


def evaluate(spec: Spec, templates: Folder = None) -> dict[str, Any]:
    """Return loss, values, gradients and updated parameters, as exact as 17 significant digits are.

    Returns
    -------
    dict
        ``schema``, ``loss``, ``values``, ``gradients`` and ``updated``; numbers are strings. A page with parts has
        ``schema`` and ``parts``, a list of the same for each.
    """
    from symback.document.compose import values_of
    from symback.values.evaluate import evaluate as numbers_of

    found = [numbers_of(values_of(network, templates_in(templates))) for network in spec.networks]
    if not spec.parts:
        return found[0]
    titles = (network.title for network in spec.networks)
    return {"schema": 1, "parts": [{"title": title, **part} for title, part in zip(titles, found, strict=True)]}


def check(spec: Spec, templates: Folder = None) -> list[Finding]:
    """Return for every parameter whether its gradient agrees with a central difference and with float64."""
    from symback.document.compose import values_of
    from symback.gradient_check import check as findings_of

    return [
        replace(finding, part=number if spec.parts else 0)
        for number, network in enumerate(spec.networks, 1)
        for finding in findings_of(values_of(network, templates_in(templates)))
    ]


def formulas(spec: Spec, in_parameters: bool = False, templates: Folder = None) -> dict[str, sympy.Expr]:
    """Return the gradient of the loss by every parameter as a SymPy expression.

    Parameters
    ----------
    spec : Spec
        The network.
    in_parameters : bool
        Write it over parameters, inputs and targets alone; otherwise activations stay symbols.
    templates : str or Path, optional
        A folder of your own templates, where the spec uses it.
    """
    from symback.derive.formulas import Formulas
    from symback.document.compose import values_of

    refuse_parts(spec.parts, "formulas")
    derivation = values_of(spec, templates_in(templates)).derivation
    found = Formulas(derivation, in_parameters)
    return {parameter: found.gradient(parameter) for parameter in derivation.graph.wanted}


def formula_texts(
    spec: Spec, to: str = "latex", in_parameters: bool = False, parameter: str = "", templates: Folder = None
) -> dict[str, str]:
    """Return the gradient of the loss by every parameter, or by one, as text.

    Parameters
    ----------
    spec : Spec
        The network.
    to : str
        ``latex`` (in the notation of the page), ``sympy``, or ``python`` (code over `math` and names like ``w_1_2_1``).
    in_parameters : bool
        Write it over parameters, inputs and targets alone; otherwise activations stay symbols.
    parameter : str
        Id of the one parameter that is asked for.
    templates : str or Path, optional
        A folder of your own templates, where the spec uses it.

    Raises
    ------
    symback.spec.problems.SpecError
        If the format or the parameter is not known.
    """
    from symback.derive.formulas import Formulas
    from symback.document.compose import names_of, values_of
    from symback.formats import formula

    check_choice("format", to, formula.FORMATS)
    refuse_parts(spec.parts, "formulas")
    folders = templates_in(templates)
    derivation = values_of(spec, folders).derivation
    graph = derivation.graph
    if parameter and parameter not in graph.wanted:
        expected = "the id of a weight w.LAYER.TO.FROM or of a bias b.LAYER.NEURON"
        if graph.system is not None:
            expected = f"one of {', '.join(graph.wanted)}"
        known = nearest(parameter, graph.wanted)
        raise SpecError([Problem(("parameter",), show(parameter), expected, known)])
    found = Formulas(derivation, in_parameters)
    write = formula.writer_for(to, names_of(spec, graph, folders), (*graph.quantities, *graph.given))
    return {name: write(found.gradient(name)) for name in ([parameter] if parameter else graph.wanted)}


def vary(spec: Spec, seed: int) -> Spec:
    """Return the same question with other friendly numbers, the same for the same seed (a whole number from 0 on).

    Raises
    ------
    symback.spec.problems.LimitationError
        If no friendly numbers are found, with the condition that failed most.
    """
    from symback.vary.vary import vary as varied

    return varied(spec, seed)


def dump(spec: Spec) -> str:
    """Return a spec as the text of a YAML file; loading it gives an equal spec."""
    from symback.vary.dump import dump as text_of

    return text_of(spec)


def write_pages(
    spec: Spec,
    folder: str | Path,
    stem: str,
    to: tuple[str, ...] = ("md",),
    style: str = "",
    notation: str = "",
    kind: str = "handout",
    templates: Folder = None,
    engine: str = "typst",
) -> Iterator[Path]:
    """Write the page of a spec in several formats to ``FOLDER/STEM.md`` and the like, yielding each path.

    Nothing is written before every format has been rendered.
    """
    from symback.output.files import write_file
    from symback.output.pages import contents, ending

    for target, content in contents(spec, to, style, notation, kind, templates_in(templates), engine).items():
        yield write_file(Path(folder), f"{stem}.{ending(target)}", content)
