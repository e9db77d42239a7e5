import { useId } from "react";
import type { ReactNode } from "react";

type FieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  /** Receives what ties the control to its label, hint and error. */
  readonly children: (control: { readonly id: string; readonly "aria-describedby": string; readonly "aria-invalid": boolean }) => ReactNode;
};

export const Field = ({ label, hint, error, children }: FieldProps) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      {children({ id, "aria-describedby": `${id}-note`, "aria-invalid": error !== undefined })}
      <p id={`${id}-note`} className={error === undefined ? "text-xs text-ink-3" : "text-xs text-bad-ink"}>
        {error ?? hint}
      </p>
    </div>
  );
};
