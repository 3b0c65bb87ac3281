"""Commands that write pages."""

from __future__ import annotations

import sys
from argparse import Namespace

TYPE_CHECKING = False  # what typing says of itself, without loading it
if TYPE_CHECKING:
    from symback.resources import Templates
    from symback.spec.model import Spec


WRITING = "the page is being written"


def warn_of_contradictions(spec: Spec, path: str, templates: Templates) -> None:
    """Print a line on the standard error for each stated value that the other numbers of a spec contradict."""
    from symback.document.parts import contradictions_of
    from symback.spec.load import place_problems

    problems = [found.problem_in(part) for part, found in contradictions_of(spec, templates)]
    for problem in place_problems(problems, path) if problems else ():
        print(problem, file=sys.stderr)


def render(chosen: Namespace) -> int:
    """Write the page of a spec in each format asked for, and print the paths."""
    from pathlib import Path

    from symback import api
    from symback.cli.waiting import waiting
    from symback.output.files import slug
    from symback.spec.templates import templates_in

    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    warn_of_contradictions(spec, chosen.spec, templates)
    formats = tuple(part.strip() for part in chosen.to.split(","))
    if chosen.output == "-":
        from symback.output.pages import contents

        with waiting(WRITING):
            found = contents(spec, formats, chosen.style, chosen.notation, chosen.kind, templates, chosen.engine)
        for content in found.values():
            sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
        return 0
    stem = "page" if chosen.spec == "-" else slug(Path(chosen.spec).stem)
    if chosen.style:
        stem += f".{chosen.style}"
    if chosen.kind != "handout":
        stem += f".{chosen.kind}"
    how = (formats, chosen.style, chosen.notation, chosen.kind, templates, chosen.engine)
    with waiting(WRITING):
        paths = list(api.write_pages(spec, chosen.output, stem, *how))
    print(*paths, sep="\n")
    return 0


def gallery(chosen: Namespace) -> int:
    """Write all examples in all formats, and print the paths."""
    from pathlib import Path

    from symback.output.gallery import write_gallery

    for path in write_gallery(Path(chosen.output)):
        print(path)
    return 0
