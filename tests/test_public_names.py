"""The public surface: few names, all there, all documented."""

import pytest

import symback


def test_names_are_these():
    assert set(symback.__all__) == {
        "DocumentError",
        "LimitationError",
        "Spec",
        "SpecError",
        "SymbackError",
        "TemplateError",
        "check",
        "evaluate",
        "formulas",
        "load",
        "render",
        "verify",
        "write_pages",
    }


@pytest.mark.parametrize("name", symback.__all__)
def test_name_is_there_and_documented(name: str):
    assert (getattr(symback, name).__doc__ or "").strip()


def test_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="no attribute 'rendr'"):
        symback.rendr  # noqa: B018 (asking is the test)


def test_python_does_what_the_command_line_does(capsys: pytest.CaptureFixture[str]):
    from symback.cli import main

    assert main(["render", "slides", "--to", "tex", "-o", "-"]) == 0
    assert capsys.readouterr().out == symback.render(symback.load("slides"), to="tex")
