// Runs all checks on the pages of all scenarios, and counts.
import { mkdtempSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./support/browsers.mjs";
import { Program } from "./support/program.mjs";
import { everyScenario, onePage } from "./checks/index.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    browser: { type: "string", multiple: true, default: ["chromium", "firefox"] },
    only: { type: "string" },
    check: { type: "string", default: "" },
    screens: { type: "string" },
  },
});
if (positionals.length !== 2) {
  console.error("usage: tests/browser/run PROGRAM ENGINE [--browser NAME] [--only SCENARIO] [--check WORD] [--screens FOLDER]");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "repatria-browser-"));
const program = new Program(resolve(positionals[0]), resolve(positionals[1]), folder);
const scenarios = readdirSync("scenarios").filter((name) => name.endsWith(".toml")).map((name) => name.slice(0, -".toml".length));
const chosen = scenarios.filter((name) => !values.only || name === values.only);
if (values.screens) mkdirSync(values.screens, { recursive: true });

// The scenario that the checks use that need only one page: the one of the README.
const MAIN = "two_prisons_and_a_camp";
const counts = { passed: 0, failed: 0 };

async function attempt(title, check) {
  const began = Date.now();
  const notes = [];
  try {
    await check((note) => notes.push(note));
    counts.passed += 1;
    console.log(`ok    ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)${notes.map((note) => `\n      ${note}`).join("")}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAIL  ${title}\n${notes.map((note) => `      ${note}\n`).join("")}${error.stack ?? error}`);
  }
}

const began = Date.now();
for (const name of values.browser) {
  const downloads = join(folder, `downloads-${name}`);
  mkdirSync(downloads);
  const browser = await launch(name, downloads);
  const context = { browser, name, program, folder, downloads, screens: values.screens, main: MAIN };
  const wanted = (check) => check.name.includes(values.check) && (name === "chromium" || !check.chromiumOnly);
  try {
    for (const scenario of chosen) {
      for (const check of everyScenario.filter(wanted)) {
        await attempt(`${name} ${scenario}: ${check.title}`, (note) => check.run({ ...context, scenario, note }));
      }
    }
    if (!values.only || values.only === MAIN) {
      for (const check of onePage.filter(wanted)) {
        await attempt(`${name}: ${check.title}`, (note) => check.run({ ...context, scenario: MAIN, note }));
      }
    }
  } finally {
    await browser.close();
  }
}
rmSync(folder, { recursive: true, force: true });
console.log(`Browsers: ${((Date.now() - began) / 1000).toFixed(0)} s`);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
