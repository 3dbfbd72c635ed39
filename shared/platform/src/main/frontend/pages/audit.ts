import {
  appBar,
  diffView,
  empty,
  fill,
  getJson,
  h,
  pill,
  problemNotice,
  start,
  Table,
  text,
  when,
  type Child,
  type Page,
  type Tone,
} from "@shera/kit";
import type { AuditEntry, AuditPage } from "./parts/model";

const TONES: Readonly<Record<AuditEntry["outcome"], Tone>> = { done: "ok", refused: "warn", failed: "bad" };
const PARAMETERS = ["text", "who", "tenant", "what", "since", "until"] as const;
const PAUSE_MILLIS = 300;

start((page) => {
  const said = h("div", {});
  const more = h("div", {});
  let shown: readonly AuditEntry[] = [];
  let round = 0;
  const table = auditTable();

  const read = async (before: number | null) => {
    const mine = ++round;
    try {
      const answer = await getJson<AuditPage>(`${page.url}/api/json?${queryOf(search, before)}`);
      if (mine !== round) return;
      shown = before === null ? answer.entries : [...shown, ...answer.entries];
      table.show(shown);
      fill(
        said,
        answer.damagedLines > 0 &&
          h("div", { class: "jenkins-alert jenkins-alert-warning" }, text("audit.damaged", answer.damagedLines)),
      );
      const next = answer.next;
      fill(
        more,
        next !== null &&
          h(
            "button",
            { type: "button", class: "jenkins-button", onclick: () => void read(next) },
            text("timeline.older"),
          ),
      );
    } catch (thrown) {
      if (mine === round) fill(said, problemNotice(thrown));
    }
  };
  const search = searchForm(page, () => void read(null));
  fill(
    page.element,
    appBar(text("audit"), [], []),
    search,
    said,
    h("div", { class: "shera-stack" }, table.element, more),
  );
  void read(null);
});

function searchForm(page: Page, changed: () => void): HTMLFormElement {
  const given = new URLSearchParams(location.search);
  const fields = PARAMETERS.map((name) => {
    const isTime = name === "since" || name === "until";
    const input = h("input", {
      class: "jenkins-input",
      name,
      type: isTime ? "datetime-local" : "search",
      autocomplete: "off",
    });
    const value = given.get(name) ?? "";
    input.value = isTime ? localTime(value) : value;
    return h("label", { class: "shera-audit__field" }, text(`audit.${name}`), input);
  });
  const outcomes = ["", "done", "refused", "failed"].map((value) =>
    h("option", { value }, value === "" ? text("kit.table.all") : text(`outcome.${value}`)),
  );
  const outcome = h(
    "label",
    { class: "shera-audit__field" },
    text("audit.outcome"),
    h(
      "div",
      { class: "jenkins-select" },
      h("select", { class: "jenkins-select__input", name: "outcome" }, ...outcomes),
    ),
  );
  const form = h(
    "form",
    { class: "shera-audit", role: "search", "aria-label": text("audit.search") },
    ...fields,
    outcome,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      history.replaceState(null, "", `${page.url}/?${queryOf(form, null)}`);
      changed();
    }, PAUSE_MILLIS);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  return form;
}

/** What was asked for, as the server wants it: empty fields left out, local times as instants. */
function queryOf(form: HTMLFormElement, before: number | null): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || value === "") continue;
    query.set(name, name === "since" || name === "until" ? new Date(value).toISOString() : value);
  }
  if (before !== null) query.set("before", String(before));
  return query;
}

/** An instant as a `datetime-local` field takes it; empty when it is none. */
function localTime(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function auditTable(): Table<AuditEntry> {
  return new Table<AuditEntry>({
    label: text("audit"),
    columns: [
      { title: text("audit.at"), cell: (entry) => when(entry.at) },
      {
        title: text("audit.who"),
        cell: (entry) =>
          h("div", {}, h("b", {}, entry.who), h("div", { class: "shera-muted shera-small" }, entry.from)),
      },
      { title: text("audit.what"), cell: whatCell },
      { title: text("audit.tenant"), cell: (entry) => entry.tenant || "–" },
      {
        title: text("audit.outcome"),
        cell: (entry) => pill(TONES[entry.outcome] ?? "idle", text(`outcome.${entry.outcome}`)),
      },
    ],
    key: (entry) => String(entry.id),
    whenEmpty: () => empty(text("audit.none"), text("audit.none.why")),
  });
}

function whatCell(entry: AuditEntry): Child {
  const said = h(
    "div",
    {},
    entry.what,
    " ",
    h("code", {}, entry.subject),
    entry.why && h("div", { class: "shera-muted" }, entry.why),
    pageLink(entry.after),
  );
  if (!entry.before && !entry.after) return said;
  const details = h("details", { class: "shera-audit__change" }, h("summary", {}, text("audit.change")));
  details.addEventListener("toggle", () => details.append(diffView(readable(entry.before), readable(entry.after))), {
    once: true,
  });
  return h("div", {}, said, details);
}

/** The way to the page that a line names, as that of a recording. */
function pageLink(json: string | null): Child {
  const page = /"page":"(\/[\w./?=&-]*)"/.exec(json ?? "")?.[1];
  if (page === undefined || page.startsWith("//")) return null;
  const root = location.pathname.split("/shera/")[0] ?? "";
  return h("div", {}, h("a", { href: root + page }, text("audit.page")));
}

/** JSON over several lines, so that a comparison shows the one field that changed. */
function readable(json: string | null): string {
  if (!json) return "";
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
