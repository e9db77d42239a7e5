import { load, type CheerioAPI } from "cheerio";

import { ARTICLE_BOUNDS } from "#server/domain/knowledge.ts";
import { stripInvisible } from "#server/domain/text.ts";

import { IMPORT_MAX_ARTICLES } from "./limits.ts";

/** One heading with what stands below it. */
export type Section = { readonly title: string; readonly body: string };

/** What is no text of the page, or what a reader does not see. */
const NO_TEXT =
  "script,style,noscript,template,svg,iframe,form,nav,footer,aside,button,select,[hidden],[aria-hidden=true],[style*='display:none' i],[style*='display: none' i],[style*='visibility:hidden' i],[style*='visibility: hidden' i]";
const BLOCKS = new Set(
  "p div section article main ul ol li table tr dl dt dd blockquote pre br hr h5 h6 header figure figcaption address".split(" "),
);
const HEADINGS = new Set(["h1", "h2", "h3", "h4"]);

/** The sections of a page. Its own title is that of the text before the first heading. */
export const sectionsOfHtml = (html: string): readonly Section[] => {
  const $ = load(html);
  const pageTitle = clean($("title").first().text());
  $(NO_TEXT).remove();
  const root = ["main", "article", "body"].map((name) => $(name).first()).find((found) => found.text().trim() !== "");
  const lines: Line[] = [];
  for (const node of root?.contents().get() ?? []) {
    readNode($, node, lines);
  }
  return sectionsOf(lines, pageTitle);
};

type Line = { readonly kind: "heading" | "text"; readonly text: string };

type PageNode = ReturnType<ReturnType<CheerioAPI>["contents"]>[number];

/** Writes the text of a node behind the last line, and begins a new one at each block. */
const readNode = ($: CheerioAPI, node: PageNode, lines: Line[]): void => {
  if (!("name" in node) || !("children" in node)) {
    addText(lines, "data" in node && node.nodeType === TEXT_NODE ? node.data.replace(/\s+/g, " ") : "");
    return;
  }
  if (HEADINGS.has(node.name)) {
    lines.push({ kind: "heading", text: $(node).text() }, { kind: "text", text: "" });
    return;
  }
  const isBlock = BLOCKS.has(node.name);
  if (isBlock) {
    lines.push({ kind: "text", text: node.name === "li" ? "- " : "" });
  }
  for (const child of $(node).contents().get()) {
    readNode($, child, lines);
  }
  addText(lines, node.name === "td" || node.name === "th" ? " · " : "");
  if (isBlock) {
    lines.push({ kind: "text", text: "" });
  }
};

/** The DOM's own number of a text node. */
const TEXT_NODE = 3;

const addText = (lines: Line[], text: string): void => {
  const last = lines.at(-1);
  if (last?.kind === "text") {
    lines[lines.length - 1] = { kind: "text", text: last.text + text };
  } else {
    lines.push({ kind: "text", text });
  }
};

/** Markdown, and plain text, which is Markdown without marks. */
export const sectionsOfText = (text: string, title: string): readonly Section[] => {
  const lines = text.split(/\r\n|\r|\n/).flatMap((line, index, all): readonly Line[] => {
    const heading = /^#{1,4}\s+(.+?)\s*#*$/.exec(line)?.[1];
    const isUnderline = /^(=+|-{3,})\s*$/.test(line);
    const isUnderlined = /^(=+|-{3,})\s*$/.test(all[index + 1] ?? "") && line.trim() !== "";
    if (isUnderline) {
      return [];
    }
    return [
      heading === undefined && !isUnderlined ? { kind: "text", text: plain(line) } : { kind: "heading", text: plain(heading ?? line) },
    ];
  });
  return sectionsOf(lines, title);
};

/** Marks of Markdown are for the eye; a link keeps its address. */
const plain = (line: string): string =>
  line
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]+)\]\(([^)\s]+)[^)]*\)/g, "$1 ($2)")
    .replace(/(\*\*|__|`)(.+?)\1/g, "$2")
    .replace(/^\s*[*+]\s+/, "- ");

const sectionsOf = (lines: readonly Line[], firstTitle: string): readonly Section[] => {
  const sections: { title: string; lines: string[] }[] = [{ title: firstTitle, lines: [] }];
  for (const { kind, text } of lines) {
    const line = clean(text);
    if (kind === "heading" && line !== "") {
      sections.push({ title: line, lines: [] });
    } else if (line !== "" && line !== "-") {
      sections.at(-1)?.lines.push(line);
    }
  }
  return sections
    .filter((section) => section.lines.length > 0)
    .flatMap((section) => inBounds(section.title, section.lines))
    .slice(0, IMPORT_MAX_ARTICLES);
};

/** A section that is longer than an article may be becomes several. */
const inBounds = (title: string, lines: readonly string[]): readonly Section[] => {
  const bodies: string[] = [];
  for (const line of lines.flatMap(inPieces)) {
    const last = bodies.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= ARTICLE_BOUNDS.bodyMaxCharacters) {
      bodies[bodies.length - 1] = `${last}\n${line}`;
    } else {
      bodies.push(line);
    }
  }
  const name = (title === "" ? (lines[0] ?? "") : title).slice(0, ARTICLE_BOUNDS.titleMaxCharacters - 6).trim();
  return bodies.map((body, index) => ({ title: index === 0 ? name : `${name} (${index + 1})`, body }));
};

const inPieces = (line: string): readonly string[] => line.match(new RegExp(`[\\s\\S]{1,${ARTICLE_BOUNDS.bodyMaxCharacters}}`, "g")) ?? [];

const clean = (text: string): string =>
  stripInvisible(text)
    .replace(/\s+/g, " ")
    .replace(/( ·)+ ?$/, "")
    .trim();
