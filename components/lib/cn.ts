import { twMerge } from "tailwind-merge";
import type { ClassNameValue } from "tailwind-merge";

/** Joins class names; of two that set the same property the later one wins. */
export const cn = (...classNames: readonly ClassNameValue[]): string => twMerge(...classNames);
