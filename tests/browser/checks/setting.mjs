// What is set can be undone, kept, linked to and stopped.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { at, move, part, problems, saved, setSomething, settle, sliders, visit } from "../support/page.mjs";

const click = (page, deed) => page.$eval(`[data-do="${deed}"]`, (button) => button.click());
const hash = (page) => page.evaluate(() => location.hash);
const pageOf = ({ program, scenario }) => program.page(`scenarios/${scenario}.toml`);

export const undoes = {
  title: "undo, redo and reset lead back to the same pictures",
  run: async function undoes(context) {
    await visit(context, pageOf(context), {}, async (page) => {
      const came = await part(page, "part-answer");
      const [slider] = await sliders(page);
      await move(page, slider.selector, at(slider, 0.75));
      await settle(page);
      const [one, link] = [await part(page, "part-answer"), await hash(page)];
      assert.notEqual(one, came);
      await move(page, slider.selector, at(slider, 0.25));
      await settle(page);
      assert.notEqual(await part(page, "part-answer"), one);
      await click(page, "undo");
      await settle(page);
      assert.equal(await part(page, "part-answer"), one);
      assert.equal(await hash(page), link);
      await click(page, "redo");
      await settle(page);
      assert.notEqual(await part(page, "part-answer"), one);
      await click(page, "reset");
      await settle(page);
      assert.equal(await part(page, "part-answer"), came);
      assert.equal(await hash(page), "");
    });
  },
};

export const keeps = {
  title: "a setting is kept as a variant under a name, and the exported file has it",
  run: async function keeps(context) {
    await visit(context, pageOf(context), {}, async (page) => {
      const [slider] = await sliders(page);
      await move(page, slider.selector, at(slider, 0.75));
      await click(page, "keep");
      await page.$eval("#kept input", (input) => {
        input.value = "Three times <b>the will</b>";
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
      await move(page, slider.selector, at(slider, 0.1));
      await settle(page);
      const table = await page.$eval("#part-outcomes", (element) => element.textContent);
      assert.ok(table.includes("Three times <b>the will</b>"), table);
      const exported = (await saved({ ...context, page }, '[data-do="export-scenario"]')).bytes.toString();
      for (const variant of [/^\[variants\.your_setting\]$/m, /^label = "Three times <b>the will<\/b>"$/m]) assert.match(exported, variant);
      await page.$eval('#kept [data-do="remove-kept"]', (button) => button.click());
      await settle(page);
      assert.ok(!(await part(page, "part-outcomes")).includes("Three times"));
    });
  },
};

export const reproduces = {
  title: "a link reproduces what is set in a new tab",
  run: async function reproduces(context) {
    await visit(context, pageOf(context), {}, async (page) => {
      await setSomething(page);
      await click(page, "keep");
      await settle(page);
      const [slider] = await sliders(page);
      await move(page, slider.selector, at(slider, 0.2));
      await settle(page);
      await visit(context, pageOf(context) + (await hash(page)), {}, async (other) => {
        await other.waitForFunction(() => document.querySelector("main").dataset.planned);
        await settle(other);
        for (const id of ["part-answer", "part-headline", "part-outcomes"]) assert.equal(await part(other, id), await part(page, id), id);
        // A link that is followed on the page itself.
        await other.evaluate(() => (location.hash = ""));
        await other.waitForFunction(() => !document.querySelector("#part-levers .changed"));
        await settle(other);
      });
    });
  },
};

export const badLink = {
  title: "a link that cannot be read says what is wrong",
  run: async function badLink(context) {
    await visit(context, `${pageOf(context)}#set.parameters.political_will=much&v=nobody`, {}, async (page) => {
      await page.waitForSelector("#problems:not([hidden])");
      await page.waitForFunction(() => document.querySelector("#problems").textContent.includes("nobody"));
      const said = await problems(page);
      assert.ok(said.includes("set.parameters.political_will=much"), said);
    });
  },
};

export const stops = {
  title: "stops, and goes on to all replicates",
  run: async function stops(context) {
    await visit(context, pageOf(context), {}, async (page) => {
      const [slider] = await sliders(page);
      await move(page, slider.selector, at(slider, 0.6));
      await click(page, "stop");
      await sleep(600);
      const { replicates, planned } = await page.$eval("main", (main) => ({ ...main.dataset }));
      assert.ok(Number(replicates) < Number(planned), `${replicates} of ${planned}: not stopped`);
      await sleep(300);
      assert.equal(await page.$eval("main", (main) => main.dataset.replicates), replicates, "it went on by itself");
      const before = await hash(page);
      await click(page, "stop");
      await settle(page);
      assert.equal(await hash(page), before);
    });
  },
};
