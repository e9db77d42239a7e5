import type { Provider } from "#server/domain/vocabulary.ts";
import { createClubHubConnector } from "./clubhub/connector.ts";
import { CLUBHUB_SETUP } from "./clubhub/setup.ts";
import { createClubOsConnector } from "./clubos/connector.ts";
import { CLUBOS_SETUP } from "./clubos/setup.ts";
import { createEmailConnector } from "./email/connector.ts";
import { EMAIL_SETUP } from "./email/setup.ts";
import { createNinjaOneConnector } from "./ninjaone/connector.ts";
import { NINJAONE_SETUP } from "./ninjaone/setup.ts";
import { createOpenPhoneConnector } from "./openphone/connector.ts";
import { OPENPHONE_SETUP } from "./openphone/setup.ts";
import { createSlackConnector } from "./slack/connector.ts";
import { SLACK_SETUP } from "./slack/setup.ts";
import type { ConnectorFactory } from "./ports.ts";
import type { ConnectorSetup } from "./setup.ts";
import { createTwilioConnector } from "./twilio/connector.ts";
import { TWILIO_SETUP } from "./twilio/setup.ts";
import { createSquareConnector } from "./square/connector.ts";
import { SQUARE_SETUP } from "./square/setup.ts";
import { createUnifiAccessConnector } from "./unifi-access/connector.ts";
import { UNIFI_ACCESS_SETUP } from "./unifi-access/setup.ts";

type Entry = { readonly create: ConnectorFactory; readonly setup: ConnectorSetup };

/** Every provider a club can connect today. A provider without an entry cannot be connected. */
export const CONNECTORS: Partial<Record<Provider, Entry>> = {
  openphone: { create: createOpenPhoneConnector, setup: OPENPHONE_SETUP },
  twilio: { create: createTwilioConnector, setup: TWILIO_SETUP },
  clubos: { create: createClubOsConnector, setup: CLUBOS_SETUP },
  slack: { create: createSlackConnector, setup: SLACK_SETUP },
  ninjaone: { create: createNinjaOneConnector, setup: NINJAONE_SETUP },
  clubhub: { create: createClubHubConnector, setup: CLUBHUB_SETUP },
  email: { create: createEmailConnector, setup: EMAIL_SETUP },
  square: { create: createSquareConnector, setup: SQUARE_SETUP },
  unifi_access: { create: createUnifiAccessConnector, setup: UNIFI_ACCESS_SETUP },
};
