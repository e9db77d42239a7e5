import type { ReactNode } from "react";

/** One primitive with its name in the code. */
export const Sample = ({ children, name }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="flex flex-col gap-2">
    <h3 className="text-xs text-ink-3">{name}</h3>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </div>
);
