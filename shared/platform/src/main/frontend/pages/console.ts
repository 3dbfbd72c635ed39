import {
  appBar,
  card,
  counted,
  empty,
  fill,
  getJson,
  h,
  pill,
  poll,
  problemNotice,
  routed,
  start,
  Table,
  text,
  whenChanged,
  type Page,
  type Polling,
} from "@shera/kit";
import { applicationsTable, type ApplicationRow } from "./parts/applications";
import { firstSteps } from "./parts/first-steps";
import type { Console, FirstStep, Platform, Running, Tenant, TenantLine } from "./parts/model";
import { LIVE_MILLIS, runningOf } from "./parts/running";
import { tenantFields } from "./parts/tenant-fields";
import { troubles } from "./parts/troubles";
import { goTo, writeForm } from "./parts/write";

start((page) => {
  let polling: Polling | undefined;
  routed((route) => {
    polling?.stop();
    if (route === "new-tenant") void newTenant(page);
    else polling = overview(page);
  });
});

/** Tenants and, over all of them, applications. */
function overview(page: Page): Polling {
  const mayAdminister = page.data["canAdminister"] === "true";
  const said = h("div", {});
  const steps = h("div", {});
  const drawSteps = whenChanged<readonly FirstStep[]>((all) => fill(steps, firstSteps(all)));
  const tenants = tenantsTable(page, mayAdminister);
  const applications = applicationsTable(true, () => empty(text("applications.none"), text("applications.none.why")));
  const count = h("span", {});
  const actions = [
    h("a", { class: "jenkins-button", href: `${page.shera}/rest/` }, text("rest")),
    h("a", { class: "jenkins-button", href: `${page.shera}/audit/` }, text("audit")),
    mayAdminister && h("a", { class: "jenkins-button", href: `${page.shera}/platform/` }, text("platform")),
    mayAdminister &&
      h("a", { class: "jenkins-button jenkins-button--primary", href: "#new-tenant" }, text("tenant.new")),
  ];
  fill(
    page.element,
    appBar(text("console"), [count], actions),
    said,
    h(
      "div",
      { class: "shera-stack" },
      steps,
      card(text("applications"), [applications.element]),
      card(text("tenants"), [tenants.element]),
    ),
  );
  return poll(async (signal) => {
    try {
      const answer = await getJson<Console>(`${page.url}/api/json`, signal);
      fill(said, troubles(answer.problems));
      drawSteps(answer.firstSteps ?? []);
      tenants.show(answer.tenants);
      fill(count, pill("idle", counted("tenants.count", answer.tenants.length)));
      applications.show(await rowsOf(page, answer.tenants, signal));
    } catch (thrown) {
      if (signal.aborted) return;
      fill(said, problemNotice(thrown));
      throw thrown;
    }
  }, LIVE_MILLIS * 2);
}

async function rowsOf(page: Page, tenants: readonly TenantLine[], signal: AbortSignal): Promise<ApplicationRow[]> {
  const perTenant = await Promise.all(
    tenants.map(async (line): Promise<ApplicationRow[]> => {
      const [tenant, running] = await Promise.all([
        getJson<Tenant>(`${page.shera}/tenant/${encodeURIComponent(line.id)}/api/json`, signal),
        runningOf(page, line.id, signal).catch(() => new Map<string, Running[]>()),
      ]);
      return tenant.applications.map((application) => ({
        tenant: line.title,
        tenantUrl: line.url,
        application,
        running: running.get(application.name) ?? [],
      }));
    }),
  );
  return perTenant.flat();
}

function tenantsTable(page: Page, mayAdminister: boolean): Table<TenantLine> {
  const create = h("a", { class: "jenkins-button jenkins-button--primary", href: "#new-tenant" }, text("tenant.new"));
  return new Table<TenantLine>({
    label: text("tenants"),
    columns: [
      {
        title: text("tenants.name"),
        value: (tenant) => tenant.title,
        cell: (tenant) => h("a", { href: tenant.url }, h("b", {}, tenant.title)),
      },
      {
        title: text("tenants.folder"),
        value: (tenant) => tenant.folder,
        cell: (tenant) => h("a", { href: folderUrl(page, tenant.folder) }, tenant.folder),
      },
      {
        title: text("applications"),
        value: (tenant) => tenant.applicationCount,
        cell: (tenant) => tenant.applicationCount,
        kind: "number",
      },
    ],
    key: (tenant) => tenant.id,
    sortedBy: 0,
    whenEmpty: () =>
      mayAdminister
        ? empty(text("tenants.none"), text("tenants.none.admin"), create)
        : empty(text("tenants.none"), text("tenants.none.user")),
  });
}

function folderUrl(page: Page, folder: string): string {
  return (
    page.root +
    folder
      .split("/")
      .map((name) => `/job/${encodeURIComponent(name)}`)
      .join("") +
    "/"
  );
}

async function newTenant(page: Page): Promise<void> {
  const platform = await getJson<Platform>(`${page.shera}/platform/api/json`).catch(() => null);
  const form = writeForm({
    label: text("tenant.new"),
    url: `${page.shera}/createTenant`,
    fields: tenantFields(
      true,
      platform?.clusters.map((one) => one.id) ?? null,
      platform?.registries.map((one) => one.id) ?? null,
    ),
    values: {},
    verb: text("tenant.create"),
    cancel: () => (location.hash = ""),
    written: (answer) => goTo(answer.url),
  });
  fill(page.element, appBar(text("tenant.new"), [], []), form.element);
  form.focus();
}
