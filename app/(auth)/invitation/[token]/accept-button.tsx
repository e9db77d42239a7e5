"use client";

import { useState } from "react";

import { FormError } from "#app/(auth)/form-error.tsx";
import { sendAcceptance } from "#app/(auth)/invitation/[token]/send-acceptance.ts";
import { Button } from "#components/ui/button.tsx";

/** For somebody who is signed in under the invited address. */
export const AcceptButton = ({ path }: { readonly path: string }) => {
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const accept = async (): Promise<void> => {
    setIsBusy(true);
    const failure = await sendAcceptance(path);
    if (failure === null) {
      globalThis.location.assign("/");
      return;
    }
    setIsBusy(false);
    setMessage(failure);
  };
  return (
    <div className="flex flex-col gap-4">
      <FormError message={message} />
      <Button kind="primary" size="lg" isBusy={isBusy} onClick={() => void accept()} className="w-full">
        {isBusy ? "Joining" : "Join"}
      </Button>
    </div>
  );
};
