"""The formats of a report: adding one is a row here and a module beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symback.verify.audit import Audit
from symback.verify.report.markdown import markdown
from symback.verify.report.page import html
from symback.verify.report.structured import structured
from symback.verify.report.terminal import terminal
from symback.verify.report.wanted import Wanted

REPORTS: Mapping[str, Callable[[Audit, Wanted], str]] = {
    "text": terminal,
    "json": structured,
    "md": markdown,
    "html": html,
}
"""Every format by its name; each makes a text of an audit, with what is wanted in it."""
