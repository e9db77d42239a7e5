import path from "node:path";
import { parseArgs } from "node:util";

import { ownSettings } from "./own-settings.ts";
import { DATA_DIR } from "./paths.mjs";
import { basePort } from "./ports.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { createStack } from "./stack.ts";
import { welcome } from "./welcome.ts";

const HELP = `npm start                    start Spotter with everything it needs
npm start -- --no-traffic    without invented members who text by themselves
npm start -- --fresh         forget all data first
npm start -- --dev           for developers: the app reloads what is edited
SPOTTER_PORT=4000 npm start  on other ports (sixteen in a row)
`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      dev: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      "no-traffic": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const own = ownSettings();
  const stack = createStack({
    port: basePort(own["SPOTTER_PORT"]),
    dataDir: DATA_DIR,
    hasTraffic: !values["no-traffic"] && own["SPOTTER_TRAFFIC"] !== "off",
    own,
    isFresh: values.fresh,
    isDevelopment: values.dev,
  });
  await runUntilStopped(stack, { onReady: (info) => process.stdout.write(welcome(info, path.relative(process.cwd(), DATA_DIR) || ".")) });
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
