/**
 * Keys of stored credentials, for whoever runs the installation; with the product's environment.
 *   rotate --club <slug> | --all   new data keys: credentials are sealed anew while everything runs
 *   rewrap                         data keys are wrapped anew after CREDENTIALS_KEY was replaced
 * Both may be run at any time and any number of times; see docs/operations.md.
 */
import { parseArgs } from "node:util";

import { listKeyHolders, rewrapClubKeys, type KeyHolder } from "#server/services/connections/rewrap-keys.ts";
import { rotateClubKey } from "#server/services/connections/rotate-club-key.ts";

const USAGE = "usage: keys rotate --club <slug> | keys rotate --all | keys rewrap";

const main = async (): Promise<void> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { club: { type: "string" }, all: { type: "boolean", default: false } },
  });
  const [command] = positionals;
  if (command === "rewrap") {
    await forEach(await listKeyHolders(), async ({ context }) => {
      const { rewrappedCount, currentCount } = await rewrapClubKeys(context);
      return `${rewrappedCount} wrapped anew, ${currentCount} already were`;
    });
  } else if (command === "rotate" && values.all !== (values.club !== undefined)) {
    const holders = await listKeyHolders(values.club === undefined ? {} : { slug: values.club });
    if (holders.length === 0) {
      throw new Error("there is no such club");
    }
    await forEach(holders, async ({ context }) => {
      const { version, resealedCount } = await rotateClubKey(context);
      return `key ${version}, ${resealedCount} connections sealed anew`;
    });
  } else {
    throw new Error(USAGE);
  }
};

/** A club that fails keeps no other from its turn; the exit code tells. */
const forEach = async (holders: readonly KeyHolder[], work: (holder: KeyHolder) => Promise<string>): Promise<void> => {
  for (const holder of holders) {
    try {
      process.stdout.write(`${holder.slug}: ${await work(holder)}\n`);
    } catch (error) {
      process.stderr.write(`${holder.slug}: ${reasonOf(error)}\n`);
      process.exitCode = 1;
    }
  }
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : "failed");

try {
  await main();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
// Database connections stay open for a minute otherwise.
process.exit();
