"use client";

import type { ComponentType } from "react";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { PeopleMapping } from "#components/connections/people-mapping.tsx";
import { RelayPanel } from "#components/connections/relay-panel.tsx";
import type { Provider } from "#server/domain/vocabulary.ts";

type Extra = ComponentType<{ readonly connection: ConnectionDetail }>;

/** What the page of one vendor's connection shows beside what all of them show: a pairing, a mapping of people. */
const EXTRAS: Partial<Record<Provider, Extra>> = { unifi_access: RelayPanel, slack: PeopleMapping };

export const ProviderExtra = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const Extra = EXTRAS[connection.provider];
  return Extra === undefined ? null : <Extra connection={connection} />;
};
