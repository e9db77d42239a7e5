import type { ReactNode } from "react";

import type { DebtDeed } from "#components/past-due/debt-questions.ts";
import type { Target } from "#components/past-due/use-debt-deeds.ts";

/** Which deed is being asked about, and about what of the debt. */
export type Ask = (deed: DebtDeed, of?: Partial<Target>) => void;

export const Part = ({ children, title }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title}>
    <h3 className="mb-2 text-sm font-semibold">{title}</h3>
    {children}
  </section>
);
