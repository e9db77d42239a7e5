import "server-only";

import type { z } from "zod";

import type { Id } from "#server/domain/ids.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import type { RunTrigger, WorkflowKind } from "#server/domain/workflows/kinds.ts";
import type { MergeValues } from "#server/domain/workflows/merge-fields.ts";
import type { OutcomeState, WorkflowReason } from "#server/domain/workflows/outcomes.ts";
import type { TemplateKey, TemplateSpec } from "#server/domain/workflows/templates.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** The run a definition works in, as far as it may know it. */
export type RunFacts = {
  readonly id: Id<"workflowRun">;
  readonly workflowId: Id<"workflow">;
  readonly period: string;
  readonly trigger: RunTrigger;
  readonly isDryRun: boolean;
  /** The one contact it is about; null = all of the club. */
  readonly onlyContactId: string | null;
  readonly club: { readonly name: string; readonly phone: string | null; readonly timeZone: string; readonly currency: string };
};

/** Whom a run is about. A contact has one outcome in a run, however many records tell of it: the first page that names it counts. */
export type Subject = { readonly contactId: string; readonly memberId: string | null };

/** Deeds this run has planned so far, and all runs of this workflow on this day of the club, this run included. */
export type PlannedSoFar = { readonly inRun: number; readonly inDay: number };

export type PageQuery<S> = {
  readonly run: RunFacts;
  readonly settings: S;
  /** Where the page before ended, in the definition's own words; null = the first. */
  readonly after: string | null;
  readonly limit: number;
};

/** `next` null = there is no further page. */
export type SubjectPage<F> = { readonly subjects: readonly F[]; readonly next: string | null };

/** What is to be done for one person. */
export type PlannedAct = {
  /** One of the definition's actions. */
  readonly action: string;
  /** Whom the person counts among in previews and reports, such as `green` or `firm`. */
  readonly group: string;
  readonly reason: string;
  /** The text that is filled, where something is written. */
  readonly templateKey: TemplateKey | null;
  readonly fields: MergeValues;
  readonly variant?: number;
  /** Where the words are the action's own and no template: as they would go out, with their opt-out line. */
  readonly writes?: { readonly purpose: TemplateSpec["purpose"]; readonly text: string };
  /** Over which kind of channel, where that leads to the person; absent = the best one. */
  readonly channel?: ChannelKind;
  readonly tier?: string;
  readonly amountMinor?: bigint;
  /** It is planned, and each one waits for a person by itself. */
  readonly needsApproval?: boolean;
};

export type Verdict =
  | { readonly kind: "act"; readonly act: PlannedAct }
  | {
      readonly kind: "skip" | "suppress";
      readonly reason: string;
      readonly group: string | null;
      readonly tier?: string;
      readonly amountMinor?: bigint;
      /** From when on this does not stand in the way any more, where that is known: a later run looks again. */
      readonly until?: Date | null;
    };

/** One outcome that is about to be acted on, locked for the rest of the transaction. */
export type ActingOutcome = {
  readonly id: Id<"workflowOutcome">;
  readonly contactId: string;
  readonly memberId: string | null;
  readonly group: string;
  readonly action: string;
  readonly tier: string | null;
  readonly amountMinor: bigint | null;
  readonly fields: MergeValues;
  /** The text, filled and with its opt-out line; null where nothing is written. */
  readonly text: string | null;
  readonly templateKey: TemplateKey | null;
};

/** What came of an action: an effect that is now in the ledger, or an end without one. */
export type Acted =
  | {
      readonly kind: "effect";
      readonly effectId: Id<"effect">;
      readonly needsApproval?: boolean;
      /** What is to be said of it, where that is not what was planned. */
      readonly reason?: WorkflowReason;
      /** What it came to by what is true now, where that is not what was planned. */
      readonly now?: { readonly text: string; readonly tier: string; readonly amountMinor: bigint };
    }
  /** Not yet: it is asked once more then, with what is true then. Nothing is in the ledger. */
  | { readonly kind: "later"; readonly until: Date; readonly reason: string }
  /** Something must be there before it, such as a link to pay: it is handed out, and the action is asked once more. */
  | { readonly kind: "first"; readonly effectId: Id<"effect"> }
  | {
      readonly kind: "ended";
      readonly outcome: Extract<OutcomeState, "done" | "skipped" | "suppressed" | "failed">;
      readonly reason: string;
    };

export type Acting = {
  readonly run: RunFacts;
  readonly outcome: ActingOutcome;
  /** Of the effect: whatever happens to the run, this deed is done once. */
  readonly effectKey: string;
};

/** Plans one deed in the transaction that notes it. Whatever it reads may have changed since the plan: it looks again and may end without a deed. */
export type Act = (tx: ServiceTx, ctx: ServiceContext, acting: Acting) => Promise<Acted>;

export type SettledOutcome = {
  readonly id: string;
  readonly contactId: string;
  readonly memberId: string | null;
  readonly action: string;
  readonly tier: string | null;
  readonly amountMinor: bigint | null;
  readonly outcome: OutcomeState;
  readonly reason: string;
  readonly effectId: string | null;
};

export type DecidedAt = { readonly run: RunFacts; readonly now: Date };

/** One kind of recurring work: whom it is about, what is decided for each, and how that is done. Everything else is the engine's. */
export type WorkflowDefinition<F extends Subject, S> = {
  readonly kind: WorkflowKind;
  readonly settings: { readonly schema: z.ZodType<S>; readonly defaults: S };
  /**
   * `standing`: a live run waits until a person has let each of its texts be sent to its group (`StandingApproval`).
   * `first_run`: only the first live run waits. `plan`: each live run waits in whose plan stands a deed that asks.
   */
  readonly approval: "standing" | "first_run" | "plan";
  /** Whether a deed of a plan needs a person's yes to the plan. Absent = none does. */
  readonly asksFor?: (settings: S, action: string) => boolean;
  /** `model`: the plan is thought out by the model with its tools; absent = `subjects` and `decide` make it. */
  readonly planner?: "model";
  /** The next people with all that is decided on, in a few statements for the whole page. */
  readonly subjects: (tx: ServiceTx, ctx: ServiceContext, query: PageQuery<S>) => Promise<SubjectPage<F>>;
  /** Pure. */
  readonly decide: (subject: F, settings: S, at: DecidedAt) => Verdict;
  /** How many more deeds there is room for, and what is said of whoever comes after them; in the order of `subjects`. Absent = for all. */
  readonly room?: (settings: S, planned: PlannedSoFar) => { readonly count: number; readonly reason: string };
  readonly actions: Readonly<Record<string, Act>>;
  /** What else becomes true with outcomes that have just ended, in the transaction that notes their end. */
  readonly onSettled?: (tx: ServiceTx, ctx: ServiceContext, outcomes: readonly SettledOutcome[]) => Promise<void>;
  /** Lines of the report beyond the counts, once all was acted on. */
  readonly reportLines?: (tx: ServiceTx, ctx: ServiceContext, run: RunFacts) => Promise<readonly string[]>;
  /** What the manager is told instead of the report; null = the report. Absent = the report. */
  readonly summary?: (tx: ServiceTx, ctx: ServiceContext, run: RunFacts) => Promise<string | null>;
  /** Whether the manager hears of a run that had failures, or of every run. */
  readonly tells: (settings: S) => "always" | "failures" | "never";
};

export type PlannedRow = Subject & { readonly verdict: Verdict };

/** A definition as the engine sees it: its own types are closed in. */
export type WorkflowSpec = {
  readonly kind: WorkflowKind;
  readonly approval: "standing" | "first_run" | "plan";
  readonly planner: "rules" | "model";
  readonly asksFor: (settings: unknown, action: string) => boolean;
  readonly defaults: object;
  /** @throws ZodError for settings that are none */
  readonly parseSettings: (raw: unknown) => object;
  readonly planPage: (
    tx: ServiceTx,
    ctx: ServiceContext,
    query: PageQuery<unknown>,
  ) => Promise<{ readonly rows: readonly PlannedRow[]; readonly next: string | null }>;
  readonly room: (settings: unknown, planned: PlannedSoFar) => { readonly count: number; readonly reason: string };
  readonly actions: Readonly<Record<string, Act>>;
  readonly onSettled: (tx: ServiceTx, ctx: ServiceContext, outcomes: readonly SettledOutcome[]) => Promise<void>;
  readonly reportLines: (tx: ServiceTx, ctx: ServiceContext, run: RunFacts) => Promise<readonly string[]>;
  readonly summary: (tx: ServiceTx, ctx: ServiceContext, run: RunFacts) => Promise<string | null>;
  readonly tells: (settings: unknown) => "always" | "failures" | "never";
};

export const defineWorkflow = <F extends Subject, S extends object>(definition: WorkflowDefinition<F, S>): WorkflowSpec => {
  const { actions, approval, decide, kind, settings, subjects, tells } = definition;
  const parse = (raw: unknown): S => settings.schema.parse({ ...settings.defaults, ...Object(raw) });
  return {
    kind,
    approval,
    planner: definition.planner ?? "rules",
    asksFor: (raw, action) => definition.asksFor?.(parse(raw), action) ?? false,
    actions,
    defaults: settings.defaults,
    parseSettings: parse,
    planPage: async (tx, ctx, query) => {
      const own = parse(query.settings);
      const page = await subjects(tx, ctx, { ...query, settings: own });
      const fresh = await withoutKnown(tx, ctx, { run: query.run, subjects: page.subjects });
      const at = { run: query.run, now: tx.now };
      const rows = fresh.map((subject): PlannedRow => {
        const { contactId, memberId } = subject;
        return { contactId, memberId, verdict: decide(subject, own, at) };
      });
      return { rows, next: page.next };
    },
    room: (raw, planned) => definition.room?.(parse(raw), planned) ?? { count: Number.POSITIVE_INFINITY, reason: "run_cap" },
    onSettled: definition.onSettled ?? (() => Promise.resolve()),
    reportLines: definition.reportLines ?? (() => Promise.resolve([])),
    summary: definition.summary ?? (() => Promise.resolve(null)),
    tells: (raw) => tells(parse(raw)),
  };
};

type Known<F> = { readonly run: RunFacts; readonly subjects: readonly F[] };

/** Several records of one contact are one subject, and whoever an earlier page of the run named is not named again. */
const withoutKnown = async <F extends Subject>(tx: ServiceTx, ctx: ServiceContext, { run, subjects }: Known<F>): Promise<readonly F[]> => {
  const byContact = new Map(subjects.toReversed().map((subject) => [subject.contactId, subject] as const));
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowId: run.workflowId, period: run.period, contactId: { in: [...byContact.keys()] } },
    select: { contactId: true },
  });
  for (const { contactId } of rows) {
    byContact.delete(contactId);
  }
  return [...byContact.values()].toReversed();
};
