"""The arguments of every command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

SPEC_HELP = "path of a spec, - for standard input, or the name of an example"
WIDTH = 98
"""Most characters on a line of help: the same text everywhere, and no time spent on asking about the terminal."""


class _Help(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=WIDTH)


class _Parser(argparse.ArgumentParser):
    """A parser with help of one width; its subparsers are of the same kind."""

    def __init__(
        self,
        prog: str,
        description: str | None = None,
        epilog: str | None = None,
        parents: Sequence[argparse.ArgumentParser] = (),
    ) -> None:
        super().__init__(prog=prog, description=description, epilog=epilog, parents=parents, formatter_class=_Help)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    top: argparse.ArgumentParser = _Parser(
        prog="symback",
        description="Writes the page that a good lecturer writes by hand: a small neural network worked through.",
        epilog="Exit codes: 0 done, 1 something was found wrong (check, verify), 2 the input was bad.",
    )
    templates = argparse.ArgumentParser(add_help=False, formatter_class=_Help)
    templates.add_argument(
        "--templates", metavar="DIR", help="folder with templates of your own, over the built-in ones"
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", prog=top.prog)

    page = argparse.ArgumentParser(add_help=False, formatter_class=_Help)
    page.add_argument("spec", metavar="SPEC", help=SPEC_HELP)
    page.add_argument("--style", default="", metavar="S", help="style of the page (default: the spec's)")
    page.add_argument("--notation", default="", metavar="N", help="notation (default: the spec's or the style's)")
    page.add_argument(
        "--as",
        dest="kind",
        default="handout",
        metavar="KIND",
        help="handout, full (a handout that is no summary however large the network), worksheet or solution",
    )

    render = commands.add_parser("render", parents=[page, templates], help="write the page of a spec")
    render.add_argument(
        "--to",
        default="md",
        metavar="md,pdf,…",
        help="formats, separated by commas: md, html, pdf, tex, tex-body (to be \\input), beamer, typst, ipynb "
        "(default: md)",
    )
    render.add_argument(
        "--engine", default="typst", metavar="E", help="what makes a PDF: typst or latex (default: typst)"
    )
    render.add_argument("-o", dest="output", default=".", metavar="DIR", help="folder, or - for standard output")

    watch = commands.add_parser(
        "watch", parents=[page, templates], help="show the page in the browser, built anew at every change"
    )
    watch.add_argument("--no-open", dest="open", action="store_false", help="only say where the page is")

    evaluate = commands.add_parser(
        "evaluate", parents=[templates], help="print loss, values, gradients and updated parameters"
    )
    check = commands.add_parser(
        "check", parents=[templates], help="compare every gradient with central differences and with float64"
    )
    for command in (evaluate, check):
        command.add_argument("spec", metavar="SPEC", help=SPEC_HELP)
        command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    verify = commands.add_parser("verify", parents=[templates], help="judge every line of a document worked by hand")
    verify.add_argument("spec", metavar="SPEC", help=SPEC_HELP)
    verify.add_argument("document", metavar="DOCUMENT", help="Markdown, LaTeX or plain text; - for standard input")
    verify.add_argument("--format", choices=("text", "json", "md", "html"), default="text", help="default: text")
    verify.add_argument("--all", action="store_true", help="list right claims and followers too (text and md)")
    verify.add_argument("--show-binding", action="store_true", help="say what each name was understood as")
    verify.add_argument(
        "--seconds", type=_seconds, default=20.0, metavar="N", help="how long judging may take (default: 20)"
    )
    verify.add_argument(
        "-o", dest="output", default="-", metavar="FILE", help="file to write (default: standard output)"
    )

    formulas = commands.add_parser("formulas", parents=[templates], help="print the exact formula of every gradient")
    formulas.add_argument("spec", metavar="SPEC", help=SPEC_HELP)
    formulas.add_argument("--parameter", default="", metavar="ID", help="only this one, such as w.1.2.1 (default: all)")
    formulas.add_argument(
        "--in",
        dest="within",
        choices=("activations", "parameters"),
        default="activations",
        help="what they are written in: activations stay symbols, or go down to parameters (default: activations)",
    )
    formulas.add_argument("--format", choices=("latex", "sympy", "python"), default="latex", help="default: latex")

    vary = commands.add_parser("vary", parents=[templates], help="write the spec with other friendly numbers")
    vary.add_argument("spec", metavar="SPEC", help=SPEC_HELP)
    vary.add_argument("--seed", type=int, required=True, metavar="N", help="whole number; the same gives the same spec")
    vary.add_argument("-o", dest="output", default="-", metavar="FILE", help="file to write (default: standard output)")

    new = commands.add_parser("new", help="write a spec to begin with")
    new.add_argument("file", metavar="FILE", help="file to write, which must not be there yet; - for standard output")
    new.add_argument("--from", dest="example", default="", metavar="EXAMPLE", help="copy this example (default: none)")

    styles = commands.add_parser("styles", parents=[templates], help="list styles, notations and examples")
    styles.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    commands.add_parser("schema", parents=[templates], help="print the JSON Schema of a spec")
    gallery = commands.add_parser("gallery", help="write all examples in all formats")
    gallery.add_argument("output", metavar="DIR", help="folder to write to")
    return top


def _seconds(text: str) -> float:
    """Return a time limit: a number of seconds from 0.1 to an hour."""
    seconds = float(text)
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.1 and 3600")
    return seconds
