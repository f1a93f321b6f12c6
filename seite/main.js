/* The page: its tabs, and the state of the program behind it. */

import { accountTab } from "./account.js";
import { checkTab } from "./check.js";
import { Engine, Stopped } from "./engine.js";
import { programmesTab } from "./programmes.js";
import { Session } from "./session.js";
import { templateTab } from "./template.js";
import { whatIfTab } from "./whatif.js";

const COMMAND_LINE = "Auf der Kommandozeile prüft foerdercheck check.";
const STATES = {
  laedt: "Das Programm wird geladen, das dauert einige Sekunden …",
  bereit: "Bereit.",
};
const TICK = 500; // milliseconds; what takes less is not worth telling

/** Return what tells the state of the program: `tell(state, detail)`; of work that takes long also how long by now. */
function teller() {
  const [line, since, stop] = ["state", "since", "stop"].map((id) => document.getElementById(id));
  let clock = 0;
  let what = "";
  return (state, detail = "") => {
    document.documentElement.dataset.state = state;
    what = detail;
    if (state === "arbeitet" && clock) return;
    clearInterval(clock);
    clock = 0;
    since.textContent = "";
    stop.hidden = true;
    if (state === "arbeitet") {
      const begun = Date.now();
      clock = setInterval(() => {
        const text = `Wird geprüft${what && `: ${what}`} …`;
        if (line.textContent !== text) line.textContent = text;
        since.textContent = `${Math.round((Date.now() - begun) / 1000)} s`;
        stop.hidden = false;
      }, TICK);
    } else {
      line.textContent = STATES[state] ?? `Dieser Browser kann das Programm nicht ausführen (${detail}). ${COMMAND_LINE}`;
    }
  };
}

/** Tabs as people know them: a click or the arrow keys, Home and End; returns what opens one by the name of its panel. */
function tabs() {
  const all = [...document.querySelectorAll('[role="tab"]')];
  const choose = (chosen) => {
    for (const tab of all) {
      const on = tab === chosen;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !on;
    }
    chosen.focus();
    document.getElementById(chosen.getAttribute("aria-controls")).dispatchEvent(new Event("shown"));
  };
  for (const [index, tab] of all.entries()) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      choose(all[to % all.length]);
    });
  }
  return (name) => choose(document.getElementById(`tab-${name}`));
}

async function begin() {
  const open = tabs();
  const tell = teller();
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => event.preventDefault()); // a file beside the field must not replace the page
  }
  if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
    tell("kaputt", "WebAssembly oder DecompressionStream fehlt");
    return;
  }
  const engine = new Engine(tell);
  document.getElementById("stop").addEventListener("click", () => {
    engine.stop();
    document.querySelector('[role="tab"][aria-selected="true"]').focus(); // the button is gone
  });
  const session = new Session();
  checkTab(engine, session, (name) => {
    session.checked.wanted = name;
    open("wenn");
  });
  whatIfTab(engine, session, document.getElementById("wenn"), () => open("pruefen"));
  const data = await offered(engine);
  templateTab(engine, data, session);
  accountTab(engine, data);
  programmesTab(engine, data, session);
}

/** What the forms offer; whoever ends that at the start gets it from the program that starts anew. */
async function offered(engine) {
  try {
    return (await engine.ask({ task: "auskunft" })).data;
  } catch (error) {
    if (error instanceof Stopped) return offered(engine);
    throw error;
  }
}

begin().catch((error) => teller()("kaputt", error.message));
