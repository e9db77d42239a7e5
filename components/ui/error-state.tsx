import { CircleAlert } from "lucide-react";

import { describeFailure } from "#components/lib/failure.ts";
import { Button } from "#components/ui/button.tsx";

/** What happened, what is safe, what to do. */
export const ErrorState = ({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) => {
  const { title, advice } = describeFailure(error);
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-1.5 px-8 py-16 text-center">
      <CircleAlert aria-hidden="true" className="mb-2 size-6 text-bad-ink" />
      <p className="text-base font-semibold">{title}</p>
      <p className="max-w-[42ch] text-sm text-ink-3">{advice}</p>
      <Button className="mt-3" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
};
