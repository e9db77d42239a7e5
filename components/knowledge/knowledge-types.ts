import type { inferRouterOutputs } from "@trpc/server";

import type { ArticleSource, ArticleStatus, FactKind } from "#server/domain/knowledge.ts";
import type { SpecialDayStatus } from "#server/domain/known-hours.ts";
import type { Tone } from "#components/lib/labels.ts";
import type { AppRouter } from "#server/trpc/root.ts";

type Outputs = inferRouterOutputs<AppRouter>;

export type ArticleItem = Outputs["knowledge"]["list"][number];
export type ArticleDetail = Outputs["knowledge"]["get"];
export type ArticleVersion = ArticleDetail["versions"][number];
export type Gap = Outputs["knowledge"]["gaps"][number];
export type Told = Outputs["knowledge"]["told"][number];
export type RereadPage = Outputs["knowledge"]["rereadPage"];
export type NoticeItem = Outputs["notices"]["list"][number];
export type SpecialDay = Outputs["notices"]["specialDays"][number];

type Label = { readonly label: string; readonly tone: Tone };

export const STATUS_LABELS = {
  draft: { label: "Draft", tone: "neutral" },
  proposed: { label: "Proposed", tone: "warn" },
  published: { label: "Published", tone: "good" },
  archived: { label: "Archived", tone: "neutral" },
} as const satisfies Record<ArticleStatus, Label>;

export const FACT_LABELS = {
  hours: "Hours",
  price: "Price",
  date: "Date",
  phone: "Phone",
  link: "Link",
  policy: "Rule",
  other: "Other",
} as const satisfies Record<FactKind, string>;

export const SOURCE_LABELS = {
  written: "Written here",
  imported_page: "From a page",
  imported_file: "From a file",
  correction: "From a correction",
  gap: "From a question",
  answers: "From what staff answered",
  demo: "Demo",
} as const satisfies Record<ArticleSource, string>;

export const DAY_LABELS = {
  asked: { label: "Not told yet", tone: "warn" },
  closed: { label: "Closed", tone: "neutral" },
  open: { label: "Own hours", tone: "good" },
  usual: { label: "Usual hours", tone: "good" },
} as const satisfies Record<SpecialDayStatus, Label>;

export const CORRECTION_LABELS = {
  none: null,
  waiting: { label: "Correction waits", tone: "warn" },
  sent: { label: "Corrected", tone: "good" },
  given_up: { label: "Correction dismissed", tone: "neutral" },
} as const satisfies Record<Told["correction"], Label | null>;
