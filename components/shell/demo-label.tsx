import { FlaskConical } from "lucide-react";

/** Whatever comes from the sandbox or the stand-in model says so. */
export const DemoLabel = ({ className }: { readonly className?: string }) => (
  <p className={`flex items-center gap-1.5 text-xs text-ink-3 ${className ?? ""}`}>
    <FlaskConical aria-hidden="true" className="size-3.5 shrink-0" />
    Demo: sandbox vendors and the demo brain
  </p>
);
