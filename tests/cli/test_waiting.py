"""Whoever waits at a terminal is told so, and finds nothing left of it in the end."""

from __future__ import annotations

import io
import sys
import time

import pytest

from symback.cli import waiting


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "is_told"), [(Terminal(), True), (io.StringIO(), False)])
def test_only_a_terminal_is_told(stream: io.StringIO, is_told: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(waiting, "PATIENCE", 0.01)
    monkeypatch.setattr(waiting, "EVERY", 0.01)
    with waiting.waiting("at work"):
        time.sleep(0.2)
    said = stream.getvalue()
    assert ("at work: " in said) == is_told
    assert not is_told or said.rsplit("\r", 2)[1].strip() == ""


def test_who_does_not_wait_is_told_nothing(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with waiting.waiting("at work"):
        pass
    assert terminal.getvalue() == ""
