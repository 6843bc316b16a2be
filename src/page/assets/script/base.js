"use strict";
// The page's script. Rust puts these files one behind the other into the document; worker.js goes into its own element.
// What the document holds for its script, and a few short names.

const page = JSON.parse(document.getElementById("page-data").textContent);
const html = document.documentElement;
const first = (selector, within = document) => within.querySelector(selector);
const every = (selector, within = document) => [...within.querySelectorAll(selector)];
const grouped = new Intl.NumberFormat(html.lang || "en");

/** A sentence of the page in its language, with values put in for {names}. */
function word(key, values = {}) {
  return (page.words[`script.${key}`] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A new element. Children that are texts stay texts: nothing that somebody wrote becomes markup. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const status = { text: "", said: 0, timer: 0 };

/** Says something beside the levers; at most once a second, so that a screen reader is not overrun. */
function say(text, now = false) {
  status.text = text;
  const tell = () => {
    status.timer = 0;
    status.said = performance.now();
    const place = first("#status");
    if (place && place.textContent !== status.text) place.textContent = status.text;
  };
  const wait = status.said + 1000 - performance.now();
  if (now || wait <= 0) {
    clearTimeout(status.timer);
    tell();
  } else if (!status.timer) {
    status.timer = setTimeout(tell, wait);
  }
}
