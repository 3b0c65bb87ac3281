"""Values of names: which side of a chain says what the names in it are, and what that contradicts."""

from __future__ import annotations

from tests.checker.aligning import bare
from tests.checker.arithmetic import FUNCTIONS, Array, Unknown, same
from tests.checker.entries import matrix_entries
from tests.checker.judge import Judge
from tests.checker.knowing import NEW
from tests.checker.reading import Chain
from tests.checker.rounding import Known, decimals_of
from tests.checker.tree import (
    Call,
    Digits,
    Matrix,
    Name,
    Node,
    Transpose,
    is_closed,
    is_numeric,
    is_printed,
    literal,
    numbers,
)

QUESTIONS = ("<", ">", "≤", "≥", "≠")
SILENT = ("~", "∈", "∝", "⇒")


def targets(judge: Judge, node: Node) -> tuple[tuple[str, ...], ...] | None:
    """Return the names that a side is made of, if it is a name or a matrix of names."""
    node = bare(node)
    if isinstance(node, Name):
        return ((node.key,),)
    if isinstance(node, Call) and is_closed(node) and not has_meaning(judge, node):
        return ((node.text,),)
    if isinstance(node, Transpose) and (inner := targets(judge, node.operand)) is not None:
        return tuple(zip(*inner, strict=True))
    if isinstance(node, Matrix):
        entries = [[targets(judge, entry) for entry in row] for row in node.rows]
        if all(entry is not None and len(entry) == len(entry[0]) == 1 for row in entries for entry in row):
            return tuple(tuple(entry[0][0] for entry in row if entry) for row in entries)
    return None


def has_meaning(judge: Judge, call: Call) -> bool:
    known = judge.knowledge.bodies | (judge.before.bodies if judge.before else {})
    return (
        call.function in FUNCTIONS
        or call.function in ("max", "min", "abs", "norm", "softmax")
        or call.function + "'" * call.primes in known
        or any(call.function == each.letter for each in (judge.before or judge.knowledge).activations)
    )


def bind(judge: Judge, chain: Chain) -> dict[int, str | None]:
    """Give every name in the chain the value that the chain ends in; return what that contradicts, by side."""
    found: dict[int, str | None] = {}
    worked = any(is_working(side) for side in chain.sides)
    lists = {i: t for i, side in enumerate(chain.sides) if (t := targets(judge, side)) is not None}
    for index, keys in lists.items():
        for other, other_keys in lists.items():
            single = isinstance(bare(chain.sides[index]), Name)
            if (
                other != index
                and single
                and isinstance(bare(chain.sides[other]), Matrix)
                and chain.signs[0] not in SILENT
            ):
                judge.knowledge.name_entries(keys[0][0], other_keys)
        source = value_side(judge, chain, index)
        if source is None:
            continue
        place, node = source
        sign = chain.signs[place - 1] if place > index else chain.signs[place]
        if sign in SILENT or sign in QUESTIONS:
            continue
        moved = "←" in chain.signs[: index + 1] or (chain.signs[0] == "←" and index == 0)
        if chain.signs[0] == "→" and not keys[0][0].endswith(("'", "+", NEW)):
            continue
        if index and moved:
            continue  # w ← w − …: the value is that of the new w
        suffix = NEW if moved and not keys[0][0].endswith(("'", "+")) else ""
        explained = any(
            is_working(side) if is_closed(side) else targets(judge, side) is None for side in chain.sides[index + 1 :]
        )
        found[index] = bind_side(judge, keys, node, suffix, sign, explained, chain, place)
    if worked:
        judge.worked_out = True
    return found


def is_working(side: Node) -> bool:
    """Whether a side is more than the numbers themselves, however they are laid out."""
    return is_numeric(side) and not is_printed(side.operand if isinstance(side, Transpose) else side)


def bind_call(judge: Judge, chain: Chain) -> None:
    """Note the value of ``f'(z)`` where it is printed as a quantity of its own, and carried as printed."""
    first, source = chain.sides[0], value_side(judge, chain, 0)
    if (
        judge.knowledge.carry == "exact"
        or source is None
        or not isinstance(first, Call)
        or targets(judge, first) is not None
    ):
        return
    if all(isinstance(argument, Name) for argument in first.arguments) and chain.signs[0] in ("=", "≈"):
        conflict = bind_side(judge, ((first.text,),), source[1], "", chain.signs[0], True, chain, source[0])
        if conflict:
            judge.note("contradicts", chain.places[0], conflict)


def value_side(judge: Judge, chain: Chain, index: int) -> tuple[int, Node] | None:
    """Return the side that says what value the side at `index` has: a number behind it, or before it."""
    after = [i for i in range(index + 1, len(chain.sides)) if is_printed(chain.sides[i])]
    ends = next((i for i in range(index, len(chain.signs)) if chain.signs[i] in QUESTIONS), len(chain.sides))
    after = [i for i in after if i <= ends]
    ahead = [i for i in range(index) if is_printed(chain.sides[i])]
    closed = [i for i in range(len(chain.sides)) if is_numeric(chain.sides[i]) and i <= ends]
    for places in (after[:1], ahead[-1:], closed[-1:]):
        if places:
            return places[0], chain.sides[places[0]]
    return None


def bind_side(
    judge: Judge,
    keys: tuple[tuple[str, ...], ...],
    node: Node,
    suffix: str,
    sign: str,
    explained: bool,
    chain: Chain,
    place: int,
) -> str | None:
    try:
        value = judge.evaluate(node)
    except Unknown:
        return None
    entries = matrix_entries(node)
    if len(keys) == len(keys[0]) == 1 and isinstance(value, Array) and value.shape != (1, 1):
        key = keys[0][0] + suffix
        if not judge.knowledge.shape(key, value.shape):
            return f"{key} has another shape elsewhere"
        keys, suffix = judge.knowledge.entry_keys(key) or keys, ""
    rows = value.rows if isinstance(value, Array) else ((value,),)
    if (len(rows), len(rows[0])) != (len(keys), len(keys[0])):
        flat = [entry for row in rows for entry in row]
        if len(flat) != sum(len(row) for row in keys) or (1 not in (len(keys), len(keys[0]))):
            return f"{len(keys)} × {len(keys[0])} names, but {len(rows)} × {len(rows[0])} values"
        rows = (tuple(flat),) if len(keys) == 1 else tuple((entry,) for entry in flat)
    conflicts: list[str | None] = []
    flat_entries = [entry for row in entries for entry in row] if entries else []
    for position, (key, entry) in enumerate(
        (key, entry) for names_, row in zip(keys, rows, strict=True) for key, entry in zip(names_, row, strict=True)
    ):
        digits = literal(flat_entries[position]) if flat_entries else literal(node)
        number = next(numbers(flat_entries[position] if flat_entries else node), None)
        exact = is_exact(judge, chain, place, position, digits, sign)
        known = Known(digits.value if digits else entry, digits, exact, number.start if number else -1)
        conflict = judge.knowledge.record(key + suffix, known, judge.near_quotient, explained)
        if (
            (judge.near_quotient or judge.knowledge.in_check)
            and not explained
            and judge.knowledge.shifted is not None
            and not judge.is_shifting
        ):
            judge.restatements.append((key, known))
        note_prints(judge, key + suffix, known)
        if sign == ":=" and judge.knowledge.shifted is None:
            judge.knowledge.stated.add(key + suffix)
        elif explained:
            judge.knowledge.derived.add(key + suffix)
        elif not judge.worked_out:
            judge.knowledge.initial.add(key + suffix)
            judge.knowledge.states_given = True
        conflicts.append(conflict)
    faults = [conflict for conflict in conflicts if conflict]
    if faults:
        return "; ".join(faults)
    return "" if all(conflict == "" for conflict in conflicts) else None


def is_exact(judge: Judge, chain: Chain, place: int, position: int, digits: Digits | None, sign: str) -> bool:
    """Whether the digits are proved to be the whole value: an exact sign and a working that gives just them."""
    if digits is None or sign == "≈":
        return False
    if digits.decimals <= 0:
        return True
    for side in chain.sides[:place]:
        if is_numeric(side) and not is_printed(side):
            try:
                value = judge.evaluate(side)
            except Unknown:
                continue
            entries = value.entries if isinstance(value, Array) else (value,)
            return position < len(entries) and same(entries[position], digits.value)
    return False


def note_prints(judge: Judge, key: str, known: Known) -> None:
    """Note that other prints of the same quantity would contradict another number at this place."""
    if judge.before is None or known.at < 0:
        return
    shifted = judge.knowledge.shifted
    prints = judge.before.values.get(key, []) if shifted is None else shifted.get(key, [])
    for each in prints:
        if each.at != known.at and each.digits is not None:
            judge.report.pin(known, f"value of {key}", decimals_of(each))
            judge.report.pin(each, f"value of {key}", decimals_of(known))


def verdict_of(conflict: str | None) -> tuple[str, str]:
    """Return the verdict on a printed value: it agrees with others, contradicts them, or is the first of its name."""
    if conflict is None:
        return "definition", ""
    return ("contradicts", conflict) if conflict else ("holds", "")
