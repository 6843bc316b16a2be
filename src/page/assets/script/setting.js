// What is set on the page, with undo, redo and what was kept as variants.

/** What is held by names that a link, a file or a scenario gives: it inherits nothing, so that no name means something else. */
const record = (held = {}) => Object.assign(Object.create(null), held);

const nothing = () => ({ variants: [], policies: record(), numbers: record() });
const state = { setting: nothing(), kept: [] };
const steps = { past: [], future: [], gesture: null };
const MOST_KEPT = 8;

const copy = (value) =>
  JSON.parse(JSON.stringify(value), (_, held) => (held && typeof held === "object" && !Array.isArray(held) ? record(held) : held));
const isNothing = (setting) =>
  !setting.variants.length && !Object.keys(setting.policies).length && !Object.keys(setting.numbers).length;

/** Changes what is set. Changes of one gesture (a slider being dragged) are undone together. */
function change(edit, gesture = null) {
  const before = copy(state);
  edit(state);
  for (const [name, policy] of Object.entries(state.setting.policies)) {
    if (!policy.off && policy.from === null && policy.until === null) delete state.setting.policies[name];
  }
  if (JSON.stringify(before) === JSON.stringify(state)) return;
  if (gesture === null || gesture !== steps.gesture) steps.past.push(before);
  steps.gesture = gesture;
  steps.future = [];
  changed();
}

/** Goes back (or forth) by one step. */
function goTo(from, to) {
  if (!from.length) return;
  to.push(copy(state));
  Object.assign(state, from.pop());
  steps.gesture = null;
  changed();
}
const undo = () => goTo(steps.past, steps.future);
const redo = () => goTo(steps.future, steps.past);
const reset = () => change((state) => (state.setting = nothing()));

/** The variant that is set, under a name of its own, beside what comes next. */
function keep() {
  if (isNothing(state.setting)) return say(word("nothing_to_keep"), true);
  if (state.kept.length >= MOST_KEPT) return say(word("no_more_kept", { most: MOST_KEPT }), true);
  const labels = state.kept.map((one) => one.label);
  let number = state.kept.length + 1;
  while (labels.includes(word("kept_label", { number }))) number += 1;
  change((state) => state.kept.push({ label: word("kept_label", { number }), setting: copy(state.setting) }));
}

/** Whatever changed it: levers, link and answer follow. */
function changed() {
  showLevers();
  writeLink();
  chooseView();
  follow();
}
