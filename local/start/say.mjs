const MS_PER_SECOND = 1000;

// Handed on, so that one count of seconds runs from the first process to the last.
process.env.SPOTTER_STARTED_AT ??= `${Date.now()}`;

/**
 * Prints a line of progress with the seconds since the command was given.
 * @param {string} text
 */
export const say = (text) => {
  const elapsedSeconds = Math.floor((Date.now() - Number(process.env.SPOTTER_STARTED_AT)) / MS_PER_SECOND);
  process.stdout.write(`[${`${elapsedSeconds}`.padStart(3)} s] ${text}\n`);
};
