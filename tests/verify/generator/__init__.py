"""Hand-derived documents as people write them, without any code of the package, to measure verification with."""

from tests.verify.generator.cases import Case, clean, double, faulty
from tests.verify.generator.truth import Expected

__all__ = ["Case", "Expected", "clean", "double", "faulty"]
