import {
  appBar,
  byHandToggle,
  card,
  confirm,
  curlPost,
  empty,
  h,
  fill,
  getJson,
  keepingPlace,
  pill,
  postJson,
  problemNotice,
  remark,
  shell,
  stepCall,
  Table,
  text,
  toast,
  when,
  whenChanged,
  whenStill,
  type Page,
} from "@shera/kit";
import { Board, type Part } from "./board";
import { configCard } from "./config";
import { adoptButton, releaseButton, threeWayCards } from "./edits";
import { exportButton } from "./export";
import { figuresCard } from "./figures";
import { hostKeyButton } from "./hostkey";
import { importCard } from "./import";
import { kubengCard } from "./kubeng";
import { objectsCard } from "./objects";
import { publishButton } from "./publish";
import { reachCard } from "./reach";
import { removeButton } from "./remove";
import { rulesButton, rulesMark } from "./rules";
import { siteCard } from "./site";
import { streamsCard } from "./streams";
import { tlsCard } from "./tls";
import { nodeMarks } from "./waiting";
import { byHost, type Cluster, type ClusterNode, type Member, type Route } from "./model";

/** One cluster: its nodes at a glance, its routes, its configuration. */
export function drawCluster(page: Page, first: Cluster): void {
  const id = encodeURIComponent(first.cluster);
  const address = new URL(`${page.url}/nodes?cluster=${id}`, location.href).href;
  const byHand = byHandToggle(() => ({
    jenkinsfile: stepCall("checkDrift", { nginx: first.cluster }),
    curl: `curl --fail-with-body --user "$USER:$TOKEN" \\\n  ${shell(address)}`,
  }));
  const said = h("div", {});
  const again = async (own = "") => {
    try {
      show(await getJson<Cluster>(address), own);
      fill(said);
    } catch (thrown) {
      fill(said, problemNotice(thrown));
    }
  };
  const refresh = h(
    "button",
    { type: "button", class: "jenkins-button", onclick: () => void again() },
    text("refresh"),
  );
  const bar = h("div", {});
  const board = new Board(again);
  const drawBar = whenChanged((state: Bar) =>
    whenStill(bar, () =>
      keepingPlace(bar, () => {
        fill(bar, barOf(page, first.cluster, state, [refresh, byHand.button], again));
        return bar;
      }),
    ),
  );
  const show = (cluster: Cluster, own = "") => {
    drawBar({
      whole: cluster.whole,
      pulls: cluster.daemons !== undefined,
      canOverwrite: cluster.canOverwrite,
      drifted: cluster.nodes.some((node) => node.drifted),
      adopted: cluster.nodes.some((node) => node.adopted === true),
    });
    board.show(parts(page, cluster), own);
  };
  show(first);
  fill(page.element, bar, byHand.panel, said, board.element);
}

/** What the bar above the cards is drawn from. */
interface Bar {
  readonly whole: boolean;
  readonly pulls: boolean;
  readonly canOverwrite: boolean;
  readonly drifted: boolean;
  readonly adopted: boolean;
}

function barOf(
  page: Page,
  cluster: string,
  state: Bar,
  buttons: readonly HTMLElement[],
  again: () => Promise<void>,
): HTMLElement {
  return appBar(
    cluster,
    [!state.whole && pill("info", text("part"), text("part.why"))],
    [
      h("a", { class: "jenkins-button", href: "#" }, text("clusters")),
      !state.pulls &&
        h(
          "a",
          {
            class: "jenkins-button",
            href: `${page.url}/download?cluster=${encodeURIComponent(cluster)}`,
            download: "",
          },
          text("download"),
        ),
      ...buttons,
      !state.pulls && state.canOverwrite && state.adopted && releaseButton(page, cluster, again),
      state.canOverwrite && state.drifted && overwriteButton(page, cluster, again),
    ],
  );
}

/** The cards, each with all that it is drawn from; what a card reads by itself it reads again. */
function parts(page: Page, cluster: Cluster): Part[] {
  const { tenant, mayRule, canOverwrite } = cluster;
  const may = { tenant, mayRule, canOverwrite };
  const told = cluster.nodes.map(({ name, routes, streams }) => ({ name, routes, streams }));
  const part = (name: string, from: unknown, draw: Part["draw"]): Part => ({ name, from, draw });
  const figures = part("figures", cluster.daemons !== undefined, () => figuresCard(page, cluster));
  const common = [
    part("routes", [cluster.routes, may, told], (again) => routesCard(page, cluster, again)),
    part("streams", [cluster.streams, may, told], (again) => streamsCard(page, cluster, again)),
    part("reach", null, () => reachCard(page, cluster)),
    part("tls", null, (again) => tlsCard(page, cluster, again)),
  ];
  if (cluster.daemons) {
    const { watched } = cluster;
    return [
      part("kubeng", cluster.canIssue, () => kubengCard(page, cluster)),
      figures,
      ...(watched ? [part("objects", [watched, cluster.daemons.length], () => objectsCard(cluster, watched))] : []),
      ...common,
    ];
  }
  const cages = cluster.nodes.map(({ name, protections }) => ({ name, protections }));
  const names = cluster.nodes.map((node) => node.name);
  return [
    part("nodes", [cluster.nodes, cluster.behind, may, cluster.mayAccept], (again) => nodesCard(page, cluster, again)),
    figures,
    part("ways", cluster.nodes, () => h("div", { class: "shera-stack" }, ...threeWayCards(cluster))),
    ...common,
    ...(cluster.whole ? [part("site", cages, (again) => siteCard(page, cluster, again))] : []),
    ...(cluster.whole && canOverwrite ? [part("import", names, (again) => importCard(page, cluster, again))] : []),
    part("config", [cluster.nodes, may], (again) => configCard(page, cluster, again)),
  ];
}

function overwriteButton(page: Page, cluster: string, again: () => Promise<void>): HTMLElement {
  const body = { nginx: cluster };
  const ask = () =>
    void confirm({
      title: text("overwrite.title", cluster),
      consequences: [text("overwrite.lost"), text("overwrite.tested")],
      verb: text("overwrite"),
      destructive: true,
      byHand: () => ({
        jenkinsfile: stepCall("checkDrift", { nginx: cluster, overwrite: true }),
        curl: curlPost(`${page.url}/overwrite`, body),
      }),
      act: async () => {
        await postJson(`${page.url}/overwrite`, body);
        toast(text("overwritten"));
        await again();
      },
    });
  return h(
    "button",
    { type: "button", class: "jenkins-button jenkins-!-destructive-color", onclick: ask },
    text("overwrite"),
  );
}

function nodesCard(page: Page, cluster: Cluster, again: () => Promise<void>): HTMLElement {
  const said = h("div", {});
  const failed = (thrown: unknown) => fill(said, problemNotice(thrown));
  const table = new Table<ClusterNode>({
    label: text("nodes"),
    key: (row) => row.name,
    columns: [
      { title: text("node"), cell: (row) => h("b", { class: "shera-ng__node" }, row.name), value: (row) => row.name },
      {
        title: text("state"),
        cell: (row) =>
          h(
            "div",
            {},
            state(row, hostKeyButton(page, cluster, row, again, failed)),
            ...nodeMarks(page, cluster, row, again),
          ),
      },
      { title: text("generation"), cell: (row) => row.generation ?? "–", kind: "number" },
      { title: text("weights"), cell: (row) => row.weightGeneration ?? "–", kind: "number" },
      { title: "nginx", cell: (row) => row.version || "–" },
      { title: text("reloaded"), cell: (row) => (row.reloadedAt ? when(row.reloadedAt) : "–") },
      { title: text("changed"), cell: (row) => (row.changedAt ? when(row.changedAt) : "–") },
      { title: text("adopt"), kind: "tight", cell: (row) => adoptButton(page, cluster, row, again) },
      {
        title: text("download"),
        kind: "tight",
        cell: (row) =>
          row.found &&
          h(
            "a",
            {
              class: "shera-ng__link",
              href: `${page.url}/download?cluster=${encodeURIComponent(cluster.cluster)}&node=${encodeURIComponent(row.name)}`,
              download: "",
              "aria-label": text("download.node", row.name),
            },
            "zip",
          ),
      },
    ],
    whenEmpty: () => empty(text("noNodes"), text("noNodes.why")),
  });
  table.show(cluster.nodes);
  return card(text("nodes"), [said, table.element]);
}

function state(node: ClusterNode, hostKey: HTMLElement | false): HTMLElement {
  if (node.error !== "") return h("div", {}, pill("bad", text("unreachable")), h("p", {}, node.error), hostKey);
  if (!node.drifted) {
    if (node.generation === 0 && (node.streams ?? []).length === 0) return pill("idle", text("untouched"));
    return h(
      "div",
      { class: "shera-row" },
      pill("ok", text("asIntended")),
      node.adopted && pill("info", text("adopted")),
    );
  }
  const changes = node.changes ?? [];
  return h(
    "div",
    {},
    pill(node.served ? "warn" : "bad", text(node.served ? "drifted" : "notServed")),
    h(
      "ul",
      { class: "shera-ng__changes" },
      ...changes.map((change) => h("li", {}, h("code", {}, change))),
      (node.hidden ?? 0) > 0 && h("li", {}, text("hidden", node.hidden ?? 0)),
    ),
  );
}

function routesCard(page: Page, cluster: Cluster, again: () => Promise<void>): HTMLElement {
  const place = h("div", { class: "shera-ng__rules" });
  const read = cluster.nodes.filter((node) => node.routes);
  const routes = cluster.routes ?? read[0]?.routes ?? [];
  const same = read.every((node) => JSON.stringify(node.routes) === JSON.stringify(routes));
  const publish = publishButton(page, cluster, place, again);
  if (routes.length === 0 && same) {
    return card(text("routes"), [empty(text("noRoutes"), text("noRoutes.why")), place, publish]);
  }
  return card(text("routes"), [
    !same && remark("warning", text("differ", read[0]?.name ?? "")),
    h(
      "div",
      { class: "shera-ng__tree" },
      ...byHost(routes).map(([host, paths]) =>
        h(
          "details",
          { open: routes.length <= 20 },
          h("summary", {}, h("b", {}, host)),
          h(
            "ul",
            {},
            ...paths.map((route) =>
              h(
                "li",
                {},
                pathOf(
                  page,
                  route,
                  rulesButton(page, cluster, route, place, again),
                  exportButton(page, cluster, route, place),
                  removeButton(page, cluster, route, routes, again),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
    place,
    publish,
  ]);
}

function pathOf(page: Page, route: Route, ...buttons: (HTMLElement | false)[]): HTMLElement {
  const application = `${page.shera}/tenant/${encodeURIComponent(route.tenant)}/application/${encodeURIComponent(route.application)}/`;
  const split = route.percent > 0 || route.rules > 0;
  return h(
    "div",
    { class: "shera-row" },
    h("code", {}, route.path),
    "→",
    h("a", { class: "shera-ng__link", href: application }, `${route.application} (${route.environment})`),
    h("span", { class: "shera-muted" }, membersOf(route.members)),
    route.tls && pill("ok", text("tls.mark", route.tls.port)),
    split && pill("info", text("canary", route.percent, membersOf(route.canary))),
    route.rules > 0 && pill("info", text("rules", route.rules)),
    rulesMark(route),
    ...buttons,
  );
}

function membersOf(members: readonly Member[]): string {
  return members.map((one) => (members.length > 1 ? `${one.address} × ${one.weight}` : one.address)).join(", ");
}
