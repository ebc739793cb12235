const LOOK_EVERY_MS = 500;
/** As of the load of this module: later npm may be gone. */
const npm = process.env.npm_lifecycle_event ? process.ppid : undefined;

/** Calls `ended` once npm, which started this process, is gone: npm killed by `kill -9` tells nobody. */
export function whenNpmEnds(ended) {
  if (npm === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    ended();
  }, LOOK_EVERY_MS);
  timer.unref();
}
