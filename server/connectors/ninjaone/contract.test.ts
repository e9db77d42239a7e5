import { ninjaOneOf, startNinjaOneWorld } from "#local/vendors/ninjaone/testing.ts";
import { now as realNow } from "#server/platform/clock.ts";

import { createMemorySession } from "../_shared/memory-session.ts";
import { describeContract } from "../_shared/testing-contract.ts";
import { openTestNetwork } from "../_shared/testing-network.ts";
import type { Connector } from "../ports.ts";
import { createNinjaOneConnector } from "./connector.ts";

const brooklyn = ninjaOneOf("fairway-brooklyn");

const devicesOf = (connector: Connector) => {
  if (connector.devices === undefined) {
    throw new TypeError("this connector has no devices");
  }
  return connector.devices;
};

describeContract({ name: "NinjaOne", reads: ["device.reset"], acts: ["device.reset"], webhooks: [] }, async () => {
  const sandbox = await startNinjaOneWorld();
  return {
    connect: ({ timeoutMs, now = realNow } = {}) =>
      createNinjaOneConnector({
        connectionId: "conn_test",
        credentials: brooklyn.credentials,
        settings: { ...brooklyn.settings, baseUrl: sandbox.url },
        ...openTestNetwork(timeoutMs === undefined ? {} : { timeoutMs }),
        now,
        session: createMemorySession(),
      }),
    fault: sandbox.fault,
    reads: [{ capability: "device.reset", operation: "devices.list", read: (connector) => devicesOf(connector).find({ words: "Bay 3" }) }],
    acts: [
      {
        capability: "device.reset",
        operation: "script.run",
        act: (connector, key) => devicesOf(connector).reset({ key, deviceExternalId: brooklyn.deviceId(3) }),
        acceptedCount: async () => (await sandbox.runs()).length,
        // Activities name a run by its script and its device, not by our key.
        safety: "nothing",
      },
    ],
    webhooks: [],
    close: sandbox.close,
  };
});
