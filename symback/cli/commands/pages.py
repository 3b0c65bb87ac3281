"""Commands that write pages."""

from __future__ import annotations

import sys
from argparse import Namespace


def render(chosen: Namespace) -> int:
    """Write the page of a spec in each format asked for, and print the paths."""
    from pathlib import Path

    from symback import api
    from symback.output.files import slug
    from symback.spec.templates import templates_in

    templates = templates_in(chosen.templates)
    spec = api.load(chosen.spec, templates)
    formats = tuple(part.strip() for part in chosen.to.split(","))
    if chosen.output == "-":
        from symback.output.pages import contents

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
    for path in api.write_pages(spec, chosen.output, stem, *how):
        print(path)
    return 0


def gallery(chosen: Namespace) -> int:
    """Write all examples in all formats, and print the paths."""
    from pathlib import Path

    from symback.output.gallery import write_gallery

    for path in write_gallery(Path(chosen.output)):
        print(path)
    return 0
