"use strict";
// What a reader asks of the page stands in the address behind the #: show (a quantity), way (one of its paths), step (how
// far the page is revealed) and digits (all of them); of part 2 of a page show2 and way2. A link with such an address
// opens the page in the same state. Without this script the page is complete: quantities are listed at its end, and
// links lead there.

const page = document.documentElement;
const find = (query, within = document) => within.querySelector(query);
const every = (query, within = document) => [...within.querySelectorAll(query)];

const controls = find(".controls");
const steps = every("main > :not(.explorer, .entries, .marks)").flatMap(block =>
  find(":scope > x-r", block) ? every("x-r", block) : block.matches("h1, h2, h3, h4") ? [] : [block]);

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

// Quantities and their paths: of the page, or of each of its parts.

const stepsOf = path => path.slice(1).map((to, place) => path[place] + " " + to);

class Explorer {
  constructor(section) {
    const part = section.dataset.part;
    const entries = find(`.entries[data-part="${part}"]`);
    this.keys = { show: "show" + part, way: "way" + part };
    this.map = find(".map svg", section);
    this.panel = find(".panel", section);
    this.entries = every(".entry", entries);
    for (const entry of this.entries) {
      entry.dataset.id = entry.id.slice(entries.dataset.prefix.length);
      entry.tabIndex = -1;
    }
    this.locals = find(".locals", entries);
    this.panel.append(entries);
    this.writeFactors(find(".times", entries).content.firstElementChild);
  }

  // The factors along a path are those of its steps: they are copied from there.
  writeFactors(times) {
    const factors = new Map(every("[data-local]", this.locals).map(local => [local.dataset.local, find("x-d > math", local)]));
    for (const item of every("[data-path]", this.panel)) {
      const steps = stepsOf(item.dataset.path.split(" ")).map(step => factors.get(step)).reverse();
      const product = times.cloneNode(false);
      steps.forEach((step, place) => {
        if (place) product.append(...times.cloneNode(true).childNodes);
        product.append(...step.cloneNode(true).childNodes);
      });
      product.setAttribute("alttext", steps.map(step => step.getAttribute("alttext")).join(" * "));
      find("x-s", item).append(product);
    }
  }

  chosenIn(asked) {
    const address = decodeURIComponent(location.hash.slice(1));
    return this.entries.find(entry => entry.dataset.id === asked.get(this.keys.show) || entry.id === address);
  }

  show(asked) {
    const entry = this.chosenIn(asked);
    const way = Number(asked.get(this.keys.way)) || 0;
    const all = every("[data-path]", entry ?? document.createElement("p")).map(item => item.dataset.path.split(" "));
    const paths = way ? all.slice(way - 1, way) : all;
    const steps = new Set(paths.flatMap(stepsOf));
    for (const each of this.entries) each.classList.toggle("chosen", each === entry);
    this.panel.hidden = !entry;
    for (const local of every("[data-local]", this.locals)) local.hidden = !steps.has(local.dataset.local);
    this.locals.hidden = steps.size === 0;
    this.light(entry?.dataset.id, new Set(paths.flat()), steps);
    for (const item of entry ? every("[data-path]", entry) : []) {
      item.classList.toggle("lit", way !== 0 && item.dataset.path === paths[0]?.join(" "));
    }
  }

  light(chosen, onPath, steps) {
    for (const line of every(".line", this.map)) {
      const of = line.closest("a")?.dataset.of;
      line.classList.toggle("lit", onPath.has(of) || steps.has(line.dataset.start + " " + line.dataset.end));
    }
    const alongLines = new Set(every("a .line.lit", this.map).map(line => line.closest("a").dataset.of));
    for (const link of every("a", this.map)) {
      const of = link.dataset.of;
      link.classList.toggle("lit", onPath.has(of) || alongLines.has(of));
      link.classList.toggle("chosen", of === chosen);
      if (of === chosen) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
    this.map.classList.toggle("unlit", steps.size > 0);
    if (chosen !== this.chosen) this.bringIntoView(find("a.chosen:not([aria-hidden])", this.map));
    this.chosen = chosen;
  }

  // A drawing that is wider than its box shows what was chosen.
  bringIntoView(link) {
    if (!link) return;
    const box = this.map.parentElement;
    const [shown, at] = [box, link].map(each => each.getBoundingClientRect());
    if (at.left < shown.left || at.right > shown.right) box.scrollLeft += (at.left + at.right - shown.left - shown.right) / 2;
  }
}

const explorers = new Map(every(".explorer").map(section => [section, new Explorer(section)]));

// Steps.

function reveal(step) {
  const isStepping = step !== null;
  const shown = isStepping ? Math.min(Math.max(step, 0), steps.length) : steps.length;
  steps.forEach((block, place) => {
    block.classList.toggle("later", place >= shown);
    block.classList.toggle("now", isStepping && place === shown - 1);
  });
  for (const part of every("main > :is(h2, h3, h4), main > x-d .tag")) {
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
  for (const explorer of explorers.values()) explorer.show(asked);
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
  const link = event.target.closest("a[data-of], a[data-way], .uses a");
  if (button) actions[button.dataset.do]();
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { keys, panel } = explorers.get(link.closest(".explorer"));
  event.preventDefault();
  if (link.dataset.way) {
    const isShown = state.read().get(keys.way) === link.dataset.way;
    state.change({ [keys.way]: isShown ? null : link.dataset.way });
  } else {
    const of = link.dataset.of ?? document.getElementById(decodeURIComponent(link.hash.slice(1))).dataset.id;
    state.change({ [keys.show]: of, [keys.way]: null });
    if (!link.closest("svg")) find(".entry.chosen", panel)?.focus({ preventScroll: false });
  }
});

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, summary, .scroll")) return;
  if (event.key === "Escape") {
    const keys = [...explorers.values()].flatMap(explorer => Object.values(explorer.keys));
    state.change(Object.fromEntries(keys.map(key => [key, null])));
  }
  if (!state.read().has("step")) return;
  if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); actions.next(); }
  if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); actions.previous(); }
});

page.classList.add("scripted");
controls.hidden = false;
addEventListener("hashchange", show);
addEventListener("popstate", show);

// Mathematics that is a little too wide is set smaller; boxes that scroll can be reached with the keyboard.
const SMALLEST = 0.6;
const widths = new Map();

function fit(box) {
  if (widths.get(box) === box.clientWidth) return;
  widths.set(box, box.clientWidth);
  if (box.matches("x-d")) {
    box.style.fontSize = "";
    if (box.scrollWidth > box.clientWidth) {
      box.style.fontSize = `${Math.max(SMALLEST, 0.97 * box.clientWidth / box.scrollWidth) * 100}%`;
    }
  }
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
}

const sizes = new ResizeObserver(changes => changes.forEach(change => fit(change.target)));
for (const box of every("x-d, .scroll")) sizes.observe(box);
document.fonts.ready.then(() => {
  widths.clear();
  every("x-d, .scroll").forEach(fit);
});

show();
