// The levers: what is set on the page, by sliders, numbers, switches and dates. They show what is set, however it came about.

/** Levers that were added by search: { field, kind, label, value }. */
let added = [];

/** What a control sets. Returns false where it sets nothing. */
function setBy(control) {
  const lever = control.closest("[data-field]");
  const { variant, policy, policyFrom, policyUntil } = control.dataset;
  if (lever) return setNumber(lever, control);
  if (variant) return change((state) => (state.setting.variants = every("#part-levers [data-variant]:checked").map((one) => one.dataset.variant)));
  const end = policyFrom ? "from" : policyUntil ? "until" : policy ? "off" : null;
  if (!end) return false;
  const name = policy ?? policyFrom ?? policyUntil;
  // A date that was emptied: no end; a beginning is then the scenario's again.
  const date = control.value === control.defaultValue ? null : end === "until" ? control.value : control.value || null;
  const value = end === "off" ? !control.checked : date;
  return change(({ setting }) => {
    setting.policies[name] = { off: false, from: null, until: null, ...setting.policies[name], [end]: value };
  });
}

function setNumber({ dataset: { field, kind, default: usual } }, control) {
  const value = control.valueAsNumber;
  if (!Number.isFinite(value)) return;
  const edit = ({ setting }) => {
    if (value === Number(usual)) delete setting.numbers[field];
    else setting.numbers[field] = { [kind]: value };
  };
  change(edit, `${kind}.${field}`);
}

/** Lets the levers show what is set. */
function showLevers() {
  completeLevers();
  buildAddedLevers();
  const { variants, policies, numbers } = state.setting;
  for (const lever of every("#part-levers [data-field]")) {
    const { field, kind, default: usual } = lever.dataset;
    const value = numbers[field]?.[kind];
    lever.classList.toggle("changed", value !== undefined);
    for (const input of every("input", lever)) {
      const shown = value ?? Number(usual);
      if (input.valueAsNumber !== shown) input.value = shown;
    }
  }
  for (const box of every("#part-levers [data-variant]")) box.checked = variants.includes(box.dataset.variant);
  for (const box of every("#part-levers [data-policy]")) box.checked = !policies[box.dataset.policy]?.off;
  for (const end of ["from", "until"]) {
    for (const input of every(`#part-levers [data-policy-${end}]`)) {
      const value = policies[input.dataset[end === "from" ? "policyFrom" : "policyUntil"]]?.[end] ?? input.defaultValue;
      if (input.value !== value) input.value = value;
    }
  }
  allow("undo", steps.past.length);
  allow("redo", steps.future.length);
  allow("reset", !isNothing(state.setting));
  allow("keep", !isNothing(state.setting) && state.kept.length < MOST_KEPT);
  showKept();
}

/** The answer once more where levers are, for screens on which one cannot see both. */
function showEcho(text) {
  const echo = first("#echo");
  if (echo) echo.textContent = text;
}

/** What only the script can offer: to open another scenario, and the TOML of what is set. */
function completeLevers() {
  const levers = first("#part-levers");
  const buttons = first('[data-do="undo"]', levers)?.parentElement;
  if (!buttons || first('[data-do="open"]', levers)) return;
  buttons.append(element("button", { type: "button", "data-do": "open" }, word("open")));
  const copyButton = element("button", { type: "button", "data-do": "copy-text", "data-copy": "setting-toml" }, word("copy"));
  const toml = element("pre", { id: "setting-toml", class: "toml", tabindex: "0" });
  first("#kept").after(element("p", { id: "echo", "aria-hidden": "true" }));
  first("#kept").after(element("details", { hidden: true }, element("summary", {}, word("setting_toml")), copyButton, toml));
}

/** Whether a button does something. It stays in the order of the keyboard, so that the focus is not lost. */
function allow(name, allowed) {
  for (const button of every(`[data-do="${name}"]`)) button.setAttribute("aria-disabled", !allowed);
}

const leverOf = ({ field, kind }) => every("#part-levers [data-field]").find(({ dataset }) => dataset.field === field && dataset.kind === kind);

/** A lever for every number that is set and has none, as a link may set them, and for those that were asked for. */
function buildAddedLevers() {
  const { numbers } = state.setting;
  const isOver = ({ unknown, field, kind }) => unknown && numbers[field]?.[kind] === undefined;
  for (const lever of added.filter(isOver)) leverOf(lever)?.remove();
  added = added.filter((lever) => !isOver(lever));
  for (const [field, number] of Object.entries(numbers)) {
    const [[kind, value]] = Object.entries(number);
    if (!leverOf({ field, kind })) added.push(leverFor(field, kind, value));
  }
  for (const lever of added) if (!leverOf(lever)) placeForAdded().append(addedLever(lever));
}

/** What the engine says of a number; of one that its list does not have, only what is set. */
function leverFor(field, kind, value) {
  const known = scenario.addresses?.find((one) => one.field === field && one.kind === kind);
  const usual = kind === "times" ? 1 : value;
  const far = 3 * (Math.abs(usual) || 1);
  return known ?? { field, kind, label: field, min: value < 0 ? -far : 0, max: far, step: far / 150, value, unknown: true };
}

function placeForAdded() {
  const levers = first("#part-levers");
  return first("#levers-numbers, #added-levers", levers) ?? levers.appendChild(element("div", { id: "added-levers" }));
}

function addedLever({ field, kind, label, unit, min, max, step, value, says, unknown }) {
  const id = `lever-${kind}-${field}`;
  const saysNumber = () => (unknown ? "" : word("scenario_says", { value: numberWords(says ?? value, {}) }));
  const told = kind === "times" ? word("times_what_the_scenario_says") : saysNumber();
  return element(
    "div",
    { class: "lever added", "data-field": field, "data-kind": kind, "data-default": unknown ? null : value },
    element("label", { for: id }, label),
    element("input", { id, type: "range", min, max, step, value }),
    element("input", { type: "number", step: "any", value, "aria-label": label }),
    element("span", { class: "unit" }, unit ?? ""),
    element("output", { for: id }, told),
    element("button", { type: "button", "data-do": "drop-lever" }, word("remove")),
  );
}

/** Adds a lever for the number that was searched for: an address, or its name. */
async function addLever(input) {
  const sought = input.value.trim();
  if (!sought) return;
  const { addresses = [] } = await openScenario();
  const found = addresses.find(({ field, label }) => sought === field || sought === label);
  if (!found) return say(word("no_such_number", { sought }), true);
  if (!leverOf(found)) added.push(found);
  input.value = "";
  showLevers();
  first("input", leverOf(found))?.focus();
}

/** Takes an added lever away, with what it sets. */
function dropLever(button) {
  const lever = button.closest("[data-field]");
  const { field } = lever.dataset;
  added = added.filter((one) => one.field !== field);
  lever.remove();
  first("[data-add-lever]")?.focus();
  change(({ setting }) => delete setting.numbers[field]);
}

/** What was kept: with a name that can be changed, a way back to it, and one out. */
function showKept() {
  const place = first("#kept");
  if (!place) return;
  for (const one of every("#kept, #kept-heading")) one.hidden = !state.kept.length;
  while (place.children.length > state.kept.length) place.lastElementChild.remove();
  state.kept.forEach(({ label }, at) => {
    const item = place.children[at] ?? place.appendChild(keptItem());
    const name = first("input", item);
    if (name.value !== label) name.value = label;
    name.setAttribute("aria-label", word("kept_name"));
  });
}

function keptItem() {
  return element(
    "li",
    {},
    element("input", { type: "text", "data-kept-name": true, maxlength: 60 }),
    element("button", { type: "button", "data-do": "use-kept" }, word("use_kept")),
    element("button", { type: "button", "data-do": "remove-kept" }, word("remove")),
  );
}

const keptIndex = (control) => [...first("#kept").children].indexOf(control.closest("li"));

function nameKept(input) {
  const at = keptIndex(input);
  const label = input.value.trim();
  const taken = state.kept.some((one, other) => other !== at && one.label === label);
  if (!label || taken) input.value = state.kept[at].label;
  else change((state) => (state.kept[at].label = label));
}

/** The levers' events, wherever in their part. */
function listenToLevers() {
  document.addEventListener("input", ({ target, inputType }) => {
    if (!target.closest("#part-levers")) return;
    if (target.matches("[data-add-lever]")) {
      // Chosen from the list, not typed.
      if (!inputType || inputType === "insertReplacementText") attempt(() => addLever(target));
    } else if (target.matches("[data-field] input")) setBy(target);
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.closest("#part-levers")) return;
    if (target.matches("[data-add-lever]")) return attempt(() => addLever(target));
    if (target.matches("[data-kept-name]")) return nameKept(target);
    // A date that is half written says nothing yet.
    if (target.matches("[data-policy-from], [data-policy-until]") && target.validity.badInput) return;
    setBy(target);
    steps.gesture = null;
    showLevers();
  });
}
