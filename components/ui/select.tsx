import type { ComponentProps } from "react";

import { cn } from "#components/lib/cn.ts";
import { controlStyles } from "#components/ui/input.tsx";

/** The browser's own list: it scrolls, searches by letter and opens as a wheel on a phone. */
export const Select = ({ className, ...props }: ComponentProps<"select">) => (
  <select className={cn(controlStyles, "h-8 px-2 pointer-coarse:h-10", className)} {...props} />
);
