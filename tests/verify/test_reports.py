"""Reports: every claim is where it stands, nothing of a document is taken for markup, and nothing is hidden."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest

from symback.verify.audit import Audit
from symback.verify.claims import Claim, Verdict
from symback.verify.report.excerpt import WIDTH, excerpt
from symback.verify.report.segments import segments
from symback.verify.report.table import REPORTS
from symback.verify.report.wanted import Wanted
from symback.verify.report.wording import SIGNS, named

EVIL = "<script>alert(1)</script> [x](javascript:alert(1)) `a|b` \u202e\x1b[31m\x9b ![y](http://z) &lt; \"'"
ALL = Wanted(every_claim=True, binding=True)


def audit_of(
    text: str, *claims: tuple[str, Verdict, int | None], name: str = "document.md", message: str = ""
) -> Audit:
    """Return an audit with claims about texts that stand in a document."""
    found = []
    for written, verdict, cause in claims:
        offset = text.index(written)
        line, column = text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
        found.append(Claim(line, column, "z.1.1", written, "0.5", verdict, "number", cause, message))
    return Audit(name, text, tuple(found), ())


STORY = audit_of(
    "a = 1\nb = 22 + 3\n\nc = 4, d = 5\ne = 6\nf = 7\n",
    ("1", Verdict.GIVEN, None),
    ("22", Verdict.WRONG, None),
    ("22 + 3", Verdict.CORRECT, None),
    ("4", Verdict.FOLLOWS, 1),
    ("5", Verdict.SLIP, None),
    ("6", Verdict.UNDECIDED, None),
    ("7", Verdict.ROUNDED, None),
)


class Page(HTMLParser):
    """What a browser would make of a report: its tags, its text without what the style says, its ids and links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_terminal_lists_what_has_to_be_looked_at():
    report = REPORTS["text"](STORY, Wanted())
    assert re.findall(r"document\.md:\d+:\d+: (\w+)", report) == ["wrong", "slip", "undecided"]
    assert "2 | b = 22 + 3\n  |     ^~\n" in report
    assert report.endswith("document.md: 2 mistakes, first at line 2; 1 line follows from them; 1 undecided; 3 right\n")


def test_every_claim_is_listed_on_request():
    for kind in ("text", "md"):
        report = REPORTS[kind](STORY, ALL)
        assert all(verdict.value in report for verdict in Verdict)
        assert "follows from line 2" in report


def test_colours_are_there_only_where_they_are_wanted():
    plain, coloured = (REPORTS["text"](STORY, Wanted(colours=colours)) for colours in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]+m", "", coloured) == plain != coloured


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("z = 1", "1"),
        ("變數 z = 12", "12"),
        ("a\u0301e\u0301 = 12", "12"),
        ("a\tb = 12", "12"),
        ("a\u202eb\x07 = 12", "12"),
        ("x" * 500 + "12" + "y" * 500, "12"),
        ("12" + "x" * 500, "12"),
        ("x" * 500 + "12", "12"),
        ("變" * 500 + "12" + "變" * 500, "12"),
        ("\u202e" * 500 + "12" + "\u202e" * 500, "12"),
        ("a" * 95 + "12", "12"),
    ],
)
def test_the_mark_stands_beneath(line: str, written: str):
    shown, mark = excerpt(line, line.index(written), len(written))
    wide = "".join(
        character * (2 if unicodedata.east_asian_width(character) in "WF" else 1)
        for character in shown
        if unicodedata.category(character) != "Mn"
    )
    assert len(wide) <= WIDTH + 2
    assert set(mark.strip()) == {"^", "~"} if len(written) > 1 else {"^"}
    assert wide[mark.index("^") : len(mark)] == written


def test_a_mark_ends_where_the_line_is_cut():
    shown, mark = excerpt("x" * 300, 0, 300)
    assert shown.endswith("…")
    assert len(mark) == len(shown) - 1


@pytest.mark.parametrize("kind", ["text", "md", "html"])
def test_nothing_that_cannot_be_seen_is_printed(kind: str):
    report = REPORTS[kind](audit_of(f"z = {EVIL}", (EVIL, Verdict.WRONG, None), name=EVIL, message=EVIL), ALL)
    assert all(character.isprintable() or character == "\n" for character in report)
    assert "\\u202e" in report.replace("\\\\", "\\")


def test_json_is_of_ascii():
    report = REPORTS["json"](audit_of(f"z = {EVIL}", (EVIL, Verdict.WRONG, None)), ALL)
    assert report.isascii()
    assert all(character.isprintable() or character == "\n" for character in report)


def test_html_takes_nothing_of_the_document_for_markup():
    audit = Audit("x", f"z = {EVIL}", audit_of(EVIL, (EVIL, Verdict.WRONG, None), message=EVIL).claims, (EVIL,))
    for page in (
        REPORTS["html"](audit, ALL),
        REPORTS["html"](audit_of(EVIL, (EVIL, Verdict.SLIP, None), name=EVIL), ALL),
    ):
        found = Page(page)
        assert not {"script", "img", "link", "iframe"} & set(found.tags)
        assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in found.attributes
        links = [value for name, value in found.attributes if name in ("href", "src")]
        assert all(link.startswith("#") for link in links)
        assert not [name for name, _ in found.attributes if name.startswith("on")]
        assert "<script>alert(1)</script>" in "".join(found.texts)


def test_markdown_takes_nothing_of_the_document_for_markup():
    audit = audit_of(f"z = {EVIL}", (EVIL, Verdict.WRONG, None), message=EVIL, name=EVIL)
    report = REPORTS["md"](Audit(EVIL, audit.text, audit.claims, (EVIL,)), ALL)
    bare = re.sub(r"\\[\\`*_{}\[\]<>#|$~&!]", "", report)
    assert not set("<`[]$&!") & set(bare)
    (row,) = (line for line in bare.split("\n") if line.startswith("| 1 |"))
    assert row.count("|") == 7


def test_html_marks_every_claim_by_colour_and_sign():
    page = REPORTS["html"](STORY, Wanted())
    for verdict, sign in SIGNS.items():
        assert page.count(f'<sup class="{verdict}" title="{verdict}">{sign}</sup>') == 1
    found = Page(page)
    ids = [value for name, value in found.attributes if name == "id"]
    links = [value.removeprefix("#") for name, value in found.attributes if name == "href"]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert links.count("claim-1") == 2, "once beside its own line, once where something follows from it"
    assert {f"claim-{place}" for place in range(len(STORY.claims))} <= set(ids)


def test_segments_give_the_document_back():
    text = "ab = cd\nef\n\nghi"
    claims = [(1, 1, "ab = cd"), (1, 6, "cd\nef"), (1, 6, ""), (2, 1, "ef"), (4, 2, "h"), (4, 4, ""), (3, 1, "")]
    audit = Audit(
        "",
        text,
        tuple(Claim(line, column, "", one, "", Verdict.CORRECT, "") for line, column, one in claims),
        (),
    )
    found = segments(audit)
    assert "\n".join("".join(segment.text for segment in line) for line in found) == text
    flat = [segment for line in found for segment in line]
    assert sorted(place for segment in flat for place in segment.begins) == list(range(len(claims)))
    assert sorted(place for segment in flat for place in segment.ends) == list(range(len(claims)))
    assert [segment.claim for segment in found[0] if segment.text == "cd"] == [1]


def test_quantities_have_names():
    assert named("loss:w.1.1.1") == "derivative of loss by w.1.1.1"
    assert named("w.1.1.1+") == "new w.1.1.1"
    assert named("a.1.2@3") == "a.1.2@3"
