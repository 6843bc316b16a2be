// Everything can be done with the keyboard alone.
import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { settle, visit } from "../support/page.mjs";

/** Goes on with Tab until something is reached. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
  }
  throw new Error(`${selector} cannot be reached with Tab`);
}

const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.replace(/ aria-disabled="\w+"/, "").slice(0, 120));

export const keyboard = {
  title: "a slider, a switch, undo and the export can be reached and used with the keyboard, and keep the focus",
  run: async function keyboard(context) {
    const { program, scenario, downloads } = context;
    await visit(context, program.page(`scenarios/${scenario}.toml`), {}, async (page) => {
      const link = () => page.evaluate(() => location.hash);
      await tabTo(page, "#part-levers input[type=range]");
      const slider = await focused(page);
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await settle(page);
      assert.match(await link(), /^#set\./);
      assert.equal(await focused(page), slider, "the focus moved");
      await tabTo(page, "#part-levers [data-policy], #part-levers [data-variant]");
      const before = await link();
      await page.keyboard.press(" ");
      await settle(page);
      assert.notEqual(await link(), before);
      await page.keyboard.down("Control");
      await page.keyboard.press("z");
      await page.keyboard.up("Control");
      await settle(page);
      assert.equal(await link(), before);
      await tabTo(page, '[data-do="undo"]');
      const button = await focused(page);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await settle(page);
      assert.equal(await focused(page), button, "the focus moved");
      await tabTo(page, '[data-do="export-scenario"]');
      for (const name of readdirSync(downloads)) rmSync(join(downloads, name));
      await page.keyboard.press("Enter");
      for (let waited = 0; waited < 5_000 && !readdirSync(downloads).length; waited += 50) await sleep(50);
      assert.ok(readdirSync(downloads).length > 0, "nothing was saved");
    });
  },
};
