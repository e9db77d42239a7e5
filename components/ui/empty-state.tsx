import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly icon: ReactNode;
  readonly title: string;
  /** What will be here, and the one next step. */
  readonly children: ReactNode;
};

export const EmptyState = ({ icon, title, children }: EmptyStateProps) => (
  <div className="flex h-full flex-col items-center justify-center gap-1.5 px-8 py-16 text-center">
    <span aria-hidden="true" className="mb-2 flex size-10 items-center justify-center rounded-full bg-sunken text-ink-2 [&_svg]:size-5">
      {icon}
    </span>
    <p className="text-base font-semibold">{title}</p>
    <div className="max-w-[42ch] text-sm text-ink-3">{children}</div>
  </div>
);
