import { html } from "hono/html";

import type { DemoClub } from "../../prisma/demo.ts";

/** Filled in by the composer's quick buttons; a line break stands for the next message of a burst. */
const QUICK_TEXTS: readonly { readonly label: string; readonly text: string }[] = [
  { label: "Hours", text: "What time do you close today?" },
  { label: "Burst of three", text: "hi\nquick q\nwhat time u close" },
  { label: "Español", text: "Hola, ¿abren el domingo?" },
  { label: "Balance", text: "how much do I owe?" },
  { label: "Angry", text: "This is the third time the showers are cold. I want a manager." },
  { label: "Person", text: "Can I talk to a real person please" },
  { label: "STOP", text: "STOP" },
];

type Input = { readonly clubs: readonly DemoClub[]; readonly appUrl: string | null; readonly hasTraffic: boolean };

export const phonePage = ({ clubs, appUrl, hasTraffic }: Input) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>Sandbox phone</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/phone.css" />
        <script src="/phone.js" type="module"></script>
      </head>
      <body>
        <header class="bar">
          <div>
            <h1>Sandbox phone</h1>
            <p>Text a club as one of its members. Everybody here is invented, and nothing leaves this computer.</p>
          </div>
          <div class="bar-actions">
            ${hasTraffic ? html`<button type="button" id="traffic" class="switch" role="switch" aria-checked="false" aria-label="Members text by themselves"><span class="wide">Members text by themselves</span><span class="narrow">Traffic</span></button>` : ""}
            ${appUrl === null ? "" : html`<a class="link" href="${appUrl}" target="_blank" rel="noopener">Open Spotter</a>`}
          </div>
        </header>
        <main>
          <section class="people" aria-label="Who are you">
            <label class="field">
              <span>Club</span>
              <select id="club">
                ${clubs.map((club) => html`<option value="${club.slug}">${club.name}</option>`)}
              </select>
            </label>
            <label class="field">
              <span>You are</span>
              <input id="search" type="search" placeholder="Search by name, number or case" autocomplete="off" />
            </label>
            <ul id="list" class="list"></ul>
          </section>
          <section class="phone" aria-label="Phone">
            <div class="phone-top">
              <button type="button" id="back" class="back" aria-label="Choose another person">‹</button>
              <div class="who">
                <strong id="club-name"></strong>
                <span id="persona-name"></span>
              </div>
              <select id="way" aria-label="Channel">
                <option value="text">Text message (OpenPhone)</option>
                <option value="clubos">ClubOS inbox</option>
              </select>
            </div>
            <ol id="thread" class="thread" role="log" aria-live="polite" aria-label="Messages"></ol>
            <p id="problem" class="problem" role="alert" hidden></p>
            <div class="quick" aria-label="Ready texts">
              ${QUICK_TEXTS.map(({ label, text }) => html`<button type="button" data-text="${text}">${label}</button>`)}
            </div>
            <form id="composer" class="composer">
              <textarea id="text" rows="1" maxlength="1600" placeholder="Text message" aria-label="Your message" required></textarea>
              <button type="submit" aria-label="Send">↑</button>
            </form>
          </section>
        </main>
      </body>
    </html>`;
