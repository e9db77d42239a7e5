"use client";

import type { KeyboardEvent, ReactNode } from "react";

import { cn } from "#components/lib/cn.ts";

type Tab<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** Stands for the label where there is little room; the label is read aloud and shown as a tooltip. */
  readonly icon?: ReactNode | undefined;
  readonly badge?: ReactNode;
};

type TabsProps<Value extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly panelId: string;
  readonly onChange: (value: Value) => void;
};

/** Views of one list. Arrow keys move and choose, as the tab pattern asks. */
export const Tabs = <Value extends string>({ label, tabs, value, panelId, onChange }: TabsProps<Value>) => {
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = neighbour(tabs, value, event.key);
    if (next !== undefined) {
      event.preventDefault();
      onChange(next.value);
      event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
    }
  };
  return (
    <div role="tablist" aria-label={label} onKeyDown={onKeyDown} className="flex [scrollbar-width:none] overflow-x-auto px-3">
      {tabs.map((tab) => {
        const isSelected = tab.value === value;
        return (
          <button
            key={tab.value}
            type="button"
            role="tab"
            data-value={tab.value}
            data-tip={tab.icon === undefined ? undefined : tab.label}
            aria-selected={isSelected}
            aria-controls={panelId}
            tabIndex={isSelected ? 0 : -1}
            onClick={() => onChange(tab.value)}
            className={cn(
              "flex h-9 shrink-0 items-center gap-1 border-b-2 border-transparent px-1.5 text-xs whitespace-nowrap text-ink-2 transition-colors hover:text-ink focus-visible:-outline-offset-2 pointer-coarse:h-11 pointer-coarse:flex-auto pointer-coarse:justify-center pointer-coarse:text-sm",
              isSelected && "border-ink font-semibold text-ink",
            )}
          >
            {tab.icon === undefined ? (
              tab.label
            ) : (
              <>
                {tab.icon}
                <span className="sr-only">{tab.label} </span>
              </>
            )}
            {tab.badge}
          </button>
        );
      })}
    </div>
  );
};

const neighbour = <Value extends string>(tabs: readonly Tab<Value>[], value: Value, key: string): Tab<Value> | undefined => {
  const index = tabs.findIndex((tab) => tab.value === value);
  const targets: Readonly<Record<string, number>> = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 };
  const target = targets[key];
  return target === undefined ? undefined : tabs.at(target % tabs.length);
};
