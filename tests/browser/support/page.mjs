// A page in a browser, watched for errors and requests, and what people do on it.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Opens an address. `heard` has what the page complained of, and what it asked for. */
export async function open({ browser, name }, address, { viewport, media } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  const heard = { errors: [], requests: [], milliseconds: 0 };
  page.on("console", (message) => ["error", "warn", "assert"].includes(message.type()) && heard.errors.push(message.text()));
  page.on("pageerror", (error) => heard.errors.push(String(error)));
  page.on("request", (request) => heard.requests.push(request.url()));
  if (name === "chromium") await page.setOfflineMode(true);
  if (viewport) await page.setViewport(viewport);
  if (media) await page.emulateMediaFeatures(media);
  await page.evaluateOnNewDocument(() => {
    window.forbidden = [];
    document.addEventListener("securitypolicyviolation", (event) => window.forbidden.push(`${event.violatedDirective}: ${event.blockedURI}`));
  });
  const began = performance.now();
  await page.goto(address, { waitUntil: "load" });
  heard.milliseconds = performance.now() - began;
  return { page, heard, file: address.replace(/[#?].*/, "") };
}

/** No error, nothing that the policy forbade, and no request but for the file itself. */
export async function assertQuiet({ page, heard, file }) {
  assert.deepEqual(heard.errors, [], "errors on the console");
  assert.deepEqual(await page.evaluate(() => window.forbidden), [], "the content security policy forbade");
  const asked = heard.requests.filter((url) => !url.startsWith("blob:") && !url.startsWith("data:") && url.replace(/[#?].*/, "") !== file);
  assert.deepEqual(asked, [], "requests");
}

/** Does something with a page, and closes it; the page must have been quiet. */
export async function visit(context, address, options, deed) {
  const visited = await open(context, address, options);
  try {
    await deed(visited.page, visited);
    await assertQuiet(visited);
  } finally {
    await visited.page.close();
  }
}

/** Waits until the page shows what is set, with every replicate. */
export async function settle(page) {
  await page.waitForFunction(() => {
    const { replicates, planned } = document.querySelector("main").dataset;
    return !document.documentElement.classList.contains("updating") && replicates && replicates === planned;
  }, { timeout: 180_000, polling: 50 });
}

/** Waits until there are no problems to see, or says them. */
export const problems = (page) => page.evaluate(() => document.querySelector("#problems:not([hidden])")?.textContent ?? "");

/** Moves a control of the levers to a value, as a hand does, and measures in milliseconds how long the first picture took. */
export const move = (page, selector, value) =>
  page.evaluate(
    (selector, value) =>
      new Promise((resolve, reject) => {
        const control = document.querySelector(selector);
        const main = document.querySelector("main");
        const told = () => document.querySelector("#problems:not([hidden])")?.textContent ?? "";
        setTimeout(() => reject(new Error(`nothing was shown for a minute. ${told()}`)), 60_000);
        const began = performance.now();
        const watch = new MutationObserver(() => {
          watch.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - began));
        });
        watch.observe(main, { attributes: true, attributeFilter: ["data-setting"] });
        if (control.type === "checkbox") control.click();
        else {
          control.value = value;
          control.dispatchEvent(new Event("input", { bubbles: true }));
          control.dispatchEvent(new Event("change", { bubbles: true }));
        }
      }),
    selector,
    value,
  );

/** Sliders of a page: where each is, and how far it goes. */
export const sliders = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#part-levers [data-field] input[type=range]")].map(({ id, min, max, step }) => ({
      selector: `#${CSS.escape(id)}`,
      min: Number(min),
      max: Number(max),
      step: Number(step),
    })),
  );

/** A value on a slider, at a part of its way. */
export const at = ({ min, max, step }, part) => Number((min + Math.round(((max - min) * part) / step) * step).toPrecision(12));

/** Sets something: the first slider, the first variant, the first policy, as far as there are any. Returns how many. */
export async function setSomething(page) {
  const [slider] = await sliders(page);
  const variant = await page.$("#part-levers [data-variant]");
  const policy = await page.$("#part-levers [data-policy]");
  if (slider) await move(page, slider.selector, at(slider, 0.8));
  if (variant) await move(page, "#part-levers [data-variant]");
  if (policy) await move(page, "#part-levers [data-policy]");
  await settle(page);
  assert.equal(await problems(page), "");
  return [slider, variant, policy].filter(Boolean).length;
}

/** Clicks a button and waits for the file that it saves. */
export async function saved({ page, downloads }, selector) {
  for (const name of readdirSync(downloads)) rmSync(join(downloads, name));
  await page.waitForSelector(selector);
  await page.$eval(selector, (button) => button.click());
  for (let waited = 0; waited < 30_000; waited += 50) {
    const [name] = readdirSync(downloads).filter((one) => !/\.(part|crdownload)$|^\./.test(one));
    const path = name && join(downloads, name);
    if (path && existsSync(path) && readFileSync(path).length > 0 && readdirSync(downloads).length === 1) {
      await sleep(50);
      return { name, path, bytes: readFileSync(path) };
    }
    await sleep(50);
  }
  throw new Error(`nothing was saved by ${selector}; the page says: ${await problems(page)}`);
}

/** The sentences of the answer. */
export const sentences = (page) =>
  page.$$eval("#part-answer p:not(.precision, .note)", (found) => found.map((one) => one.textContent.trim()).filter(Boolean));

/** What is in a part, as markup. */
export const part = (page, id) => page.$eval(`#${id}`, (element) => element.innerHTML);
