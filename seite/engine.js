/* The program behind the page: a worker that answers one question after the other, and can be stopped. */

/** Ended by whoever uses the page; no error. */
export class Stopped extends Error {}

export class Engine {
  /** `tell(state, detail)` is called with "laedt", "bereit", "arbeitet", "kaputt" whenever that changes. */
  constructor(tell) {
    this.tell = tell;
    this.number = 0;
    this.waiting = new Map();
    this.start();
  }

  start() {
    this.isReady = false;
    this.tell("laedt");
    const parts = embedded();
    this.ready = new Promise((resolve, reject) => {
      this.begun = { resolve, reject };
    });
    this.ready.catch(() => {}); // whoever asks is told
    try {
      const address = parts ? URL.createObjectURL(new Blob([parts.worker], { type: "text/javascript" })) : "worker.js";
      // from file:// Chromium starts no module that came from memory; a script may import modules just as well
      this.worker = new Worker(address, { type: parts ? "classic" : "module" });
    } catch (error) {
      this.fail(error.message);
      return;
    }
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.fail(event.message || "der Worker startet nicht");
    };
    this.worker.postMessage({ parts: parts ? parts.program : null });
  }

  hear(message) {
    if (message.ready) {
      this.isReady = true;
      this.begun.resolve();
      this.tell(this.waiting.size ? "arbeitet" : "bereit");
    } else if ("progress" in message) {
      this.tell("arbeitet", message.progress);
    } else if ("broken" in message) {
      this.fail(message.broken);
    } else {
      const { resolve } = this.waiting.get(message.number);
      this.waiting.delete(message.number);
      if (!this.waiting.size) this.tell("bereit");
      resolve({ data: message.data, files: message.files });
    }
  }

  /** Ask the program: a task with what was typed, and files by their names. */
  async ask(request, files = new Map()) {
    this.number += 1;
    const number = this.number;
    const answered = new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
    });
    const { worker } = this;
    this.ready.then(
      () => {
        if (worker !== this.worker || !this.waiting.has(number)) return;
        this.tell("arbeitet");
        worker.postMessage({ number, request, files });
      },
      (error) => {
        this.waiting.get(number)?.reject(error); // whoever waited before was told by `fail`
        this.waiting.delete(number);
      },
    );
    return answered;
  }

  /** End what is being done; the program starts anew. */
  stop() {
    this.end(new Stopped("abgebrochen"));
    this.start();
  }

  /** What breaks later costs the question that broke it; what does not even begin will not the next time either. */
  fail(reason) {
    const begun = this.isReady;
    const error = new Error(`Das Programm ist daran gescheitert (${reason}). Das ist kein Urteil.`);
    this.begun.reject(error);
    this.end(error);
    if (begun) this.start();
    else this.tell("kaputt", reason);
  }

  end(error) {
    this.worker?.terminate();
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}

/** The parts that stand in the page itself; null where they are files beside it. */
function embedded() {
  const worker = document.getElementById("worker");
  if (!worker) return null;
  const parts = [...document.querySelectorAll("script[data-part]")];
  return { worker: worker.textContent, program: Object.fromEntries(parts.map((part) => [part.dataset.part, part.textContent])) };
}
