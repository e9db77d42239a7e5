/** With this begin the keys of everything that the tools of one run, of a task or of a question, have planned. */
export const clubToolKeys = (runId: string): string => `club-tool:${runId}:`;
