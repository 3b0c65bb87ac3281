"""Pages in a real browser: what is lit are the paths of the network, what is said are the numbers of `evaluate`.

The browser is Chromium, if it is installed; it reaches nothing but the file that it shows.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

import symback
from symback import resources
from symback.spec.model import Spec
from tests.oracles.paths import paths_by_hand
from tests.slices import FOUNDING, in_turn

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
OFFLINE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
NAMED_ROLES = ("link", "button", "image", "group", "toolbar", "region", "math", "MathMLMath")

LEGIBLE = 4.5
"""The contrast of text that the guidelines for accessible pages ask for."""

CONTRASTS = """
() => {
  const light = text => {
    const [red, green, blue] = text.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  return ["h1", "main > p", "li", "figcaption", ".invitation", ".role", "dt", ".label.gradient", "button", ".way"]
    .flatMap(query => [...document.querySelectorAll(query)].slice(0, 1)
      .map(element => {
        const pair = [light(getComputedStyle(element).color), light(ground(element))].sort((a, b) => b - a);
        return [query, (pair[0] + 0.05) / (pair[1] + 0.05)];
      }));
}
"""

STICKING_OUT = """
() => [...document.querySelectorAll("main *")]
  .filter(each => !each.closest(".scroll, x-d, svg"))
  .filter(each => { const box = each.getBoundingClientRect(); return box.width && box.right > innerWidth + 1; })
  .map(each => each.outerHTML.slice(0, 200))
"""


SMALL = """
() => [...document.querySelectorAll("button, .uses a, .way")]
  .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 24)
  .map(each => each.outerHTML.slice(0, 200))
"""
"""What is lower than a fingertip needs."""


TARGETS = """
() => [...document.querySelectorAll(".map svg")].flatMap(map => {
  const scale = map.getBoundingClientRect().width / map.viewBox.baseVal.width;
  const reach = (of, x, y, across, down) => {
    for (let far = 0; far < 24; far++) {
      const found = document.elementFromPoint(x + across * (far + 1), y + down * (far + 1));
      if (found?.closest("a[data-of]")?.dataset.of !== of) return far;
    }
    return 24;
  };
  return [...map.querySelectorAll("a:not([aria-hidden])")].map(link => {
    const of = link.dataset.of;
    const sizes = [...link.querySelectorAll(".label")].map(label => {
      label.scrollIntoView({ block: "center", inline: "center" });
      const { x, y, width, height } = label.getBoundingClientRect();
      const far = (across, down) => reach(of, x + width / 2, y + height / 2, across, down);
      return Math.min(far(-1, 0) + 1 + far(1, 0), far(0, -1) + 1 + far(0, 1));
    });
    const letters = [...link.querySelectorAll(".label")].map(label => scale * parseFloat(getComputedStyle(label).fontSize));
    return [of, Math.max(...sizes), Math.min(...letters)];
  });
})
"""
"""How many pixels what can be chosen in a drawing is wide and high at least, and how high its letters are."""

FINGERTIP, LETTERS = 24, 11


@dataclass
class Watch:
    """What a page said to the console, and what it asked for besides itself."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


Look = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        message = "chromium is not installed"
        if os.environ.get("SYMBACK_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{message}, and SYMBACK_REQUIRE_BROWSER=1 requires it")
        pytest.skip(message)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=list(OFFLINE))
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("screen")
    for example in resources.examples():
        (made / f"{example}.html").write_text(symback.render(symback.load(example), "html"), encoding="utf-8")
    return made


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Open pages, each in a context of its own, and close them in the end."""
    contexts: list[BrowserContext] = []

    def opened(path: Path, anchor: str = "", **options: Any) -> tuple[Page, Watch]:
        contexts.append(browser.new_context(**{"viewport": DESKTOP, **options}))
        page, watch = contexts[-1].new_page(), Watch()
        page.on("console", lambda message: watch.said.append(message.text))
        page.on("pageerror", lambda error: watch.said.append(str(error)))
        page.on("request", lambda request: watch.asked.append(request.url))
        page.goto(path.as_uri() + anchor)
        page.evaluate("document.fonts.ready")
        watch.asked = [url for url in watch.asked if url != path.as_uri() and not url.startswith("data:")]
        return page, watch

    yield opened
    for context in contexts:
        context.close()


def lit_lines(explorer: Locator) -> set[tuple[str, str]]:
    found = explorer.locator(".line.lit").evaluate_all("all => all.map(line => [line.dataset.start, line.dataset.end])")
    return {(start, end) for start, end in found}


SHOWN = """
explorer => {
  const all = (query, of) => [...explorer.querySelectorAll(query)].map(of);
  return [
    all(".line.lit", line => [line.dataset.start, line.dataset.end]),
    all(".map a.lit:has(.cell)", link => link.dataset.of),
    all(".entry.chosen", entry => entry.dataset.id),
    all(".entry.chosen [data-path]", item => item.dataset.path),
  ];
}
"""
"""What an explorer shows: lit lines and quantities, what is chosen, and its paths."""


def choose(explorer: Locator, weight: str) -> None:
    explorer.locator(f".map a[data-of='{weight}']:not([aria-hidden])").first.locator(".label").first.click()


def joint_layers(spec: Spec) -> list[int]:
    return [number for number, layer in enumerate(spec.network.layers, 1) if "softmax" in layer.activation]


def drawn(steps: set[tuple[str, str]], weight: str, joint: list[int]) -> set[tuple[str, str]]:
    """Return the lines of some steps: that of a weight begins at its source; in a neuron are some only in `joint`."""
    kind, layer, *places = weight.split(".")
    lines = {
        (start, end)
        for start, end in steps
        if start[0] == "a" or (start[0] == "z" and int(start.split(".")[1]) in joint)
    }
    if kind == "w":
        before = int(layer) - 1
        source = f"a.{before}.{places[1]}" if before else f"x.{places[1]}"
        lines.add((source, f"z.{layer}.{places[0]}"))
    return lines


SCREENS: dict[str, dict[str, Any]] = {"phone": {"viewport": PHONE}, "desk": {}, "dark": {"color_scheme": "dark"}}


@pytest.mark.parametrize(("example", "screen"), in_turn([*SCREENS]))
def test_a_page_is_quiet_alone_and_no_wider_than_its_screen(look: Look, folder: Path, example: str, screen: str):
    page, watch = look(folder / f"{example}.html", "#step=3&show=w.1.1.1", **SCREENS[screen])
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(SMALL) == []
    assert (watch.said, watch.asked) == ([], [])


@pytest.mark.parametrize(("example", "screen"), [("matrix", "phone"), ("slides", "desk")])
def test_a_drawing_can_be_touched_and_read(look: Look, folder: Path, example: str, screen: str):
    page, _ = look(folder / f"{example}.html", **SCREENS[screen])
    found = page.evaluate(TARGETS)
    assert len(found) > 10
    assert [(of, size) for of, size, _ in found if size < FINGERTIP] == []
    assert [(of, letters) for of, _, letters in found if letters < LETTERS] == []


def test_a_drawing_shows_what_is_chosen_from_elsewhere(look: Look, folder: Path):
    page, watch = look(folder / "matrix.html", viewport=PHONE)
    for name in ("z.2.1", "w.1.1.1"):
        page.evaluate("name => { location.hash = `show=${name}` }", name)
        expect(page.locator(f".map a.chosen[data-of='{name}'] .label").first).to_be_in_viewport(ratio=1)
    assert watch.said == []


@pytest.mark.parametrize("example", [*FOUNDING, "parts", "softmax"])
def test_a_weight_lights_exactly_its_paths(look: Look, folder: Path, example: str):
    page, watch = look(folder / f"{example}.html")
    networks = symback.load(example).networks
    explorers = page.locator(".explorer").all()
    assert len(explorers) == len(networks)
    for network, explorer in zip(networks, explorers, strict=True):
        sizes = [network.network.inputs, *(layer.size for layer in network.network.layers)]
        joint = joint_layers(network)
        links = explorer.locator(".map a").evaluate_all("all => all.map(link => link.dataset.of)")
        weights = sorted({name for name in links if name[0] in "wb"})
        assert weights
        for weight in weights:
            choose(explorer, weight)
            paths = list(paths_by_hand(sizes, weight, joint))
            steps = {step for path in paths for step in pairwise(path)}
            lines, quantities, chosen, shown = explorer.evaluate(SHOWN)
            assert {(start, end) for start, end in lines} == drawn(steps, weight, joint), weight
            assert set(quantities) == {name for path in paths for name in path} - {weight}, weight
            assert chosen == [weight]
            assert [tuple(path.split(" ")) for path in shown] == paths, weight
    assert watch.said == []


def test_every_part_of_a_page_keeps_what_was_chosen_in_it(look: Look, folder: Path):
    page, _ = look(folder / "parts.html")
    for explorer, weight in zip(page.locator(".explorer").all(), ("w.1.1.2", "w.2.1.1"), strict=True):
        choose(explorer, weight)
    again, _ = look(folder / "parts.html", "#" + page.url.partition("#")[2])
    for opened in (page, again):
        chosen = opened.locator(".entry.chosen").evaluate_all("all => all.map(entry => entry.id)")
        assert chosen == ["1-w.1.1.2", "2-w.2.1.1"]
    again.keyboard.press("Escape")
    assert again.locator(".entry.chosen, .line.lit").count() == 0


@pytest.mark.parametrize("example", FOUNDING)
def test_the_numbers_are_those_of_evaluate(look: Look, folder: Path, example: str):
    spec = symback.load(example)
    answers = symback.evaluate(spec)
    sample = spec.worked_sample
    has_samples = "samples" in answers
    gradients = (answers["samples"][sample - 1] if has_samples else answers)["gradients"]
    page, _ = look(folder / f"{example}.html", "#digits=all")
    compared = 0
    for name, gradient in gradients.items():
        page.evaluate("name => { location.hash = `digits=all&show=${name}` }", name)
        if not page.locator(f".entry.chosen[id='{name}']").count():
            continue
        value = answers["values"].get(name, answers["values"].get(f"{name}@{sample}"))
        said = page.locator(".entry.chosen dd").evaluate_all(
            "all => all.map(dd => [...dd.querySelectorAll('math')].filter(m => m.checkVisibility()).map(m => m.getAttribute('alttext')))"
        )
        expected = [float(known) for known in (value, gradient) if known is not None]
        assert [number(text) for (text,) in said] == pytest.approx(expected, rel=1e-15), name
        compared += 1
    assert compared > 3


def number(text: str) -> float:
    """Return a number as it is said beside MathML: digits, a quotient, or with a power of ten."""
    over, _, under = text.replace("*10^", "e").replace("(", "").replace(")", "").partition("/")
    return float(over) / float(under or 1)


def test_everything_can_be_done_with_the_keyboard(look: Look, folder: Path):
    page, watch = look(folder / "notes.html")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        of = page.evaluate("document.activeElement.dataset?.of ?? document.activeElement.dataset?.do ?? ''")
        reached.append(of)
        if of == "w.1.1.1":
            page.keyboard.press("Enter")
            assert page.locator(".entry.chosen").get_attribute("id") == "w.1.1.1"
            page.keyboard.press("Tab")
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("Escape")
            assert page.locator(".entry.chosen").count() == 0
            assert lit_lines(page.locator(".explorer")) == set()
            break
    assert "w.1.1.1" in reached
    page.locator("[data-do=steps]").focus()
    page.keyboard.press("Enter")
    page.evaluate("document.activeElement.blur()")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert "step=2" in page.url
    assert watch.said == []


@pytest.mark.parametrize(
    ("example", "anchor"), [("notes", ""), ("notes", "#step=2"), *((example, "#show=w.1.1.1") for example in FOUNDING)]
)
def test_every_control_has_a_name(look: Look, folder: Path, example: str, anchor: str):
    page, _ = look(folder / f"{example}.html", anchor)
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    named = [node for node in nodes if not node["ignored"] and node["role"]["value"] in NAMED_ROLES]
    assert {node["role"]["value"] for node in named} >= {"link", "button"}
    unnamed = [
        node["role"]["value"]
        for node in named
        if not node.get("name", {}).get("value") and node["role"]["value"] not in ("math", "MathMLMath", "group")
    ]
    assert unnamed == []
    assert page.locator("main math:not(svg math, a[aria-label] math, [alttext])").count() == 0


def test_how_far_a_page_is_revealed_stands_in_its_address(look: Look, folder: Path):
    page, _ = look(folder / "slides.html")
    page.locator("[data-do=steps]").click()
    later = "[...document.querySelectorAll('.later')].length"
    hidden = [page.evaluate(later)]
    for _ in range(4):
        page.locator("[data-do=next]").click()
        hidden.append(page.evaluate(later))
    assert all(before > after for before, after in pairwise(hidden))
    assert re.search(r"[#&]step=4\b", page.url)
    again, _ = look(folder / "slides.html", "#" + page.url.partition("#")[2])
    assert again.evaluate(later) == hidden[-1]
    page.go_back()
    assert page.evaluate(later) == hidden[-2]
    page.locator("[data-do=steps]").click()
    assert page.evaluate(later) == 0


def test_numbers_are_rounded_or_exact(look: Look, folder: Path):
    page, _ = look(folder / "slides.html", "#show=w.1.1.1")
    visible = "q => [...document.querySelectorAll(q)].filter(e => e.checkVisibility()).length"
    assert page.evaluate(visible, ".entry .rounded")
    assert not page.evaluate(visible, ".entry .exact")
    page.locator("[data-do=digits]").click()
    assert page.evaluate(visible, ".entry .exact")
    assert not page.evaluate(visible, ".entry .rounded")
    assert "digits=all" in page.url
    assert page.locator("[data-do=digits]").get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("example", FOUNDING)
def test_a_page_is_whole_without_its_script(look: Look, folder: Path, example: str):
    page, watch = look(folder / f"{example}.html", java_script_enabled=False)
    scripted, _ = look(folder / f"{example}.html")
    assert page.locator(".entry").count() == scripted.locator(".entry").count() > 5
    assert page.locator(".entry").evaluate_all("all => all.every(entry => entry.checkVisibility())")
    assert not page.locator(".controls").is_visible()
    link = page.locator(".map a:not([aria-hidden])").first
    target = link.get_attribute("href")
    assert target
    assert page.locator(f"[id='{target[1:]}']").count() == 1
    assert watch.said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_told_from_what_is_behind_it(look: Look, folder: Path, scheme: str):
    page, _ = look(folder / "slides.html", "#show=w.1.1.1", color_scheme=scheme)
    found = page.evaluate(CONTRASTS)
    assert len(found) > 7
    assert [(query, contrast) for query, contrast in found if contrast < LEGIBLE] == []


def test_print_shows_the_page_and_no_controls(look: Look, folder: Path):
    page, _ = look(folder / "notes.html", "#step=1&show=w.1.1.1", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator(".controls").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.later')).visibility") == "visible"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("kind", ["worksheet", "solution"])
def test_sheets_are_quiet_too(look: Look, kind: str, tmp_path: Path):
    path = tmp_path / "sheet.html"
    path.write_text(symback.render(symback.load("matrix"), "html", kind=kind), encoding="utf-8")
    page, watch = look(path, viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert (watch.said, watch.asked) == ([], [])
    page.emulate_media(media="print")
    rooms = "[...document.querySelectorAll('.space')].map(space => getComputedStyle(space).breakInside)"
    assert set(page.evaluate(rooms)) == ({"avoid"} if kind == "worksheet" else set())
