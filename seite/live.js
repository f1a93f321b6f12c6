/* Work that follows what is typed: done a moment after the last key, never twice at a time, and once more if anything changed meanwhile. */

const WAIT = 300; // milliseconds without a key

export function live(work) {
  let waiting = 0;
  let running = false;
  let again = false;
  const now = async () => {
    clearTimeout(waiting);
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = false;
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, WAIT);
  };
  return { now, soon };
}
