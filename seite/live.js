/* Work that follows what is typed: done a moment after the last key, never twice at a time, and once more if anything changed meanwhile. */

const WAIT = 300; // milliseconds without a key

export function live(work) {
  let waiting = 0;
  let running = null;
  let again = false;
  const all = async () => {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = null;
    }
  };
  const now = () => {
    clearTimeout(waiting);
    if (running) again = true;
    else running = all();
    return running;
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, WAIT);
  };
  return { now, soon };
}
