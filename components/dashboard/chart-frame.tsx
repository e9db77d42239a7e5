"use client";

import type { ReactNode } from "react";

import { useNearView } from "#components/lib/use-near-view.ts";

export type ChartKey = { readonly label: string; readonly colour: string };

type ChartFrameProps = {
  readonly title: string;
  readonly keys: readonly ChartKey[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly children: ReactNode;
};

/** A chart with its names beside it, and the same as a table for whoever does not see it. */
export const ChartFrame = ({ children, columns, keys, rows, title }: ChartFrameProps) => (
  <figure className="relative min-w-0 rounded-card border border-line bg-surface p-4">
    <figcaption className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className="text-base font-semibold">{title}</span>
      {keys.map(({ colour, label }) => (
        <span key={label} className="inline-flex items-center gap-1.5 text-xs text-ink-2">
          <span aria-hidden="true" data-mark className="size-2.5 rounded-xs" style={{ background: colour }} />
          {label}
        </span>
      ))}
    </figcaption>
    <Canvas>{children}</Canvas>
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </figure>
);

/** The library of charts is larger than the page: it comes when a chart is about to be seen. */
const Canvas = ({ children }: { readonly children: ReactNode }) => {
  const { isNear, ref } = useNearView();
  return (
    <div ref={ref} aria-hidden="true" className="h-52">
      {isNear ? children : null}
    </div>
  );
};
