"use client";

import type { ReactNode } from "react";

import { ControlSamples } from "#components/gallery/control-samples.tsx";
import { FieldSamples } from "#components/gallery/field-samples.tsx";
import { OverlaySamples } from "#components/gallery/overlay-samples.tsx";
import { StateSamples } from "#components/gallery/state-samples.tsx";
import { Toaster } from "#components/ui/toast.tsx";
import { TooltipLayer } from "#components/ui/tooltip.tsx";

const PARTS: readonly { readonly name: string; readonly samples: ReactNode }[] = [
  { name: "Controls", samples: <ControlSamples /> },
  { name: "Fields", samples: <FieldSamples /> },
  { name: "What opens", samples: <OverlaySamples /> },
  { name: "States and marks", samples: <StateSamples /> },
];

const THEMES = ["light", "dark"] as const;

/** Every primitive twice, light beside dark: whoever changes one sees what it does everywhere. */
export const GalleryScreen = () => (
  <main className="min-h-full bg-canvas p-4 text-ink md:p-8">
    <h1 className="mb-6 text-xl font-semibold">Gallery</h1>
    {PARTS.map(({ name, samples }) => (
      <section key={name} aria-label={name} className="mb-8">
        <h2 className="mb-3 text-lg font-semibold">{name}</h2>
        <div className="grid gap-4 xl:grid-cols-2">
          {THEMES.map((theme) => (
            <div
              key={theme}
              role="group"
              aria-label={`${name}, ${theme}`}
              style={{ colorScheme: theme }}
              className="flex flex-col gap-6 rounded-card border border-line bg-canvas p-5 text-ink"
            >
              {samples}
            </div>
          ))}
        </div>
      </section>
    ))}
    <Toaster />
    <TooltipLayer />
  </main>
);
