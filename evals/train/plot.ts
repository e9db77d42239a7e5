import type { Bin } from "./measure.ts";

const SIDE = 320;
const MARGIN = 44;

/** What was stated against what was right, as a picture: on the diagonal both are the same. */
export const plotReliability = ({ dev, held }: { readonly dev: readonly Bin[]; readonly held: readonly Bin[] }): string => {
  const x = (share: number): number => Math.round(MARGIN + share * SIDE);
  const y = (share: number): number => Math.round(MARGIN + (1 - share) * SIDE);
  const marks = [0, 0.25, 0.5, 0.75, 1];
  const points = (bins: readonly Bin[]): string =>
    bins
      .filter(({ count }) => count > 0)
      .map(({ right, stated }) => `${x(stated)},${y(right)}`)
      .join(" ");
  const dots = (bins: readonly Bin[], colour: string): string =>
    bins
      .filter(({ count }) => count > 0)
      .map(
        ({ count, right, stated }) =>
          `<circle cx="${x(stated)}" cy="${y(right)}" r="${Math.round(2 + Math.sqrt(count) / 4)}" fill="${colour}" fill-opacity="0.6"/>`,
      )
      .join("");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE + 2 * MARGIN}" height="${SIDE + 2 * MARGIN}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    ...marks.map(
      (mark) =>
        `<path d="M${x(mark)} ${y(0)}V${y(1)}M${x(0)} ${y(mark)}H${x(1)}" stroke="#ddd"/><text x="${x(mark)}" y="${y(0) + 16}" text-anchor="middle">${mark}</text><text x="${x(0) - 6}" y="${y(mark) + 4}" text-anchor="end">${mark}</text>`,
    ),
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#999" stroke-dasharray="4 4"/>`,
    `<polyline points="${points(dev)}" fill="none" stroke="#888"/>${dots(dev, "#888")}`,
    `<polyline points="${points(held)}" fill="none" stroke="#0a6"/>${dots(held, "#0a6")}`,
    `<text x="${x(0.5)}" y="${y(0) + 34}" text-anchor="middle">stated confidence</text>`,
    `<text x="12" y="${y(0.5)}" text-anchor="middle" transform="rotate(-90 12 ${y(0.5)})">category right</text>`,
    `<text x="${x(0.03)}" y="${y(0.96)}" fill="#0a6">held-back</text><text x="${x(0.03)}" y="${y(0.91)}" fill="#888">dev (five folds)</text>`,
    "</svg>",
    "",
  ].join("\n");
};
