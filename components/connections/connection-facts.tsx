"use client";

import type { ReactNode } from "react";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { StatusChips } from "#components/health/connection-table.tsx";
import { capitalize, formatDuration } from "#components/lib/format.ts";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Whether it can be relied on, in facts. */
export const ConnectionFacts = ({ connection }: { readonly connection: ConnectionDetail }) => (
  <Panel label="Health">
    <dl className="grid gap-px bg-line sm:grid-cols-2 lg:grid-cols-3">
      <Fact name="State">
        <span className="flex gap-1.5">
          <StatusChips connection={connection} />
        </span>
      </Fact>
      <Fact name="Last success">
        {connection.lastSuccessAt === null ? "None yet" : <RelativeTime at={connection.lastSuccessAt} isInSentence />}
      </Fact>
      <Fact name="Lag">{connection.lagSeconds === null ? lagWords(connection) : formatDuration(connection.lagSeconds * 1_000)}</Fact>
      <Fact name="Last error">{lastError(connection)}</Fact>
      <Fact name="Errors in a row">{connection.errorCount}</Fact>
      <Fact name="Calls left">
        {connection.rate.left === null
          ? `Up to ${connection.rate.burst} at once, ${connection.rate.perSecond} a second`
          : `${connection.rate.left} of ${connection.rate.burst} at once, ${connection.rate.perSecond} a second`}
      </Fact>
    </dl>
  </Panel>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="bg-surface px-4 py-3">
    <dt className="text-xs text-ink-3">{name}</dt>
    <dd className="mt-0.5 text-sm tabular-nums">{children}</dd>
  </div>
);

const lagWords = ({ status }: ConnectionDetail): string => (status === "disabled" ? "Paused" : "Reads nothing by itself");

const lastError = ({ lastErrorAt, lastError: words }: ConnectionDetail): ReactNode => {
  if (lastErrorAt === null) {
    return "None";
  }
  return (
    <>
      {words === null ? "Over" : capitalize(words)}, <RelativeTime at={lastErrorAt} isInSentence />
    </>
  );
};
