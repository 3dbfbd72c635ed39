import {
  appBar,
  card,
  empty,
  fill,
  getJson,
  h,
  loading,
  pill,
  problemNotice,
  routed,
  start,
  Table,
  text,
  when,
  type Page,
} from "@shera/kit";
import { ending } from "./parts/certificates";
import { drawCluster } from "./parts/cluster";
import type { Cluster, Front } from "./parts/model";

start((page) => {
  let turn = 0;
  routed((route) => {
    const mine = ++turn;
    draw(page, route, () => mine === turn).catch((thrown: unknown) => {
      if (mine === turn) fill(page.element, problemNotice(thrown));
    });
  });
});

async function draw(page: Page, id: string, wanted: () => boolean): Promise<void> {
  if (id === "") {
    const front = await getJson<Front>(`${page.url}/api/json`);
    if (wanted()) drawList(page, front);
    return;
  }
  fill(page.element, appBar(id, [], []), loading(4));
  const cluster = await getJson<Cluster>(`${page.url}/nodes?cluster=${encodeURIComponent(id)}`);
  if (wanted()) drawCluster(page, cluster);
}

/** What was last seen of the nodes, as Jenkins looks at them every five minutes. */
function seen(row: Front["clusters"][number]): HTMLElement {
  if (row.comparedAt === "") return h("span", { class: "shera-muted" }, "–");
  return h(
    "div",
    { class: "shera-row" },
    row.drifted > 0 && pill("warn", text("seen.drifted", row.drifted)),
    row.unread > 0 && pill("bad", text("seen.unread", row.unread)),
    row.drifted + row.unread === 0 && pill("ok", text("asIntended")),
    when(row.comparedAt),
  );
}

/** The certificate of a cluster that ends first. */
function ends(row: Front["clusters"][number]): HTMLElement {
  if (row.certificateEnds === "") return h("span", { class: "shera-muted" }, "–");
  const label = row.certificateDays < 0 ? text("tls.over") : text("tls.left", row.certificateDays);
  return h(
    "div",
    { class: "shera-row", title: new Date(row.certificateEnds).toLocaleString() },
    pill(ending(row.certificateDays), label),
    h("span", { class: "shera-muted" }, row.certificate),
  );
}

function drawList(page: Page, front: Front): void {
  const table = new Table<Front["clusters"][number]>({
    label: text("clusters"),
    key: (row) => row.id,
    columns: [
      {
        title: text("cluster"),
        cell: (row) => h("a", { href: `#${encodeURIComponent(row.id)}` }, h("b", {}, row.id)),
        value: (row) => row.id,
      },
      { title: text("nodes"), cell: (row) => row.nodes, value: (row) => row.nodes, kind: "number" },
      { title: text("state"), cell: seen },
      { title: text("list.certificate"), cell: ends },
      { title: text("port"), cell: (row) => String(row.port), value: (row) => row.port, kind: "number" },
      { title: text("use"), cell: (row) => pill("idle", text(row.shared ? "use.shared" : "use.own")) },
    ],
    whenEmpty: () => empty(text("none"), text("none.why")),
  });
  fill(
    page.element,
    appBar(text("nginx"), [h("a", { href: `${front.tenantUrl}/` }, pill("idle", front.title))], []),
    card(text("clusters"), [table.element]),
  );
  table.show(front.clusters);
}
