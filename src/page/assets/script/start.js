// Starts the page's script.

/** What buttons do, by their `data-do`. */
const deeds = {
  undo,
  redo,
  reset,
  keep,
  stop: stopOrGoOn,
  "drop-lever": dropLever,
  "use-kept": (button) => change((state) => (state.setting = copy(state.kept[keptIndex(button)].setting))),
  "remove-kept": (button) => change((state) => state.kept.splice(keptIndex(button), 1)),
  "export-scenario": exportScenario,
  "copy-link": copyLink,
  "copy-text": (button) => copyText(textBeside(button)),
  svg: (button) => download(fileName(button, "svg"), svgText(svgOf(button)), "image/svg+xml"),
  png: async (button) => download(fileName(button, "png"), await pngOf(button)),
  csv: async (button) => {
    const { name, text } = await csvOf(button);
    download(name, text, "text/csv");
    say(word("saved", { name }), true);
  },
  print: () => print(),
  open: chooseFiles,
  "next-exercise": () => showExercise(exercise + 1),
  "previous-exercise": () => showExercise(exercise - 1),
};

/** Does something that may fail, and says so where it does. */
async function attempt(deed) {
  try {
    await deed();
  } catch (error) {
    if (!(error instanceof Stopped)) showProblems("", [error.message]);
  }
}

function listenToButtons() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest("[data-view-link]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return changeView(html.dataset.view ? "" : "slide");
    }
    const button = target.closest("[data-do]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    attempt(() => deeds[button.dataset.do]?.(button));
  });
}

/** Ctrl+Z and Ctrl+Y, but where one writes; Escape leaves the projector view. */
function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && html.dataset.view) return changeView("");
    const writes = event.target.closest?.("textarea, [contenteditable], input:not([type=range], [type=checkbox])");
    if (!(event.ctrlKey || event.metaKey) || event.altKey || writes) return;
    const key = event.key.toLowerCase();
    const deed = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}

function start() {
  html.classList.add("script");
  html.classList.toggle("engine", engine.hasText);
  html.classList.remove("no-script");
  html.classList.toggle("no-engine", !engine.hasText);
  chooseView();
  showExercise(0);
  listenToButtons();
  listenToKeys();
  listenToCharts();
  document.addEventListener("toggle", ({ target }) => target.matches?.("[data-chart]") && target.open && attempt(() => drawOpened(target)), true);
  if (!engine.hasText) return;
  listenToLevers();
  listenToDrops();
  showLevers();
  showToml("");
  showStop();
  addEventListener("hashchange", followLink);
  // The engine is ready when somebody touches the first lever; the page is there before it.
  const idle = window.requestIdleCallback ?? ((deed) => setTimeout(deed, 200));
  if (location.hash.length <= 1) return idle(() => attempt(openScenario));
  // A link may set numbers that only the engine knows.
  markUpdating(true);
  attempt(openScenario).then(followLink);
}

start();
