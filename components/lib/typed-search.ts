"use client";

import { debounce, type Options } from "nuqs";
import type { ChangeEvent, FocusEvent } from "react";

const PAUSE_MS = 250;

type Write = (change: { search: string }, options?: Options) => Promise<unknown>;

/**
 * For a field whose text stands in the address as `search`: it is written when somebody pauses, at the latest when they leave the field.
 * A write that comes after a link was followed would count as the newer navigation, and the link would lead nowhere.
 */
export const typedSearch = (write: Write) => ({
  onChange: ({ target: { value } }: ChangeEvent<HTMLInputElement>) =>
    void write({ search: value }, value === "" ? {} : { limitUrlUpdates: debounce(PAUSE_MS) }),
  onBlur: ({ target: { value } }: FocusEvent<HTMLInputElement>) => {
    if (value !== (new URLSearchParams(window.location.search).get("search") ?? "")) {
      void write({ search: value });
    }
  },
});
