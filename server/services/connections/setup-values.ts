import "server-only";

import { refusalOfUrl } from "#server/connectors/_shared/address-rules.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { ConnectorSetup } from "#server/connectors/setup.ts";
import { DomainError } from "#server/domain/errors.ts";
import { refusalOfValue, tidyValue } from "#server/domain/setup-values.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { env } from "#server/platform/env.ts";

export type Values = Readonly<Record<string, string>>;

/** @throws `precondition_failed` for a provider without a connector */
export const setupOf = (provider: Provider): ConnectorSetup => {
  const setup = CONNECTORS[provider]?.setup;
  if (setup === undefined) {
    throw new DomainError("precondition_failed", "this provider cannot be connected yet", { details: { provider } });
  }
  return setup;
};

/**
 * What a person typed in, tidied and with what is meant when nobody says. Fields left empty are left out.
 * @throws `invalid` for an unknown field, a missing or impossible value, or an address that may not be called
 */
export const checkedValues = (setup: ConnectorSetup, raw: Values): Values => {
  const known = new Set(setup.fields.map(({ name }) => name));
  if (Object.keys(raw).some((name) => !known.has(name))) {
    throw new DomainError("invalid", "this vendor has no such field");
  }
  const entries = setup.fields.map((field): readonly [string, string] => {
    const value = tidyValue(field.kind, raw[field.name] ?? field.initial ?? "");
    const refusal = refusalOfValue(field, value) ?? (field.kind === "address" && value !== "" ? refusalOfAddress(value) : null);
    if (refusal !== null) {
      throw new DomainError("invalid", refusal, { details: { field: field.name } });
    }
    return [field.name, value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
};

const refusalOfAddress = (value: string): string | null => refusalOfUrl(new URL(value), env.CONNECT_ALLOW_RANGES);

/** Secrets are sealed, everything else is a plain setting. What the set-up does not name is no secret. */
export const splitValues = (
  { fields }: ConnectorSetup,
  values: Values,
): { readonly credentials: Record<string, string>; readonly settings: Record<string, string> } => {
  const secrets = new Set(fields.flatMap(({ name, kind }) => (kind === "secret" ? [name] : [])));
  const entries = Object.entries(values);
  return {
    credentials: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
    settings: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
  };
};
