"""The process that judges: takes spec and document as JSON, answers in JSON, and can use only so much time and memory.

``python -m symback.verify.worker`` is what `symback.verify.supervise` starts; limits come as arguments.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from symback.resources import Templates
from symback.spec.problems import DocumentError

FULL, DEEP = "memory", "depth"
"""What an answer may name under ``limit`` instead of claims: which limit was reached.

Under ``problems`` it has what came and what was expected, where the document cannot be judged.
"""


def main() -> int:
    """Answer one request."""
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    limit(seconds, memory)
    try:
        answer = judged(json.load(sys.stdin.buffer))
    except MemoryError:
        answer = {"limit": FULL}
    except RecursionError:
        answer = {"limit": DEEP}
    except DocumentError as error:
        answer = {"problems": [[problem.came, problem.expected] for problem in error.problems]}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    return 0


def limit(seconds: float, memory: int) -> None:
    """Have the operating system end this process when it takes more; where there is no such means, nothing happens."""
    try:
        import resource
    except ImportError:  # not on this platform
        return
    whole = math.ceil(seconds)
    for kind, most in (
        (resource.RLIMIT_CPU, whole),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # macOS knows the limit of memory by name only
            resource.setrlimit(kind, (allowed, hard))


def judged(request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the claims of a document and what its names were understood as, ready for JSON."""
    from symback.spec.load import known_names, load_text
    from symback.verify.parts import audit_parts

    templates = Templates(tuple(map(Path, request["templates"])))
    spec = load_text(request["spec"], names=known_names(templates))
    claims, bindings = audit_parts(spec, request["text"], templates)
    lines = [
        f"{meaning.family or '(no name)'}: {meaning.scheme.says}"
        + (f" ({meaning.agreed:g} of {meaning.compared} agree)" if meaning.compared else "")
        for binding in bindings
        for meaning in binding.meanings()
    ]
    return {"claims": [asdict(claim) for claim in claims], "binding": lines}


if __name__ == "__main__":
    raise SystemExit(main())
