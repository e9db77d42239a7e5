"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";

import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

export const InvitationLink = ({ url, onDone }: { readonly url: string; readonly onDone: () => void }) => {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    // Browsers offer the clipboard only over encryption or on one's own machine; elsewhere the selected field is copied by hand.
    await navigator.clipboard?.writeText(url).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex gap-2">
        <Input
          readOnly
          value={url}
          aria-label="Invitation link"
          onFocus={(event) => event.currentTarget.select()}
          className="h-10 min-w-0 flex-1"
        />
        <Button size="lg" onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
      <Button kind="primary" size="lg" onClick={onDone}>
        Done
      </Button>
    </div>
  );
};
