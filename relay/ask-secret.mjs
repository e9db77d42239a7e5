import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/**
 * Asks at the terminal without showing what is typed, or reads the first line of what is piped in.
 * @param {string} question
 * @returns {Promise<string>}
 */
export const askSecret = async (question) => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  process.stderr.write(question);
  const line = await new Promise((resolve) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(""));
  });
  lines.close();
  process.stderr.write("\n");
  const secret = line.trim();
  if (secret === "") {
    throw new Error("the controller's API token is needed");
  }
  return secret;
};
