"use client";

import { useState } from "react";

import { Button } from "#components/ui/button.tsx";

type State = "open" | "busy" | "done" | "failed";

/** Sends what a mail program sends, and says what came of it. */
export const UnsubscribeButton = ({ path }: { readonly path: string }) => {
  const [state, setState] = useState<State>("open");
  const confirm = async (): Promise<void> => {
    setState("busy");
    setState((await isUnsubscribed(path)) ? "done" : "failed");
  };
  return (
    <div className="flex flex-col items-center gap-3">
      {state === "done" ? null : (
        <Button kind="primary" size="lg" isBusy={state === "busy"} onClick={() => void confirm()}>
          {state === "busy" ? "Unsubscribing" : "Unsubscribe"}
        </Button>
      )}
      <p role="status" className="text-sm text-ink-2">
        {WORDS[state]}
      </p>
    </div>
  );
};

const WORDS = {
  open: "",
  busy: "",
  done: "You are unsubscribed.",
  failed: "That did not work. Nothing has been changed; try again in a moment.",
} as const satisfies Record<State, string>;

const isUnsubscribed = async (path: string): Promise<boolean> => {
  try {
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) });
    return answer.ok;
  } catch {
    return false;
  }
};
