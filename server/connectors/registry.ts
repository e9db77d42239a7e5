import type { Provider } from "#server/domain/vocabulary.ts";
import { createClubHubConnector } from "./clubhub/connector.ts";
import { createClubOsConnector } from "./clubos/connector.ts";
import { createOpenPhoneConnector } from "./openphone/connector.ts";
import type { ConnectorFactory } from "./ports.ts";

/** Every provider a club can connect today. A provider without an entry cannot be connected. */
export const CONNECTORS: Partial<Record<Provider, ConnectorFactory>> = {
  openphone: createOpenPhoneConnector,
  clubos: createClubOsConnector,
  clubhub: createClubHubConnector,
};
