import { User } from "lucide-react";

import { cn } from "#components/lib/cn.ts";
import { initials } from "#components/lib/format.ts";

/** The initials of a person; a figure for someone known by number only. The name stands beside it, so this is silent. */
export const Avatar = ({ name, className }: { readonly name: string; readonly className?: string }) => {
  const letters = initials(name);
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-full bg-sunken text-xs font-semibold text-ink-2",
        className,
      )}
    >
      {letters === "#" ? <User className="size-4" /> : letters}
    </span>
  );
};
