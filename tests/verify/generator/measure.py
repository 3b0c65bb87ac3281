"""How well a verifier judges generated documents: false alarms, mistakes found, and what is said of what follows.

``python -m tests.verify.generator.measure`` asks the command ``symback verify``; any other verifier is a function.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.verify.generator.cases import Case, clean, double, faulty
from tests.verify.generator.truth import SLIP, Expected

Finding = tuple[int, str, str, int | None]
"""Line, the text of the claim, the verdict, and the line that it follows from."""

Audit = Callable[[str, str, str], list[Finding]]
"""A verifier: spec, document and suffix in, findings out."""

BLAME = ("wrong", "slip")
PLANTED = ("wrong", "slip", SLIP)
NOTHING_JUDGED = ("undecided",)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a verifier made of one document."""

    case: Case
    findings: tuple[Finding, ...]

    def about(self, finding: Finding) -> list[Expected]:
        """Return the claims that a finding may speak of: those written alike on its line, or else all on it."""
        there = [claim for claim in self.case.claims if claim.line == finding[0]]
        alike = [claim for claim in there if plain(claim.written) == plain(finding[1])]
        return alike or there

    @property
    def blamed(self) -> list[Finding]:
        return [finding for finding in self.findings if finding[2] in BLAME]

    @property
    def false_alarms(self) -> set[int]:
        """Lines that are blamed for nothing: all that stands there is right, or nothing is claimed."""
        return {f[0] for f in self.blamed if all(c.expect == "right" and not c.kind for c in self.about(f))}

    @property
    def wrongly_blamed(self) -> set[int]:
        """Lines that are blamed for what only follows."""
        return {
            f[0]
            for f in self.blamed
            if not any(claim.kind for claim in self.about(f)) and any(c.expect == "follows" for c in self.about(f))
        }

    @property
    def followers(self) -> set[int]:
        """Lines with something that follows, outside the statement with the mistake."""
        planted = {claim.line for claim in self.case.claims if claim.kind}
        return {claim.line for claim in self.case.claims if claim.expect == "follows"} - planted

    @property
    def named(self) -> set[int]:
        """Lines that are said to follow, and do."""
        return self.followers & {finding[0] for finding in self.findings if finding[2] == "follows"}

    @property
    def rightly_traced(self) -> set[int]:
        """Lines that are said to follow from a line with a mistake, or from another that follows."""
        sources = {claim.line for claim in self.case.claims if claim.kind} | self.followers
        return {f[0] for f in self.findings if f[0] in self.named and f[2] == "follows" and f[3] in sources}

    def finds(self, kind: str) -> bool:
        return any(claim.kind == kind for finding in self.blamed for claim in self.about(finding))

    @property
    def first_line_right(self) -> bool:
        """Whether the first line that is blamed is the first that deserves it, in the statement with the mistake."""
        planted = [claim for claim in self.case.claims if claim.expect in PLANTED]
        if not self.blamed or not planted:
            return False
        line, first = min(finding[0] for finding in self.blamed), min(claim.line for claim in planted)
        deserving = {claim.line for claim in self.case.claims if claim.kind and claim.line <= first}
        slips = {claim.line for claim in planted if claim.expect == SLIP}
        return line in deserving | slips

    @property
    def seen(self) -> int:
        """How many claims the verifier has judged."""
        found = {(f[0], plain(f[1])) for f in self.findings if f[2] not in NOTHING_JUDGED}
        return sum((claim.line, plain(claim.written)) in found for claim in self.case.claims)


def plain(written: str) -> str:
    """Return the text of a claim without what one printer writes and another leaves out."""
    for mark in (r"\left", r"\right", r"\,", r"\;", "$", " ", "{", "}", "\t"):
        written = written.replace(mark, "")
    return written.replace("−", "-").replace(r"\cdot", "·").replace(r"\times", "×").removesuffix("\\\\")


def judge(audit: Audit, cases: Iterable[Case]) -> list[Judged]:
    """Ask a verifier about every document."""
    return [Judged(case, tuple(audit(case.spec_yaml, case.text, case.suffix))) for case in cases]


def figures(
    clean_ones: Sequence[Judged], faulty_ones: Sequence[Judged], double_ones: Sequence[Judged]
) -> dict[str, str]:
    """Return every figure by its name."""
    right_lines = [
        len(
            {claim.line for claim in one.case.claims}
            - {claim.line for claim in one.case.claims if claim.expect != "right"}
        )
        for one in (*clean_ones, *faulty_ones)
    ]
    alarms = [len(one.false_alarms) for one in (*clean_ones, *faulty_ones)]
    everything = [*clean_ones, *faulty_ones, *double_ones]
    followers = [
        (len(one.followers), len(one.named), len(one.wrongly_blamed), len(one.rightly_traced)) for one in faulty_ones
    ]
    lines, named, blamed, traced = (sum(column) for column in zip(*followers, strict=True)) if followers else (0,) * 4
    found = [one for one in faulty_ones if one.finds(_kinds(one.case)[0])]
    table = {
        "claims that are judged": share(
            sum(one.seen for one in everything), sum(len(one.case.claims) for one in everything)
        ),
        "clean documents with a false alarm": share(sum(bool(one.false_alarms) for one in clean_ones), len(clean_ones)),
        "right lines with a false alarm, clean and faulty documents": share(sum(alarms), sum(right_lines)),
        "mistakes found": share(len(found), len(faulty_ones)),
        "mistakes found, and their first line is the first blamed": share(
            sum(o.first_line_right for o in faulty_ones), len(faulty_ones)
        ),
        "lines that follow, wrongly blamed": share(blamed, lines),
        "lines that follow, named": share(named, lines),
        "lines named, and traced to what they follow from": share(traced, named),
        "second mistake of two found": share(
            sum(one.finds(_kinds(one.case)[-1]) for one in double_ones), len(double_ones)
        ),
    }
    count, hits = Counter(_kinds(one.case)[0] for one in faulty_ones), Counter(_kinds(one.case)[0] for one in found)
    firsts = Counter(_kinds(one.case)[0] for one in faulty_ones if one.first_line_right)
    for kind in count:
        table[f"  {kind}"] = f"{share(hits[kind], count[kind])}, first line {share(firsts[kind], count[kind])}"
    return table


def share(part: int, whole: int) -> str:
    """Return a share in percent, with the counts behind it."""
    return f"{100 * part / whole:.1f} % ({part:,} of {whole:,})" if whole else "–"


def command(spec_yaml: str, text: str, suffix: str) -> list[Finding]:
    """Ask ``symback verify``, as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        spec, document = Path(folder, "spec.yaml"), Path(folder, f"document{suffix}")
        spec.write_text(spec_yaml, encoding="utf-8")
        document.write_text(text, encoding="utf-8")
        asked = [sys.executable, "-m", "symback", "verify", str(spec), str(document), "--format", "json"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout.startswith("{"):
        raise RuntimeError(f"symback verify ended with {done.returncode}: {done.stderr.strip()}")
    return read_answer(done.stdout)


def read_answer(answer: str) -> list[Finding]:
    """Return the findings in what ``--format json`` prints."""
    claims = json.loads(answer)["claims"]
    lines = [claim["line"] for claim in claims]
    causes = [claim.get("cause") for claim in claims]
    return [
        (claim["line"], claim["written"], claim["verdict"], None if cause is None else lines[cause])
        for claim, cause in zip(claims, causes, strict=True)
    ]


def report(audit: Audit, count: int, seed: int) -> None:
    """Print every figure for so many clean documents, as many with one mistake, and a third as many with two."""
    answers = (judge(audit, cases) for cases in (clean(count, seed), faulty(count, seed), double(count // 3, seed)))
    for name, figure in figures(*answers).items():
        print(f"{name:<60} {figure}")


def _kinds(case: Case) -> list[str]:
    """Return the kinds of mistakes in a document, in the order of their first lines."""
    first: dict[str, int] = {}
    for claim in case.claims:
        if claim.kind:
            first[claim.kind] = min(claim.line, first.get(claim.kind, claim.line))
    return sorted(first, key=lambda kind: first[kind])


def main() -> None:
    """Measure the command on a few documents, or on as many as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    report(command, chosen.count, chosen.seed)


if __name__ == "__main__":
    main()
