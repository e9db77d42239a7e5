import "server-only";

import type { Capability } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { Provider } from "#server/domain/vocabulary.ts";

/** Providers whose connectors can do this; a single connection may do less, by its settings. */
export const providersWith = (capability: Capability): readonly Provider[] =>
  Object.values(CONNECTORS).flatMap(({ setup }) => (setup.capabilities.includes(capability) ? [setup.provider] : []));

/** An inbox that is only read: six slow polls of 10 s. */
const POLLED_STALE_SECONDS = 60;
/** An inbox that is read each minute beside a webhook: three turns. */
const BACK_FILL_STALE_SECONDS = 180;
/** A member list is read each hour: two turns. */
const PEOPLE_STALE_SECONDS = 2 * 3_600;

/** Silence after which a connection counts as stale; `null` where nothing is read by itself, so nothing can be late. */
export const staleAfterSeconds = (provider: Provider): number | null => {
  const capabilities: readonly Capability[] = CONNECTORS[provider]?.setup.capabilities ?? [];
  if (capabilities.includes("inbox.poll")) {
    return capabilities.includes("inbox.webhook") ? BACK_FILL_STALE_SECONDS : POLLED_STALE_SECONDS;
  }
  return capabilities.includes("members.read") ? PEOPLE_STALE_SECONDS : null;
};

type Readings = {
  readonly provider: Provider;
  readonly status: string;
  readonly nextPollAt: Date | null;
  /** The last success; where there is none, the moment since when one could have been. */
  readonly since: Date;
};

/** Seconds since it was last read and whether that is too long; `null` where nothing is read by itself, or not now. */
export const lagOf = (
  { provider, status, nextPollAt, since }: Readings,
  now: Date,
): { readonly seconds: number; readonly isStale: boolean } | null => {
  const staleAfter = staleAfterSeconds(provider);
  const isPolled = nextPollAt !== null || !providersWith("inbox.poll").includes(provider);
  if (staleAfter === null || !isPolled || status === "disabled") {
    return null;
  }
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1_000));
  return { seconds, isStale: seconds > staleAfter };
};
