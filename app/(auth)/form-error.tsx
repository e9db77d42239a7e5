import { CircleAlert } from "lucide-react";

/** Why the form was not taken, where the eye is when the button has been pressed. The place is always there, so a reader hears it fill. */
export const FormError = ({ message }: { readonly message: string | null }) => (
  <div role="alert">
    {message === null ? null : (
      <p className="flex animate-arrive items-start gap-2 rounded-control bg-bad-tint px-3 py-2 text-sm text-bad-ink">
        <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
        {message}
      </p>
    )}
  </div>
);
