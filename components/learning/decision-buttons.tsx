"use client";

import { useLearningChange } from "#components/learning/use-learning-change.ts";
import { useMay } from "#components/lib/club.tsx";
import { Button } from "#components/ui/button.tsx";

type Choice = {
  readonly label: string;
  /** What a screen reader says: the label with what it is about. */
  readonly name: string;
  readonly change: () => Promise<unknown>;
  readonly done: string;
};

type DecisionButtonsProps = { readonly yes?: Choice; readonly no?: Choice };

/** An owner's yes and no; everybody else reads whose decision it is. */
export const DecisionButtons = ({ yes, no }: DecisionButtonsProps) =>
  useMay("learning.decide") ? (
    <span className="flex gap-6">
      {yes === undefined ? null : <ChoiceButton choice={yes} isYes />}
      {no === undefined ? null : <ChoiceButton choice={no} isYes={false} />}
    </span>
  ) : (
    <span className="text-xs text-ink-3">An owner decides</span>
  );

const ChoiceButton = ({ choice, isYes }: { readonly choice: Choice; readonly isYes: boolean }) => {
  const mutation = useLearningChange(choice);
  return (
    <Button
      size="sm"
      kind={isYes ? "secondary" : "quiet"}
      aria-label={choice.name}
      isBusy={mutation.isPending}
      onClick={() => mutation.mutate()}
    >
      {choice.label}
    </Button>
  );
};
