#!/usr/bin/env node
// The engine of pages as if it were the program: `engine.mjs run SCENARIO --replicates N --out FOLDER`, with the charts as SVG. Other
// options are passed over. The engine is the file that REPATRIA_ENGINE names.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const [command, scenario, ...options] = process.argv.slice(2);
const option = (name) => options[options.indexOf(name) + 1];
const replicates = Number(option("--replicates"));
if (command !== "run") {
  console.error("the engine only runs scenarios");
  process.exit(2);
}

const module = new WebAssembly.Module(gunzipSync(readFileSync(process.env.REPATRIA_ENGINE)));
// A page gives it nothing to call.
const engine = new WebAssembly.Instance(module, {}).exports;

/** A text that the engine hands over. */
function taken(at) {
  const length = new DataView(engine.memory.buffer).getUint32(at, true);
  const text = new TextDecoder().decode(new Uint8Array(engine.memory.buffer, at + 4, length));
  engine.dealloc(at, 4 + length);
  return text;
}

/** The answer to a request. */
function asked(request) {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const at = engine.alloc(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  try {
    return JSON.parse(taken(engine.request(at, bytes.length)));
  } catch (error) {
    return { error: `${error}: ${taken(engine.complained())}` };
  } finally {
    engine.dealloc(at, bytes.length);
  }
}

/** The texts that a scenario of a folder may name. */
function texts(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(toml|csv)$/.test(name));
  const text = (name) => readFileSync(join(folder, name), "utf8");
  return Object.fromEntries(names.map((name) => [name, name.endsWith(".toml") ? withReplicates(text(name), replicates) : text(name)]));
}

/** The same, which ends the program where it is refused. */
function answer(request) {
  const answer = asked(request);
  if (!answer.ok) {
    console.error(answer.error, ...(answer.problems ?? []).map((problem) => problem.message));
    process.exit(1);
  }
  return answer;
}

/** The scenario with another number of replicates: a page simulates as many as its scenario says, or the one that it extends. */
function withReplicates(text, replicates) {
  const line = /^replicates\s*=.*$/m;
  if (/^extends\s*=/m.test(text)) return text;
  return line.test(text) ? text.replace(line, `replicates = ${replicates}`) : `replicates = ${replicates}\n${text}`;
}

answer({
  do: "open",
  name: basename(scenario),
  text: withReplicates(readFileSync(scenario, "utf8"), replicates),
  files: texts(dirname(scenario)),
});
// In slices, as a page does.
let done = 0;
while (done < replicates) {
  const before = done;
  done = answer({ do: "add", replicates: 64 }).replicates;
  if (done === before) {
    console.error(`the page simulates ${done} replicates and no more`);
    process.exit(1);
  }
}
const { tables, charts, summary } = answer({ do: "tables" });
const folder = option("--out");
mkdirSync(folder, { recursive: true });
const write = (files, ending) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name + ending), text);
};
write(tables, ".csv");
write(charts, ".svg");
write({ summary }, ".txt");
