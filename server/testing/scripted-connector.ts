import { SENT_FILES } from "#server/connectors/email/limits.ts";
import type { Connector } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { beforeEach } from "vitest";

/** Far beyond what a test asks for, so that no call waits for its turn. */
const CALLS_PER_SECOND = 1_000;

/** Puts a connector that the test has written in the place of its provider's, before each test of the file. */
export const useScriptedConnector = (provider: Connector["provider"], open: () => Omit<Connector, "provider">): void => {
  beforeEach(() => {
    const original = CONNECTORS[provider];
    CONNECTORS[provider] = {
      setup: {
        provider,
        name: "Scripted",
        summary: "",
        get capabilities() {
          return open().capabilities;
        },
        fields: [],
        webhook: null,
        channel: null,
        get files() {
          return open().capabilities.includes("message.files")
            ? ({ kind: "taken", rules: SENT_FILES } as const)
            : ({ kind: "none", why: "This channel takes no files." } as const);
        },
        fileAddress: "^https://vendor\\.example/files/[^/]+$",
        limits: { requestsPerSecond: CALLS_PER_SECOND, burst: CALLS_PER_SECOND },
        caution: null,
      },
      create: () => ({ provider, ...open() }),
    };
    return () => {
      if (original === undefined) {
        delete CONNECTORS[provider];
      } else {
        CONNECTORS[provider] = original;
      }
    };
  });
};
