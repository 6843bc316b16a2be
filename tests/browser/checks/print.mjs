import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setSomething, visit } from "../support/page.mjs";

export const printsTwoPages = {
  title: "prints two A4 pages, as it came and with something set",
  chromiumOnly: true,
  run: async function printsTwoPages(context) {
    const { program, scenario, screens } = context;
    await visit(context, program.page(`scenarios/${scenario}.toml`), {}, async (page) => {
      for (const what of ["as-it-came", "set"]) {
        if (what === "set") await setSomething(page);
        const pdf = Buffer.from(await page.pdf({ format: "A4", preferCSSPageSize: true }));
        if (screens) writeFileSync(join(screens, `${scenario}-${what}.pdf`), pdf);
        const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g).length;
        assert.equal(pages, 2, `${what}: pages`);
      }
    });
  },
};
