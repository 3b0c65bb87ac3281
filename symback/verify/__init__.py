"""Judging a hand-derived document: each line is bound to the network, then asked if it is true and if it follows.

Called, as in ``symback.verify(spec, text)``, this does what `symback.verify.supervise.verify` does.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symback.verify.audit import Audit


class _Callable(ModuleType):
    """A subpackage that is also the public function of its name: Python puts the one where the other would stand."""

    def __call__(self, *arguments: Any, **named: Any) -> Audit:
        from symback.verify.supervise import verify

        return verify(*arguments, **named)


sys.modules[__name__].__class__ = _Callable
