import { existsSync, rmSync } from "node:fs";
import path from "node:path";

import { endServerOf } from "../postgres/cluster.ts";
import { preparePlaces } from "../postgres/places.ts";
import { sandboxDir } from "./environment.ts";
import { say } from "./say.mjs";

/** Removes what Spotter keeps in a data folder, by name: the folder may be one that holds other things too. */
export const forgetData = async (dataDir: string): Promise<void> => {
  const { clusterDir, homeDir } = preparePlaces(dataDir);
  await endServerOf(clusterDir);
  if (existsSync(clusterDir)) {
    say("Forgetting the data of the last time.");
  }
  for (const target of [
    homeDir,
    sandboxDir(dataDir),
    ...["postgres", "logs", "pairing", "processes.json", "secrets.json"].map((name) => path.join(dataDir, name)),
  ]) {
    rmSync(target, { recursive: true, force: true });
  }
};
