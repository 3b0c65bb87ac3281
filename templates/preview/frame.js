// Asks the server for what is new, shows problems, and loads the page again where it was.
"use strict";

const frame = document.getElementById("page");
const problems = document.getElementById("problems");
const gone = document.getElementById("gone");

function show(text) {
  problems.hidden = text === "";
  problems.querySelector("pre").textContent = text;
}

function reload() {
  const view = frame.contentWindow;
  const [x, y] = [view.scrollX, view.scrollY];
  frame.addEventListener("load", () => frame.contentWindow.scrollTo(x, y), { once: true });
  view.location.reload();
}

async function listen() {
  let version = 0;
  for (;;) {
    let state;
    try {
      state = await (await fetch(`state?after=${version}`)).json();
    } catch {
      gone.hidden = false;
      return;
    }
    if (state.version === version) continue;
    if (version > 0 && state.problems === "") reload();
    version = state.version;
    show(state.problems);
  }
}

frame.addEventListener("load", () => {
  document.title = frame.contentDocument.title || "symback";
});
listen();
