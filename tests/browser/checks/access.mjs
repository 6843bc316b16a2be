// Everybody can use it: axe-core finds nothing serious, and narrow screens and large type need no sideways scrolling.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setSomething, visit } from "../support/page.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pageOf = ({ program, scenario }) => program.page(`scenarios/${scenario}.toml`);
const openAll = (page) => page.$$eval("details", (all) => all.forEach((one) => (one.open = true)));

async function shot({ screens, name }, page, what) {
  if (screens) await page.screenshot({ path: join(screens, `${what}-${name}.png`), fullPage: true });
}

export const access = {
  title: "axe-core finds nothing serious, light, dark, narrow, and with everything open and set",
  chromiumOnly: true,
  run: async function access(context) {
    const looks = {
      light: {},
      dark: { media: [{ name: "prefers-color-scheme", value: "dark" }] },
      narrow: { viewport: { width: 320, height: 640 } },
    };
    for (const [look, options] of Object.entries(looks)) {
      await visit(context, pageOf(context), options, async (page) => {
        await page.evaluate(AXE);
        await assertAccessible(page, look);
        await setSomething(page);
        await page.$eval('[data-do="keep"]', (button) => button.click());
        await openAll(page);
        await shot(context, page, `look-${look}`);
        await assertAccessible(page, `${look}, set and open`);
      });
    }
    await visit(context, `${pageOf(context)}?view=slide`, {}, async (page) => {
      await page.evaluate(AXE);
      await shot(context, page, "look-slide");
      await assertAccessible(page, "slide");
    });
  },
};

async function assertAccessible(page, look) {
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const said = serious.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 200)} ${node.failureSummary}`).join("\n  ")}`);
  assert.equal(said.join("\n"), "", look);
}

async function assertFits(context, page, what) {
  await openAll(page);
  await shot(context, page, what);
  const { wide, view, which } = await page.evaluate(() => {
    const view = document.documentElement.clientWidth;
    const beyond = (one) => one.getBoundingClientRect().right > view + 1 && !one.closest(".scroll, pre, svg, datalist, .scroller");
    return { wide: document.scrollingElement.scrollWidth, view, which: [...document.querySelectorAll("body *")].filter(beyond).slice(0, 5).map((one) => one.outerHTML.slice(0, 120)) };
  });
  assert.ok(wide <= view, `${wide} pixels in ${view}: ${which.join("\n")}`);
}

export const narrow = {
  title: "320 pixels are wide enough",
  run: async function narrow(context) {
    await visit(context, pageOf(context), { viewport: { width: 320, height: 640 } }, async (page) => {
      await assertFits(context, page, "narrow");
      await setSomething(page);
      await assertFits(context, page, "narrow-set");
    });
  },
};

export const zoomed = {
  title: "at 200 % nothing needs sideways scrolling",
  run: async function zoomed(context) {
    // What a zoom does: half as many pixels of the style sheet, each twice as large.
    await visit(context, pageOf(context), { viewport: { width: 640, height: 450, deviceScaleFactor: 2 } }, (page) => assertFits(context, page, "zoomed"));
  },
};
