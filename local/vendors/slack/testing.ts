import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { Accepted } from "../_shared/accept-log.ts";
import { startSlack } from "./start-slack.ts";
import type { Entry, SlackMessage } from "./workspace.ts";

type Arrival = { readonly url: string; readonly headers: Readonly<Record<string, string | undefined>>; readonly rawBody: Uint8Array };

export const slackOf = (slug: string) => {
  const account = DEMO_CLUBS.find((club) => club.slug === slug)?.slack;
  if (account === null || account === undefined) {
    throw new RangeError(`${slug} has no Slack`);
  }
  const { botToken, signingSecret, ...settings } = account;
  return { credentials: { botToken, signingSecret }, settings };
};

type Press = {
  readonly club: string;
  readonly actionId: "approve" | "reject" | "open";
  readonly user?: { readonly id: string; readonly name: string };
  readonly ts?: string;
  readonly value?: string;
  readonly teamId?: string;
  readonly secret?: string;
  readonly clockMs?: number;
};

export const PRESSER = { id: "U0MARLOW", name: "Marlow Finch" } as const;

/** A sandbox of its own, and in place of the product a receiver that keeps what it is told. */
export const startSlackWorld = async ({ now = () => new Date() }: { readonly now?: () => Date } = {}) => {
  const app = await startReceiver();
  const sandbox = await startSlack({ port: 0, appUrl: app.url, dataDir: mkdtempSync(join(tmpdir(), "slack-")), clubs: DEMO_CLUBS, now });
  const pull = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`the sandbox refused ${path}: ${await response.text()}`);
    }
  };
  const look = async <T>(path: string): Promise<T> => (await fetch(`${sandbox.url}/_sandbox/${path}`)).json();
  return {
    url: sandbox.url,
    fault: (fault: object) => pull("faults", fault),
    nextError: (error: string) => pull("next-error", { error }),
    /** Presses a button, and answers what arrived at the product. */
    press: async ({ user = PRESSER, ...press }: Press): Promise<Arrival> => {
      await pull("presses", { user, ...press });
      const arrival = app.arrivals.at(-1);
      if (arrival === undefined) {
        throw new Error("nothing has arrived");
      }
      return arrival;
    },
    accepted: async (): Promise<readonly Accepted<Entry>[]> => (await look<{ entries: readonly Accepted<Entry>[] }>("log")).entries,
    messages: async (club: string): Promise<readonly SlackMessage[]> =>
      (await look<{ messages: readonly SlackMessage[] }>(`messages?club=${club}`)).messages,
    close: async () => {
      await sandbox.close();
      await app.close();
    },
  };
};

const startReceiver = async () => {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      arrivals.push({ url: `https://spotter.example${request.url ?? ""}`, headers, rawBody: Uint8Array.from(Buffer.concat(chunks)) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return {
    arrivals,
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
