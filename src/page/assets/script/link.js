// The address bar holds what is set, in words that can be read:
// #v=more_flights,court&off=court&from.court=2027-06&set.parameters.political_will=2&times.programmes.flights.occasions=1.5&keep=NAME~...

const encode = (text) => encodeURIComponent(text).replaceAll("~", "%7E");

function linkOfSetting({ variants, policies, numbers }) {
  const pairs = [];
  if (variants.length) pairs.push(`v=${variants.map(encode).join(",")}`);
  const off = Object.keys(policies).filter((name) => policies[name].off);
  if (off.length) pairs.push(`off=${off.map(encode).join(",")}`);
  for (const [name, { from, until }] of Object.entries(policies)) {
    if (from !== null) pairs.push(`from.${encode(name)}=${encode(from)}`);
    if (until !== null) pairs.push(`until.${encode(name)}=${encode(until)}`);
  }
  for (const [field, number] of Object.entries(numbers)) {
    for (const [kind, value] of Object.entries(number)) pairs.push(`${kind}.${encode(field)}=${value}`);
  }
  return pairs.join("&");
}

function linkOf({ setting, kept }) {
  const pairs = kept.map((one) => `keep=${encode(one.label)}~${encode(linkOfSetting(one.setting))}`);
  return [linkOfSetting(setting), ...pairs].filter(Boolean).join("&");
}

/** What a link sets. What cannot be read of it is left out and said in `mistakes`. */
function readLink(hash) {
  const read = { setting: nothing(), kept: [], mistakes: [] };
  const pairs = hash.replace(/^#/, "").split("&").filter(Boolean);
  for (const pair of pairs) {
    try {
      readPair(pair, read);
    } catch {
      read.mistakes.push(word("bad_link", { part: pair }));
    }
  }
  return read;
}

function readPair(pair, read) {
  const [, key, value] = pair.match(/^([^=]+)=(.*)$/);
  const [, kind, name] = key.match(/^([a-z]+)(?:\.(.+))?$/);
  const { variants, policies, numbers } = read.setting;
  const words = value.split(",").filter(Boolean).map(decodeURIComponent);
  const policy = (name) => (policies[name] ??= { off: false, from: null, until: null });
  if (kind === "v" && !name) variants.push(...words);
  else if (kind === "off" && !name) words.forEach((one) => (policy(one).off = true));
  else if ((kind === "from" || kind === "until") && name) policy(decodeURIComponent(name))[kind] = decodeURIComponent(value);
  else if ((kind === "set" || kind === "times") && name) numbers[decodeURIComponent(name)] = { [kind]: numberIn(value) };
  else if (kind === "keep" && !name && read.kept.length < MOST_KEPT) read.kept.push(keptIn(value));
  else throw new Error(key);
}

function numberIn(text) {
  const value = Number(decodeURIComponent(text));
  if (!text.trim() || !Number.isFinite(value)) throw new Error(text);
  return value;
}

function keptIn(value) {
  const [, label, link] = value.match(/^([^~]+)~(.+)$/);
  const { setting, kept, mistakes } = readLink(decodeURIComponent(link));
  if (mistakes.length || kept.length) throw new Error(value);
  return { label: decodeURIComponent(label), setting };
}

/** Puts what is set into the address bar. */
function writeLink() {
  const link = linkOf(state);
  if (link !== location.hash.slice(1)) history.replaceState(null, "", location.pathname + location.search + (link ? `#${link}` : ""));
}

/** What could not be read of the link that was followed last. */
let linkMistakes = [];

/** Sets what the address bar says. */
function followLink() {
  const { mistakes, ...read } = readLink(location.hash);
  change((state) => Object.assign(state, read));
  linkMistakes = mistakes;
  markUpdating(work.shown !== work.wanted);
  showProblems("", mistakes);
}
