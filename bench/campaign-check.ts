/** A text of the campaign as the sandbox took it, and what the ledger and people see of it. */
export type CampaignEvidence = {
  /** Numbers of everybody who was to get the message, each once. */
  readonly eligible: readonly string[];
  readonly accepted: readonly { readonly id: string; readonly to: string; readonly text: string }[];
  readonly effects: readonly {
    readonly id: string;
    readonly to: string;
    readonly status: string;
    readonly hasOpenAlert: boolean;
    readonly wasUnknown: boolean;
    readonly wasShown: boolean;
  }[];
};

export const CAMPAIGN_PROBLEMS = {
  missing: "was to get the message, got none, and nobody is told",
  left_to_person: "was to get the message, got none so far, and a card asks a person",
  double: "got it more than once",
  stranger: "got something, and was not to",
  silent: "was unknown or failed, and no card shows or showed it",
} as const;

export type CampaignProblem = { readonly kind: keyof typeof CAMPAIGN_PROBLEMS; readonly detail: string };

/** Joins what the vendor accepted since the run was let go with who was to get it: everything that must not be. */
export const campaignProblems = ({ eligible, accepted, effects }: CampaignEvidence): readonly CampaignProblem[] => {
  const wanted = new Set(eligible);
  const sends = Map.groupBy(accepted, ({ to }) => to);
  const ledger = Map.groupBy(effects, ({ to }) => to);
  const perPerson = eligible.flatMap((number): readonly CampaignProblem[] => {
    const count = sends.get(number)?.length ?? 0;
    if (count === 1) {
      return [];
    }
    if (count > 1) {
      return [{ kind: "double", detail: `${number}: ${count} times` }];
    }
    const known = ledger.get(number) ?? [];
    const isShown = known.some(({ hasOpenAlert }) => hasOpenAlert);
    return [
      {
        kind: isShown ? "left_to_person" : "missing",
        detail: `${number} (${known.map(({ status }) => status).join(", ") || "no effect"})`,
      },
    ];
  });
  const strangers = accepted
    .filter(({ to }) => !wanted.has(to))
    .map(({ id, text, to }): CampaignProblem => ({ kind: "stranger", detail: `${id} to ${to}: "${text}"` }));
  const silent = effects
    .filter(({ hasOpenAlert, status, wasShown, wasUnknown }) => {
      const mustBeShown = status === "unknown" || status === "needs_human";
      return (mustBeShown && !hasOpenAlert) || (wasUnknown && !wasShown);
    })
    .map(({ id, status, to }): CampaignProblem => ({ kind: "silent", detail: `${id} (${status}) to ${to}` }));
  return [...perPerson, ...strangers, ...silent];
};
