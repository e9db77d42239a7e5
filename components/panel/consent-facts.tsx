"use client";

import { Ban, Check, X } from "lucide-react";
import type { ReactNode } from "react";

import { capitalize, words } from "#components/lib/format.ts";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import { Section } from "#components/panel/section.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ContactPanel } from "#server/domain/contact-panel-view.ts";

type ConsentFactsProps = Pick<ContactPanel, "consents" | "suppressions">;

/** May we write, for what, since when and on whose word. */
export const ConsentFacts = ({ consents, suppressions }: ConsentFactsProps) => (
  <Section title="May we write">
    {consents.length === 0 && suppressions.length === 0 ? (
      <p className="text-sm text-ink-2">No consent and no opt-out is on record.</p>
    ) : null}
    <ul className="flex flex-col gap-2">
      {suppressions.map((entry) => (
        <Entry
          key={`${entry.channelKind} ${entry.purpose} ${entry.createdAt.getTime()}`}
          icon={<Ban aria-hidden="true" className="text-bad-ink" />}
          text={`Opted out: ${channelName(entry.channelKind)}, ${words(entry.purpose)}`}
          source={entry.source}
          at={entry.createdAt}
        />
      ))}
      {consents.map((entry) => (
        <Entry
          key={`${entry.channelKind} ${entry.purpose} ${entry.at.getTime()}`}
          icon={
            entry.isGranted ? <Check aria-hidden="true" className="text-good-ink" /> : <X aria-hidden="true" className="text-bad-ink" />
          }
          text={`${entry.isGranted ? "Agreed" : "Refused"}: ${channelName(entry.channelKind)}, ${words(entry.purpose)}`}
          source={entry.source}
          at={entry.at}
        />
      ))}
    </ul>
  </Section>
);

type EntryProps = { readonly icon: ReactNode; readonly text: string; readonly source: string; readonly at: Date };

const Entry = ({ icon, text, source, at }: EntryProps) => (
  <li className="flex gap-2 text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
    {icon}
    <span>
      {text}
      <span className="block text-xs text-ink-3">
        {capitalize(words(source))}, <RelativeTime at={at} isInSentence />
      </span>
    </span>
  </li>
);

const channelName = (kind: string): string => Object.entries(CHANNEL_LABELS).find(([known]) => known === kind)?.[1] ?? words(kind);
