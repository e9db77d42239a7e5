"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

/** A text to carry elsewhere. Focusing it selects all of it. */
export const CopyField = ({ label, value }: { readonly label: string; readonly value: string }) => {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    // Browsers offer the clipboard only over encryption or on one's own machine; elsewhere the selected field is copied by hand.
    await navigator.clipboard?.writeText(value).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <div className="flex gap-2">
      <Input readOnly value={value} aria-label={label} onFocus={(event) => event.currentTarget.select()} className="h-10 min-w-0 flex-1" />
      <Button size="lg" aria-label={isCopied ? `Copied: ${label}` : `Copy: ${label}`} onClick={() => void copy()}>
        {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {isCopied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
};
