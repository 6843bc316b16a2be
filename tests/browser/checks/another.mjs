// Another scenario is dropped on the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { part, problems, settle, visit } from "../support/page.mjs";

/** Drops files on the page: texts by their names. */
const drop = (page, files) =>
  page.evaluate((files) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(files)) dataTransfer.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, files);

const pageOf = ({ program, scenario }) => program.page(`scenarios/${scenario}.toml`);

export const opensAnother = {
  title: "a scenario that is dropped on it opens, and shows what its own page shows",
  run: async function opensAnother(context) {
    const other = "scenarios/intake_shock.toml";
    await visit(context, pageOf(context), {}, async (page) => {
      const text = readFileSync(other, "utf8");
      await drop(page, { "intake_shock.toml": text });
      const [, title] = text.match(/^title = "(.*)"$/m);
      await page.waitForFunction((title) => document.querySelector("h1")?.textContent === title, {}, title);
      await settle(page);
      assert.doesNotMatch(await problems(page), /error/);
      await visit(context, context.program.page(other), {}, async (own) => {
        for (const id of ["part-head", "part-answer", "part-headline", "part-outcomes", "part-described", "part-text", "part-cite"]) {
          assert.equal(await part(page, id), await part(own, id), id);
        }
      });
    });
  },
};

export const refusesBroken = {
  title: "a broken scenario shows the program's messages with the text underlined, and the page stays",
  run: async function refusesBroken(context) {
    const broken = readFileSync("scenarios/intake_shock.toml", "utf8").replace('step = "month"', 'step = "mnth"');
    await visit(context, pageOf(context), {}, async (page) => {
      const before = await page.$eval("h1", (h1) => h1.textContent);
      await drop(page, { "broken.toml": broken });
      await page.waitForSelector("#problems:not([hidden])");
      const said = await problems(page);
      assert.match(said, /mnth/);
      assert.match(said, /month/);
      assert.ok(await page.$("#problems mark, #problems u, #problems .underlined"), `nothing is underlined: ${said}`);
      assert.equal(await page.$eval("h1", (h1) => h1.textContent), before);
      await drop(page, { "nothing.txt": "x" });
      await page.waitForFunction(() => document.querySelector("#problems").textContent.includes(".toml"));
    });
  },
};
