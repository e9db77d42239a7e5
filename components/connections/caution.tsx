import { TriangleAlert } from "lucide-react";

/** Why to think twice before connecting a vendor by an unofficial way. */
export const Caution = ({ text }: { readonly text: string }) => (
  <p className="flex items-start gap-2 rounded-card bg-warn-tint px-3 py-2 text-sm text-warn-ink">
    <TriangleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
    <span>
      <span className="font-semibold">Unofficial. </span>
      {text}
    </span>
  </p>
);
