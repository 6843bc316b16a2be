// All checks: those of every scenario's page, and those that one page is enough for.
import { opens } from "./opens.mjs";
import { numbers } from "./numbers.mjs";
import { takesAway } from "./takes_away.mjs";
import { printsTwoPages } from "./print.mjs";
import { moves } from "./moves.mjs";
import { undoes, keeps, reproduces, badLink, stops } from "./setting.mjs";
import { addsLever, movesDate } from "./levers.mjs";
import { opensAnother, refusesBroken } from "./another.mjs";
import { hostile } from "./hostile.mjs";
import { access, narrow, zoomed } from "./access.mjs";
import { keyboard } from "./keyboard.mjs";
import { withoutEngine, withoutScript } from "./without.mjs";

export const everyScenario = [opens, numbers, takesAway, printsTwoPages].map(described);
export const onePage = [
  moves,
  undoes,
  keeps,
  reproduces,
  badLink,
  stops,
  addsLever,
  movesDate,
  opensAnother,
  refusesBroken,
  hostile,
  access,
  narrow,
  zoomed,
  keyboard,
  withoutEngine,
  withoutScript,
].map(described);

function described(check) {
  return { name: check.run.name, chromiumOnly: false, ...check };
}
