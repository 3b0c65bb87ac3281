"""Pages that symback writes, read back by its own verifier: each claim of each should be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from time import perf_counter

import symback
from symback.resources import notations, styles
from symback.shipped import examples
from symback.spec.model import Spec
from symback.verify.audit import RIGHT
from symback.verify.claims import Claim
from symback.verify.parts import audit_parts

LANGUAGES = ("en", "de")
POLICIES = tuple(product(("half-up", "half-even", "truncate"), ("exact", "printed")))
IN_ALL_POLICIES = ("slides", "matrix", "softmax", "logistic-regression", "online")
IN_TEX = "tex"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: an example, and how it is rendered; what is empty is as the spec has it.

    ``policy`` is how numbers are rounded, and whether printed or exact ones are carried on.
    """

    example: str
    style: str = ""
    notation: str = ""
    to: str = "md"
    kind: str = "handout"
    language: str = ""
    policy: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return what tells it from the others."""
        said = (self.style, self.notation, self.to, self.kind, self.language, *self.policy)
        return " ".join(filter(None, (self.example, *said)))

    def spec(self) -> Spec:
        """Return the spec of the example, with what is asked for set."""
        spec = symback.load(self.example)
        if self.language:
            spec = changed(spec, {"language": self.language})
        if self.policy:
            rounding, carry = self.policy
            numbers = spec.numbers.model_copy(update={"rounding": rounding, "carry": carry})
            spec = changed(spec, {"numbers": numbers})
        return spec

    def not_right(self) -> tuple[int, list[Claim]]:
        """Return how many claims the verifier finds on it, and those that it does not call right."""
        spec = self.spec()
        text = symback.render(spec, self.to, self.style, self.notation, kind=self.kind)
        claims, _ = audit_parts(spec, text)
        return len(claims), [claim for claim in claims if claim.verdict not in RIGHT]


def changed(spec: Spec, update: dict[str, object]) -> Spec:
    """Return a spec, and with it those of its parts, with other values for some keys."""
    page = spec.model_copy(update=update)
    return (
        page.with_parts((changed(part, update) for part in spec.networks), spec.model_fields_set)
        if spec.parts
        else page
    )


def groups() -> Iterator[tuple[str, list[Page]]]:
    """Yield every group of pages by what all of it varies."""
    names = examples()
    yield "every style", [Page(name, style) for name, style in product(names, styles())]
    yield "LaTeX", [Page(name, style, to=IN_TEX) for name, style in product(names, styles())]
    yield "every notation", [Page(name, notation=notation) for name, notation in product(names, notations())]
    yield "every number policy", [Page(name, policy=policy) for name, policy in product(IN_ALL_POLICIES, POLICIES)]
    yield "German", [Page(name, style, language="de") for name, style in product(names, styles())]
    yield "solutions", [Page(name, kind="solution", language=language) for name, language in product(names, LANGUAGES)]


def found(page: Page) -> tuple[Page, int, list[Claim]]:
    """Return a page with what the verifier says of it."""
    count, bad = page.not_right()
    return page, count, bad


def main() -> None:
    """Print, for each group, how many pages and claims there are, and every page with a claim that is not right."""
    with ProcessPoolExecutor() as pool:
        for title, pages in groups():
            start, claims, verdicts = perf_counter(), 0, Counter[str]()
            unclean = []
            for page, count, bad in pool.map(found, pages):
                claims += count
                verdicts.update(claim.verdict.value for claim in bad)
                if bad:
                    unclean.append(f"  {page}: {len(bad)} of {count}, first in line {bad[0].line}: {bad[0].message}")
            said = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items())) or "all right"
            print(
                f"{title}: {len(pages)} pages, {claims:,} claims in {perf_counter() - start:.0f} s; {said}", flush=True
            )
            print(*unclean, sep="\n", end="\n" if unclean else "", flush=True)


if __name__ == "__main__":
    main()
