"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useSyncExternalStore } from "react";

import { IconButton } from "#components/ui/icon-button.tsx";

type Toast = { readonly id: number; readonly tone: "good" | "bad"; readonly title: string; readonly detail?: string };

/** Long enough to read two lines; failures stay until they are closed. */
const SHOWN_MS = 5_000;
const NONE: readonly Toast[] = [];

/** Says in the corner what just happened. */
export const notify = (toast: Omit<Toast, "id">): void => {
  nextId += 1;
  const entry = { ...toast, id: nextId };
  publish([...toasts.filter((other) => other.title !== toast.title), entry]);
  if (toast.tone === "good") {
    setTimeout(() => dismiss(entry.id), SHOWN_MS);
  }
};

/** The corner in which notices appear; once per document. */
export const Toaster = () => {
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => NONE,
  );
  return (
    <section
      aria-label="Notices"
      className="pointer-events-none fixed inset-x-3 top-16 z-50 flex flex-col gap-2 md:top-auto md:right-auto md:bottom-3 md:w-84"
    >
      <div aria-live="polite" className="contents">
        {shown.map((toast) => (
          <div
            key={toast.id}
            className="pointer-events-auto flex animate-arrive items-start gap-2.5 rounded-card border border-line bg-raised p-3 shadow-float"
          >
            {toast.tone === "good" ? (
              <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good-ink" />
            ) : (
              <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad-ink" />
            )}
            <div className="min-w-0 flex-1">
              <p className="text-sm font-semibold">{toast.title}</p>
              {toast.detail === undefined ? null : <p className="text-sm text-ink-2">{toast.detail}</p>}
            </div>
            <IconButton label="Close notice" className="-m-1 size-7" onClick={() => dismiss(toast.id)}>
              <X />
            </IconButton>
          </div>
        ))}
      </div>
    </section>
  );
};

let toasts: readonly Toast[] = NONE;
let nextId = 0;
const listeners = new Set<() => void>();

const publish = (next: readonly Toast[]): void => {
  toasts = next;
  for (const listener of listeners) {
    listener();
  }
};

const dismiss = (id: number): void => publish(toasts.filter((toast) => toast.id !== id));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
