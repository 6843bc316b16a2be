// The numbers of a chart under the pointer, and by the arrow keys. Where they are on the drawing comes with the figure, as JSON.

const tip = {
  box: element("div", { class: "tip", "aria-live": "polite", hidden: true }),
  line: element("div", { class: "tip-line", hidden: true }),
  at: null, // { figure, panel, place }: which date of which panel is told
};

const maps = new WeakMap();

/** What Rust says of a figure's drawing. */
function mapOf(figure) {
  const text = first('script[type="application/json"]', figure)?.textContent;
  if (!text) return null;
  if (maps.get(figure)?.text !== text) maps.set(figure, { text, map: JSON.parse(text) });
  return maps.get(figure).map;
}

/** From the drawing's units to the window's, and back. */
function scaleOf(figure) {
  const svg = first("svg", figure);
  const { left, top, width } = svg.getBoundingClientRect();
  const factor = width / svg.viewBox.baseVal.width;
  return { x: (x) => left + x * factor, y: (y) => top + y * factor, back: (x, y) => [(x - left) / factor, (y - top) / factor] };
}

/** The date that is nearest to a pointer. */
function pointAt(figure, clientX, clientY) {
  const [x, y] = scaleOf(figure).back(clientX, clientY);
  const map = mapOf(figure);
  const panel = (map?.panels ?? []).findIndex(({ plot: [left, upper, right, lower] }) => x >= left && x <= right && y >= upper && y <= lower);
  if (panel < 0) return null;
  const { plot: [left, , right], across: [from, to], days } = map.panels[panel];
  const day = from + ((x - left) / (right - left)) * (to - from);
  const dates = map.days[days];
  const place = dates.reduce((best, date, at) => (Math.abs(date - day) < Math.abs(dates[best] - day) ? at : best), 0);
  return { figure, panel, place };
}

function dateWords(start, day, grain) {
  const date = new Date(Date.parse(`${start}T00:00:00Z`) + day * 86_400_000);
  const month = { month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(html.lang || "en", grain === "day" ? { day: "numeric", ...month } : month).format(date);
}

function numberWords(value, { share, signed }) {
  const size = Math.abs(share ? 100 * value : value);
  const sign = value < 0 && size ? "−" : signed && value > 0 ? "+" : "";
  return sign + new Intl.NumberFormat(html.lang || "en", { maximumSignificantDigits: Math.max(4, String(Math.trunc(size)).length) }).format(size) + (share ? " %" : "");
}

/** Tells the numbers of a date; `null` tells none. */
function tell(at) {
  tip.at = at;
  const map = at && mapOf(at.figure);
  const panel = map?.panels[at.panel];
  tip.box.hidden = tip.line.hidden = !panel;
  if (!panel) return;
  const day = map.days[panel.days][at.place];
  const rows = panel.series.filter(({ values }) => values[at.place] != null).map((series) => {
    const { name, colour, values, low, high } = series;
    const words = (number) => numberWords(number, panel);
    const band = low[at.place] == null ? "" : ` (${words(low[at.place])} – ${words(high[at.place])})`;
    const key = element("i", { "aria-hidden": "true" });
    key.style.background = colour;
    return element("p", {}, key, name ? `${name}: ` : "", element("b", {}, words(values[at.place])), band);
  });
  const head = [dateWords(map.start, day, panel.dates), panel.unit].filter(Boolean).join(", ");
  tip.box.replaceChildren(element("p", {}, head), ...rows);
  placeTip(panel, day, at.figure);
}

function placeTip({ plot: [left, upper, right, lower], across: [from, to] }, day, figure) {
  const scale = scaleOf(figure);
  const x = scale.x(left + ((day - from) / (to - from)) * (right - left));
  Object.assign(tip.line.style, { left: `${x + scrollX}px`, top: `${scale.y(upper) + scrollY}px`, height: `${scale.y(lower) - scale.y(upper)}px` });
  const wide = tip.box.offsetWidth;
  const beside = x + 12 + wide < html.clientWidth ? x + 12 : Math.max(4, x - 12 - wide);
  Object.assign(tip.box.style, { left: `${beside + scrollX}px`, top: `${scale.y(upper) + scrollY}px` });
}

/** Left and right go from date to date, up and down from panel to panel. */
function moveTip(figure, key) {
  const map = mapOf(figure);
  if (!map?.panels.length) return false;
  const told = tip.at?.figure === figure;
  // Up and down scroll the page, unless one reads a chart that has several panels.
  if (/Up|Down/.test(key) && !(told && map.panels.length > 1)) return false;
  const now = told ? tip.at : { figure, panel: 0, place: null };
  const clamp = (value, count) => Math.max(0, Math.min(value, count - 1));
  const panel = clamp(now.panel + (key === "ArrowDown") - (key === "ArrowUp"), map.panels.length);
  const count = map.days[map.panels[panel].days].length;
  const place = clamp(now.place === null ? count - 1 : now.place + (key === "ArrowRight") - (key === "ArrowLeft"), count);
  tell({ figure, panel, place });
  return true;
}

function listenToCharts() {
  document.body.append(tip.line, tip.box);
  const point = ({ target, clientX, clientY }) => {
    const figure = target.closest?.("svg")?.closest("figure.chart");
    tell(figure ? pointAt(figure, clientX, clientY) : null);
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("keydown", (event) => {
    const figure = event.target.matches?.("figure.chart > .scroll") && event.target.closest("figure");
    if (event.key === "Escape") tell(null);
    else if (figure && /^Arrow/.test(event.key) && !event.ctrlKey && moveTip(figure, event.key)) event.preventDefault();
  });
  document.addEventListener("focusout", ({ target }) => target.matches?.("figure.chart > .scroll") && tell(null));
}
