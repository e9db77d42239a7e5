import "server-only";

import PDFDocument from "pdfkit";

import { formatInTimeZone } from "#server/domain/local-time.ts";
import { formatMoney } from "#server/domain/money.ts";
import { dossierSections, type ExportedCase } from "#server/domain/past-due/dossier.ts";

type About = {
  readonly clubName: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly now: Date;
};

/** Points; US letter, as the clubs print. */
const MARGIN = 50;
const SIZES = { title: 16, name: 13, heading: 10, line: 9 } as const;

/** A cover with the totals, then a page or more for each case. */
export const referralPdf = async (cases: readonly ExportedCase[], about: About): Promise<Buffer> => {
  const document = new PDFDocument({
    size: "LETTER",
    margin: MARGIN,
    info: { Title: `Referrals of ${plain(about.clubName)}`, CreationDate: about.now },
  });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on("end", resolve);
    document.on("error", reject);
  });
  cover(document, { cases, about });
  for (const one of cases) {
    document.addPage();
    caseOn(document, { one, timeZone: about.timeZone });
  }
  document.end();
  await ended;
  return Buffer.concat(chunks);
};

type Cover = { readonly cases: readonly ExportedCase[]; readonly about: About };

const cover = (document: PDFKit.PDFDocument, { about, cases }: Cover): void => {
  const total = cases.reduce((sum, { dossier }) => sum + BigInt(dossier.owedMinor), 0n);
  document
    .font("Helvetica-Bold")
    .fontSize(SIZES.title)
    .text(plain(`${about.clubName}: referrals to collections`));
  document.moveDown();
  const lines = [
    `Prepared ${formatInTimeZone(about.now, about.timeZone, "yyyy-MM-dd HH:mm")}`,
    `${cases.length} ${cases.length === 1 ? "case" : "cases"}, ${formatMoney(`${total}`, about.currency)} in all`,
  ];
  document.font("Helvetica").fontSize(SIZES.heading);
  for (const line of lines) {
    document.text(plain(line));
  }
  document.moveDown();
  for (const { dossier } of cases) {
    document.text(plain(`${dossier.name}: ${formatMoney(dossier.owedMinor, dossier.currency)}, ${dossier.daysPastDue} days past due`));
  }
};

const caseOn = (document: PDFKit.PDFDocument, { one, timeZone }: { readonly one: ExportedCase; readonly timeZone: string }): void => {
  document.font("Helvetica-Bold").fontSize(SIZES.name).text(plain(one.dossier.name));
  for (const { heading, lines } of dossierSections(one, { timeZone })) {
    document.moveDown(0.6);
    document.font("Helvetica-Bold").fontSize(SIZES.heading).text(plain(heading));
    document.font("Helvetica").fontSize(SIZES.line);
    for (const line of lines) {
      document.text(plain(line));
    }
  }
};

/** The built-in fonts of PDF know Latin letters only; others are taken apart, and shown as `?` where that leaves none. */
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[^\u{20}-\u{7E}\u{A0}-\u{FF}]/gu, (letter) => letter.normalize("NFD").replaceAll(/[^\u{20}-\u{7E}]/gu, "") || "?");
