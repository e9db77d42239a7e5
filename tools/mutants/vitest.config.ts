import path from "node:path";

import { mergeConfig, type Plugin } from "vitest/config";

import base from "../../vitest.config.ts";
import { Mutant, mutate } from "./mutant.ts";

/** Changes one file on its way into the tests; nothing is written, so that any number can run beside each other. */
const takeAway = (): Plugin => {
  const mutant = Mutant.parse(JSON.parse(process.env["SPOTTER_MUTANT"] ?? "null"));
  const target = path.resolve(import.meta.dirname, "../..", mutant.file);
  return {
    name: "take-away",
    enforce: "pre",
    transform: (code, id) => (path.resolve(id.split("?")[0] ?? id) === target ? mutate(code, mutant) : null),
  };
};

export default mergeConfig(base, { root: path.resolve(import.meta.dirname, "../.."), plugins: [takeAway()] });
