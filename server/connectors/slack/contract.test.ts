import { slackOf, startSlackWorld } from "#local/vendors/slack/testing.ts";
import { now as realNow } from "#server/platform/clock.ts";

import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import { createSlackConnector } from "./connector.ts";

const CLUB = "fairway-brooklyn";
const brooklyn = slackOf(CLUB);

describeContract({ name: "Slack", reads: [], acts: ["notify"], webhooks: ["notify.decide"] }, async () => {
  const sandbox = await startSlackWorld();
  const connect = ({ timeoutMs, now = realNow }: { timeoutMs?: number; now?: () => Date } = {}) =>
    createSlackConnector({
      connectionId: "conn_test",
      credentials: brooklyn.credentials,
      settings: { ...brooklyn.settings, baseUrl: sandbox.url },
      ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
      now,
      session: createMemorySession(),
    });
  const post = (key: string, connector = connect()) =>
    connector.notices?.post({ key, text: "Unlock the front door?", url: "https://spotter.example/a", decision: { value: "appr_1" } }) ??
    Promise.reject(new TypeError("no notices"));
  return {
    connect,
    fault: sandbox.fault,
    reads: [],
    acts: [
      {
        capability: "notify",
        operation: "chat.postMessage",
        act: (connector, key) => post(key, connector),
        acceptedCount: async () => (await sandbox.messages(CLUB)).length,
        // Looking at a channel takes rights that an app should not ask for.
        safety: "nothing",
      },
    ],
    webhooks: [
      {
        capability: "notify.decide",
        deliver: async () => {
          await post("eff_1");
          return sandbox.press({ club: CLUB, actionId: "approve" });
        },
        isTimed: true,
      },
    ],
    close: sandbox.close,
  };
});
