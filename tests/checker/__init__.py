"""A checker of emitted Markdown pages that shares no code with the package whose pages it checks."""

from tests.checker.judging import Report, Verdict, check_page

__all__ = ["Report", "Verdict", "check_page"]
