// Puts what the engine rendered into the page, and changes only what is different: focus, open details and scrolling stay.

/** Makes `old` what `made` is. */
function become(old, made) {
  if (old.nodeType !== made.nodeType || old.nodeName !== made.nodeName) return old.replaceWith(made);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== made.nodeValue) old.nodeValue = made.nodeValue;
    return;
  }
  if (old.nodeName.toLowerCase() === "svg") {
    if (old.outerHTML !== made.outerHTML) old.replaceWith(made);
    return;
  }
  // Whether details are open is the reader's.
  const details = old.nodeName === "DETAILS";
  for (const { name } of [...old.attributes]) if (!made.hasAttribute(name) && !(details && name === "open")) old.removeAttribute(name);
  for (const { name, value } of [...made.attributes]) {
    if (old.getAttribute(name) !== value && !(details && name === "open")) old.setAttribute(name, value);
  }
  childrenBecome(old, made);
}

function childrenBecome(old, made) {
  const now = [...old.childNodes];
  const then = [...made.childNodes];
  then.forEach((child, at) => (now[at] ? become(now[at], child) : old.append(child)));
  now.slice(then.length).forEach((child) => child.remove());
}

/** Puts parts into their elements. The texts are the engine's, which escapes all that comes from a scenario. */
function putParts(parts) {
  for (const { id, html } of parts) {
    const place = document.getElementById(id);
    if (!place) continue;
    const made = document.createElement("template");
    made.innerHTML = html;
    childrenBecome(place, made.content);
    place.hidden = !html;
  }
}

const LIVE = ["part-head", "part-answer", "part-headline", "part-differences", "part-outcomes", "part-charts"];

/** The answer of the file itself, as the page came: nothing needs to be simulated to go back to it. */
const asItCame = LIVE.map((id) => ({ id, html: document.getElementById(id)?.innerHTML ?? "" }));

/** The charts that are open, by their names. */
const openCharts = () => every("details[data-chart][open]").map((details) => details.dataset.chart);

/** Marks what is on the page as older than what is set, or no more. */
function markUpdating(updating) {
  html.classList.toggle("updating", updating);
  for (const id of LIVE) document.getElementById(id)?.setAttribute("aria-busy", updating);
}

/** Shows what is wrong, where one sees it; nothing takes it away. `html` is the engine's, `sentences` are texts. */
function showProblems(html, sentences = []) {
  let place = first("#problems");
  if (!place) {
    place = element("section", { id: "problems", role: "alert", tabindex: "-1" });
    const beside = engine.hasText && first("#status");
    beside ? beside.after(place) : first("main").prepend(place);
  }
  place.hidden = !html && !sentences.length;
  place.replaceChildren(...sentences.map((sentence) => element("p", {}, sentence)));
  if (html) place.insertAdjacentHTML("beforeend", html);
}
