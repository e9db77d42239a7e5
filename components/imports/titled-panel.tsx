import type { ReactNode } from "react";

import { Panel } from "#components/ui/page.tsx";

/** One step of an import under its name. */
export const TitledPanel = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Panel label={title}>
    <h2 className="border-b border-line px-4 py-2.5 text-sm font-semibold">{title}</h2>
    {children}
  </Panel>
);
