"""Mistakes with single numbers: a point or digits slip, in a result or among the numbers that are put in."""

from __future__ import annotations

from collections.abc import Callable

from tests.verify.generator.expressions import references
from tests.verify.generator.scenes import Changes, Scene
from tests.verify.generator.textbook import resolved
from tests.verify.generator.working import Change


def point_slipped(scene: Scene) -> Changes:
    return _misprinted(scene, slipped_point, carried=True)


def result_miscopied(scene: Scene) -> Changes:
    return _misprinted(scene, transposed_digits, carried=True)


def result_misprinted(scene: Scene) -> Changes:
    return _misprinted(scene, transposed_digits, carried=False)


def result_sign_lost(scene: Scene) -> Changes:
    return _misprinted(scene, lambda text: text[1:] if text.startswith("-") else f"-{text}", carried=True)


def operand_miscopied(scene: Scene) -> Changes:
    """Put in a number with two digits changed, and go on with what comes out."""
    return _operands(scene, computed=True)


def operand_slip(scene: Scene) -> Changes:
    """Put in a number with two digits changed, and write the right result all the same."""
    return _operands(scene, computed=False)


def slipped_point(text: str) -> str:
    """Move the point one place to the right."""
    head, _, tail = text.partition(".")
    if not tail:
        return text + "0"
    moved = f"{head}{tail[0]}.{tail[1:]}" if tail[1:] else head + tail[0]
    sign = "-" if moved.startswith("-") else ""
    whole = moved.lstrip("-").lstrip("0")
    return sign + ("0" + whole if whole.startswith(".") or not whole else whole)


def transposed_digits(text: str) -> str:
    """Swap the first two neighbouring digits that differ, behind the zeros at the front; or change the last one."""
    start = next((place for place, sign in enumerate(text) if sign in "123456789"), len(text))
    for place in range(start, len(text) - 1):
        one, two = text[place], text[place + 1]
        if one.isdigit() and two.isdigit() and one != two:
            return text[:place] + two + one + text[place + 2 :]
    return text[:-1] + str((int(text[-1]) + 3) % 10)


def _misprinted(scene: Scene, misprint: Callable[[str], str], carried: bool) -> Changes:
    for step in scene.steps:
        for id in [id for row in step.entries for id in row]:
            yield step.key, Change(results={id: misprint}, carried=carried)


def _operands(scene: Scene, computed: bool) -> Changes:
    for step in scene.steps:
        keys = [resolved(key) for key in references(step.forms[-1])]
        for id in sorted({id for key in keys for row in scene.grids.get(key, ((key,),)) for id in row}):
            yield step.key, Change(operands={id: transposed_digits}, computed=computed)
