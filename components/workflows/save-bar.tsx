"use client";

import { useFormState } from "react-hook-form";

import { Button } from "#components/ui/button.tsx";

type SaveBarProps = {
  readonly isBusy: boolean;
  /** Somebody else has saved since the edit began. */
  readonly isOvertaken: boolean;
  readonly onDiscard: () => void;
  /** What is said while it is valid. */
  readonly note: string;
};

/** Stands below a form of this area while something of it is not saved. */
export const SaveBar = ({ isBusy, isOvertaken, note, onDiscard }: SaveBarProps) => {
  const { isDirty, isValid } = useFormState();
  return isDirty ? (
    <section
      aria-label="Your changes"
      className="sticky bottom-3 z-10 mt-8 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line-strong/60 bg-raised px-4 py-3 shadow-float"
    >
      <p role="status" className="min-w-0 flex-1 basis-56 text-sm">
        {isOvertaken
          ? "Somebody saved a newer version meanwhile. Discard yours to see it."
          : isValid
            ? note
            : "Not valid yet: see what is marked."}
      </p>
      <div className="flex gap-2">
        <Button kind="quiet" onClick={onDiscard}>
          Discard
        </Button>
        <Button type="submit" kind="primary" disabled={!isValid || isOvertaken} isBusy={isBusy}>
          Save
        </Button>
      </div>
    </section>
  ) : null;
};
