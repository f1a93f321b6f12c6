/* What the tabs share: a programme of the user's own, and what was checked last. */

export class Session extends EventTarget {
  /** The programme of the user's own: `{ titel, sent: { datei, text } }`. */
  own = null;
  /** What was checked last: contents by name, what was asked with them, and the names of the budgets that could be read. */
  checked = null;

  /** Keep something, and tell the tabs by an event of its name. */
  keep(name, what) {
    this[name] = what;
    this.dispatchEvent(new Event(name));
  }
}
