"""The command that shows a page in the browser while its spec is being written."""

from __future__ import annotations

import sys
from argparse import Namespace


def watch(chosen: Namespace) -> int:
    """Show the page in the browser and build it again at every change, until interrupted."""
    import time
    import webbrowser
    from pathlib import Path

    from symback import api, resources
    from symback.preview.watch import PAUSE, serving
    from symback.spec.load import STANDARD_INPUT
    from symback.spec.problems import Problem, SpecError, show

    file = Path(chosen.spec)
    if chosen.spec in resources.examples() and not file.exists():
        file = resources.example_file(chosen.spec)
    if chosen.spec == STANDARD_INPUT or not file.exists():
        raise SpecError([Problem((), show(chosen.spec), "a spec file that is there, to be watched")])

    def build() -> str:
        spec = api.load(file, chosen.templates)
        return api.render(spec, "html", chosen.style, chosen.notation, chosen.kind, chosen.templates)

    watched = (file, Path(chosen.templates)) if chosen.templates else (file,)
    with serving(build, watched) as (server, preview):
        preview.refresh()
        print(preview.state.problems, end="\n" if preview.state.problems else "", file=sys.stderr, flush=True)
        print(f"{server.address}  (Ctrl-C ends)", flush=True)
        if chosen.open:
            webbrowser.open(server.address)
        try:
            while True:
                time.sleep(PAUSE)
                if preview.refresh():
                    print(preview.state.problems or "built anew", file=sys.stderr, flush=True)
        except KeyboardInterrupt:
            return 0
