// How long a move of a lever takes: measured and printed, and not judged, since other things may run beside. That all replicates come is.
import { setTimeout as sleep } from "node:timers/promises";
import { at, move, settle, sliders, visit } from "../support/page.mjs";

const AIM = { "first picture": 100, "full precision": 2_000 };

export const moves = {
  title: "says how long a move takes, and comes to all replicates",
  run: async function moves(context) {
    const { program, scenario, note, name } = context;
    await visit(context, program.page(`scenarios/${scenario}.toml`), {}, async (page) => {
      const [slider] = await sliders(page);
      await move(page, slider.selector, at(slider, 0.9));
      await settle(page);
      const times = [];
      for (let count = 1; count <= (name === "chromium" ? 10 : 5); count++) {
        times.push(await move(page, slider.selector, at(slider, count / 12)));
        await sleep(100);
      }
      await settle(page);
      const began = performance.now();
      await move(page, slider.selector, at(slider, 0.95));
      await settle(page);
      const measured = { "first picture": median(times), "full precision": performance.now() - began };
      for (const [what, milliseconds] of Object.entries(measured)) {
        note(`${what}: ${milliseconds.toFixed(0)} ms, ${(milliseconds / AIM[what]).toFixed(2)} times the aim`);
      }
    });
  },
};

const median = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];
