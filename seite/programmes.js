/* Programme: the law as the program knows it. */

import { complaint, element, fill, shown, tried } from "./show.js";

export function programmesTab(engine, about) {
  const part = (name) => document.getElementById(`programme-${name}`);
  const [chosen, version, before] = ["id", "version", "before"].map(part);
  const option = ([value, textContent]) => element("option", { value, textContent });
  const offer = () => {
    const { fassungen = [] } = about.programme.find(({ id }) => id === chosen.value) ?? {};
    const days = fassungen.map(({ tag, text }) => option([tag, text]));
    version.replaceChildren(...days);
    before.replaceChildren(option(["", "keiner"]), ...days.map((day) => day.cloneNode(true)));
    version.disabled = !fassungen.length;
    before.disabled = fassungen.length < 2;
  };
  chosen.append(...about.programme.map(({ id, titel }) => option([id, `${titel} (${id})`])));
  chosen.addEventListener("change", offer);
  offer();
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    tried(part("found"), async () => {
      const request = { task: "programme", programm: chosen.value, tag: version.value, vorher: before.value };
      const { data } = await engine.ask(request);
      fill(part("found"), data.fehler ? complaint(data.fehler) : shown(data.bericht));
    });
  });
}
