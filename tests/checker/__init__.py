"""A checker of emitted Markdown pages that shares no code with the package whose pages it checks."""

from tests.checker.judging import check_page
from tests.checker.report import Report, Verdict

__all__ = ["Report", "Verdict", "check_page"]
