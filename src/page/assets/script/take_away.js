// What is taken away: files of what is seen, the scenario with what was set, links and texts.

function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The figure that a button belongs to. */
function figureOf(button) {
  const name = button.dataset.chart;
  const named = name && first(`[data-chart="${CSS.escape(name)}"] figure, figure[data-chart="${CSS.escape(name)}"]`);
  return button.closest("figure") ?? named ?? first("figure", button.closest("details, section") ?? document);
}

const fileName = (button, ending) => `${scenario.name}-${button.dataset.chart ?? button.dataset.table ?? "page"}.${ending}`;

/** A chart as a text of its own, as `repatria run` writes it. */
function svgOf(button) {
  const svg = first("svg", figureOf(button)).cloneNode(true);
  svg.removeAttribute("class");
  svg.removeAttribute("style");
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "0 0 7000 4000").split(/[ ,]+/).map(Number);
  if (!svg.hasAttribute("width")) svg.setAttribute("width", width / 10);
  if (!svg.hasAttribute("height")) svg.setAttribute("height", height / 10);
  return svg;
}

const svgText = (svg) => new XMLSerializer().serializeToString(svg) + "\n";

/** A chart as a picture of twice its size, on white. */
async function pngOf(button) {
  const svg = svgOf(button);
  const address = URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = element("canvas", { width: 2 * svg.getAttribute("width"), height: 2 * svg.getAttribute("height") });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A table or the numbers of a chart. The engine's are not rounded; without it, what is seen. */
async function csvOf(button) {
  const { chart, table } = button.dataset;
  if (engine.hasText) {
    say(word("preparing"), true);
    await orSay("not_saved", simulateAll);
    const made = await ask(chart ? { do: "csv", chart } : { do: "csv", table });
    if (made.ok) return made;
  }
  const seen = first("table", chart ? figureOf(button) : button.closest("[id^=part-]"));
  return { name: fileName(button, "csv"), text: csvOfTable(seen) };
}

/** A text as a spreadsheet shows it and does not compute it, as the program writes it: a number stays one. */
function harmless(text) {
  const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
  return /^'*[=+\-@\t\r]/.test(text) && !number ? `'${text}` : text;
}

function csvOfTable(table) {
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (text) => quoted(harmless(text));
  return [...table.rows].map((row) => [...row.cells].map((one) => cell(one.textContent.trim())).join(",") + "\n").join("");
}

/** The scenario with what was set and kept in it: `repatria run` gives the same numbers. */
async function exportScenario() {
  let made = { name: `${scenario.name}.toml`, text: scenario.text };
  if (!isNothing(state.setting) || state.kept.length) {
    await given();
    made = await ask({ do: "scenario" });
    if (!made.ok) throw new Error(made.error);
  }
  download(made.name, made.text, typeOf(made.name));
  // A file that came by itself is held by its name, too.
  const files = Object.entries(scenario.files).filter(([path, text], _, all) => !all.some(([other, same]) => same === text && other.endsWith(`/${path}`)));
  for (const [path, text] of files) download(path.split("/").pop(), text, typeOf(path));
  const inFolders = files.map(([path]) => path).filter((path) => path.includes("/"));
  if (inFolders.length) say(word("saved_with_files", { name: made.name, files: inFolders.join(", ") }), true);
}

const TYPES = { toml: "application/toml", csv: "text/csv", tsv: "text/tab-separated-values" };
const typeOf = (path) => new Map(Object.entries(TYPES)).get(path.split(".").pop().toLowerCase()) ?? "text/plain";

/** Copies a text, also where the browser gives no clipboard to a page from a file. */
async function copyText(text, done = word("copied")) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const had = document.activeElement;
    const area = element("textarea", { "aria-hidden": "true", style: "position:fixed;top:0;opacity:0" });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    had?.focus?.({ preventScroll: true });
    if (!copied) return say(word("not_copied"), true);
  }
  say(done, true);
}

/** A link holds what is set, not a scenario that was opened here. */
const copyLink = () => copyText(location.href, scenario.own ? word("copied") : word("link_needs_file", { name: scenario.name }));

/** The text that a copy button stands for: the named element's, or the nearest one's. */
function textBeside(button) {
  const named = button.dataset.copy && document.getElementById(button.dataset.copy);
  const near = button.closest("details, figure, section, [id^=part-]") ?? document;
  return (named ?? first("pre, code, textarea", near) ?? first(".copied-text", near) ?? near).textContent;
}

/** The TOML of what is set. */
function showToml(text) {
  const place = first("#setting-toml");
  if (!place) return;
  place.textContent = text;
  const around = place.closest("details") ?? place;
  around.hidden = !text;
}
