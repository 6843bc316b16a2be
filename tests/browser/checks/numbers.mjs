// The page says what `repatria run` says, digit for digit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { part, saved, sentences, setSomething, visit } from "../support/page.mjs";

const SAME = ["part-answer", "part-headline", "part-differences", "part-outcomes"];

export const numbers = {
  title: "with something set, sentences, chart and tables are those of a run of the exported file",
  run: async function numbers(context) {
    const { program, scenario, folder, name } = context;
    await visit(context, program.page(`scenarios/${scenario}.toml`), {}, async (page) => {
      const set = await setSomething(page);
      assert.ok(set > 0, "nothing can be set on this page");
      const exported = await saved({ ...context, page }, '[data-do="export-scenario"]');
      const run = program.run(exported.path, join(folder, `run-${name}-${scenario}`), "--variants", "your_setting");
      await sameSentences(page, join(run, "summary.txt"));
      await sameParts(context, page, join(run, "index.html"));
      const table = await saved({ ...context, page }, '[data-do="csv"][data-table="outcomes"]');
      assert.equal(table.bytes.toString(), readFileSync(join(run, "outcomes.csv"), "utf8"));
    });
  },
};

/** Every sentence of the page is one of the run's summary, and of those none is missing. */
async function sameSentences(page, summary) {
  const said = await sentences(page);
  const written = readFileSync(summary, "utf8").split("\n").slice(2).filter(Boolean);
  const limits = /^Parameters are illustrative/;
  assert.deepEqual([...said].sort(), written.filter((line) => !limits.test(line)).sort());
}

/** The parts are those of the page that the run wrote. */
async function sameParts(context, page, index) {
  await visit(context, pathToFileURL(index).href, {}, async (other) => {
    for (const id of SAME) assert.equal(await part(page, id), await part(other, id), id);
  });
}
