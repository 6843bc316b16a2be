// What is saved from a page is what it says it is.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { saved, visit } from "../support/page.mjs";

export const takesAway = {
  title: "saves charts as SVG, PNG and CSV, and the scenario as it was",
  run: async function takesAway(context) {
    const { program, scenario } = context;
    const file = `scenarios/${scenario}.toml`;
    await visit(context, program.page(file), {}, async (page) => {
      const here = { ...context, page };
      const headline = (kind) => saved(here, `#part-headline [data-do="${kind}"]`);
      const svg = await headline("svg");
      const text = svg.bytes.toString();
      assert.match(text, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      assert.ok(await page.evaluate((text) => !new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror"), text), "no well-formed SVG");
      const png = (await headline("png")).bytes;
      assert.equal(png.subarray(1, 4).toString(), "PNG");
      const [width] = text.match(/ width="([\d.]+)"/).slice(1).map(Number);
      assert.equal(png.readUInt32BE(16), 2 * width, "twice as wide as the drawing");
      const csv = (await headline("csv")).bytes.toString();
      assert.match(csv, /^[a-z_]+(,[a-z_0-9]+)+\n.+\n/);
      const scenarioFile = await saved(here, '[data-do="export-scenario"]');
      assert.equal(scenarioFile.name, `${scenario}.toml`);
      assert.equal(scenarioFile.bytes.toString(), readFileSync(file, "utf8"));
    });
  },
};
