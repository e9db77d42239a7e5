import type { DemoClub } from "../../../prisma/demo.ts";
import { serve } from "../../../relay/serve.mjs";
import { NotPaired } from "../../../relay/server.mjs";

type Input = {
  readonly clubs: readonly DemoClub[];
  /** Where the product listens. */
  readonly appUrl: string;
  readonly controllerUrl: string;
  readonly fingerprint: string;
};

/**
 * The relay program of each demo club with a controller, paired by the seed, so that nobody has to start it by hand. The
 * code is the very program that runs at a club.
 */
export const startDemoRelays = ({ clubs, appUrl, controllerUrl, fingerprint }: Input): { readonly close: () => Promise<void> } => {
  const stopping = new AbortController();
  const running = clubs.flatMap(({ slug, unifi }) =>
    unifi === null
      ? []
      : [
          serve({
            server: appUrl,
            token: unifi.relayToken,
            controller: { url: controllerUrl, token: unifi.token, fingerprint },
            say: (line) => void process.stdout.write(`relay of ${slug}: ${line}\n`),
            signal: stopping.signal,
          }).catch((error: unknown) => {
            if (!(error instanceof NotPaired)) {
              throw error;
            }
            process.stdout.write(`relay of ${slug}: revoked; start another one by hand with a code\n`);
          }),
        ],
  );
  return {
    close: async () => {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
};
