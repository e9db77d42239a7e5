import "server-only";

import type { Provider } from "#server/domain/vocabulary.ts";
import { env } from "#server/platform/env.ts";

/** Address of a vendor as the installation has set it, for a sandbox or a proxy; never one that a user typed. */
export const vendorBaseUrl = (provider: Provider): string | undefined => BASE_URLS[provider]?.();

/** Read at call time: the build runs without these variables. Vendors without an entry are reached only at addresses of users. */
const BASE_URLS: Partial<Record<Provider, () => string | undefined>> = {
  openphone: () => env.OPENPHONE_BASE_URL,
  clubos: () => env.CLUBOS_BASE_URL,
  clubhub: () => env.CLUBHUB_BASE_URL,
  twilio: () => env.TWILIO_BASE_URL,
  square: () => env.SQUARE_BASE_URL,
  slack: () => env.SLACK_BASE_URL,
  ninjaone: () => env.NINJAONE_BASE_URL,
};
