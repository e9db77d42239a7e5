import { CircleAlert } from "lucide-react";

import { describeFailure } from "#components/lib/failure.ts";

/** Why a change was refused, beside what asked for it. */
export const FailureLine = ({ error }: { readonly error: unknown }) => {
  const { title, advice } = describeFailure(error);
  return (
    <p role="alert" className="flex items-start gap-2 rounded-card bg-bad-tint px-3 py-2 text-sm text-bad-ink">
      <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
      <span>
        {title}. {advice}
      </span>
    </p>
  );
};
