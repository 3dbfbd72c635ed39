import { appBar, card, empty, fill, getJson, h, pill, routed, start, text, type Field, type Page } from "@shera/kit";
import type { Cloud, Cluster, Platform, Registry } from "./parts/model";
import { clusterFields, registryFields } from "./parts/platform-fields";
import { healthCard } from "./parts/health";
import { removeThing } from "./parts/remove";
import { testButton } from "./parts/test-button";
import { troubles } from "./parts/troubles";
import { goTo, writeForm } from "./parts/write";

/** What differs between clusters and registries. */
interface Kind {
  readonly name: "cluster" | "registry";
  readonly create: string;
  readonly fields: (isNew: boolean) => Field[];
}

const CLUSTER: Kind = { name: "cluster", create: "createCluster", fields: clusterFields };
const REGISTRY: Kind = { name: "registry", create: "createRegistry", fields: registryFields };

start(async (page) => {
  const platform = await getJson<Platform>(`${page.url}/api/json`);
  routed((route) => {
    const [verb, name = ""] = route.split("/");
    const kind = /registry/.test(verb ?? "") ? REGISTRY : CLUSTER;
    const things: readonly (Cluster | Registry)[] = kind === REGISTRY ? platform.registries : platform.clusters;
    const thing = things.find((one) => one.id === name);
    if (verb === "new-cluster") newCluster(page, platform.clouds ?? [], name);
    else if (verb?.startsWith("new-")) edit(page, kind, null);
    else if (thing) edit(page, kind, thing);
    else overview(page, platform);
  });
});

function overview(page: Page, platform: Platform): void {
  fill(
    page.element,
    appBar(
      text("platform"),
      [],
      [
        h(
          "a",
          {
            class: "jenkins-button",
            href: `${page.url}/support`,
            download: "shera-support.zip",
            title: text("platform.support.what"),
          },
          text("platform.support"),
        ),
      ],
    ),
    troubles(platform.problems),
    h(
      "div",
      { class: "shera-stack" },
      healthCard(page.url, platform.connections ?? []),
      list(CLUSTER, platform.clusters, clusterFacts),
      list(REGISTRY, platform.registries, registryFacts),
      versionsCard(platform.versions ?? []),
    ),
  );
}

function versionsCard(versions: NonNullable<Platform["versions"]>): HTMLElement {
  const lines = versions.flatMap(({ name, version }) => [h("dt", {}, name), h("dd", {}, h("code", {}, version))]);
  return card(text("platform.versions"), [h("dl", { class: "shera-facts" }, ...lines)]);
}

function list<T extends Cluster | Registry>(
  kind: Kind,
  things: readonly T[],
  facts: (thing: T) => (Node | string | null)[],
): HTMLElement {
  const add = () =>
    h("a", { class: "jenkins-button jenkins-button--primary", href: `#new-${kind.name}` }, text(`${kind.name}.new`));
  const title = text(kind === CLUSTER ? "tenant.clusters" : "tenant.registries");
  if (things.length === 0) return card(title, [empty(text(`${kind.name}.none`), text(`${kind.name}.none.why`), add())]);
  const rows = things.map((thing) => {
    const test = testButton(thing.url);
    const change = h(
      "a",
      { class: "jenkins-button", href: `#${kind.name}/${encodeURIComponent(thing.id)}` },
      text("edit"),
    );
    const name = h("div", { class: "shera-thing__name" }, h("b", {}, thing.id), ...facts(thing));
    return h(
      "li",
      { class: "shera-thing" },
      h("div", { class: "shera-thing__line" }, name, h("div", { class: "shera-row" }, test.controls, change)),
      test.answer,
    );
  });
  return card(title, [h("ul", { class: "shera-plain" }, ...rows)], add());
}

function clusterFacts(cluster: Cluster): (Node | string | null)[] {
  return [
    h("code", {}, cluster.server),
    cluster.impersonation ? pill("idle", text("cluster.impersonation")) : null,
    cluster.insecure ? pill("warn", text("cluster.insecure")) : null,
    ...cluster.tenantAccess.map((access) => pill("idle", access.tenant)),
  ];
}

function registryFacts(registry: Registry): (Node | string | null)[] {
  const pull = registry.pullAddress && registry.pullAddress !== registry.address;
  return [
    h("code", {}, registry.address),
    pull
      ? h("span", { class: "shera-muted" }, `${text("registry.pullAddress")} `, h("code", {}, registry.pullAddress))
      : null,
    registry.insecure ? pill("warn", text("registry.insecure")) : null,
  ];
}

/** An empty form, or one filled from the cloud of this name; the others are offered above it. */
function newCluster(page: Page, clouds: readonly Cloud[], name: string): void {
  const chosen = clouds.find((cloud) => cloud.name === name);
  const values = chosen ? { ...chosen, id: asLabel(chosen.name) } : {};
  edit(page, CLUSTER, null, values);
  if (clouds.length === 0) return;
  const links = clouds.map((cloud) =>
    h(
      "a",
      {
        class: "jenkins-button",
        href: `#new-cluster/${encodeURIComponent(cloud.name)}`,
        "aria-current": cloud === chosen ? "true" : null,
        title: cloud.server,
      },
      cloud.name,
    ),
  );
  page.element.children[0]?.after(
    h(
      "div",
      { class: "jenkins-alert jenkins-alert-info" },
      h("p", {}, text("cluster.clouds")),
      h("div", { class: "shera-row" }, ...links),
      chosen ? h("p", { role: "status" }, text("cluster.clouds.taken", chosen.name)) : null,
    ),
  );
}

/** The nearest name that a cluster may have. */
function asLabel(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63);
}

function edit(page: Page, kind: Kind, thing: Cluster | Registry | null, proposed: unknown = {}): void {
  const actions: HTMLElement[] = [];
  if (thing) {
    const remove = h(
      "button",
      { type: "button", class: "jenkins-button jenkins-!-destructive-color" },
      text("remove.verb"),
    );
    remove.addEventListener(
      "click",
      () =>
        void removeThing(thing.id, thing.url.replace(/\/$/, ""), thing.version, [
          text(`${kind.name}.remove.gone`),
          text(`${kind.name}.remove.stays`),
        ]),
    );
    actions.push(remove);
  }
  const title = thing?.id ?? text(`${kind.name}.new`);
  const form = writeForm({
    label: title,
    url: thing ? `${thing.url.replace(/\/$/, "")}/update` : `${page.url}/${kind.create}`,
    fields: kind.fields(thing === null),
    values: thing ?? proposed,
    verb: text(thing ? "save" : `${kind.name}.create`),
    ...(thing ? { version: thing.version } : {}),
    cancel: () => (location.hash = ""),
    written: () => goTo(page.url),
  });
  fill(page.element, appBar(title, [], actions), form.element);
  form.focus();
}
