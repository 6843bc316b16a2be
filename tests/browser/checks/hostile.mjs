// A scenario whose texts and tables are markup and scripts: they are shown as they are written, and nothing of them runs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setSomething, settle, visit } from "../support/page.mjs";

const FILE = join(dirname(fileURLToPath(import.meta.url)), "../hostile/hostile.toml");

export const hostile = {
  title: "a hostile scenario runs no script and asks for nothing",
  run: async function hostile(context) {
    await visit(context, context.program.page(FILE), {}, async (page) => {
      const unharmed = async (when) => {
        assert.equal(await page.evaluate(() => window.harmed ?? null), null, `a script of the scenario ran ${when}`);
        const strange = await page.evaluate(() => [...document.querySelectorAll("img, iframe, object, embed, base, form, main script:not([type='application/json']), main link, main style, [onerror], [onload], [onclick], svg a, foreignObject")].map((one) => one.outerHTML));
        assert.deepEqual(strange, [], when);
      };
      assert.match(await page.$eval("h1", (h1) => h1.textContent), /<script>/);
      await unharmed("as it came");
      await setSomething(page);
      await page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));
      await settle(page);
      await unharmed("with something set");
      await page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], `<img src=x onerror="window.harmed='name'">.toml`));
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, readFileSync(FILE, "utf8").replace("horizon", "<img src=x onerror=window.harmed=1>"));
      await page.waitForSelector("#problems:not([hidden])");
      await unharmed("in messages");
    });
    await visit(context, `${context.program.page(FILE)}#v=%3Cimg%20src%3Dx%20onerror%3D%22window.harmed%3D1%22%3E&set.<img src=x onerror=window.harmed=1>=1&x=<script>window.harmed=1</script>`, {}, async (page) => {
      await page.waitForSelector("#problems:not([hidden])");
      assert.equal(await page.evaluate(() => window.harmed ?? null), null, "a script of the link ran");
    });
  },
};
