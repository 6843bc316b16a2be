// The program: writes pages, and simulates what was exported from them.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export class Program {
  constructor(program, engine, folder) {
    Object.assign(this, { program, engine, folder });
    this.pages = new Map();
  }

  /** The address of a scenario's page; it is written once. */
  page(file) {
    if (!this.pages.has(file)) {
      const path = join(this.folder, `page-${this.pages.size}.html`);
      execFileSync(this.program, ["page", file, "--out", path, "--engine", this.engine], { stdio: ["ignore", "ignore", "inherit"] });
      this.pages.set(file, pathToFileURL(path).href);
    }
    return this.pages.get(file);
  }

  /** The folder of a run. */
  run(file, out, ...flags) {
    execFileSync(this.program, ["run", file, "--charts", "none", "--quiet", "--out", out, ...flags], { stdio: ["ignore", "ignore", "inherit"] });
    return out;
  }
}
