import {
  appBar,
  card,
  counted,
  empty,
  exactly,
  fill,
  getJson,
  h,
  pill,
  poll,
  problemNotice,
  remark,
  routed,
  start,
  text,
  type Page,
  type Polling,
} from "@shera/kit";
import { applicationFields, environmentsForServer } from "./parts/application-fields";
import { applicationsTable } from "./parts/applications";
import type { Platform, Running, Tenant } from "./parts/model";
import { quotaCard } from "./parts/quota";
import { removeThing } from "./parts/remove";
import { LIVE_MILLIS, runningOf } from "./parts/running";
import { urgency } from "./parts/states";
import { tenantFields } from "./parts/tenant-fields";
import { goTo, writeForm } from "./parts/write";

start(async (page) => {
  let tenant = await getJson<Tenant>(`${page.url}/api/json`);
  let polling: Polling | undefined;
  routed((route) => {
    polling?.stop();
    if (route === "new-application") newApplication(page, tenant);
    else if (route === "edit") void editTenant(page, tenant);
    else polling = overview(page, tenant, (fresh) => (tenant = fresh));
  });
});

/** A line for each freeze that holds now: whoever wants to release sees it before they try. */
function frozen(tenant: Tenant): HTMLElement[] {
  return tenant.freezes
    .filter((one) => one.holding)
    .map((one) => {
      const name = one.environments === "" ? one.name : `${one.name} (${one.environments})`;
      const said =
        one.until === null
          ? text("freeze.holding", name)
          : text("freeze.holdingUntil", name, exactly(new Date(one.until)));
      return remark("warning", said);
    });
}

function overview(page: Page, first: Tenant, refreshed: (tenant: Tenant) => void): Polling {
  const attention = h("span", {});
  const said = h("div", {});
  const create = () =>
    h("a", { class: "jenkins-button jenkins-button--primary", href: "#new-application" }, text("application.new"));
  const none = () =>
    first.can.administer
      ? empty(text("applications.none"), text("applications.none.admin"), create())
      : empty(text("applications.none"), text("applications.none.why"));
  const table = applicationsTable(false, none);
  const running = { known: null as ReadonlyMap<string, readonly Running[]> | null };
  const show = (tenant: Tenant) => {
    const rows = tenant.applications.map((application) => ({
      tenant: tenant.title,
      tenantUrl: tenant.url,
      application,
      running: running.known === null ? null : (running.known.get(application.name) ?? []),
    }));
    table.show(rows);
    const waiting = rows.filter((row) => row.running !== null && urgency(row.running) < 2).length;
    fill(attention, waiting > 0 && pill("warn", counted("applications.needAttention", waiting)));
  };
  const actions = [
    ...(first.pages ?? []).map((one) => h("a", { class: "jenkins-button", href: `${one.url}/` }, one.title)),
    h(
      "a",
      { class: "jenkins-button", href: `${page.shera}/audit/?tenant=${encodeURIComponent(first.id)}` },
      text("audit"),
    ),
    first.can.administer && h("a", { class: "jenkins-button", href: "#edit" }, text("edit")),
    first.can.administer && create(),
  ];
  fill(
    page.element,
    appBar(first.title, [pill("idle", counted("applications.count", first.applications.length)), attention], actions),
    said,
    ...frozen(first),
    h(
      "div",
      { class: "shera-stack" },
      card(text("applications"), [table.element]),
      quotaCard(page.url),
      h("div", { class: "shera-columns" }, placesCard(first), membersCard(page, first)),
    ),
  );
  show(first);
  return poll(async (signal) => {
    try {
      const [fresh, now] = await Promise.all([
        getJson<Tenant>(`${page.url}/api/json`, signal),
        runningOf(page, first.id, signal),
      ]);
      running.known = now;
      refreshed(fresh);
      show(fresh);
      fill(said);
    } catch (thrown) {
      if (signal.aborted) return;
      running.known ??= new Map();
      show(first);
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS);
}

function placesCard(tenant: Tenant): HTMLElement {
  const places = tenant.namespaces.map(({ cluster, namespace }) =>
    h("li", {}, h("code", {}, namespace), h("span", { class: "shera-muted" }, ` ${text("tenant.onCluster", cluster)}`)),
  );
  const list =
    places.length > 0
      ? h("ul", { class: "shera-plain" }, ...places)
      : h("span", { class: "shera-muted" }, text("tenant.noNamespaces"));
  return card(text("tenant.places"), [
    h(
      "dl",
      { class: "shera-facts" },
      ...fact(text("tenant.namespaces"), list),
      ...fact(text("tenant.clusters"), tenant.clusters.join(", ") || "–"),
      ...fact(text("tenant.registries"), tenant.registries.join(", ") || "–"),
    ),
  ]);
}

/** Who may do what is the folder's own matter; here is where to look, and which jobs outside it are let in. */
function membersCard(page: Page, tenant: Tenant): HTMLElement {
  const folder = h("a", { href: tenant.folderUrl ?? page.root }, tenant.folder);
  const jobs = tenant.grantedJobs.map((job) => h("li", {}, h("code", {}, job)));
  return card(text("tenant.members"), [
    h("p", { class: "shera-muted" }, text("tenant.members.help")),
    h(
      "dl",
      { class: "shera-facts" },
      ...fact(text("tenant.folder"), folder),
      ...fact(text("tenant.mayDo"), verbs(tenant)),
      ...fact(
        text("tenant.storageClasses"),
        tenant.storageClasses.length > 0 ? tenant.storageClasses.join(", ") : text("tenant.storageClasses.all"),
      ),
      ...fact(text("tenant.grantedJobs"), jobs.length > 0 ? h("ul", { class: "shera-plain" }, ...jobs) : "–"),
    ),
  ]);
}

function verbs(tenant: Tenant): HTMLElement {
  const allowed = Object.entries(tenant.can).filter(([, may]) => may);
  return h("span", { class: "shera-row" }, ...allowed.map(([verb]) => pill("idle", text(`can.${verb}`))));
}

function fact(name: string, value: Node | string): [HTMLElement, HTMLElement] {
  return [h("dt", {}, name), h("dd", {}, value)];
}

function newApplication(page: Page, tenant: Tenant): void {
  const form = writeForm({
    label: text("application.new"),
    url: `${page.url}/createApplication`,
    fields: applicationFields(true, tenant.clusters),
    values: {
      environments: tenant.namespaces.slice(0, 1).map((place) => ({ name: "dev", ...place, policy: {}, values: [] })),
    },
    verb: text("application.create"),
    translate: environmentsForServer,
    cancel: () => (location.hash = ""),
    written: (answer) => goTo(answer.url),
  });
  fill(page.element, appBar(text("application.new"), [pill("idle", tenant.title)], []), form.element);
  form.focus();
}

async function editTenant(page: Page, tenant: Tenant): Promise<void> {
  const platform = await getJson<Platform>(`${page.shera}/platform/api/json`).catch(() => null);
  const remove = h(
    "button",
    { type: "button", class: "jenkins-button jenkins-!-destructive-color" },
    text("remove.verb"),
  );
  remove.addEventListener(
    "click",
    () =>
      void removeThing(tenant.id, page.url, tenant.version, [text("tenant.remove.gone"), text("tenant.remove.stays")]),
  );
  const form = writeForm({
    label: tenant.title,
    url: `${page.url}/update`,
    fields: tenantFields(
      false,
      platform?.clusters.map((one) => one.id) ?? null,
      platform?.registries.map((one) => one.id) ?? null,
    ),
    values: tenant,
    verb: text("save"),
    version: tenant.version,
    cancel: () => (location.hash = ""),
    written: () => goTo(page.url),
  });
  fill(page.element, appBar(tenant.title, [], [remove]), form.element);
  form.focus();
}
