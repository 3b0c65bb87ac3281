"""Run symback as ``python -m symback``."""

from symback.cli import main

raise SystemExit(main())
