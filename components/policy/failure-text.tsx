import { describeFailure } from "#components/lib/failure.ts";

/** What happened and what to do, beside the button that was pressed. */
export const FailureText = ({ error }: { readonly error: unknown }) => {
  const { title, advice } = describeFailure(error);
  return (
    <p role="alert" className="text-sm text-bad-ink">
      {title}. <span className="text-ink-2">{advice}</span>
    </p>
  );
};
