// Starts Debian's browsers, each with a new user's folder, and so that nothing leaves the machine.
import { mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import puppeteer from "puppeteer-core";

const CHROMIUM = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser that saves what it downloads in a folder. */
export function launch(name, downloads) {
  const userDataDir = mkdtempSync(join(dirname(downloads), "user-"));
  const common = { headless: true, userDataDir, defaultViewport: { width: 1280, height: 900 } };
  if (name === "chromium") {
    return puppeteer.launch({
      ...common,
      browser: "chrome",
      executablePath: "/usr/bin/chromium",
      args: CHROMIUM,
      downloadBehavior: { policy: "allow", downloadPath: downloads },
    });
  }
  return puppeteer.launch({
    ...common,
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    extraPrefsFirefox: {
      // A proxy that is not there.
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
      "browser.download.folderList": 2,
      "browser.download.dir": downloads,
      "browser.download.useDownloadDir": true,
      "browser.download.alwaysOpenPanel": false,
      "browser.helperApps.neverAsk.saveToDisk": "text/csv,application/toml,image/svg+xml,image/png",
    },
  });
}
