import {
  byHandToggle,
  card,
  curlPost,
  empty,
  fill,
  getJson,
  h,
  pill,
  postJson,
  problemNotice,
  Table,
  text,
  when,
  type Tone,
} from "@shera/kit";
import type { Connection, Platform } from "./model";

const SOON_MILLIS = 21 * 86_400_000;
const TONES: Readonly<Record<Connection["state"], Tone>> = { up: "ok", down: "bad", unknown: "idle" };

/** Whether what the platform leans on answers; the button asks all of them now. */
export function healthCard(url: string, connections: readonly Connection[]): HTMLElement {
  const table = new Table<Connection>({
    label: text("health"),
    columns: [
      { title: text("health.kind"), value: (row) => row.kindTitle, cell: (row) => row.kindTitle },
      { title: text("health.name"), value: (row) => row.name, cell: named },
      {
        title: text("health.state"),
        value: (row) => row.state,
        cell: (row) => pill(TONES[row.state], text(`health.state.${row.state}`)),
      },
      { title: text("health.said"), cell: (row) => h("span", { class: "shera-wrap" }, row.message) },
      { title: text("health.since"), value: (row) => row.since ?? "", cell: (row) => row.since && when(row.since) },
      { title: text("health.certificate"), value: (row) => row.certificateUntil ?? "", cell: certificate },
    ],
    key: (row) => `${row.kind} ${row.name}`,
    whenEmpty: () => empty(text("health.none"), text("health.none.why")),
  });
  table.show(connections);
  const said = h("div", { "aria-live": "polite" });
  const ask = h("button", { type: "button", class: "jenkins-button" }, text("health.ask"));
  const address = `${url}/askConnections`;
  const byHand = byHandToggle(() => ({ curl: curlPost(address, {}) }));
  ask.addEventListener("click", () => {
    ask.disabled = true;
    fill(said, h("span", { class: "shera-muted" }, text("health.asking")));
    postJson(address, {})
      .then(() => getJson<Platform>(`${url}/api/json`))
      .then(
        (platform) => {
          table.show(platform.connections ?? []);
          fill(said);
        },
        (thrown: unknown) => fill(said, problemNotice(thrown)),
      )
      .finally(() => (ask.disabled = false));
  });
  return card(text("health"), [byHand.panel, said, table.element], ask, byHand.button);
}

function named(row: Connection): HTMLElement {
  return h("div", {}, h("b", {}, row.name), row.address && h("div", {}, h("code", {}, row.address)));
}

function certificate(row: Connection): HTMLElement | null {
  if (!row.certificateUntil) return null;
  const left = Date.parse(row.certificateUntil) - Date.now();
  const warning =
    left < 0
      ? pill("bad", text("health.certificate.over"))
      : left < SOON_MILLIS
        ? pill("warn", text("health.certificate.soon"))
        : null;
  return h("span", { class: "shera-row" }, when(row.certificateUntil), warning);
}
