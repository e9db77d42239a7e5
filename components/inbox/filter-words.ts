import { CHANNEL_LABELS, MEMBER_LABELS } from "#components/lib/labels.ts";
import type { PersonState } from "#server/domain/inbox-view.ts";
import { PERSON_STATES } from "#server/domain/inbox-view.ts";
import { CATEGORIES, CATEGORY_LABELS } from "#server/domain/categories.ts";
import { CHANNEL_KINDS } from "#server/domain/vocabulary.ts";

export type FilterName = "topic" | "channel" | "person" | "tag";

type Filter = { readonly name: FilterName; readonly label: string; readonly wordOf: (value: string) => string };

const labelIn = (labels: Readonly<Record<string, string>>, value: string): string =>
  Object.entries(labels).find(([known]) => known === value)?.[1] ?? value;

const personLabel = (state: PersonState): string => {
  switch (state) {
    case "prospect":
      return "Prospect";
    case "unknown":
      return "Not in the club's records";
    default:
      return `Member: ${MEMBER_LABELS[state].label.toLowerCase()}`;
  }
};

const PERSON_LABELS = Object.fromEntries(PERSON_STATES.map((state) => [state, personLabel(state)]));

/** What a list can be narrowed by; tags are the club's own words. */
export const FILTERS: readonly Filter[] = [
  { name: "topic", label: "Topic", wordOf: (value) => labelIn(CATEGORY_LABELS, value) },
  { name: "channel", label: "Channel", wordOf: (value) => labelIn(CHANNEL_LABELS, value) },
  { name: "person", label: "Who writes", wordOf: (value) => labelIn(PERSON_LABELS, value) },
  { name: "tag", label: "Tag", wordOf: (value) => `#${value}` },
];

/** The closed ones; a tag's choices come from the club. */
export const FILTER_VALUES = { topic: CATEGORIES, channel: CHANNEL_KINDS, person: PERSON_STATES } as const;
