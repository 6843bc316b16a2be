// Another scenario: dropped on the page, or chosen, with the CSV files that it names (several files, or a folder).

/** Files of a drop: { path, file } for each, those of folders too. */
async function droppedFiles({ items, files }) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...files].map((file) => ({ path: file.name, file }));
  const found = [];
  const walk = async (entry, path) => {
    // A folder with more than this is not a scenario's.
    if (found.length > 200) return;
    if (entry.isFile) {
      found.push({ path: path + entry.name, file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const inside = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!inside.length) return;
      for (const one of inside) await walk(one, `${path}${entry.name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

const BIGGEST = 20_000_000; // bytes of a file

/** Opens the scenario among files. */
async function openFiles(files) {
  const scenarios = files.filter(({ path }) => path.endsWith(".toml"));
  if (scenarios.length !== 1) return showProblems("", [word(scenarios.length ? "one_scenario" : "no_scenario")]);
  const big = files.find(({ file }) => file.size > BIGGEST);
  if (big) return showProblems("", [word("too_big", { file: big.path })]);
  const [{ path, file }] = scenarios;
  const text = await file.text();
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const others = record();
  for (const other of files) {
    if (other.path === path || !/\.(csv|tsv|txt)$/i.test(other.path)) continue;
    const content = await other.file.text();
    for (const name of namesOf(other.path, folder, text)) others[name] = content;
  }
  await openText(file.name.replace(/\.toml$/, ""), text, others);
}

/** How a scenario may name a file: by its place beside it; a file that came by itself also as the text has it. */
function namesOf(path, folder, text) {
  const beside = path.startsWith(folder) ? path.slice(folder.length) : path;
  if (path.includes("/")) return [beside];
  const named = [...text.matchAll(/"([^"\n]*\/)?([^"/\n]+)"/g)].filter(([, , name]) => name === path);
  return new Set([beside, ...named.map(([quoted]) => quoted.slice(1, -1))]);
}

/** While a scenario is being opened: the one that the page still shows, and which opening is the latest. */
const opening = { before: null, latest: 0 };

/** What was to be opened is not: the page stays what it was, and goes on where the engine was interrupted. */
function stayAsBefore() {
  stopEngine();
  Object.assign(scenario, opening.before, { opening: null });
  opening.before = null;
  if (work.shown !== work.wanted || work.drawn < work.planned) aMoment().then(simulate);
}

/** Opens a scenario, or shows what is wrong with it and leaves the page as it is. */
async function openText(name, text, files) {
  if (!engine.hasText) return showProblems("", [word("no_engine")]);
  const number = (opening.latest += 1);
  opening.before ??= { ...scenario };
  stopEngine();
  Object.assign(scenario, { name, text, files, own: false, opening: null });
  let opened;
  try {
    opened = await openScenario();
  } catch (error) {
    if (number === opening.latest) stayAsBefore();
    throw error;
  }
  if (!opened.ok) {
    stayAsBefore();
    showProblems(opened.problems_html ?? "", [word("not_opened", { name }), opened.error].filter(Boolean));
    first("#problems").scrollIntoView({ block: "start" });
    first("#problems").focus({ preventScroll: true });
    return;
  }
  opening.before = null;
  Object.assign(state, { setting: nothing(), kept: [] });
  Object.assign(steps, { past: [], future: [], gesture: null });
  added = [];
  const rendered = new Map(opened.parts.map((part) => [part.id, part.html]));
  putParts(every("main section[id^=part-]").map(({ id }) => ({ id, html: rendered.get(id) ?? "" })));
  document.title = opened.title ?? name;
  showExercise(0);
  changed();
  if (opened.warnings_html) showProblems(opened.warnings_html);
  say(word("opened", { name }), true);
  first("main").scrollIntoView({ block: "start" });
}

function chooseFiles() {
  const chooser = element("input", { type: "file", multiple: true, accept: ".toml,.csv" });
  chooser.onchange = () => attempt(() => openFiles([...chooser.files].map((file) => ({ path: file.name, file }))));
  chooser.click();
}

function listenToDrops() {
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    html.classList.add("dropping");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || html.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    html.classList.remove("dropping");
    attempt(async () => openFiles(await droppedFiles(event.dataTransfer)));
  });
}
