import {
  applicationFrame,
  card,
  empty,
  fill,
  getJson,
  h,
  loading,
  pill,
  problemNotice,
  remark,
  start,
  Table,
  text,
  type ApplicationHead,
} from "@shera/kit";
import { rulesMark } from "./parts/rules";
import { gathered, type ClusterRoutes, type Gathered, type Member } from "./parts/model";

interface Routes {
  readonly application: string;
  readonly nginxUrl: string;
  readonly clusters: readonly ClusterRoutes[];
}

start(async (page) => {
  const head = await getJson<ApplicationHead>(`${page.data["application"]}/api/json`);
  const content = applicationFrame(page, head, "routes");
  fill(content, loading(3));
  try {
    const routes = await getJson<Routes>(`${page.url}/now`);
    fill(content, ...drawn(routes));
  } catch (thrown) {
    fill(content, problemNotice(thrown));
  }
});

function drawn(routes: Routes): HTMLElement[] {
  if (routes.clusters.length === 0) return [empty(text("routes.noCluster"), text("none.why"))];
  return routes.clusters.map((cluster) => {
    const silent = cluster.nodes.filter((node) => node.error !== "");
    const address = `${routes.nginxUrl}#${encodeURIComponent(cluster.cluster)}`;
    return card(
      cluster.cluster,
      [
        h("p", { class: "shera-muted" }, text("routes.why")),
        ...silent.map((node) => remark("warning", text("routes.unread", node.name, node.error))),
        table(cluster),
      ],
      h("a", { class: "shera-ng__link", href: address }, text("routes.open")),
    );
  });
}

function table(cluster: ClusterRoutes): HTMLElement {
  const read = cluster.nodes.filter((node) => node.error === "").length;
  const table = new Table<Gathered>({
    label: `${text("routes")}: ${cluster.cluster}`,
    key: (row) => row.key,
    columns: [
      {
        title: text("routes.address"),
        cell: (row) =>
          h(
            "div",
            { class: "shera-row" },
            h("a", { href: row.url, rel: "noopener noreferrer", target: "_blank" }, h("code", {}, row.url)),
            rulesMark(row.route),
          ),
        value: (row) => row.url,
      },
      {
        title: text("routes.environment"),
        cell: (row) => row.route.environment,
        value: (row) => row.route.environment,
      },
      { title: text("routes.members"), cell: (row) => members(row.route.members) },
      {
        title: text("routes.split"),
        cell: (row) =>
          row.route.percent > 0 || row.route.rules > 0
            ? h(
                "div",
                { class: "shera-row" },
                pill("info", text("canary", row.route.percent, members(row.route.canary))),
                row.route.rules > 0 && pill("info", text("rules", row.route.rules)),
              )
            : "–",
      },
      {
        title: text("routes.nodes"),
        cell: (row) => pill(row.nodes === read ? "ok" : "warn", text("routes.onNodes", row.nodes, read)),
        kind: "tight",
      },
    ],
    whenEmpty: () => empty(text("noRoutes"), text("noRoutes.why")),
  });
  table.show(gathered(cluster));
  return table.element;
}

function members(all: readonly Member[]): string {
  return all.map((one) => (all.length > 1 ? `${one.address} × ${one.weight}` : one.address)).join(", ");
}
