// Without an engine, or without any script, the page is whole but for the levers.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sentences, saved, visit } from "../support/page.mjs";

/** No control of a lever is to be seen. */
async function assertNoLevers(page) {
  const seen = await page.$$eval("#part-levers input, #part-levers button", (all) => all.filter((one) => one.checkVisibility()).length);
  assert.equal(seen, 0, "levers that do nothing");
  assert.ok((await sentences(page)).length > 0);
}

export const withoutEngine = {
  title: "without an engine it has everything but levers",
  run: async function withoutEngine(context) {
    const { program, scenario, folder } = context;
    const whole = readFileSync(fileURLToPath(program.page(`scenarios/${scenario}.toml`)), "utf8");
    const path = join(folder, "no-engine.html");
    writeFileSync(path, whole.replace(/<script type="application\/gzip;base91"[^]*?<\/script>/, ""));
    await visit(context, pathToFileURL(path).href, {}, async (page) => {
      await assertNoLevers(page);
      await saved({ ...context, page }, '#part-headline [data-do="svg"]');
      await saved({ ...context, page }, '[data-do="csv"][data-table="outcomes"]');
    });
  },
};

export const withoutScript = {
  title: "without any script it is still the whole answer",
  chromiumOnly: true,
  run: async function withoutScript(context) {
    const { browser, program, scenario } = context;
    const page = await browser.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(program.page(`scenarios/${scenario}.toml`));
    await assertNoLevers(page);
    const buttons = await page.$$eval("[data-do]", (all) => all.filter((one) => one.checkVisibility()).length);
    assert.equal(buttons, 0, "buttons that do nothing");
    await page.close();
  },
};
