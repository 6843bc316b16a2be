// What is set is simulated: a first slice at once, then more while nothing moves. The latest setting wins.

const work = {
  wanted: 0, // counts what was set
  given: -1, // what the engine was given, be it too much to simulate
  laid: -1, // what the engine simulates
  shown: 0, // what the page shows
  done: 0, // replicates so far
  drawn: 0, // replicates that the page shows
  planned: 0,
  limited: "", // that these are fewer than the scenario asks for
  paused: false,
  busy: false,
  redraw: false, // a chart was opened that is not drawn
  pace: 0.5, // milliseconds for a replicate, as measured
  drawing: 20, // and for a picture
  laying: 20, // and for what is set to be read
};
const FIRST = 64; // replicates of the first slice, where they fit
const FIRST_PICTURE = 90; // milliseconds from a move to it
const SLICE = 60; // milliseconds of later slices: a move waits no longer

/** What is on the page when nothing is set: its own scenario, as it came. */
const nothingToSimulate = () => scenario.own && isNothing(state.setting) && !state.kept.length;

/** Follows what is set. */
async function follow() {
  work.wanted += 1;
  work.paused = false;
  linkMistakes = [];
  showProblems("");
  markUpdating(true);
  await simulate();
}

async function simulate() {
  if (work.busy) return;
  work.busy = true;
  try {
    while (!work.paused && (await nextStep()));
  } catch (error) {
    if (!(error instanceof Stopped)) showProblems("", [word("engine_failed"), error.message]);
  } finally {
    work.busy = false;
    if (work.paused) say(word("stopped", { done: grouped.format(work.drawn), planned: grouped.format(work.planned) }), true);
    showStop();
  }
}

/** One step on the way to what is set; whether there is another. */
async function nextStep() {
  if (nothingToSimulate()) return showAsItCame();
  if (work.laid !== work.wanted) return lay();
  if (work.done < work.planned) await addSlice();
  const worthIt = work.redraw || work.done >= work.planned || work.done >= 2 * work.drawn;
  // While a lever is dragged, a picture that is a moment old is better than none.
  if (work.shown !== work.laid || (work.wanted === work.laid && worthIt)) await draw();
  return work.wanted !== work.laid || work.done < work.planned || work.redraw;
}

function showAsItCame() {
  putParts(asItCame);
  showEcho("");
  work.laid = -1;
  finish(work.wanted, page.replicates, page.replicates);
  say(word("as_it_came", { replicates: grouped.format(page.replicates) }));
  showToml("");
  return false;
}

/** Gives the engine what is set. */
async function lay() {
  const wanted = work.wanted;
  markUpdating(true);
  showStop();
  const { setting, kept } = copy(state);
  // What was kept and is still set is not compared with itself.
  const isKept = kept.some((one) => JSON.stringify(one.setting) === JSON.stringify(setting));
  const opened = await openScenario();
  if (!opened.ok) return refuse(opened, wanted);
  const began = performance.now();
  const laid = await ask({ do: "set", setting: isKept ? nothing() : setting, kept });
  work.laying = Math.min(50, performance.now() - began);
  if (laid.ok) work.given = wanted;
  if (!laid.ok || laid.guard) return refuse(laid, wanted);
  Object.assign(work, { laid: wanted, done: laid.replicates ?? 0, drawn: 0, planned: laid.planned, limited: laid.limited ?? "" });
  if (!isKept) showToml(laid.toml ?? "");
  return true;
}

/** What is set cannot be simulated: says why. What the page shows stays marked as older. */
function refuse(answer, wanted) {
  if (work.wanted !== wanted) return true;
  showProblems(answer.problems_html, [...linkMistakes, answer.error, answer.guard].filter(Boolean));
  say(word("not_simulated"), true);
  return false;
}

async function addSlice() {
  const room = work.done ? SLICE : FIRST_PICTURE - work.drawing - work.laying;
  const fitting = Math.max(16, Math.floor(room / work.pace / 16) * 16);
  const slice = work.done ? Math.min(fitting, work.planned - work.done) : Math.min(FIRST, fitting, work.planned);
  const began = performance.now();
  const { replicates, error } = await ask({ do: "add", replicates: slice });
  if (error) throw new Error(error);
  work.pace = (performance.now() - began) / slice;
  work.done = replicates;
}

/** Shows what was simulated so far. */
async function draw() {
  const { laid, done } = work;
  work.redraw = false;
  const began = performance.now();
  const { parts, error } = await ask({ do: "show", open: openCharts() });
  if (error) throw new Error(error);
  putParts(parts);
  showEcho((first("#part-answer .change") ?? first("#part-answer .answer"))?.textContent ?? "");
  if (tip.at) tell(tip.at.figure.isConnected ? tip.at : null);
  work.drawing = Math.min(50, performance.now() - began);
  work.drawn = done;
  finish(laid, done, work.planned);
  const precision = first("#part-answer .precision .error")?.textContent.trim();
  const values = { done: grouped.format(done), planned: grouped.format(work.planned), precision: precision ?? "" };
  const all = () => [word("all_replicates", values).trim(), work.limited].filter(Boolean).join(" ");
  say(done < work.planned ? word("so_far", values).trim() : all());
}

/** What is shown now; `data-replicates` on the page's main element tells it to whom reads the page by a program. */
function finish(shown, done, planned) {
  work.shown = shown;
  markUpdating(work.wanted !== shown);
  Object.assign(first("main").dataset, { setting: shown, replicates: done, planned });
}

/** Simulates what is set to the end, for what is taken away. Throws `Stopped` where somebody stops it. */
async function simulateAll() {
  if (!engine.hasText) return;
  while (work.busy && nothingToSimulate()) await aMoment();
  work.paused = false;
  if (nothingToSimulate()) await simulateAsItCame();
  else {
    await simulate();
    while (work.busy) await aMoment();
    if (work.paused) throw new Stopped();
  }
  if (work.laid !== work.wanted || work.done < work.planned) throw new Error(word("not_simulated"));
}

/** The same of the scenario as it came, which the page shows and the engine has not simulated. */
async function simulateAsItCame() {
  const { wanted } = work;
  work.busy = true;
  showStop();
  try {
    const opened = await openScenario();
    if (!opened.ok) throw new Error(word("not_simulated"));
    if (!work.paused && work.laid !== wanted) {
      const laid = await ask({ do: "set", setting: nothing(), kept: [] });
      if (!laid.ok || laid.guard) throw new Error(laid.guard ?? laid.error);
      Object.assign(work, { laid: wanted, done: laid.replicates ?? 0, planned: laid.planned, limited: laid.limited ?? "" });
    }
    while (!work.paused && work.wanted === wanted && work.done < work.planned) await addSlice();
    if (work.paused || work.wanted !== wanted) throw new Stopped();
  } finally {
    // The page still shows all there is: there is nothing to go on with.
    Object.assign(work, { busy: false, paused: false });
    showStop();
    if (work.wanted !== wanted) simulate();
  }
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Waits until the engine has what is set. */
async function given() {
  while (work.busy && work.given !== work.wanted) await aMoment();
  if (work.given !== work.wanted) await lay();
  if (work.given !== work.wanted) throw new Error(word("not_simulated"));
}

/** Stops, or goes on. What does not end soon is ended with the engine. */
function stopOrGoOn() {
  if (work.paused) {
    work.paused = false;
    simulate();
  } else if (work.busy) {
    work.paused = true;
    setTimeout(() => work.paused && work.busy && stopEngine(), 300);
  }
  showStop();
}

function showStop() {
  for (const button of every('[data-do="stop"]')) {
    button.textContent = word(work.paused ? "go_on" : "stop");
    button.setAttribute("aria-disabled", !work.paused && !work.busy);
  }
}

/** Does something for which all replicates are simulated, and says after how many it was stopped, if it was. */
async function orSay(key, deed) {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof Stopped) say(word(key, { done: grouped.format(work.done), planned: grouped.format(work.planned || page.replicates) }), true);
    throw error;
  }
}

/** Draws a chart that was opened and is not drawn. */
async function drawOpened(details) {
  if (!engine.hasText || first("figure", details)) return;
  if (nothingToSimulate()) {
    await orSay("stopped", simulateAll);
    await draw();
  } else {
    work.redraw = true;
    await simulate();
  }
}
