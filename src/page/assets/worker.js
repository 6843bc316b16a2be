"use strict";
// The worker: inflates the engine, starts it, and hands it one request after the other.

let engine = null;

/** Bytes from text: their number, a space, and 13 bits in each two of 91 digits, as Rust wrote them. */
function bytesOf(text) {
  const [length, digits] = text.trim().split(" ");
  const values = new Uint8Array(128);
  for (let code = 33, value = 0; code < 127; code++) if (!'"<\\'.includes(String.fromCharCode(code))) values[code] = value++;
  const bytes = new Uint8Array(Number(length));
  for (let pair = 0, at = 0, bits = 0, held = 0; at < bytes.length; pair += 2) {
    bits |= (values[digits.charCodeAt(pair)] + 91 * values[digits.charCodeAt(pair + 1)]) << held;
    for (held += 13; held >= 8 && at < bytes.length; held -= 8, bits >>>= 8) bytes[at++] = bits & 255;
  }
  return bytes;
}

/** The engine's functions. It needs nothing of the browser. */
async function start(text) {
  const inflated = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const code = await new Response(inflated).arrayBuffer();
  return (await WebAssembly.instantiate(code, {})).instance.exports;
}

/** The text at an address: its length, then its bytes; gives the room back. */
function take({ memory, dealloc }, at) {
  const length = new DataView(memory.buffer).getUint32(at, true);
  const text = new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, length));
  dealloc(at, length + 4);
  return text;
}

function request(engine, json) {
  const bytes = new TextEncoder().encode(json);
  const at = engine.alloc(bytes.length);
  new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
  const answer = engine.request(at, bytes.length);
  engine.dealloc(at, bytes.length);
  return take(engine, answer);
}

/** What the engine said before it gave up, or what the browser says of it. */
function complaint(exports, error) {
  try {
    return take(exports, exports.complained()) || String(error);
  } catch {
    return String(error);
  }
}

self.onmessage = async ({ data }) => {
  if (data.engine !== undefined) {
    engine = start(data.engine);
    engine.catch(() => {});
    return;
  }
  let exports = null;
  try {
    exports = await engine;
    self.postMessage({ number: data.number, answer: request(exports, data.request) });
  } catch (error) {
    self.postMessage({ number: data.number, failed: complaint(exports, error) });
  }
};
