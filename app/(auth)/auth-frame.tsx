import type { ReactNode } from "react";

import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";

type AuthFrameProps = {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
};

/** The pages before one is inside: one narrow column, and on a wide screen a glimpse of what waits. */
export const AuthFrame = ({ title, lead, children }: AuthFrameProps) => (
  <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
    <main className="flex flex-col px-6 py-6 sm:px-10 lg:px-16 lg:py-10">
      <p className="flex items-center gap-2 text-lg font-semibold">
        <span className="text-spotter-solid">
          <SpotterGlyph className="size-5" />
        </span>
        Spotter
      </p>
      <div className="mx-auto flex w-full max-w-90 flex-1 flex-col justify-center py-10">
        <h1 className="text-2xl font-semibold text-balance">{title}</h1>
        {lead === undefined ? null : <div className="mt-2 text-base text-pretty text-ink-2">{lead}</div>}
        {children}
      </div>
    </main>
    <Glimpse />
  </div>
);

/** One invented exchange in the product's three voices. Decoration: it says nothing the column does not. */
const Glimpse = () => (
  <aside aria-hidden="true" className="hidden flex-col justify-center gap-3 border-l border-line bg-surface px-16 lg:flex">
    <div className="mx-auto flex w-full max-w-105 flex-col gap-3">
      <p className="max-w-[80%] self-start rounded-card bg-sunken px-3.5 py-2.5 text-base">
        hey are you open on thanksgiving? want to get a lift in before dinner
      </p>
      <div className="flex max-w-[80%] flex-col gap-1.5 self-end">
        <p className="rounded-card border border-spotter-line bg-spotter-tint px-3.5 py-2.5 text-base">
          We are, Wren. Doors open at 6 and staff leave at noon; your fob works all day. Shall I hold a rack for you?
        </p>
        <p className="flex items-center gap-1.5 self-end text-xs text-ink-3">
          <SpotterGlyph className="size-3.5 text-spotter-solid" />
          answered alone, 0.94, opening hours
        </p>
      </div>
      <p className="max-w-[80%] self-start rounded-card bg-sunken px-3.5 py-2.5 text-base">
        9 would be great. also i think i was charged twice
      </p>
      <p className="self-center text-xs text-ink-3">Spotter handed over to Marlow · a payment needs a person</p>
      <p className="max-w-[80%] self-end rounded-card bg-solid px-3.5 py-2.5 text-base text-on-solid">
        Marlow here. I see both, and I’m on it. Rack 2 is yours at 9.
      </p>
    </div>
  </aside>
);
