// The browser's half of the sandbox phone: no framework, no build step. It asks twice a second what is new.

const THREAD_EVERY_MS = 500;
const LIST_EVERY_MS = 2_000;
/** About as fast as a person types the next message of a burst. */
const BURST_PAUSE_MS = 900;

const element = (id) => document.getElementById(id);
const clubSelect = element("club");
const search = element("search");
const list = element("list");
const waySelect = element("way");
const thread = element("thread");
const composer = element("composer");
const text = element("text");
const problem = element("problem");
const traffic = element("traffic");

const state = { people: [], latest: new Map(), persona: null, shown: "", seen: new Map() };

const ask = async (path, body) => {
  const response = await fetch(
    path,
    body === undefined ? undefined : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  );
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.error ?? "The sandbox does not answer.");
  }
  return answer;
};

const make = (tag, props, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children);
  return node;
};

const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
const initials = (name) =>
  name
    .split(" ")
    .map((part) => part[0])
    .slice(0, 2)
    .join("");

const report = (error) => {
  problem.hidden = error === null;
  problem.textContent = error === null ? "" : error.message;
};

/** Whoever talked last stands on top; the rest keep their order. */
const renderList = () => {
  const wanted = search.value.trim().toLowerCase();
  const lastAt = (person) => state.latest.get(person.phone)?.at ?? "";
  const people = state.people
    .filter((person) => `${person.name} ${person.phone} ${person.about}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => lastAt(b).localeCompare(lastAt(a)));
  const focused = document.activeElement?.dataset?.persona;
  list.replaceChildren(...people.map((person) => make("li", {}, personButton(person))));
  if (focused !== undefined) {
    list.querySelector(`[data-persona="${CSS.escape(focused)}"]`)?.focus();
  }
};

const personButton = (person) => {
  const last = state.latest.get(person.phone);
  const isCurrent = state.persona?.id === person.id;
  const isNew = last !== undefined && last.from === "club" && !isCurrent && state.seen.get(person.phone) !== last.id;
  const button = make(
    "button",
    { type: "button", onclick: () => choose(person) },
    make("span", { className: "face", ariaHidden: "true", textContent: initials(person.name) }),
    make("strong", { textContent: person.name }),
    isNew ? make("span", { className: "new" }) : make("time", { textContent: last === undefined ? "" : clock(last.at) }),
    make("small", { textContent: last === undefined ? `${person.about} · ${person.phone}` : `${person.about} · ${last.text}` }),
  );
  button.dataset.persona = person.id;
  button.setAttribute("aria-current", String(isCurrent));
  return button;
};

const choose = (person) => {
  state.persona = person;
  state.shown = "";
  element("club-name").textContent = clubSelect.selectedOptions[0].textContent;
  element("persona-name").textContent = `as ${person.name} · ${person.about}`;
  const clubOs = waySelect.querySelector("[value=clubos]");
  clubOs.disabled = !person.ways.includes("clubos");
  if (clubOs.disabled) {
    waySelect.value = "text";
  }
  document.body.dataset.view = "phone";
  history.replaceState(null, "", `?club=${clubSelect.value}&as=${person.id}`);
  thread.replaceChildren();
  renderList();
  void refreshThread();
  text.focus({ preventScroll: true });
};

const noteOf = (message, isLast) => {
  if (message.author !== null) {
    return `${message.author}, ${clock(message.at)}`;
  }
  return isLast ? `${clock(message.at)}${message.from === "member" ? " · sent" : ""}` : "";
};

const renderThread = (messages) => {
  const key = JSON.stringify(messages);
  if (key === state.shown) {
    return;
  }
  state.shown = key;
  const isAtEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const items = messages.map((message, index) => {
    const note = noteOf(message, messages[index + 1]?.from !== message.from);
    return make(
      "li",
      { className: message.from === "member" ? "mine" : "" },
      make("span", { className: "bubble", textContent: message.text === "" ? "(picture)" : message.text }),
      ...(note === "" ? [] : [make("span", { className: "note", textContent: note })]),
    );
  });
  thread.replaceChildren(
    ...(items.length > 0 ? items : [make("li", { className: "empty", textContent: "No messages yet. Say something." })]),
  );
  if (isAtEnd || items.length < 3) {
    thread.scrollTop = thread.scrollHeight;
  }
};

const refreshThread = async () => {
  const { persona } = state;
  if (persona === null) {
    return;
  }
  try {
    const way = waySelect.value;
    const { messages } = await ask(`/thread?club=${clubSelect.value}&persona=${persona.id}&way=${way}`);
    if (state.persona === persona && waySelect.value === way) {
      renderThread(messages);
      state.seen.set(persona.phone, messages.at(-1)?.id);
      report(null);
    }
  } catch (error) {
    report(error);
  }
};

const refreshList = async () => {
  try {
    const club = clubSelect.value;
    const { latest } = await ask(`/latest?club=${club}`);
    if (club === clubSelect.value) {
      state.latest = new Map(latest.map(({ member, last }) => [member, last]));
      renderList();
    }
  } catch (error) {
    report(error);
  }
};

const refreshTraffic = async () => {
  if (traffic !== null) {
    const { isOn } = await ask("/traffic");
    traffic.setAttribute("aria-checked", String(isOn));
  }
};

const loadClub = async (wanted) => {
  const { people } = await ask(`/people?club=${clubSelect.value}`);
  state.people = people;
  state.latest = new Map();
  await refreshList();
  const person = people.find(({ id }) => id === wanted);
  if (person !== undefined) {
    choose(person);
  } else if (window.matchMedia("(min-width: 768px)").matches) {
    choose(people[0]);
  }
};

/** Each line is a message of its own, as people text. Whoever is chosen when it starts stays the sender. */
const sendLines = async (lines, target) => {
  for (const [index, line] of lines.entries()) {
    if (index > 0) {
      await new Promise((resolve) => setTimeout(resolve, BURST_PAUSE_MS));
    }
    await ask("/texts", { ...target, text: line });
    await refreshThread();
  }
};

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const lines = text.value
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (state.persona === null || lines.length === 0) {
    return;
  }
  const words = text.value;
  text.value = "";
  sendLines(lines, { club: clubSelect.value, persona: state.persona.id, way: waySelect.value }).catch((error) => {
    text.value = words;
    report(error);
  });
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    composer.requestSubmit();
  }
});

for (const button of document.querySelectorAll("[data-text]")) {
  button.addEventListener("click", () => {
    text.value = button.dataset.text;
    text.focus();
  });
}

element("back").addEventListener("click", () => {
  document.body.dataset.view = "people";
  state.persona = null;
  renderList();
});
search.addEventListener("input", renderList);
clubSelect.addEventListener("change", () => {
  state.persona = null;
  document.body.dataset.view = "people";
  loadClub().catch(report);
});
waySelect.addEventListener("change", () => {
  state.shown = "";
  void refreshThread();
});
traffic?.addEventListener("click", async () => {
  const isOn = traffic.getAttribute("aria-checked") !== "true";
  await ask("/traffic", { isOn }).catch(report);
  await refreshTraffic().catch(report);
});

/** One question at a time: the next is asked only after the answer to the one before. */
const keepAsking = async (work, everyMs) => {
  for (;;) {
    if (!document.hidden) {
      await work();
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};

const asked = new URLSearchParams(location.search);
if ([...clubSelect.options].some(({ value }) => value === asked.get("club"))) {
  clubSelect.value = asked.get("club");
}
await loadClub(asked.get("as") ?? undefined).catch(report);
await refreshTraffic().catch(report);
void keepAsking(refreshThread, THREAD_EVERY_MS);
void keepAsking(refreshList, LIST_EVERY_MS);
