import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { part, sentences, visit } from "../support/page.mjs";

const LARGEST = 2_500_000; // bytes, with the engine

export const opens = {
  title: "opens with its answer, without an error, and asks for nothing",
  run: async function opens(context) {
    const { program, scenario, note, screens, name } = context;
    const address = program.page(`scenarios/${scenario}.toml`);
    const size = statSync(fileURLToPath(address)).size;
    assert.ok(size <= LARGEST, `the page has ${size} bytes`);
    await visit(context, address, {}, async (page, { heard }) => {
      note(`the page was there after ${heard.milliseconds.toFixed(0)} ms`);
      assert.ok(heard.milliseconds < 2_000, `the first picture took ${heard.milliseconds} ms`);
      assert.ok((await sentences(page)).length > 0, "no sentence answers the question");
      assert.match(await part(page, "part-headline"), /<svg/, "no chart at the top");
      const [title, heading] = await page.evaluate(() => [document.title, document.querySelector("h1").textContent]);
      assert.equal(title, heading);
      const unknown = await page.evaluate(() => document.body.innerText.match(/\bscript\.[a-z_]+/g));
      assert.equal(unknown, null, "words without a text");
      if (screens) await page.screenshot({ path: join(screens, `${scenario}-${name}.png`), fullPage: true });
    });
  },
};
