"""Having a document judged by a process of its own, which is ended when it takes too long or too much memory."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symback.resources import Templates
from symback.spec.model import Spec
from symback.spec.problems import DocumentError, Problem
from symback.spec.templates import templates_in
from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict
from symback.verify.text import checked
from symback.verify.worker import DEEP, FULL

if TYPE_CHECKING:
    from subprocess import CompletedProcess

WORKER = ("-m", "symback.verify.worker")


@dataclass(frozen=True, slots=True)
class Limits:
    """What judging one document may take: seconds, on the clock and of the processor, and bytes of memory."""

    seconds: float = 20
    memory: int = 1 << 30


USUAL = Limits()


def verify(
    spec: Spec,
    text: str,
    document: str = "",
    templates: str | Path | Templates | None = None,
    limits: Limits = USUAL,
) -> Audit:
    """Return the claims of a hand-derived document, each with a verdict, judged in a process of its own.

    Parameters
    ----------
    spec : Spec
        The network that the document is about.
    text : str
        The document: Markdown, LaTeX or plain text.
    document : str
        What it is called in reports and errors.
    templates : str or Path, optional
        A folder of your own templates, where the spec uses it.
    limits : Limits
        What judging may take.

    Raises
    ------
    symback.spec.problems.DocumentError
        If the document is too long, is no text, or cannot be judged within the limits.
    """
    from symback.vary.dump import dump

    text = checked(text, document)
    roots = [str(root.resolve()) for root in templates_in(templates).roots]
    answer = _answer({"spec": dump(spec), "templates": roots, "text": text}, document, limits)
    claims = (Claim(**{**row, "verdict": Verdict(row["verdict"])}) for row in answer["claims"])
    return Audit(document, text, tuple(claims), tuple(answer["binding"]))


def _answer(request: dict[str, Any], document: str, limits: Limits) -> dict[str, Any]:
    """Return what the worker answers to a request."""
    import subprocess

    search = os.pathsep.join(filter(None, sys.path))  # the worker finds what this process finds
    command = [sys.executable, "-P", *WORKER, str(limits.seconds), str(limits.memory)]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode("ascii"),
            capture_output=True,
            timeout=limits.seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": search},
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(document, limits) from None
    if done.returncode:
        raise _ended(done, document, limits)
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer.get("limit") == FULL:
        raise _too_large(document, limits)
    if answer.get("limit") == DEEP:
        raise _error("formulas nested too deeply to be judged", "formulas as people write them", document)
    if "problems" in answer:
        raise DocumentError([Problem((), came, expected, file=document) for came, expected in answer["problems"]])
    return answer


def _ended(done: CompletedProcess[bytes], document: str, limits: Limits) -> DocumentError:
    """Return the error for a worker that did not come to its end."""
    if done.returncode == -getattr(signal, "SIGXCPU", 0):
        return _too_slow(document, limits)
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    last = said[-1] if said else ""
    if done.returncode < 0 and ("memory" in last or done.returncode == -getattr(signal, "SIGKILL", 0)):
        return _too_large(document, limits)
    how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
    last = "".join(character if character.isprintable() else "?" for character in last)
    return _error(f"a document at which judging broke down ({last or how})", "one that can be judged", document)


def _too_slow(document: str, limits: Limits) -> DocumentError:
    most = f"{limits.seconds:g} s"
    return _error(f"a document that takes more than {most} to judge", f"at most {most}: a part at a time", document)


def _too_large(document: str, limits: Limits) -> DocumentError:
    most = f"{limits.memory / (1 << 20):,.0f} MiB"
    came = f"a document that takes more than {most} of memory to judge"
    return _error(came, f"at most {most}: a part at a time", document)


def _error(came: str, expected: str, document: str) -> DocumentError:
    return DocumentError([Problem((), came, expected, file=document)])
