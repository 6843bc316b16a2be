// The engine: the whole program as WebAssembly, in a worker, so that the page never hangs. Started when it is first needed.

const engine = { worker: null, asked: 0, waiting: new Map(), hasText: Boolean(first("#engine")) };

/** The engine was stopped before it answered. */
class Stopped extends Error {}

function startEngine() {
  const script = new Blob([first("#worker").textContent], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address);
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(address);
    const waiting = engine.waiting.get(data.number);
    engine.waiting.delete(data.number);
    if (data.failed === undefined) {
      waiting?.resolve(JSON.parse(data.answer));
    } else {
      // After a panic the engine is not to be asked again; the next question starts a new one.
      waiting?.reject(new Error(data.failed));
      stopEngine();
    }
  };
  worker.onerror = (event) => {
    for (const waiting of engine.waiting.values()) waiting.reject(new Error(event.message || word("engine_failed")));
    engine.waiting.clear();
    stopEngine();
  };
  worker.postMessage({ engine: first("#engine").textContent });
  return worker;
}

/** Asks the engine one thing. */
function ask(request) {
  engine.worker ??= startEngine();
  const number = (engine.asked += 1);
  return new Promise((resolve, reject) => {
    engine.waiting.set(number, { resolve, reject });
    engine.worker.postMessage({ number, request: JSON.stringify(request) });
  });
}

/** Ends the engine at once, whatever it does. What is set is kept by the page, and the next question starts it anew. */
function stopEngine() {
  engine.worker?.terminate();
  engine.worker = null;
  scenario.opening = null;
  work.given = -1;
  work.laid = -1;
  work.done = 0;
  const waiting = [...engine.waiting.values()];
  engine.waiting.clear();
  for (const one of waiting) one.reject(new Stopped());
}

/** The scenario that the page is about: at first its own, later one that somebody dropped. */
const scenario = { name: page.name, text: page.text, files: page.files ?? {}, own: true, opening: null, addresses: null };

/** Opens the scenario in the engine, once for each engine. */
function openScenario() {
  const { name, text, files } = scenario;
  scenario.opening ??= ask({ do: "open", name: `${name}.toml`, text, files, words: page.words, lesson: page.lesson ?? false }).then((opened) => {
    scenario.addresses = opened.addresses ?? [];
    return opened;
  });
  return scenario.opening;
}
