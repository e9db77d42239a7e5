import { html } from "hono/html";

import type { Bill } from "./cashier.ts";

type Shown = Bill & { readonly paidMinor: number };

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f4f5;color:#18181b;display:grid;min-height:100vh;place-items:center}
main{background:#fff;border-radius:12px;padding:32px;width:min(360px,90vw);box-shadow:0 1px 3px #0002}
h1{font-size:18px;margin:0 0 4px}p{margin:0 0 16px;color:#52525b}strong{display:block;font-size:32px;color:#18181b;margin-bottom:16px}
button{width:100%;padding:12px;border:0;border-radius:8px;background:#18181b;color:#fff;font:inherit;cursor:pointer}
small{display:block;margin-bottom:16px;padding:6px 10px;border-radius:6px;background:#fef3c7;color:#713f12}`;

/** One bill with one button, and a label that says what it is. `null` = there is nothing to pay here. */
export const payPage = (bill: Shown | null) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sandbox payment</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <small>Sandbox of Square, not the real service. No money moves.</small>
          ${bill === null ? html`<h1>There is nothing to pay here</h1>` : billBody(bill)}
        </main>
      </body>
    </html>`;

const billBody = ({ club, order, isPayable, paidMinor }: Shown) => {
  const amount = new Intl.NumberFormat("en-US", { style: "currency", currency: order.total_money.currency }).format(
    order.total_money.amount / 100,
  );
  const isPaid = paidMinor >= order.total_money.amount;
  return html`<h1>${club.name}</h1>
    <p>${order.line_items.map(({ name }) => name).join(", ")}</p>
    <strong>${amount}</strong>
    ${
      isPaid
        ? html`<p role="status">Paid. Thank you.</p>`
        : isPayable
          ? html`<form method="post"><button type="submit">Pay ${amount}</button></form>`
          : html`<p role="status">This was cancelled.</p>`
    }`;
};
