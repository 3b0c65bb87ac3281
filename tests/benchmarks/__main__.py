"""Run the benchmarks: ``python -m tests.benchmarks``, or some of them with ``--only NAME``."""

from __future__ import annotations

import argparse
import pkgutil
import platform
from collections.abc import Callable, Iterator
from importlib import import_module

import tests.benchmarks


def benchmarks() -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the name and the `main` of every module here that has one."""
    for module in pkgutil.iter_modules(tests.benchmarks.__path__):
        if not module.name.startswith("_"):
            main = getattr(import_module(f"tests.benchmarks.{module.name}"), "main", None)
            if main is not None:
                yield module.name, main


def main() -> None:
    """Run every benchmark, or those that are asked for by name."""
    known = dict(benchmarks())
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=tests.benchmarks.__doc__)
    parser.add_argument("--only", metavar="NAME", action="append", choices=known, help=f"one of {', '.join(known)}")
    chosen = parser.parse_args().only or known
    print(f"Python {platform.python_version()}. Ratios: median (least–greatest) of interleaved runs, and the bar.")
    for name in chosen:
        print(f"\n{name}")
        known[name]()


if __name__ == "__main__":
    main()
