import {
  applicationFrame,
  card,
  curlPost,
  empty,
  fill,
  getJson,
  h,
  loading,
  pill,
  postJson,
  problemNotice,
  remark,
  start,
  stepCall,
  byHandToggle,
  Table,
  text,
  when,
  type ApplicationHead,
  type Child,
} from "@shera/kit";
import {
  standingPill,
  type Listed,
  type ListedImage,
  type Fate,
  type Running,
  type Seen,
  type SeenImage,
} from "./parts/images";
import { megabytes, short } from "./parts/words";

interface Row extends ListedImage {
  readonly seen: SeenImage | undefined;
  readonly runs: readonly string[];
  readonly fate: Fate | undefined;
}

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "images");
  let from = 0;
  let fates: readonly Fate[] = [];
  const draw = async () => {
    fill(content, loading(3));
    const list = await getJson<Listed>(`${page.url}/list?from=${from}`);
    let seen: Seen | null = null;
    let running: readonly Running[] = [];
    const said = h("div", { "aria-live": "polite" });
    const body = h("div", { class: "shera-stack" });
    const show = () => fill(body, ...drawn(page.url, list, seen, running, fates));
    fill(
      content,
      said,
      body,
      pruning(list, (found) => ((fates = found), show())),
      pages(list, (to) => ((from = to), void draw())),
    );
    show();
    getJson<Seen>(`${page.url}/registry?from=${from}`).then(
      (found) => ((seen = found), show()),
      (thrown: unknown) => fill(said, problemNotice(thrown)),
    );
    const tenant = `${page.shera}/tenant/${encodeURIComponent(head.tenant)}`;
    getJson<{ running: readonly Running[] }>(`${tenant}/running/api/json`).then(
      (found) => ((running = found.running), show()),
      () => undefined,
    );
  };
  await draw();
});

function drawn(
  url: string,
  list: Listed,
  seen: Seen | null,
  running: readonly Running[],
  fates: readonly Fate[],
): Child[] {
  if (list.total === 0) return [empty(text("images.none"), text("images.none.why"))];
  const rows = list.images.map((image): Row => ({
    ...image,
    seen: seen?.images.find((one) => one.reference === image.reference),
    runs: places(image.digest, running),
    fate: fates.find((one) => one.digest === image.digest),
  }));
  const parts: Child[] = [card(text("images.built"), [builtTable(url, rows, fates.length > 0)])];
  if (seen && seen.others.length > 0) parts.push(others(seen.others, running));
  if (seen && !seen.whole) parts.push(remark("info", text("images.cut")));
  return parts;
}

function places(digest: string, running: readonly Running[]): string[] {
  return [...new Set(running.filter((one) => one.digest === digest).map((one) => one.environment))];
}

function builtTable(url: string, rows: readonly Row[], planned: boolean): HTMLElement {
  const table = new Table<Row>({
    label: text("images.built"),
    key: (row) => row.digest,
    columns: [
      { title: text("image"), cell: (row) => named(row.reference, row.digest, row.seen?.tags ?? row.tags) },
      { title: text("when"), cell: (row) => when(row.at) },
      { title: text("size"), cell: (row) => (row.size === undefined ? "–" : megabytes(row.size)), kind: "number" },
      { title: text("quality"), cell: (row) => verdict(row) },
      { title: text("images.holds"), cell: (row) => holds(url, row) },
      { title: text("images.runs"), cell: (row) => runs(row.runs) },
      ...(planned ? [{ title: text("prune.fate"), cell: fate }] : []),
      { title: "", cell: (row) => links(row), kind: "tight" as const },
    ],
    whenEmpty: () => empty(text("images.none")),
  });
  table.show(rows);
  return table.element;
}

function named(reference: string, digest: string, tags: readonly string[]): HTMLElement {
  return h(
    "span",
    { class: "shera-image", title: reference },
    h("b", {}, tags.length > 0 ? tags.join(", ") : text("images.untagged")),
    h("code", {}, short(digest)),
  );
}

function verdict(row: Row): Child {
  const seen = row.seen;
  if (!seen) return row.gate === "" ? "–" : standingPill(row.gate, "");
  return seen.there ? standingPill(seen.standing ?? "", seen.why ?? "") : pill("warn", text("images.gone"));
}

function holds(url: string, row: Row): HTMLElement {
  const sbom = row.seen ? row.seen.sbom : (row.components ?? null) !== null;
  const address = `${url}/sbom?digest=${encodeURIComponent(row.digest)}&download=true`;
  const count = row.components ?? null;
  const label = count === null ? "SBOM" : `SBOM ${count}`;
  return h(
    "span",
    { class: "shera-row" },
    sbom ? h("a", { href: address, download: "" }, label) : "–",
    (row.seen?.debug ?? row.debug ?? false) && pill("warn", text("debugTools")),
  );
}

function runs(environments: readonly string[]): Child {
  if (environments.length === 0) return "–";
  return h("span", { class: "shera-row" }, ...environments.map((one) => pill("info", one)));
}

function fate(row: Row): Child {
  if (!row.fate) return "–";
  const goes = row.fate.goes;
  return h("span", { title: row.fate.why }, pill(goes ? "warn" : "ok", text(goes ? "prune.goes" : "prune.stays")));
}

function links(row: Row): HTMLElement {
  return h(
    "span",
    { class: "shera-row" },
    row.buildUrl === "" ? h("span", { class: "shera-muted" }, row.build) : h("a", { href: row.buildUrl }, row.build),
    row.deployUrl !== "" && h("a", { class: "jenkins-button", href: row.deployUrl }, text("deploy")),
  );
}

/** What nobody built here: pushed by hand, or packaged from a container. */
function others(seen: readonly SeenImage[], running: readonly Running[]): HTMLElement {
  const table = new Table<SeenImage>({
    label: text("images.others"),
    key: (row) => row.reference,
    columns: [
      { title: text("image"), cell: (row) => named(row.reference, row.digest, row.tags) },
      { title: text("quality"), cell: (row) => standingPill(row.standing ?? "", row.why ?? "") },
      { title: text("images.runs"), cell: (row) => runs(places(row.digest, running)) },
    ],
    whenEmpty: () => empty(text("images.none")),
  });
  table.show(seen);
  return card(text("images.others"), [h("p", { class: "shera-muted" }, text("images.others.why")), table.element]);
}

/** Asks what could go; deleting is a verb of the project's page. */
function pruning(list: Listed, found: (fates: readonly Fate[]) => void): HTMLElement | null {
  if (list.pruneUrl === "" || list.total === 0) return null;
  const said = h("div", { "aria-live": "polite" });
  const bodies = list.repositories.map((one) => ({
    image: one.image,
    ...(one.registry === "" ? {} : { registry: one.registry }),
  }));
  const look = async () => {
    fill(said, h("p", { class: "shera-muted" }, text("prune.looking")));
    try {
      const plans = await Promise.all(bodies.map((body) => postJson<{ images: readonly Fate[] }>(list.pruneUrl, body)));
      found(plans.flatMap((plan) => plan.images));
      fill(said);
    } catch (thrown) {
      fill(said, problemNotice(thrown));
    }
  };
  const first = bodies[0] ?? { image: "" };
  const byHand = byHandToggle(() => ({
    jenkinsfile: stepCall("pruneImages", { ...first, dryRun: true }),
    curl: curlPost(list.pruneUrl, first),
  }));
  const button = h(
    "button",
    { type: "button", class: "jenkins-button", onclick: () => void look() },
    text("prune.look"),
  );
  return h("div", {}, h("div", { class: "shera-row" }, button, byHand.button), byHand.panel, said);
}

function pages(list: Listed, go: (from: number) => void): HTMLElement | null {
  if (list.total <= list.slice) return null;
  const step = (to: number, label: string) =>
    h(
      "button",
      { type: "button", class: "jenkins-button", disabled: to < 0 || to >= list.total, onclick: () => go(to) },
      label,
    );
  const last = Math.min(list.total, list.from + list.slice);
  return h(
    "nav",
    { class: "shera-row", "aria-label": text("images.pages") },
    step(list.from - list.slice, text("images.newer")),
    h("span", {}, text("images.part", list.from + 1, last, list.total)),
    step(list.from + list.slice, text("images.older")),
  );
}
