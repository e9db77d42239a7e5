"use client";

import { CircleAlert } from "lucide-react";

import { Button } from "#components/ui/button.tsx";

/** A page that could not be drawn at all. */
export const BrokenPage = ({ onRetry }: { readonly onRetry: () => void }) => (
  <div className="flex min-h-full flex-col items-center justify-center gap-2 px-8 py-16 text-center">
    <CircleAlert aria-hidden="true" className="mb-2 size-7 text-bad-ink" />
    <h1 className="text-xl font-semibold">This page could not be shown</h1>
    <p className="max-w-[48ch] text-sm text-ink-2">
      Your club’s messages and Spotter’s work are not affected: both run on the server. Try again; if it stays like this, reload the page.
    </p>
    <Button kind="primary" size="lg" className="mt-3" onClick={onRetry}>
      Try again
    </Button>
  </div>
);
