// Loaded ahead of a program that a test starts: it ends with the test, also when that is killed without a word.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, 500).unref();
