import { card, empty, fill, getJson, h, poll, problemNotice, text, when } from "@shera/kit";

/** One entry of the application's timeline. */
interface Entry {
  readonly id: number;
  readonly at: string;
  readonly title: string;
  readonly detail: string;
  readonly actor: string;
  readonly environment: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
}

interface Stretch {
  readonly entries: readonly Entry[];
  /** Where older ones begin; null when there are none. */
  readonly next: number | null;
}

const AT_A_TIME = 20;
const LIVE_MILLIS = 30_000;

/** What happened to alerts, newest first; older ones on demand. `url` is the application's. */
export function historyCard(url: string, notices: string): HTMLElement {
  const list = h("ol", { class: "shera-timeline" });
  const end = h("div", {});
  let shown: readonly Entry[] = [];
  let next: number | null = null;

  const read = (before: number | null, signal?: AbortSignal): Promise<Stretch> => {
    const query = new URLSearchParams({ kind: "alert", limit: String(AT_A_TIME) });
    if (before !== null) query.set("before", String(before));
    return getJson<Stretch>(`${url}/timeline/api/json?${query}`, signal);
  };
  const older = h("button", { type: "button", class: "jenkins-button" }, text("history.older"));
  const draw = (): void => {
    fill(list, ...shown.map(drawn));
    list.hidden = shown.length === 0;
    if (shown.length === 0) {
      const link = notices !== "" && h("a", { href: notices }, text("notices"));
      fill(end, empty(text("history.none"), text("history.none.why"), link));
    } else {
      fill(end, next !== null && older);
    }
  };
  older.addEventListener("click", () => {
    older.disabled = true;
    read(next)
      .then((stretch) => {
        shown = [...shown, ...stretch.entries];
        next = stretch.next;
        draw();
      })
      .catch((thrown: unknown) => fill(end, problemNotice(thrown), older))
      .finally(() => (older.disabled = false));
  });
  poll(async (signal) => {
    try {
      const stretch = await read(null, signal);
      const newest = stretch.entries[0]?.id;
      if (newest !== undefined && newest === shown[0]?.id) return;
      const added = joined(stretch.entries, shown);
      if (added === null) next = stretch.next;
      shown = added ?? stretch.entries;
      draw();
    } catch (thrown) {
      if (shown.length === 0) fill(end, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
  return card(text("history"), [list, end]);
}

/** The newest entries before those that are shown already; null when some between them are not known. */
export function joined<E extends { readonly id: number }>(newest: readonly E[], shown: readonly E[]): E[] | null {
  const known = new Set(shown.map((entry) => entry.id));
  if (!newest.some((entry) => known.has(entry.id))) return null;
  return [...newest.filter((entry) => !known.has(entry.id)), ...shown];
}

function drawn(entry: Entry): HTMLElement {
  const who = [entry.environment, entry.actor].filter((each) => each !== "").join(" \u00b7 ");
  return h(
    "li",
    { class: "shera-timeline__entry" },
    h("div", { class: "shera-timeline__title" }, entry.title),
    h("div", { class: "shera-timeline__meta" }, when(entry.at), who !== "" && ` \u00b7 ${who}`),
    entry.detail !== "" && h("div", { class: "shera-timeline__meta" }, entry.detail),
    entry.links.length > 0 &&
      h("div", { class: "shera-row" }, ...entry.links.map((link) => h("a", { href: safe(link.url) }, link.text))),
  );
}

/** Only addresses a click may follow: never `javascript:`. */
function safe(url: string): string | null {
  return /^https?:$/.test(new URL(url, location.href).protocol) ? url : null;
}
