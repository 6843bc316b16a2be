// Levers that are not sliders from the start: a number that is searched for, and the dates of a policy.
import assert from "node:assert/strict";
import { at, move, part, problems, saved, settle, sliders, visit } from "../support/page.mjs";

const pageOf = ({ program, scenario }) => program.page(`scenarios/${scenario}.toml`);

export const addsLever = {
  title: "a lever that is added by search changes the answer",
  run: async function addsLever(context) {
    await visit(context, pageOf(context), {}, async (page) => {
      const came = await part(page, "part-answer");
      const field = "programmes.flights.occasions";
      await page.$eval(
        "[data-add-lever]",
        (input, field) => {
          input.value = field;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        },
        field,
      );
      await page.waitForSelector(`#part-levers .added[data-field="${field}"]`);
      const slider = (await sliders(page)).find(({ selector }) => selector.includes("occasions"));
      await move(page, slider.selector, at(slider, 0.9));
      await settle(page);
      assert.equal(await problems(page), "");
      assert.notEqual(await part(page, "part-answer"), came);
      assert.match(await page.evaluate(() => location.hash), /^#(set|times)\.programmes\.flights\.occasions=[\d.]+$/);
    });
  },
};

// A scenario with a policy whose dates its outcomes depend on.
const DATED = "scenarios/intake_shock.toml";

export const movesDate = {
  title: "a policy's end that is moved or taken away changes the numbers, and the exported file has it",
  run: async function movesDate(context) {
    await visit(context, context.program.page(DATED), {}, async (page) => {
      const numbers = [];
      for (const date of ["2026-04", ""]) {
        await move(page, '[data-policy-until="wave_of_arrests"]', date);
        await settle(page);
        assert.equal(await problems(page), "");
        numbers.push((await saved({ ...context, page }, '[data-do="csv"][data-table="outcomes"]')).bytes.toString());
        const { bytes } = await saved({ ...context, page }, '[data-do="export-scenario"]');
        const [, set] = bytes.toString().split("[variants.your_setting.add.policies.wave_of_arrests]");
        assert.equal(set.match(/^until = "(.*)"$/m)?.[1] ?? "", date);
      }
      assert.notEqual(numbers[0], numbers[1]);
    });
  },
};
