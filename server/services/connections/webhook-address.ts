import "server-only";

import type { Provider } from "#server/domain/vocabulary.ts";
import { env } from "#server/platform/env.ts";

/** Where a vendor calls us about one connection: what a person pastes at the vendor. */
export const webhookAddress = ({ provider, connectionId }: { readonly provider: Provider; readonly connectionId: string }): string =>
  new URL(`/api/webhooks/${provider}/${connectionId}`, env.APP_URL).toString();
