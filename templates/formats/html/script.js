"use strict";
// What a reader asks of the page stands in the address behind the #: show (a quantity), way (one of its paths), step (how
// far the page is revealed) and digits (all of them). A link with such an address opens the page in the same state.
// Without this script the page is complete: quantities are listed at its end, and links lead there.

const page = document.documentElement;
const find = (query, within = document) => within.querySelector(query);
const every = (query, within = document) => [...within.querySelectorAll(query)];

const panel = find(".panel");
const map = find(".map svg");
const controls = find(".controls");
const entries = new Map(every(".entry").map(entry => [entry.id, entry]));
const steps = every("main > :not(.explorer, .entries, .marks)").flatMap(block =>
  block.matches(".display") ? every("x-row", block) : block.matches("h1, h2, h3") ? [] : [block]);

const state = {
  read: () => new URLSearchParams(location.hash.slice(1)),
  change(changes) {
    const asked = state.read();
    for (const [key, value] of Object.entries(changes)) {
      if (value === null) asked.delete(key); else asked.set(key, value);
    }
    history.pushState(null, "", "#" + asked);
    show();
  },
};

// Quantities and their paths.

function chosenIn(asked) {
  const address = decodeURIComponent(location.hash.slice(1));
  return entries.get(asked.get("show")) ?? entries.get(address);
}

function pathsOf(entry, way) {
  const paths = every("[data-path]", entry).map(item => item.dataset.path.split(" "));
  return way ? paths.slice(way - 1, way) : paths;
}

function light(entry, way) {
  const paths = entry ? pathsOf(entry, way) : [];
  const onPath = new Set(paths.flat());
  const steps = new Set(paths.flatMap(path => path.slice(1).map((to, place) => path[place] + " " + to)));
  for (const line of every(".line", map)) {
    const link = line.closest("a");
    const isFirst = link !== null && onPath.has(link.dataset.of);
    line.classList.toggle("lit", isFirst || steps.has(line.dataset.start + " " + line.dataset.end));
  }
  for (const link of every("a", map)) {
    const lines = every(".line.lit", link);
    const label = every(`.line.lit`, map).some(line => line.closest("a")?.dataset.of === link.dataset.of);
    link.classList.toggle("lit", onPath.has(link.dataset.of) || lines.length > 0 || label);
    link.classList.toggle("chosen", entry?.id === link.dataset.of);
    if (entry?.id === link.dataset.of) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
  map.classList.toggle("unlit", paths.length > 0);
  for (const item of entry ? every("[data-path]", entry) : []) {
    item.classList.toggle("lit", way !== 0 && item.dataset.path === paths[0]?.join(" "));
  }
}

function showLocals(entry, way) {
  const steps = new Set((entry ? pathsOf(entry, way) : []).flatMap(path =>
    path.slice(1).map((to, place) => path[place] + " " + to)));
  for (const local of every("[data-local]")) local.hidden = !steps.has(local.dataset.local);
  find(".locals").hidden = steps.size === 0;
}

function choose(entry, way) {
  showLocals(entry, way);
  for (const each of entries.values()) each.classList.toggle("chosen", each === entry);
  panel.hidden = !entry;
  light(entry, way);
}

// The factors along a path are those of its steps: they are copied from there.
function writeFactors() {
  const factors = new Map(every("[data-local]").map(local => [local.dataset.local, find("x-side math", local)]));
  const times = find("#times").content.firstElementChild;
  for (const item of every("[data-path]")) {
    const path = item.dataset.path.split(" ");
    const steps = path.slice(1).map((to, place) => factors.get(path[place] + " " + to)).reverse();
    const product = times.cloneNode(false);
    steps.forEach((step, place) => {
      if (place) product.append(...times.cloneNode(true).childNodes);
      product.append(...step.cloneNode(true).childNodes);
    });
    product.setAttribute("alttext", steps.map(step => step.getAttribute("alttext")).join(" * "));
    find("x-side", item).append(product);
  }
}

// Steps.

function reveal(step) {
  const isStepping = step !== null;
  const shown = isStepping ? Math.min(Math.max(step, 0), steps.length) : steps.length;
  steps.forEach((block, place) => {
    block.classList.toggle("later", place >= shown);
    block.classList.toggle("now", isStepping && place === shown - 1);
  });
  for (const part of every("main > h2, main > h3, main > .display .tag")) {
    const next = steps.find(block => part.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING);
    part.classList.toggle("later", isStepping && steps.indexOf(next) >= shown);
  }
  find(".stepping").hidden = !isStepping;
  find(".count").textContent = isStepping ? `${shown} / ${steps.length}` : "";
  find("[data-do=previous]").disabled = shown <= 0;
  find("[data-do=next]").disabled = shown >= steps.length;
  if (isStepping && shown > 0) {
    const last = steps[shown - 1];
    (last.firstElementChild ?? last).scrollIntoView({ block: "nearest" });
  }
}

// Everything by the address.

let before = null;

function show() {
  const asked = state.read();
  const step = asked.has("step") ? Number(asked.get("step")) || 0 : null;
  if (asked.get("digits") === "all") page.dataset.digits = "exact"; else delete page.dataset.digits;
  find("[data-do=steps]").setAttribute("aria-pressed", String(step !== null));
  find("[data-do=digits]")?.setAttribute("aria-pressed", String(asked.get("digits") === "all"));
  if (step !== before) reveal(step);
  before = step;
  if (map) choose(chosenIn(asked), Number(asked.get("way")) || 0);
}

const actions = {
  steps: () => state.change({ step: state.read().has("step") ? null : 0 }),
  next: () => state.change({ step: Math.min((Number(state.read().get("step")) || 0) + 1, steps.length) }),
  previous: () => state.change({ step: Math.max((Number(state.read().get("step")) || 0) - 1, 0) }),
  digits: () => state.change({ digits: state.read().has("digits") ? null : "all" }),
  theme() {
    const isDark = (page.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    page.dataset.theme = isDark ? "light" : "dark";
  },
};

document.addEventListener("click", event => {
  const button = event.target.closest("[data-do]");
  const link = event.target.closest("a[data-of], a[data-way]");
  if (button) actions[button.dataset.do]();
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.way) {
    const isShown = state.read().get("way") === link.dataset.way;
    state.change({ way: isShown ? null : link.dataset.way });
  } else {
    state.change({ show: link.dataset.of, way: null });
    if (!link.closest("svg")) find(".entry.chosen")?.focus({ preventScroll: false });
  }
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, summary, .scroll")) return;
  if (event.key === "Escape") state.change({ show: null, way: null });
  if (!state.read().has("step")) return;
  if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); actions.next(); }
  if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); actions.previous(); }
});

page.classList.add("scripted");
controls.hidden = false;
if (panel) {
  panel.append(find(".entries"));
  writeFactors();
}
addEventListener("hashchange", show);
addEventListener("popstate", show);

// Mathematics that is a little too wide is set smaller; boxes that scroll can be reached with the keyboard.
const SMALLEST = 0.6;
const widths = new Map();

function fit(box) {
  if (widths.get(box) === box.clientWidth) return;
  widths.set(box, box.clientWidth);
  if (box.matches(".display")) {
    box.style.fontSize = "";
    if (box.scrollWidth > box.clientWidth) {
      box.style.fontSize = `${Math.max(SMALLEST, 0.97 * box.clientWidth / box.scrollWidth) * 100}%`;
    }
  }
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
}

const sizes = new ResizeObserver(changes => changes.forEach(change => fit(change.target)));
for (const box of every(".display, .scroll")) sizes.observe(box);
document.fonts.ready.then(() => {
  widths.clear();
  every(".display, .scroll").forEach(fit);
});

show();
